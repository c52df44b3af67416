import { amountLine, methodParameters, minFavourFields, quorumFields, resourceLine } from './charter.js';
import {
  CLOSINGS,
  DECISION_TYPES,
  METHODS,
  NOTIFICATION_CHANNELS,
  OBJECTION_KINDS,
  RAISED_KINDS,
  PARTNER_KINDS,
  POSITION_VALUES,
  REVIEW_OUTCOMES,
} from './enums.js';
import type { Outcome } from './outcome.js';
import { option } from './outcome-form.js';
import {
  day,
  dec,
  document,
  flag,
  hash,
  id,
  instant,
  int,
  key,
  list,
  long,
  note,
  oneOf,
  optional,
  outcome,
  record,
  refusedAs,
  required,
  title,
} from './schema.js';
import type { EventDefinitions } from './schema.js';

const target = record({
  sort: oneOf('partner', 'person', 'charter', 'carrier'),
  id: optional(id()),
  hash: optional(hash()),
});
const condition = record({ ...resourceLine, atLeast: dec(), by: day() });
/** What a decision of type `delegation` lets its delegates decide (part 1, 4.5, M11); without `needs`, all of them together. */
const delegation = record({
  delegates: list(id(), 200),
  needs: optional(int(1, 200)),
  subjects: list(id(), 50),
  ceilings: list(amountLine, 50),
  validUntil: day(),
});
/** One request of a version: who is asked for what. It binds nobody. */
export const versionRequest = { partnerIds: list(id(), 200), ...resourceLine, amount: dec() };

/** The policy of a round, resolved when it opens (part 1, 4.2 and 4.3): flat, with every parameter the round can need. */
export const roundPolicy = record({
  method: oneOf(...METHODS),
  ...methodParameters,
  quorum: optional(quorumFields),
  minFavour: optional(minFavourFields),
  silence: optional(oneOf('not-counted', 'consent-if-notified')),
  noticeDays: optional(int(0, 90)),
  maxRounds: optional(int(1, 6)),
  collegeCondition: optional(flag()),
  fallback: optional(record({ method: oneOf(...METHODS), ...methodParameters })),
});

/** In `score` the grade, the points, or the rank from 1; at most 20 options and things as they are (part 1, 4.5, M10). */
const ballot = list(
  record({ optionId: refusedAs('BALLOT_INVALID', option), score: refusedAs('BALLOT_INVALID', int(-1000, 1000)) }),
  21,
);

/** What every position says, however it came. */
const position = {
  positionId: id(),
  roundId: id(),
  partnerId: id(),
  value: oneOf(...POSITION_VALUES),
  ballot: optional(ballot),
  standing: oneOf('titular', 'substitute'),
  adReferendum: flag(),
  ratifyBy: optional(day()),
  late: flag(),
};

/** Events of the deliberation context: part 1, 5.2, those of direct rounds, in the order of the catalogue. */
export const deliberationEvents = {
  /** A proposal was drafted, by R(propose) (then its sponsor) or a citizen (then without). */
  ProposalDrafted: {
    v: 1,
    public: { proposalId: id(), decisionType: oneOf(...DECISION_TYPES), sponsorId: optional(id()) },
    sealed: { title: required(title), driver: required(note) },
  },
  /** A partner carries the proposal, by its R(propose); one sponsor at a time. */
  ProposalSponsored: { v: 1, public: { proposalId: id(), partnerId: id() }, sealed: {} },
  /** The sponsor submitted the proposal; once. `subjectKey` is the matter, kept by later proposals on it. */
  ProposalSubmitted: {
    v: 1,
    public: {
      proposalId: id(),
      subjectKey: id(),
      thenType: optional(oneOf(...DECISION_TYPES)),
      target: optional(target),
      effectiveFrom: optional(day()),
      reviewOn: optional(day()),
      expiresOn: optional(day()),
      supersedes: list(id(), 50),
      reviewOf: optional(id()),
      reviewOutcome: optional(oneOf(...REVIEW_OUTCOMES)),
      affected: list(id(), 200),
      delegation: optional(delegation),
    },
    sealed: { subjectLabel: title },
  },
  /** A version of the text, numbered from 1 without gap; the hash covers text, requests and conditions. */
  ProposalVersioned: {
    v: 1,
    public: {
      proposalId: id(),
      version: int(1),
      textHash: hash(),
      optionId: optional(id()),
      cause: oneOf('first', 'revised', 'amendment'),
      amendmentId: optional(id()),
      integrates: list(id(), 200),
      requests: list(record({ requestId: id(), ...versionRequest }), 50),
      conditions: list(condition, 20),
    },
    sealed: { text: required(long), textKey: key },
  },
  /** The proposal was withdrawn by its sponsor, or by the clock when nobody sponsored it within 72 h. */
  ProposalWithdrawn: {
    v: 1,
    public: { proposalId: id(), cause: oneOf('sponsor', 'no-sponsor') },
    sealed: { reason: note },
  },
  /** A partner proposes another text in the place of the current version, by R(propose); whole, as it would read. */
  AmendmentSubmitted: {
    v: 1,
    public: { amendmentId: id(), proposalId: id(), baseVersion: int(1), textHash: hash() },
    sealed: { text: required(long), textKey: key, reason: note },
  },
  /** The sponsor took the amendment: it is the next version. */
  AmendmentAccepted: { v: 1, public: { amendmentId: id(), version: int(1) }, sealed: { reason: note } },
  /** The sponsor did not take it, and says why. */
  AmendmentRejected: { v: 1, public: { amendmentId: id() }, sealed: { reason: note } },
  /** Its author, the partner that submitted it, took it back. */
  AmendmentWithdrawn: { v: 1, public: { amendmentId: id() }, sealed: { reason: note } },
  /** Its author made a proposal of its own of what was rejected. */
  AmendmentPromoted: { v: 1, public: { amendmentId: id(), newProposalId: id() }, sealed: { reason: note } },
  /** A partner accepts to carry out the decision, by its own R(commit), before adoption. */
  ResponsibilityAccepted: { v: 1, public: { proposalId: id(), partnerId: id() }, sealed: {} },
  /** A partner is asked for its advice on a proposal in the sponsor's own domain, by the sponsor or at its own R(speak). */
  AdviceRequested: {
    v: 1,
    public: {
      adviceId: id(),
      proposalId: id(),
      partnerId: id(),
      because: oneOf('affected', 'knowledge', 'own-request'),
      windowEnds: instant(),
    },
    sealed: { question: note },
  },
  /** The partner asked gave its advice, by R(speak); once. */
  AdviceGiven: { v: 1, public: { adviceId: id() }, sealed: { text: required(note) } },
  /** The sponsor says what it makes of an advice. */
  AdviceAnswered: {
    v: 1,
    public: { adviceId: id(), followUp: oneOf('followed', 'partly', 'not-followed') },
    sealed: { text: note },
  },
  /** The sponsor decides in its own domain, having asked (part 1, 4.5, M9). */
  AdviceDecisionTaken: { v: 1, public: { proposalId: id(), version: int(1) }, sealed: {} },
  /**
   * Delegates decide within what a decision in force lets them (part 1, 4.5, M11). Each signs for itself; the mandate
   * of the last one, who sends it, is the last of `signedBy`.
   */
  DelegatedDecisionTaken: {
    v: 1,
    public: {
      enablingId: id(),
      subjectKey: id(),
      textHash: hash(),
      signedBy: list(id(), 200),
      amounts: list(amountLine, 50),
    },
    sealed: { text: required(long), textKey: key },
  },
  /** One version is asked of one electorate under one policy, by F or the sponsor; never changed afterwards. */
  RoundOpened: {
    v: 1,
    public: {
      roundId: id(),
      proposalId: id(),
      roundNumber: int(1),
      attempt: int(1),
      version: int(1),
      textHash: hash(),
      policy: roundPolicy,
      charterVersion: int(1),
      charterHash: hash(),
      electorate: list(record({ partnerId: id(), kind: oneOf(...PARTNER_KINDS), collegeId: optional(id()) }), 200),
      floor: record({ partners: int(1), kinds: int(1) }),
      options: list(id(), 20),
      opensAt: instant(),
      minOpenUntil: instant(),
      closesAt: instant(),
    },
    sealed: {},
  },
  /**
   * A partner was told of the round, or of a position recorded on its behalf, or could not be reached; by its own
   * representative that opened it, or by F. The first delivered one counts.
   */
  PartnerNotified: {
    v: 1,
    public: {
      roundId: id(),
      partnerId: id(),
      positionId: optional(id()),
      channel: oneOf(...NOTIFICATION_CHANNELS),
      status: oneOf('delivered', 'failed'),
      deliveredAt: optional(instant()),
    },
    sealed: { address: note },
  },
  /** A partner took position, by R(take-position), or by that of its proxy holder. `late`: after the deadline, kept and never counted. */
  PositionTaken: {
    v: 1,
    subject: 'round',
    public: {
      ...position,
      channel: oneOf('direct', 'proxy'),
      proxyId: optional(id()),
      reaffirms: optional(id()),
    },
    sealed: { reason: note, concern: note, internalSplit: note },
  },
  /** What a partner's mandate said by phone, paper, e-mail or in a meeting, told by F or R(take-position) of another partner. */
  PositionRecordedOnBehalf: {
    v: 1,
    subject: 'round',
    public: {
      ...position,
      speakerMandateId: id(),
      statedAt: instant(),
      means: oneOf('phone', 'paper', 'meeting', 'email'),
      evidenceHash: document(),
    },
    sealed: { reason: note, evidence: note, evidenceHashKey: key },
  },
  /** The partner says that a position recorded on its behalf is not its own, by R(take-position): it stops counting. */
  PositionContested: { v: 1, subject: 'round', public: { positionId: id() }, sealed: { reason: note } },
  /** A partner leaves the electorate of a round for a conflict of interest, by R(take-position); it cannot return to it. */
  PartnerRecused: { v: 1, public: { roundId: id(), partnerId: id() }, sealed: { reason: note } },
  /** A partner lets another take its position, in one round or between two dates, by R(take-position). */
  ProxyGiven: {
    v: 1,
    public: {
      proxyId: id(),
      giverId: id(),
      holderId: id(),
      roundId: optional(id()),
      validFrom: optional(day()),
      validTo: optional(day()),
    },
    sealed: {},
  },
  /** The proxy ended: taken back or left behind by its giver, or automatically, or by the clock. */
  ProxyRevoked: {
    v: 1,
    public: { proxyId: id(), cause: oneOf('giver', 'own-position', 'holder-left', 'expired') },
    sealed: {},
  },
  /** A position `object` or `block` raised an objection, automatically; one for each such position. */
  ObjectionRaised: {
    v: 1,
    subject: 'round',
    public: {
      objectionId: id(),
      positionId: id(),
      roundId: id(),
      partnerId: id(),
      form: oneOf('objection', 'block'),
      kind: oneOf(...RAISED_KINDS),
      touches: record({ sort: oneOf('aim', 'stake', 'charter', 'limit'), ref: optional(id()) }),
      reasonGiven: flag(),
      reasonDueAt: optional(instant()),
    },
    sealed: { reason: note, suggestedChange: note },
  },
  /** The objector gave the reason that was missing under silent consent, in time. */
  ObjectionReasonGiven: { v: 1, subject: 'round', public: { objectionId: id() }, sealed: { reason: note } },
  /** The facilitator says whether the form is complete; changes no count. */
  ObjectionTested: {
    v: 1,
    subject: 'round',
    public: { objectionId: id(), form: oneOf('complete', 'incomplete') },
    sealed: {},
  },
  /** Another partner of the electorate says that it does not qualify, or takes that back; its last word counts. */
  ObjectionContested: {
    v: 1,
    subject: 'round',
    public: { objectionId: id(), partnerId: id(), says: oneOf('not-qualified', 'qualified') },
    sealed: { reason: note },
  },
  /** Every other partner said that it does not qualify, or (M8) no reason came; automatically, in the closing commit. */
  ObjectionReclassified: {
    v: 1,
    subject: 'round',
    public: { objectionId: id(), cause: oneOf('all-others', 'no-reason') },
    sealed: {},
  },
  /** The objector left the electorate; automatically. Another partner may adopt it until `adoptBy`. */
  ObjectionOrphaned: { v: 1, subject: 'round', public: { objectionId: id(), adoptBy: instant() }, sealed: {} },
  /** Another partner of the electorate made an orphaned objection its own, by R(take-position). */
  ObjectionAdopted: { v: 1, subject: 'round', public: { objectionId: id(), byObjectionId: id() }, sealed: {} },
  /** Nobody adopted an orphaned objection in time; by the clock. */
  ObjectionLapsed: { v: 1, subject: 'round', public: { objectionId: id() }, sealed: {} },
  /** The objector took another position, automatically, or withdrew it after the round. */
  ObjectionWithdrawn: { v: 1, subject: 'round', public: { objectionId: id() }, sealed: { reason: note } },
  /** The facilitator marks an objection abandoned: no part taken for 72 h after a dated invitation. */
  ObjectionAbandoned: {
    v: 1,
    subject: 'round',
    public: { objectionId: id(), invitedOn: day() },
    sealed: { reason: note },
  },
  /** The objector contests the abandonment within 72 h, which brings the objection back. */
  ObjectionAbandonmentContested: { v: 1, subject: 'round', public: { objectionId: id() }, sealed: { reason: note } },
  /** A version claims to integrate the objection; automatically, with that version. */
  ObjectionIntegrated: { v: 1, subject: 'round', public: { objectionId: id(), version: int(1) }, sealed: {} },
  /** The objector, or the sponsor, confirms that the integration resolves the objection. */
  ObjectionResolutionConfirmed: {
    v: 1,
    subject: 'round',
    public: { objectionId: id(), side: oneOf('objector', 'sponsor') },
    sealed: { note },
  },
  /** Both sides confirmed; automatically. */
  ObjectionResolved: { v: 1, subject: 'round', public: { objectionId: id() }, sealed: {} },
  /** The deadline moved (4.4): by F once with a reason, or by the system. */
  RoundExtended: {
    v: 1,
    public: {
      roundId: id(),
      cause: oneOf('facilitator', 'unrepresented', 'outage', 'orphaned', 'no-sponsor', 'reason-due'),
      closesAt: instant(),
    },
    sealed: { reason: note },
  },
  /** The round closed, automatically or by the clock; the outcome is `evaluate` of the events before it. */
  RoundClosed: {
    v: 1,
    public: {
      roundId: id(),
      closing: oneOf(...CLOSINGS),
      closedAt: instant(),
      outcome: outcome<Outcome>(),
      evaluatorVersion: int(1),
      inputHash: hash(),
    },
    sealed: {},
  },
  /** A fact learnt after closing made `evaluate` run again (4.8); automatically. It never makes a decision. */
  RoundReevaluated: {
    v: 1,
    public: {
      roundId: id(),
      cause: oneOf('contested', 'ratification-refused'),
      positionId: id(),
      outcome: outcome<Outcome>(),
      evaluatorVersion: int(1),
      inputHash: hash(),
    },
    sealed: {},
  },
  /** An objection after closing, by R(take-position): kept as a concern on the decision, changes no result. */
  LateObjectionFiled: {
    v: 1,
    public: { decisionId: id(), partnerId: id(), kind: oneOf(...OBJECTION_KINDS) },
    sealed: { reason: required(note) },
  },
  /** An adopted result entered the register, in the commit of its `RoundClosed`. Nothing else makes a decision. */
  DecisionAdopted: {
    v: 1,
    public: {
      decisionId: id(),
      proposalId: optional(id()),
      roundId: optional(id()),
      enablingId: optional(id()),
      version: optional(int(1)),
      textHash: hash(),
      decisionType: oneOf(...DECISION_TYPES),
      method: oneOf(...METHODS),
      subjectKey: id(),
      effectiveFrom: day(),
      reviewOn: optional(day()),
      expiresOn: optional(day()),
      // Those that the proposal names, the decision that it amends, and its own one that was suspended.
      supersedes: list(id(), 52),
      responsible: list(id(), 200),
      conditions: list(condition, 20),
      dissent: list(id(), 200),
      awaitingRatification: list(id(), 200),
      criteria: list(id(), 1000),
    },
    sealed: {},
  },
  /** `effectiveFrom` was reached and every condition holds; automatically or by the clock. */
  DecisionTookEffect: { v: 1, public: { decisionId: id() }, sealed: {} },
  /** The last day of a condition is over and the condition does not hold; by the clock. */
  DecisionLapsed: { v: 1, public: { decisionId: id() }, sealed: {} },
  /** The last day `expiresOn` is over; by the clock. */
  DecisionExpired: { v: 1, public: { decisionId: id() }, sealed: {} },
  /** `repairDays` are over and a suspended decision was not adopted again; by the clock. */
  DecisionAnnulled: { v: 1, public: { decisionId: id() }, sealed: {} },
  /** The re-evaluation of its round is no longer `adopted`; automatically. */
  DecisionSuspended: {
    v: 1,
    public: { decisionId: id(), cause: oneOf('contested', 'ratification-refused') },
    sealed: {},
  },
  /** The same version was adopted again; automatically, with the closing of that round. */
  DecisionResumed: { v: 1, public: { decisionId: id(), cause: oneOf('re-adopted') }, sealed: {} },
  /** The partner's own body confirmed a position taken ad referendum, by its R(commit); once. */
  PositionRatified: {
    v: 1,
    subject: 'round',
    fact: true,
    public: { positionId: id(), decisionId: optional(id()), actHash: optional(document()), actOn: optional(day()) },
    sealed: { act: note, actHashKey: key },
  },
  /** The partner's own body refused it, by its R(commit), or did not answer by `ratifyBy`, by the clock; once. */
  RatificationRefused: {
    v: 1,
    subject: 'round',
    fact: true,
    public: {
      positionId: id(),
      decisionId: optional(id()),
      actHash: optional(document()),
      actOn: optional(day()),
      cause: oneOf('body', 'deadline'),
    },
    sealed: { act: note, actHashKey: key },
  },
  /** A partner asked, by its R(propose), that a decision be reviewed soon; once between two reviews. */
  ReviewRequested: { v: 1, public: { decisionId: id(), reviewOn: day() }, sealed: { reason: note } },
  /** `reviewOn` passed without review; by the clock. Force goes on. */
  ReviewDue: { v: 1, public: { decisionId: id() }, sealed: {} },
  /** The round of a review closed, or its sponsor decided in its own domain, without round; automatically. `none`: not adopted. */
  DecisionReviewed: {
    v: 1,
    public: {
      decisionId: id(),
      roundId: optional(id()),
      outcome: oneOf(...REVIEW_OUTCOMES, 'none'),
      reviewOn: optional(day()),
    },
    sealed: {},
  },
  /** Another decision took its place, in the commit in which that one took effect. */
  DecisionSuperseded: { v: 1, public: { decisionId: id(), byDecisionId: id() }, sealed: {} },
  /** A review to revoke it was adopted; automatically. A review makes no decision, so none is named. */
  DecisionRevoked: { v: 1, public: { decisionId: id(), byDecisionId: optional(id()) }, sealed: {} },
} as const satisfies EventDefinitions;
