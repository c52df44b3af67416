import type { DeliberationRow, LeaverRow } from '#deliberation';
import { addDays, lastDayOf } from '#kernel';
import type { Day, Id, Instant } from '#kernel';
import type { AsOf, RowReader } from '#views';

/** Rows of one sort that an agenda reads, at most, and days ahead that it looks for what ends by itself. */
export const MAX_ROWS = 10_000;
const DAYS_AHEAD = 30;

/** All that can wait for a partner, in the order of the pages; their words for people are in `#words`. */
export const AGENDA_KINDS = [
  'invitation-lapses',
  'sign-charter',
  'mandate-ends',
  'facilitator-ends',
  'sponsor-proposal',
  'take-position',
  'take-position-by-proxy',
  'give-reason',
  'contest-objection',
  'adopt-objection',
  'integrate-objection',
  'confirm-resolution',
  'contest-abandonment',
  'contest-position',
  'ratify-position',
  'ask-again',
  'answer-amendment',
  'ask-to-advise',
  'give-advice',
  'answer-advice',
  'sign-act',
  'delegation-ends',
  'meet-condition',
  'review-decision',
  'repair-decision',
  'decision-expires',
  'answer-request',
  'pledge-lapses',
  'ratify-commitment',
  'fulfil-commitment',
  'attest-contribution',
  'ratify-guarantee',
  'guarantee-ends',
] as const;
export type AgendaKind = (typeof AGENDA_KINDS)[number];

/**
 * Something that waits for a partner, or that it may still do. `by` is the last day for it, null when there is none;
 * `until` the last instant, where the rule counts hours.
 */
export interface AgendaItem {
  readonly what: AgendaKind;
  readonly id: Id;
  readonly by: Day | null;
  readonly until: Instant | null;
}

/** Whose agenda is asked for, as of when, and what every part of it reads. */
export interface Asking {
  readonly rows: RowReader<DeliberationRow>;
  readonly partnerId: Id;
  readonly isActive: (partnerId: Id | undefined) => boolean;
  readonly leavers: readonly LeaverRow[];
  readonly asOf: AsOf;
}

/** What has a last day, or none. */
export function dated(what: AgendaKind, id: Id, by: Day | null): AgendaItem {
  return { what, id, by, until: null };
}

/** What can be done up to an instant; nothing when its day is over. */
export function timed(what: AgendaKind, id: Id, until: Instant, asOf: AsOf): readonly AgendaItem[] {
  const by = lastDayOf(until, asOf.timeZone);
  return asOf.trueOn <= by ? [{ what, id, by, until }] : [];
}

/** Within the days that an agenda looks ahead, or over. */
export function isNear(day: Day | null | undefined, { trueOn }: AsOf): day is Day {
  return day !== null && day !== undefined && day <= addDays(trueOn, DAYS_AHEAD);
}
