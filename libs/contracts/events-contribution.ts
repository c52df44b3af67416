import { resourceLine } from './charter.js';
import { guaranteeEvents } from './events-guarantee.js';
import { valuationEvents } from './events-valuation.js';
import { day, dec, document, flag, id, int, key, list, note, oneOf, optional } from './schema.js';
import { record, required, signedDec } from './schema.js';
import type { EventDefinitions } from './schema.js';

const line = resourceLine;

/** Events of the ladder: part 2, section 7. */
const ladderEvents = {
  /** What the alliance needs, in one kind and unit: with an adopted decision, or by R(propose). Binds nobody. */
  ResourceRequested: {
    v: 1,
    public: {
      requestId: id(),
      decisionId: optional(id()),
      ...line,
      amount: dec(),
      partnerIds: list(id(), 200),
      neededBy: optional(day()),
    },
    sealed: { description: note },
  },
  /** A request closed: by F, the asker, or because its decision ended. */
  ResourceRequestClosed: {
    v: 1,
    public: { requestId: id(), cause: oneOf('covered', 'cancelled', 'decision-ended') },
    sealed: { reason: note },
  },
  /** An indicative promise, by R(speak) of the provider: binds nobody, covers nothing. */
  PledgeMade: {
    v: 1,
    public: {
      pledgeId: id(),
      requestId: optional(id()),
      providerId: id(),
      ...line,
      amount: dec(),
      validUntil: optional(day()),
    },
    sealed: { note },
  },
  /** A pledge withdrawn by its provider, freely. */
  PledgeWithdrawn: { v: 1, public: { pledgeId: id() }, sealed: { note } },
  /** The last day of a pledge is over; a notice of the clock that enters no view. */
  PledgeLapsed: { v: 1, public: { pledgeId: id() }, sealed: {} },
  /** A partner promised firmly, by its own R(commit); guards of part 2, 1.5 in that order. */
  CommitmentMade: {
    v: 1,
    public: {
      commitmentId: id(),
      requestId: optional(id()),
      pledgeId: optional(id()),
      providerId: id(),
      receiverId: optional(id()),
      attestorId: id(),
      ...line,
      amount: dec(),
      dueOn: day(),
      obligation: oneOf('means', 'result'),
      carrierId: optional(id()),
      adReferendum: flag(),
      ratifyBy: optional(day()),
    },
    sealed: { terms: note },
  },
  /** The provider's body ratified, by its R(commit), not after `ratifyBy`. */
  CommitmentRatified: {
    v: 1,
    public: { commitmentId: id(), ratifiedOn: day(), actHash: optional(document()) },
    sealed: { act: note, actHashKey: key },
  },
  /** The provider's body refused, or did not answer by `ratifyBy`; from `pending` only, once. */
  CommitmentRatificationRefused: {
    v: 1,
    public: { commitmentId: id(), cause: oneOf('body', 'deadline') },
    sealed: { act: note },
  },
  /** The creditor gave a later due date, by its R(commit), or F with a decision. */
  CommitmentRescheduled: {
    v: 1,
    public: { commitmentId: id(), dueOn: day(), decisionId: optional(id()) },
    sealed: { reason: note },
  },
  /** All or part of what is open ended: by the creditor, F with a decision, or the provider where 1.5 lets it. */
  CommitmentReleased: {
    v: 1,
    public: {
      commitmentId: id(),
      amount: dec(),
      reason: oneOf(
        'agreement',
        'decision',
        'satisfied-with-less',
        'force-majeure',
        'taken-over',
        'entered-in-error',
        'decision-ended',
        'dissolution',
      ),
      decisionId: optional(id()),
    },
    sealed: { explanation: note },
  },
  /** The due date passed and something is open; a notice of the clock that enters no view. */
  CommitmentDefaulted: { v: 1, public: { obligationId: id(), dueOn: day(), openAmount: dec() }, sealed: {} },
  /** A past fact, by R(speak) of the declarer. */
  ContributionDeclared: {
    v: 1,
    public: {
      contributionId: id(),
      requestId: optional(id()),
      providerId: optional(id()),
      receiverId: optional(id()),
      attestorId: id(),
      ...line,
      amount: dec(),
      occurredFrom: optional(day()),
      level: optional(int(1, 9)),
      carrierId: optional(id()),
      fulfils: list(record({ obligationId: id(), amount: dec() }), 50),
    },
    sealed: { description: note, evidence: note, giverOutside: note },
    fact: true,
  },
  /** The attestor received so much: awaiting → acknowledged. */
  ContributionAcknowledged: { v: 1, public: { contributionId: id(), amount: dec() }, sealed: { note } },
  /** The attestor disputes so much, with a ground. */
  ContributionContested: {
    v: 1,
    public: {
      contributionId: id(),
      amount: dec(),
      from: oneOf('awaiting', 'acknowledged'),
      ground: oneOf('not-received', 'partly-received', 'defective', 'wrong-amount', 'wrong-date', 'not-for-alliance'),
    },
    sealed: { explanation: required(note) },
  },
  /** A contestation was lifted: contested → acknowledged; by the attestor, or F with an adopted decision. */
  ContestationLifted: {
    v: 1,
    public: { contributionId: id(), amount: dec(), decisionId: optional(id()) },
    sealed: { note },
  },
  /** A compensating entry with a signed delta, by the declarer; the declared amount never falls below 0. */
  ContributionCorrected: {
    v: 1,
    public: {
      contributionId: id(),
      correctionId: id(),
      corrects: id(),
      delta: signedDec(),
      cause: oneOf('typing', 'recount', 'double-entry', 'returned', 'wrong-line', 'other'),
    },
    sealed: { explanation: note },
  },
  /** Another active partner attests in place of one that is no longer active, by F. */
  AttestorReplaced: {
    v: 1,
    public: { contributionId: optional(id()), commitmentId: optional(id()), attestorId: id() },
    sealed: { reason: note },
  },
} as const satisfies EventDefinitions;

/** Events of the contribution context: part 2, section 7. */
export const contributionEvents = { ...ladderEvents, ...valuationEvents, ...guaranteeEvents };
