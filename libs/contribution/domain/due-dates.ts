import type { DataOf, DomainEvent, EventOf, EventType } from '#contracts';
import { addDue, endOfDay } from '#kernel';
import type { Day, Id, Recorded } from '#kernel';
import type { Stamp } from './facts.js';
import type { ContributionState } from './state.js';

/** What time alone brings, behind the types of part 1, section 2, in the order of part 2, 1.4. */
const DUE_TYPES = [
  'PledgeLapsed',
  'CommitmentRatificationRefused',
  'GuaranteeRatificationRefused',
  'CommitmentDefaulted',
  'GuaranteeExpired',
] as const satisfies readonly EventType[];
export type DueType = (typeof DUE_TYPES)[number];
const FIRST_RANK = 100;

/** The state with what becomes due by the event: 00:00 after the last day (part 2, 1.4). */
export function scheduled(state: ContributionState, event: DomainEvent, { seq }: Stamp): ContributionState {
  if (state.dissolved) return state;
  return datesOf(state, event).reduce((next, { type, id, lastDay }) => {
    const dueAt = endOfDay(lastDay, state.timeZone);
    const rank = FIRST_RANK + DUE_TYPES.indexOf(type);
    return { ...next, due: addDue(next.due, { dueAt, after: false, rank, order: seq, type, id }) };
  }, state);
}

interface DueDate {
  readonly type: DueType;
  readonly id: Id;
  readonly lastDay: Day;
}

function datesOf(state: ContributionState, event: DomainEvent): readonly DueDate[] {
  switch (event.type) {
    case 'PledgeMade':
      return date('PledgeLapsed', event.data.pledgeId, event.data.validUntil);
    case 'CommitmentMade':
      return [
        ...date('CommitmentRatificationRefused', event.data.commitmentId, event.data.ratifyBy),
        ...date('CommitmentDefaulted', event.data.commitmentId, event.data.dueOn),
      ];
    case 'CommitmentRescheduled':
      return date('CommitmentDefaulted', event.data.commitmentId, event.data.dueOn);
    case 'GuaranteeOffered':
      return date('GuaranteeRatificationRefused', event.data.guaranteeId, event.data.ratifyBy);
    case 'GuaranteeEnteredIntoForce': {
      const { guaranteeId } = event.data;
      return date('GuaranteeExpired', guaranteeId, state.guarantees.get(guaranteeId)?.fact.termOn);
    }
    case 'GuaranteeCalled':
      return date('CommitmentDefaulted', event.data.callId, event.data.dueOn);
    default:
      return [];
  }
}

function date(type: DueType, id: Id, lastDay: Day | undefined): readonly DueDate[] {
  return lastDay === undefined ? [] : [{ type, id, lastDay }];
}

/** A guarantee whose entry into force is told of after its term: it was over when it was told, so no notice comes. */
export function enteredLate(
  state: ContributionState,
  { guaranteeId }: DataOf<'GuaranteeEnteredIntoForce'>,
  { at }: Recorded,
): ContributionState {
  const isOver = (termOn: Day): boolean => endOfDay(termOn, state.timeZone) <= at;
  const guarantees = state.guarantees.change(guaranteeId, (one) => ({
    ...one,
    expiryNoticed: one.expiryNoticed || isOver(one.fact.termOn),
  }));
  return { ...state, guarantees };
}

/** A notice of the clock, kept so that it comes once. It enters no figure. */
export function noticed(state: ContributionState, event: EventOf<DueType>): ContributionState {
  switch (event.type) {
    case 'PledgeLapsed': {
      const pledges = state.pledges.change(event.data.pledgeId, (one) => ({ ...one, lapseNoticed: true }));
      return { ...state, pledges };
    }
    case 'CommitmentRatificationRefused': {
      const { commitmentId } = event.data;
      const commitments = state.commitments.change(commitmentId, (one) => ({ ...one, refusalNoticed: true }));
      return { ...state, commitments };
    }
    case 'GuaranteeRatificationRefused': {
      const { guaranteeId } = event.data;
      return {
        ...state,
        guarantees: state.guarantees.change(guaranteeId, (one) => ({ ...one, refusalNoticed: true })),
      };
    }
    case 'GuaranteeExpired': {
      const { guaranteeId } = event.data;
      return { ...state, guarantees: state.guarantees.change(guaranteeId, (one) => ({ ...one, expiryNoticed: true })) };
    }
    case 'CommitmentDefaulted': {
      const { obligationId, dueOn } = event.data;
      return {
        ...state,
        commitments: state.commitments.change(obligationId, (one) => ({ ...one, defaultNoticed: dueOn })),
        calls: state.calls.change(obligationId, (one) => ({ ...one, defaultNoticed: dueOn })),
      };
    }
  }
}
