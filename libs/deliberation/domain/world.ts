import type { Charter, PartnerKind, Power, ResourceKind } from '#contracts';
import type { Actor, Hash, Id, Instant, Refusal } from '#kernel';
import type { DeliberationState } from './state.js';

/** What this context asks of the alliance, answered from the same state (part 1, section 2). */
export interface AllianceQuestions {
  phase(): 'none' | 'forming' | 'governed' | 'dissolved';
  standing(): 'active' | 'dormant';
  partner(partnerId: Id): { readonly status: string } | undefined;
  /** In the order of admission. */
  activePartners(): readonly { readonly partnerId: Id; readonly kind: PartnerKind }[];
  /** For whom the actor acts at that instant, by a mandate that has one of the powers. */
  representative(actor: Actor, powers: readonly Power[], at: Instant): Representative | Refusal;
  /** Whose voice a mandate was at an earlier instant, in force then with the power. */
  speaker(mandateId: Id, power: Power, at: Instant): Representative | Refusal;
  isFacilitator(actor: Actor, at: Instant): boolean;
  mandate(mandateId: Id): { readonly adReferendum: boolean } | undefined;
  charterInForce(): { readonly version: number; readonly hash: Hash; readonly charter: Charter } | undefined;
}

export interface Representative {
  readonly partnerId: Id;
  readonly mandateId: Id;
  readonly standing: 'titular' | 'substitute';
}

/** What this context asks of contribution, for conditions precedent alone; nothing of it reaches `evaluate`. */
export interface ContributionQuestions {
  /** What is firmly promised to a decision on one line, less what was released, as a decimal string. */
  committed(decisionId: Id, kind: ResourceKind, unit: string): string;
}

export interface DeliberationWorld {
  readonly state: DeliberationState;
  readonly alliance: AllianceQuestions;
  readonly contribution: ContributionQuestions;
}
