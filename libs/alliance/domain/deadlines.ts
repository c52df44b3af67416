import { addDue, addHours, endOfDay } from '#kernel';
import type { Day, DueItem, Id, Instant } from '#kernel';
import { record } from './record.js';
import type { AllianceState } from './state.js';
import type { AllianceWorld } from './world.js';
import type { AllianceEvent } from '#contracts';

/** An invitation lapses when nobody was admitted on it for 90 days (3.4). */
export const INVITATION_DAYS = 90;

export type DueType = 'MandateEnded' | 'FacilitatorEnded' | 'AccessEnded' | 'InvitationClosed';

/** Places in the order of ties of part 1, section 2, counted from 1. */
const RANK: Readonly<Record<DueType, number>> = {
  MandateEnded: 11,
  FacilitatorEnded: 12,
  AccessEnded: 13,
  InvitationClosed: 14,
};

export function lapseOf(invitedAt: Instant): Instant {
  return addHours(invitedAt, 24 * INVITATION_DAYS);
}

/** The state with a term to end at 00:00 after its last day; a term without last day never ends by itself. */
export function endsAfter(
  state: AllianceState,
  type: DueType,
  { id, validTo }: { readonly id: Id; readonly validTo?: Day | undefined },
  order: number,
): AllianceState {
  if (validTo === undefined) return state;
  const dueAt = endOfDay(validTo, state.timeZone);
  return { ...state, due: addDue(state.due, { dueAt, after: false, rank: RANK[type], order, type, id }) };
}

/** The state with an invitation to lapse once its last instant is over. */
export function lapsesAfter(state: AllianceState, id: Id, dueAt: Instant, order: number): AllianceState {
  const rank = RANK.InvitationClosed;
  return { ...state, due: addDue(state.due, { dueAt, after: true, rank, order, type: 'InvitationClosed', id }) };
}

/** The due event, unless what it would end has ended before (part 1, section 2). */
export function whenDue({ state }: AllianceWorld, item: DueItem): AllianceEvent | undefined {
  const id = item.id as Id;
  switch (item.type as DueType) {
    case 'MandateEnded':
      return open(state.mandates.get(id)) && record('MandateEnded', { mandateId: id, cause: 'term' });
    case 'FacilitatorEnded':
      return open(state.facilitators.get(id)) && record('FacilitatorEnded', { facilitatorId: id, cause: 'term' });
    case 'AccessEnded':
      return open(state.accesses.get(id)) && record('AccessEnded', { accessId: id });
    case 'InvitationClosed': {
      const partner = state.partners.get(id);
      const waits = partner?.status === 'invited' && partner.lapsesAt === item.dueAt;
      return waits ? record('InvitationClosed', { partnerId: id, cause: 'lapsed' }) : undefined;
    }
  }
}

/** True for a thing without end; undefined, not false, so that it reads on. */
function open(thing: { readonly ended: boolean } | undefined): true | undefined {
  return thing && !thing.ended ? true : undefined;
}
