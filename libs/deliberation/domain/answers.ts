import type { DecisionType } from '#contracts';
import type { Hash, Id } from '#kernel';
import { notRatifiedIn } from './adoption.js';
import { isElector } from './round.js';
import type { DecisionRecord, DecisionStatus, DeliberationState, VersionRequests } from './state.js';

/** A decision as the other contexts see it. */
export interface DecisionAnswer {
  readonly decisionId: Id;
  readonly type: DecisionType;
  readonly target: DecisionRecord['target'];
  readonly status: DecisionStatus;
  readonly requests: VersionRequests;
  readonly subjectKey: Id;
  readonly effectiveFrom: string;
}

/** What the other contexts may ask of deliberation, answered from the same state (part 1, section 2). */
export function deliberationAnswers(state: DeliberationState) {
  return {
    decision(decisionId: Id): DecisionAnswer | undefined {
      const found = state.decisions.get(decisionId);
      if (!found) return undefined;
      const { decisionType, target, status, requests, subjectKey, effectiveFrom } = found;
      return { decisionId, type: decisionType, target, status, requests, subjectKey, effectiveFrom };
    },
    decisionStatus(decisionId: Id): DecisionStatus | undefined {
      return state.decisions.get(decisionId)?.status;
    },
    /** Partners for which the effects of a decision wait until their own body has ratified (part 1, 4.8). */
    suspendedFor(decisionId: Id): readonly Id[] {
      const round = state.rounds.get(state.decisions.get(decisionId)?.restsOn);
      return round ? notRatifiedIn(round) : [];
    },
    /** The requests of the version that a decision adopted, in their order. */
    requestsOf(decisionId: Id): VersionRequests {
      return state.decisions.get(decisionId)?.requests ?? [];
    },
    /** False for a partner that dissented when consensus minus n adopted: nothing is asked of it (part 1, 4.5, M3). */
    mayBeAsked(decisionId: Id, partnerId: Id): boolean {
      return !state.decisions.get(decisionId)?.dissent.includes(partnerId);
    },
    /** The decision of type charter-change in force whose target is that charter. */
    charterChangeInForce(charterHash: Hash): Id | undefined {
      return state.charterChanges.findLast(
        (decisionId) => state.decisions.get(decisionId)?.target?.hash === charterHash,
      );
    },
    /** Open rounds in the order of opening; with a partner, those that it is an elector of. */
    openRounds(partnerId?: Id): readonly Id[] {
      if (partnerId === undefined) return state.openRounds;
      return state.openRounds.filter((roundId) => {
        const round = state.rounds.get(roundId);
        return round !== undefined && isElector(round, partnerId);
      });
    },
  };
}
export type DeliberationAnswers = ReturnType<typeof deliberationAnswers>;
