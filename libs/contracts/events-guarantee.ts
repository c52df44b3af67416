import { code, day, dec, document, flag, id, int, key, note, oneOf, optional, record } from './schema.js';
import type { EventDefinitions } from './schema.js';

/** Events of guarantees: part 2, 1.7 and section 7. */
export const guaranteeEvents = {
  /** A partner offers to pay part of a debt of the carrier, by its own R(commit). */
  GuaranteeOffered: {
    v: 1,
    public: {
      guaranteeId: id(),
      requestId: optional(id()),
      obligorId: id(),
      debtorId: id(),
      creditorId: optional(id()),
      currency: code(),
      principal: dec(),
      cap: dec(),
      share: record({ num: int(1, 10_000), den: int(1, 10_000) }),
      termOn: day(),
      adReferendum: flag(),
      ratifyBy: optional(day()),
    },
    sealed: { securedDebt: note, callConditions: note, creditorName: note },
  },
  /** The obligor's body ratified the offer. */
  GuaranteeRatified: {
    v: 1,
    public: { guaranteeId: id(), ratifiedOn: day(), actHash: optional(document()) },
    sealed: { act: note, actHashKey: key },
  },
  /** The obligor's body refused the offer, or did not answer by `ratifyBy`. */
  GuaranteeRatificationRefused: {
    v: 1,
    public: { guaranteeId: id(), cause: oneOf('body', 'deadline') },
    sealed: {},
  },
  /** The contract is signed: by the creditor's R(commit), or the debtor's when the creditor is outside. */
  GuaranteeEnteredIntoForce: {
    v: 1,
    public: { guaranteeId: id(), contractHash: optional(document()) },
    sealed: { contract: note, contractHashKey: key },
    fact: true,
  },
  /** Part of the guarantee becomes payable: an obligation of money with its own id. */
  GuaranteeCalled: {
    v: 1,
    public: { guaranteeId: id(), callId: id(), amount: dec(), dueOn: day() },
    sealed: { reason: note },
    fact: true,
  },
  /** Part of the guarantee ends. */
  GuaranteeReleased: { v: 1, public: { guaranteeId: id(), amount: dec() }, sealed: { reason: note } },
  /** The term is over; a notice of the clock that enters no view. */
  GuaranteeExpired: { v: 1, public: { guaranteeId: id() }, sealed: {} },
} as const satisfies EventDefinitions;
