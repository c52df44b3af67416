import { addDays, dayOf, isDay, isInstant, startOfDay } from '#kernel';
import type { Day, Instant } from '#kernel';
import type { AsOf } from './view.js';

/** The common parameters of every view, as a client writes them (HTTP page, 2.3). */
export interface AsOfQuery {
  /** A seq or a day. */
  readonly at?: string | undefined;
  /** A day. */
  readonly trueOn?: string | undefined;
  /** A seq or an instant. */
  readonly knownAt?: string | undefined;
}

export interface AsOfFault {
  readonly fault: 'PARAMETER_INVALID' | 'AT_IN_FUTURE' | 'SEQ_AHEAD_OF_HEAD';
  readonly parameter: keyof AsOfQuery;
}

/** What the parameters are read against. */
export interface Present {
  /** The newest entry. */
  readonly head: { readonly seq: number; readonly at: Instant };
  readonly today: Day;
  readonly timeZone: string;
  /** When an entry up to the head was recorded. */
  readonly atOf: (seq: number) => Promise<Instant>;
}

const SEQ = /^(0|[1-9][0-9]{0,14})$/;
const OFFSET_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/;

/**
 * `trueOn` (base today) and `knownAt` (base the head). `at=<seq>`: known at that entry, true on its day. `at=<day>`:
 * both on that day, "what we knew then". `at` beside one of the others is refused, and so is an `at` after the present.
 * An instant after the head means the head.
 */
export async function resolveAsOf(query: AsOfQuery, present: Present): Promise<AsOf | AsOfFault> {
  const { at, trueOn, knownAt } = query;
  if (at !== undefined) {
    if (trueOn !== undefined || knownAt !== undefined) return { fault: 'PARAMETER_INVALID', parameter: 'at' };
    return resolveAt(at, present);
  }
  if (trueOn !== undefined && !isDay(trueOn)) return { fault: 'PARAMETER_INVALID', parameter: 'trueOn' };
  const known = knownAt === undefined ? present.head.seq : await resolveKnownAt(knownAt, present);
  if (typeof known !== 'number') return known;
  return { trueOn: trueOn ?? present.today, knownAt: known, timeZone: present.timeZone };
}

async function resolveAt(at: string, present: Present): Promise<AsOf | AsOfFault> {
  const { timeZone, today, head } = present;
  if (SEQ.test(at)) {
    const seq = Number(at);
    if (seq > head.seq) return { fault: 'AT_IN_FUTURE', parameter: 'at' };
    return { trueOn: dayOf(await present.atOf(seq), timeZone), knownAt: seq, timeZone };
  }
  if (!isDay(at)) return { fault: 'PARAMETER_INVALID', parameter: 'at' };
  if (at > today) return { fault: 'AT_IN_FUTURE', parameter: 'at' };
  const nextDay = startOfDay(addDays(at, 1), timeZone);
  return { trueOn: at, knownAt: await lastSeq(present, (recorded) => recorded < nextDay), timeZone };
}

async function resolveKnownAt(knownAt: string, present: Present): Promise<number | AsOfFault> {
  if (SEQ.test(knownAt)) {
    const seq = Number(knownAt);
    return seq > present.head.seq ? { fault: 'SEQ_AHEAD_OF_HEAD', parameter: 'knownAt' } : seq;
  }
  const instant = instantOf(knownAt);
  if (instant === undefined) return { fault: 'PARAMETER_INVALID', parameter: 'knownAt' };
  return lastSeq(present, (recorded) => recorded <= instant);
}

function instantOf(text: string): Instant | undefined {
  if (!OFFSET_INSTANT.test(text) || !isDay(text.slice(0, 10))) return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return undefined;
  const instant = new Date(ms).toISOString();
  return isInstant(instant) ? instant : undefined;
}

/** The last entry that was recorded in time, -1 for none. `at` never falls along a ledger, so halving finds it. */
async function lastSeq({ head, atOf }: Present, inTime: (at: Instant) => boolean): Promise<number> {
  if (head.seq < 0 || inTime(head.at)) return head.seq;
  let [low, high] = [-1, head.seq];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (inTime(await atOf(middle))) low = middle;
    else high = middle;
  }
  return low;
}
