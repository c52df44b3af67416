import fc from 'fast-check';
import { GiftWriter } from './gift-writer.js';
import { DAY, day, drawnStep, nat, pick, START } from './ledger-writer.js';
import type { Recorded, Step } from './ledger-writer.js';

/** Random ledgers of the ladder: recorded events that the guards of part 2, 1.4 to 1.7 would let pass, in any order. */
class Builder extends GiftWriter {
  take(step: Step): void {
    this.today += pick([0, 0, 0, 0, 0, 0, 1, 1, 2, 9], step.days);
    const act = pick(ACTS, step.what);
    this[act](step);
  }
}

const ACTS = [
  ...['requested', 'requested', 'closed', 'pledged', 'pledged', 'withdrawn', 'committed', 'committed'],
  ...['committed', 'ratified', 'ratified', 'rescheduled', 'released', 'declared', 'declared', 'declared', 'declared'],
  ...['acknowledged', 'acknowledged', 'acknowledged', 'acknowledged', 'contested', 'lifted', 'corrected', 'corrected'],
  ...[
    'valued',
    'valued',
    'valued',
    'offered',
    'offered',
    'entered',
    'entered',
    'secured',
    'secured',
    'secured',
    'secured',
    'noticed',
  ],
  ...['scaled', 'scaled'],
] as readonly Act[];
type Act = Exclude<keyof Builder, 'events' | 'take'>;

export function ledgerOf(steps: readonly Step[], admission: number): readonly Recorded[] {
  const builder = new Builder(admission);
  for (const step of steps) builder.take(step);
  return builder.events;
}

export interface Case {
  readonly ledger: readonly Recorded[];
  readonly trueOn: string;
  readonly knownAt: number;
  readonly period: { readonly from: string; readonly to: string };
  readonly edition: number;
  /** Chooses what the other views are asked with. */
  readonly asked: number;
}

/** Any ledger and any two dates. */
export const cases: fc.Arbitrary<Case> = fc
  .record({
    steps: fc.array(drawnStep, { minLength: 20, maxLength: 90, size: 'max' }),
    ...{ trueOn: nat, knownAt: nat, from: nat, edition: nat, asked: nat, admission: nat },
  })
  .map(({ steps, trueOn, knownAt, from, edition, asked, admission }) => {
    const ledger = ledgerOf(steps, admission);
    const head = ledger.length;
    const last = Math.round((Date.parse(ledger.at(-1)?.at ?? day(0)) - START) / DAY);
    const isOld = edition % 7 === 6;
    const period = { from: isOld ? '2019-12-31' : day((from % 40) - 20), to: day(last + 5 - (from % 30)) };
    return {
      ledger,
      trueOn: day(pick([last, last + (trueOn % 40), trueOn % (last + 1)], trueOn)),
      knownAt: knownAt % 3 !== 0 ? head : knownAt % (head + 1),
      period: period.to < period.from ? { from: period.to, to: period.from } : period,
      edition,
      asked,
    };
  });
