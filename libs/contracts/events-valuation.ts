import { resourceLine } from './charter.js';
import { BASES_RECORDED, VALUATION_METHODS } from './enums.js';
import { day, dec, code, document, id, int, key, list, note, oneOf, optional, rate, record } from './schema.js';
import type { EventDefinitions } from './schema.js';

/** Events of valuation: part 2, 1.6 and section 7. */
export const valuationEvents = {
  /** What an acknowledged amount is worth on one basis, by R(speak) of who may record that basis. */
  ContributionValued: {
    v: 1,
    public: {
      valuationId: id(),
      contributionId: id(),
      basis: oneOf(...BASES_RECORDED),
      method: oneOf(...VALUATION_METHODS),
      amount: dec(),
      rate: optional(rate()),
      currency: code(),
      value: dec(),
      bookedById: optional(id()),
      evidenceHash: optional(document()),
    },
    sealed: { calculation: note, source: note, evidenceHashKey: key },
  },
  /** Dated rates in versions without gap, each with a decision in force (D). */
  ValuationScaleAdopted: {
    v: 1,
    public: {
      scaleId: id(),
      version: int(1),
      decisionId: id(),
      validFrom: day(),
      validTo: optional(day()),
      currency: code(),
      lines: list(record({ ...resourceLine, level: optional(int(1, 9)), rate: rate() }), 200),
    },
    sealed: { methodNote: note, source: note },
  },
} as const satisfies EventDefinitions;
