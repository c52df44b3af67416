import type { ArgumentsOf, AllianceCommandName, AllianceEvent, DecisionType } from '#contracts';
import type { Act, Decision, Hash, Id } from '#kernel';
import type { AllianceState } from './state.js';

/** A decision of the register, as far as this context asks. */
export interface CitedDecision {
  readonly type: DecisionType;
  readonly target?: Target | undefined;
  readonly status: string;
}

export interface Target {
  readonly sort: 'partner' | 'person' | 'charter' | 'carrier';
  readonly id?: Id | undefined;
  readonly hash?: Hash | undefined;
}

/** What the alliance's rules see: their own state, and read-only answers of the other contexts from the same state. */
export interface AllianceWorld {
  readonly state: AllianceState;
  readonly deliberation: {
    decision(decisionId: Id): CitedDecision | undefined;
    /** The decision of type `charter-change` in force whose target is this hash. */
    charterChangeInForce(charterHash: Hash): Id | undefined;
    openRounds(partnerId?: Id): readonly Id[];
  };
  readonly contribution: {
    openCommitments(partnerId?: Id): readonly unknown[];
  };
}

/** The rule of one command. */
export type Rule<N extends AllianceCommandName> = (
  world: AllianceWorld,
  args: ArgumentsOf<N>,
  act: Act,
) => Decision<AllianceEvent>;
