import fc from 'fast-check';
import { shown } from './events.js';
import type { Data, Happening } from './events.js';

export const PARTNERS = ['A', 'B', 'C', 'D'] as const;
export const LINES = [
  ...[
    { kind: 'goods', unit: 'piece' },
    { kind: 'skills', unit: 'hour' },
    { kind: 'volunteer-time', unit: 'hour' },
  ],
  ...[
    { kind: 'money', unit: 'EUR' },
    { kind: 'premises-use', unit: 'day' },
    { kind: 'equipment-use', unit: 'hour' },
  ],
  ...[
    { kind: 'service', unit: 'act' },
    { kind: 'goods', unit: 'kg' },
  ],
];
export const START = Date.UTC(2026, 0, 10);
export const DAY = 86_400_000;

export function day(place: number): string {
  return new Date(START + place * DAY).toISOString().slice(0, 10);
}

/** Without the bias to small numbers: each number chooses among few things. */
export const nat = fc.noBias(fc.nat({ max: 9_999 }));
export const drawnStep = fc.record({
  what: nat,
  who: nat,
  other: nat,
  line: nat,
  amount: nat,
  days: nat,
  back: nat,
  of: nat,
});
export type Step = typeof drawnStep extends fc.Arbitrary<infer T> ? T : never;

/** An event with the instant of its recording. */
export interface Recorded extends Happening {
  readonly at: string;
}

export function pick<T>(list: readonly T[], place: number): T {
  return list[place % list.length] as T;
}

/** All, or a part, of what there is; undefined when there is nothing. */
export function part(there: bigint, place: number): string | undefined {
  if (there <= 0n) return undefined;
  const some = place % 2 === 0 ? there : (there * BigInt(1 + (place % 7))) / 8n;
  return some > 0n ? shown(some) : undefined;
}

/** Orders of admission. */
const ORDERS = [
  ['A', 'B', 'C', 'D'],
  ['D', 'C', 'B', 'A'],
  ['C', 'A', 'D', 'B'],
  ['B', 'D', 'A', 'C'],
] as const;
const KINDS = { A: 'local-authority', B: 'company', C: 'association', D: 'other-public' } as const;

/** Writes events as they are recorded, day after day. */
export class LedgerWriter {
  readonly events: Recorded[] = [];
  protected today = 0;
  private ids = 0;

  /** In some ledgers lines and amounts are so few that partners often give alike. */
  private readonly isNarrow: boolean;

  constructor(admission: number) {
    this.isNarrow = admission % 3 === 0;
    for (const partnerId of pick(ORDERS, admission) as readonly (typeof PARTNERS)[number][]) {
      this.record('PartnerInvited', { partnerId, kind: KINDS[partnerId] }, day(0));
      this.record('PartnerAdmitted', { partnerId }, day(0));
    }
  }

  protected id(name: string): string {
    this.ids++;
    return `${name}${String(this.ids)}`;
  }

  /** Recorded today; occurred some days ago, never before what it is about. */
  protected add(type: string, data: Data, step: Step, notBefore = day(-20)): void {
    const occurred = day(this.today - pick([0, 0, 0, 1, 3, 8], step.back));
    this.record(type, data, occurred < notBefore ? notBefore : occurred);
  }

  protected record(type: string, data: Data, on: string): void {
    const seq = this.events.length + 1;
    const at = new Date(START + this.today * DAY + 8 * 3_600_000 + seq).toISOString();
    this.events.push({ seq, at, on, type, data });
  }

  protected of(...types: readonly string[]): readonly Recorded[] {
    return this.events.filter(({ type }) => types.includes(type));
  }

  protected about(types: readonly string[], name: string, id: unknown): readonly Recorded[] {
    return this.of(...types).filter(({ data }) => data[name] === id);
  }

  protected get head() {
    return { events: this.events, trueOn: day(this.today) };
  }

  protected line(place: number) {
    return pick(this.isNarrow ? LINES.slice(0, 1) : LINES, place);
  }

  protected amount({ amount }: Step, line: { readonly kind: string }): string {
    if (this.isNarrow) return String(1 + (amount % 2));
    const parts = line.kind === 'goods' || line.kind === 'service' ? 1000n : 250n;
    return shown(BigInt(1 + (amount % 80)) * (amount % 3 === 0 ? parts : 1000n));
  }

  protected request(type: string | undefined, line: Data, place: number): Data {
    const matching = this.of('ResourceRequested').filter(
      ({ data }) => data['kind'] === (type ?? line['kind']) && data['unit'] === line['unit'],
    );
    return matching.length === 0 || place % 4 === 3 ? {} : { requestId: pick(matching, place).data['requestId'] };
  }
}
