import { amountIn, eventsOf, positive, shown, sum, text } from './events.js';
import type { View } from './events.js';
import { commitments, contributions, guarantees, obligations, pledges } from './ladder.js';
import type { Line } from './ladder.js';

/** "This order of kinds, then unit in code-point order, is the order of lines everywhere" (1.3). */
const KINDS = [
  ...['money', 'goods', 'equipment-use', 'premises-use', 'service', 'skills', 'volunteer-time', 'knowledge'],
  ...['network', 'guarantee'],
];

export function linesOf(items: readonly Line[]): readonly Line[] {
  const units = (kind: string) => [...new Set(items.filter((one) => one.kind === kind).map(({ unit }) => unit))];
  return KINDS.flatMap((kind) =>
    units(kind)
      .sort((a, b) => (a < b ? -1 : 1))
      .map((unit) => ({ kind, unit })),
  );
}

export function on<T extends Line>(line: Line, items: readonly T[]): readonly T[] {
  return items.filter(({ kind, unit }) => kind === line.kind && unit === line.unit);
}

function total<T>(items: readonly T[], amount: (item: T) => bigint): bigint {
  return sum(items.map(amount));
}

/** The table of 2.2: "over the partner's own items of that line". */
export function columns(
  view: View,
  isOwn: (partnerId: string | undefined) => boolean,
  line: Line,
): Readonly<Record<string, bigint>> {
  const own = <T extends Line & { readonly providerId: string | undefined }>(items: readonly T[]) =>
    on(line, items).filter(({ providerId }) => isOwn(providerId));
  const promised = own(commitments(view));
  const owed = own(obligations(view));
  const given = own(contributions(view));
  return {
    pledged: total(own(pledges(view)), ({ open }) => open),
    pending: total(
      promised.filter(({ standing }) => standing === 'pending'),
      ({ amount }) => amount,
    ),
    committed: total(
      promised.filter(({ standing }) => standing === 'in-force'),
      ({ amount }) => amount,
    ),
    called: total(
      owed.filter(({ isCall }) => isCall),
      ({ amount }) => amount,
    ),
    released: total(owed, ({ released }) => released),
    fulfilled: total(owed, ({ fulfilled }) => fulfilled),
    open: total(owed, ({ open }) => open),
    over: total(owed, ({ over }) => over),
    inDefault: total(owed, ({ inDefault }) => inDefault),
    spontaneous: total(given, ({ spontaneous }) => spontaneous),
    given: total(given, ({ acknowledged }) => acknowledged),
    awaiting: total(given, ({ awaiting }) => awaiting),
    contested: total(given, ({ contested }) => contested),
  };
}

function allShown(figures: Readonly<Record<string, bigint>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(figures).map(([name, amount]) => [name, shown(amount)]));
}

/** Every line that something in the view stands on. */
export function linesOfView(view: View): readonly Line[] {
  return linesOf([...pledges(view), ...commitments(view), ...obligations(view), ...contributions(view)]);
}

/** Partner statement (2.2). */
export function secondStatement(view: View, partnerId: string) {
  const rows = linesOfView(view)
    .map((line) => ({ line, figures: columns(view, (one) => one === partnerId, line) }))
    .filter(({ figures }) => Object.values(figures).some((amount) => amount !== 0n))
    .map(({ line, figures }) => ({ ...line, ...allShown(figures) }));
  const gifts = contributions(view).filter(({ receiverId }) => receiverId === partnerId);
  const received = linesOf(gifts)
    .map((line) => ({ line, acknowledged: total(on(line, gifts), (gift) => gift.acknowledged) }))
    .filter(({ acknowledged }) => acknowledged !== 0n)
    .map(({ line, acknowledged }) => ({ ...line, acknowledged: shown(acknowledged) }));
  const own = guarantees(view).filter(({ obligorId }) => obligorId === partnerId);
  return {
    rows,
    received,
    guarantees: own.map(({ guaranteeId, status, currency, cap, called, paid, released, exposure }) => ({
      ...{ guaranteeId, status, currency },
      ...allShown({ cap, called, paid, released, exposure }),
    })),
  };
}

/** Needs (2.3), in the order of asking. */
export function secondNeeds(view: View) {
  return eventsOf(view, 'ResourceRequested').map(({ data }) => {
    const requestId = text(data, 'requestId');
    const forIt = <T extends { readonly requestId: string | undefined }>(items: readonly T[]) =>
      items.filter((one) => one.requestId === requestId);
    const requested = amountIn(data, 'amount');
    const owed = forIt(obligations(view));
    const secured = total(
      forIt(guarantees(view)).filter(({ inForce }) => inForce),
      ({ cap, released }) => cap - released,
    );
    const isGuarantee = data['kind'] === 'guarantee';
    const committed = isGuarantee ? secured : total(owed, ({ amount, released }) => amount - released);
    const covered = isGuarantee
      ? secured
      : total(owed, ({ fulfilled, open }) => fulfilled + open) +
        total(forIt(contributions(view)), ({ spontaneous }) => spontaneous);
    return {
      ...{ requestId, kind: text(data, 'kind'), unit: text(data, 'unit') },
      status: eventsOf(view, 'ResourceRequestClosed', 'requestId', requestId).length > 0 ? 'closed' : 'open',
      ...allShown({
        requested,
        pledged: total(forIt(pledges(view)), ({ open }) => open),
        committed,
        covered,
        uncovered: positive(requested - covered),
      }),
    };
  });
}

export type Edition = 'CRC-99-01' | 'ANC-2018-06' | 'CERFA-12156';

/** The table of 1.3: use and source of a kind in an edition. */
function pairOf(kind: string, edition: Edition): readonly [use: string, source: string] {
  const isNew = edition === 'ANC-2018-06';
  switch (kind) {
    case 'goods':
      return ['860', isNew ? '870' : '875'];
    case 'equipment-use':
      return [isNew ? '8612' : '861', '871'];
    case 'premises-use':
      return [isNew ? '8611' : '861', '871'];
    case 'volunteer-time':
      return ['864', isNew ? '875' : '870'];
    default:
      return ['862', '871'];
  }
}

interface Posting {
  readonly use: string;
  readonly source: string;
  readonly currency: string;
  readonly value: bigint;
}

const WHOLE = 1000n;

/** "In CERFA-12156 each pair (use, source) total is first rounded to whole euros, half up" (2.6). */
function roundedPairs(postings: readonly Posting[]): readonly Posting[] {
  const pairs = new Map<string, Posting>();
  for (const posting of postings) {
    const key = `${posting.use} ${posting.source} ${posting.currency}`;
    pairs.set(key, { ...posting, value: (pairs.get(key)?.value ?? 0n) + posting.value });
  }
  return [...pairs.values()].map((pair) => ({ ...pair, value: ((pair.value + WHOLE / 2n) / WHOLE) * WHOLE }));
}

function accountRows(postings: readonly Posting[], side: 'use' | 'source') {
  const names = [...new Set(postings.map((posting) => `${posting[side]} ${posting.currency}`))].sort();
  return names.map((name) => {
    const posted = postings.filter((posting) => `${posting[side]} ${posting.currency}` === name);
    const [account = '', currency = ''] = name.split(' ');
    return { account, currency, value: shown(total(posted, ({ value }) => value)) };
  });
}

/** "Base edition: CRC when the period begins before 2020-01-01, else ANC" (1.3). */
export function baseEdition(from: string): Edition {
  return from < '2020-01-01' ? 'CRC-99-01' : 'ANC-2018-06';
}

export interface AccountsAsked {
  readonly partnerId: string;
  readonly from: string;
  readonly to: string;
  readonly edition: Edition;
}

/** Accounts 86 and 87 (2.6): "each counted `cvn` valuation of a contribution whose `occurredOn` lies in the period". */
export function secondAccounts(view: View, { partnerId, from, to, edition }: AccountsAsked) {
  const counted = contributions(view)
    .filter((one) => from <= one.on && one.on <= to)
    .flatMap((one) => {
      const latest = eventsOf(view, 'ContributionValued', 'contributionId', one.id)
        .filter(({ data }) => data['basis'] === 'cvn')
        .at(-1);
      return latest?.data['bookedById'] === partnerId ? [{ one, data: latest.data }] : [];
    });
  const isStale = ({ one, data }: (typeof counted)[number]) => amountIn(data, 'amount') !== one.acknowledged;
  const postings = counted
    .filter((valued) => !isStale(valued))
    .map(({ one, data }) => {
      const [use, source] = pairOf(one.kind, edition);
      return { use, source, currency: text(data, 'currency'), value: amountIn(data, 'value') };
    });
  const posted = edition === 'CERFA-12156' ? roundedPairs(postings) : postings;
  return {
    uses: accountRows(posted, 'use'),
    sources: accountRows(posted, 'source'),
    stale: counted.filter(isStale).map(({ data }) => text(data, 'valuationId')),
  };
}
