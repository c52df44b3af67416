/**
 * The closed list of domain refusals, each with its kind: `invalid` is never acceptable so, `forbidden` lacks the
 * authority, `absent` names what is not there, `conflict` would pass in another state (HTTP page, 2.1).
 * A refused command records nothing.
 */
export const REFUSALS = {
  AD_REFERENDUM_FAVOURABLE_ONLY: 'invalid',
  ALLIANCE_DISSOLVED: 'conflict',
  ALLIANCE_DORMANT: 'conflict',
  ALLIANCE_EXISTS: 'conflict',
  ALLIANCE_FULL: 'conflict',
  ALREADY_BOOKED: 'conflict',
  ALREADY_SIGNED: 'conflict',
  ALREADY_WITHDRAWN: 'conflict',
  AMOUNT_INVALID: 'invalid',
  ATTESTOR_NOT_RECEIVER: 'invalid',
  BALLOT_INVALID: 'invalid',
  CALL_AFTER_TERM: 'conflict',
  CALL_OVER_EXPOSURE: 'conflict',
  CAPACITY_AMBIGUOUS: 'invalid',
  CAPACITY_NOT_YOURS: 'forbidden',
  CAP_OVER_SHARE: 'invalid',
  CARRIER_NOT_IN_FORCE: 'conflict',
  CHARTER_INVALID: 'invalid',
  CHARTER_MISSING: 'conflict',
  CODE_SCHEME_MISSING: 'invalid',
  CONTEST_LATE: 'conflict',
  CORRECTED_BELOW_ZERO: 'conflict',
  CORRECTS_NOTHING: 'invalid',
  DATE_INVALID: 'invalid',
  DECISION_NOT_RATIFIED: 'conflict',
  DECISION_REQUIRED: 'conflict',
  DUE_BEFORE_COMMITMENT: 'invalid',
  ELECTORATE_TOO_SMALL: 'conflict',
  ENTRY_TOO_LARGE: 'invalid',
  EVIDENCE_REQUIRED: 'invalid',
  EXTENSION_REFUSED: 'conflict',
  FUTURE_FACT: 'invalid',
  GUARANTEE_BY_OFFER: 'invalid',
  HASH_MISMATCH: 'conflict',
  IDENTIFIER_INVALID: 'invalid',
  INTEGRATION_UNFINISHED: 'conflict',
  LIMIT_EXCEEDED: 'invalid',
  MANDATE_NOT_IN_FORCE: 'forbidden',
  MONEY_NEEDS_CARRIER: 'invalid',
  NOT_ACKNOWLEDGED_AMOUNT: 'conflict',
  NOT_ATTESTOR: 'forbidden',
  NOT_A_CVN: 'invalid',
  NOT_A_PARTY: 'forbidden',
  NOT_BOOKING_PARTNER: 'forbidden',
  NOT_CONTESTABLE: 'invalid',
  NOT_CREDITOR_MANDATE: 'forbidden',
  NOT_FOUND: 'absent',
  NOT_IN_ELECTORATE: 'conflict',
  NOT_IN_FORCE: 'conflict',
  NOT_LATER: 'invalid',
  NOT_OWN_OBLIGATION: 'forbidden',
  NOT_PENDING: 'conflict',
  NOT_PROVIDER_MANDATE: 'forbidden',
  NOT_RECEIVER_MANDATE: 'forbidden',
  NOT_VALUABLE: 'invalid',
  OBLIGOR_IS_PARTY: 'invalid',
  OCCURRED_BEFORE_CAUSE: 'invalid',
  OCCURRED_ON_NOT_ALLOWED: 'invalid',
  OPTIONS_MISSING: 'conflict',
  OVER_ALLOCATED: 'invalid',
  OVER_ATTESTED: 'conflict',
  OVER_CEILING: 'forbidden',
  OWN_POSITION_EXISTS: 'conflict',
  PARTNER_EXISTS: 'conflict',
  PARTNER_NOT_ACTIVE: 'conflict',
  PARTNER_REPRESENTED: 'conflict',
  PLEDGE_NOT_STANDING: 'conflict',
  POSITION_LIMIT: 'conflict',
  POSITION_NOT_ALLOWED: 'invalid',
  POWER_MISSING: 'forbidden',
  PROXY_CHAIN: 'conflict',
  PROXY_LIMIT: 'conflict',
  RATIFICATION_LATE: 'conflict',
  REASON_REQUIRED: 'invalid',
  RECEIVER_NOT_CARRIER: 'invalid',
  RELEASE_OVER_EXPOSURE: 'conflict',
  RELEASE_OVER_OPEN: 'conflict',
  REQUEST_CLOSED: 'conflict',
  RESTORED_POWERS: 'invalid',
  REVIEW_DATE: 'invalid',
  ROUND_CLOSED: 'conflict',
  ROUND_LENGTH: 'invalid',
  ROUND_OPEN: 'conflict',
  SAME_VERSION: 'conflict',
  SELF_ATTESTATION: 'invalid',
  SELF_GRANT: 'forbidden',
  SILENCE_BARRED: 'conflict',
  STALE_READ: 'conflict',
  SUBJECT_BUSY: 'conflict',
  SUBJECT_TAKEN: 'conflict',
  TITULAR_EXISTS: 'conflict',
  UNIT_MISMATCH: 'invalid',
  UNIT_NOT_ALLOWED: 'invalid',
  UNKNOWN_KIND: 'invalid',
  VALUE_MISMATCH: 'invalid',
  VERSION_ALREADY_ASKED: 'conflict',
  WRONG_STATE: 'conflict',
} as const satisfies Record<string, RefusalKind>;

export type RefusalKind = 'invalid' | 'forbidden' | 'absent' | 'conflict';
export type RefusalCode = keyof typeof REFUSALS;

/** Why a command was not accepted. `pointer` (RFC 6901) is the argument at fault, `rule` the rule broken, `choices` what could be meant. */
export interface Refusal {
  readonly refused: RefusalCode;
  readonly pointer?: string;
  readonly rule?: string;
  readonly choices?: readonly string[];
}

export function refuse(code: RefusalCode, more: Omit<Refusal, 'refused'> = {}): Refusal {
  return { refused: code, ...more };
}

export function isRefusal(value: object | undefined): value is Refusal {
  return value !== undefined && 'refused' in value;
}
