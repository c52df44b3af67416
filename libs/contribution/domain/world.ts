import type { DecisionType, Power } from '#contracts';
import type { Actor, Day, Id, Instant, Refusal } from '#kernel';
import type { ContributionState } from './state.js';

/** What this context asks of the alliance. */
export interface AllianceQuestions {
  timeZone(): string;
  phase(): 'none' | 'forming' | 'governed' | 'dissolved';
  partner(partnerId: Id): { readonly status: string } | undefined;
  /** In the order of admission. */
  activePartners(): readonly { readonly partnerId: Id }[];
  /** The partner that the actor represents with one of the powers in force, or why it does not. */
  representative(
    actor: Actor,
    powers: readonly Power[],
    at: Instant,
  ): { readonly partnerId: Id; readonly mandateId: Id } | Refusal;
  isFacilitator(actor: Actor, at: Instant): boolean;
  mandate(mandateId: Id): MandateTerms | undefined;
  charterInForce(): { readonly charter: { readonly ratifyDays: number } } | undefined;
  legalForm(): 'informal' | 'carried' | 'incorporated';
  /** First and last day included, the day of hand-over for both carriers. */
  isCarrierOn(carrierId: Id, day: Day): boolean;
  carrier(carrierId: Id): { readonly partnerId?: Id | undefined } | undefined;
  /** Whether a partner was the carrier on a day. */
  isCarriedBy(partnerId: Id, day: Day): boolean;
}

export interface MandateTerms {
  readonly ceilings: readonly { readonly kind: string; readonly unit: string; readonly amount: string }[];
  readonly adReferendum: boolean;
}

/** What this context asks of deliberation. */
export interface DeliberationQuestions {
  decision(decisionId: Id): { readonly type: DecisionType; readonly status: string } | undefined;
  /** Partners whose ratification a decision awaits. */
  suspendedFor(decisionId: Id): readonly Id[];
  /** False for a dissenter that a decision may not ask anything of. */
  mayBeAsked(decisionId: Id, partnerId: Id): boolean;
}

/** What the rules of this context see. */
export interface World {
  readonly state: ContributionState;
  readonly alliance: AllianceQuestions;
  readonly deliberation: DeliberationQuestions;
}
