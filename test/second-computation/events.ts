/**
 * A second computation of part 2, sections 1 and 2, by another hand: slow, literal, from the recorded events alone, and importing
 * nothing of the product.
 */
export type Data = Readonly<Record<string, unknown>>;

/** An event with its place in the ledger and its occurrence day. */
export interface Happening {
  readonly seq: number;
  readonly on: string;
  readonly type: string;
  readonly data: Data;
}

export function text(data: Data, name: string): string {
  const value = data[name];
  if (typeof value !== 'string') throw new Error(`no ${name}`);
  return value;
}

export function optionalText(data: Data, name: string): string | undefined {
  return data[name] === undefined ? undefined : text(data, name);
}

const UNIT = 1000n;

/** "Inside, amounts are integers" (1.2): thousandths. */
export function amountIn(data: Data, name: string): bigint {
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text(data, name)) ?? [];
  const value = BigInt(whole) * UNIT + BigInt(fraction.padEnd(3, '0'));
  return sign === '-' ? -value : value;
}

/** A canonical decimal string (1.2). */
export function shown(amount: bigint): string {
  const [sign, size] = amount < 0n ? ['-', -amount] : ['', amount];
  const fraction = String(size % UNIT)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return `${sign}${String(size / UNIT)}${fraction === '' ? '' : `.${fraction}`}`;
}

export function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

export function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** max(0, amount). */
export function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}

/** "Notices of the clock": every figure is computed from the dates, and they change no view (1.4). */
function isNotice({ type, data }: Happening): boolean {
  if (['PledgeLapsed', 'CommitmentDefaulted', 'GuaranteeExpired'].includes(type)) return true;
  return type.endsWith('RatificationRefused') && data['cause'] === 'deadline';
}

const OF_THEIR_CONTRIBUTION = [
  ...['ContributionAcknowledged', 'ContributionContested', 'ContestationLifted'],
  ...['ContributionCorrected', 'ContributionValued'],
];

/** "The effective date is `occurredOn`, except that acknowledgements … take the `occurredOn` of their contribution" (2.1). */
function effectiveDate(happening: Happening, all: readonly Happening[]): string {
  if (!OF_THEIR_CONTRIBUTION.includes(happening.type)) return happening.on;
  const contributionId = happening.data['contributionId'];
  const declared = all.find(
    ({ type, data }) => type === 'ContributionDeclared' && data['contributionId'] === contributionId,
  );
  return declared?.on ?? happening.on;
}

export interface View {
  readonly events: readonly Happening[];
  readonly trueOn: string;
}

/** "An event is in the view when it was recorded by `knownAt` and its effective date ≤ `trueOn`" (2.1). */
export function viewAt(all: readonly Happening[], trueOn: string, knownAt: number): View {
  const known = all.filter(({ seq }) => seq <= knownAt);
  const events = known.filter((one) => !isNotice(one) && effectiveDate(one, known) <= trueOn);
  return { events, trueOn };
}

/** The events of one type, those that name something when it is asked for, in the order of recording. */
export function eventsOf({ events }: View, type: string, name?: string, id?: string): readonly Happening[] {
  return events.filter((one) => one.type === type && (name === undefined || one.data[name] === id));
}
