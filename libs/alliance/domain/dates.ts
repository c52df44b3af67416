import { addDays, dayOf, refuse } from '#kernel';
import type { Day, Instant, Recorded, Refusal } from '#kernel';
import type { AllianceState } from './state.js';

/** The day of an instant in the alliance's time zone. */
export function dayIn(state: Pick<AllianceState, 'timeZone'>, at: Instant): Day {
  return dayOf(at, state.timeZone);
}

export interface Term {
  readonly validFrom: Day;
  readonly validTo?: Day | undefined;
}

/** Both days inclusive; without last day there is no end. */
export function termHolds({ validFrom, validTo }: Term, day: Day): boolean {
  return validFrom <= day && (validTo === undefined || day <= validTo);
}

export function termsOverlap(a: Term, b: Term): boolean {
  return (a.validTo === undefined || b.validFrom <= a.validTo) && (b.validTo === undefined || a.validFrom <= b.validTo);
}

/** A term ends after it begins, and one that is over already would end before it was given. */
export function termFault({ validFrom, validTo }: Term, today: Day, pointer = ''): Refusal | undefined {
  if (validTo === undefined) return undefined;
  if (validTo < validFrom)
    return refuse('DATE_INVALID', { pointer: `${pointer}/validTo`, rule: 'ends-before-it-begins' });
  if (validTo < today) return refuse('DATE_INVALID', { pointer: `${pointer}/validTo`, rule: 'over-already' });
  return undefined;
}

/** The effective day of an event: the one stated, else the day that it was recorded (6.2). */
export function effectiveDay(state: AllianceState, occurredOn: Day | undefined, { at }: Pick<Recorded, 'at'>): Day {
  return occurredOn ?? dayIn(state, at);
}

/** A fact from elsewhere is never of a later day, nor of a day before what it ends or corrects (6.2). */
export function factFault(occurredOn: Day | undefined, today: Day, causeDay?: Day): Refusal | undefined {
  if (occurredOn === undefined) return undefined;
  if (occurredOn > today) return refuse('FUTURE_FACT', { pointer: '/occurredOn' });
  if (causeDay !== undefined && occurredOn < causeDay)
    return refuse('OCCURRED_BEFORE_CAUSE', { pointer: '/occurredOn' });
  return undefined;
}

export function dayAfter(day: Day): Day {
  return addDays(day, 1);
}
