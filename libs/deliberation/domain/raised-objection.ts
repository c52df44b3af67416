import { event } from '#contracts';
import type { ArgumentsOf, DataOf, DomainEvent, EventOf, PositionValue, SealedValues } from '#contracts';
import { addHours } from '#kernel';
import type { Id, Instant } from '#kernel';
import { objectionIdOf } from './round.js';
import { named } from './sealed.js';
import type { Round } from './state.js';
import type { Voice } from './voice.js';

/** The position that raises an objection, and when it was recorded. */
interface Raising {
  readonly positionId: Id;
  readonly at: Instant;
}

/** Whether a position raises an objection or a block. */
export function formOf(value: PositionValue): 'objection' | 'block' | undefined {
  if (value === 'object') return 'objection';
  return value === 'block' ? 'block' : undefined;
}

/** A position and the objection that it raises, if it does: the partner whose position it is, is the objector. */
export function withObjection(
  position: DomainEvent,
  round: Round,
  voice: Voice,
  { value, objection, ...raising }: Pick<ArgumentsOf<'TakePosition'>, 'value' | 'objection'> & Raising,
): readonly DomainEvent[] {
  if (!objection) return [position];
  return [position, objectionRaised(round, voice, raising, { ...objection, form: formOf(value) ?? 'objection' })];
}

/** Hours within which the reason of an objection under silent consent is due (part 1, 4.4 and 4.5, M8). */
const REASON_HOURS = 48;

/**
 * The objection that a position `object` or `block` raises (part 1, 4.6), with an id that follows from the position's. Under
 * silent consent its reason may come within 48 h.
 */
export function objectionRaised(
  { roundId, closed }: Round,
  { partnerId }: Pick<Voice, 'partnerId'>,
  { positionId, at }: Raising,
  objection: Pick<DataOf<'ObjectionRaised'>, 'form' | 'kind' | 'touches'> & {
    readonly reasonGiven?: boolean;
    readonly sealed?: SealedValues;
  },
): EventOf<'ObjectionRaised'> {
  const { kind, touches, form, sealed } = objection;
  const reasonGiven = objection.reasonGiven ?? sealed?.['reason'] !== undefined;
  const reasonDueAt = reasonGiven || closed ? undefined : addHours(at, REASON_HOURS);
  const objectionId = objectionIdOf(positionId);
  const data = { objectionId, positionId, roundId, partnerId, form, kind, touches, reasonGiven, reasonDueAt };
  return event('ObjectionRaised', data, sealed ? { sealed: named(sealed, 'reason', 'suggestedChange') } : {});
}
