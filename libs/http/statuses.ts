import { REFUSALS } from '#kernel';
import type { RefusalCode, RefusalKind } from '#kernel';

/** The only place where a kind of refusal becomes a status (HTTP page, 2.1). */
const STATUS_OF_KIND: Readonly<Record<RefusalKind, number>> = {
  invalid: 422,
  forbidden: 403,
  absent: 404,
  conflict: 409,
};

/** Domain refusals that the page gives a status of their own. */
const STATUS_OF_REFUSAL: Partial<Record<RefusalCode, number>> = { STALE_READ: 412 };

/** Codes of this surface, beside the domain's. */
export const HTTP_CODES = {
  ARGUMENTS_INVALID: 400,
  AT_IN_FUTURE: 422,
  AUTHENTICATION_REQUIRED: 401,
  BODY_TOO_LARGE: 413,
  BODY_TOO_SLOW: 408,
  COMMAND_ID_REUSED: 422,
  CURSOR_INVALID: 400,
  DUPLICATE_KEY: 400,
  FORBIDDEN_KEY: 400,
  HEADERS_TOO_LARGE: 431,
  HEADER_INVALID: 400,
  HOST_UNKNOWN: 421,
  IDEMPOTENCY_KEY_MISSING: 400,
  INTERNAL: 500,
  JSON_INVALID: 400,
  LEDGER_BROKEN: 500,
  LOST_RACE: 409,
  MEDIA_TYPE_UNSUPPORTED: 415,
  METHOD_NOT_ALLOWED: 405,
  NOT_READY: 503,
  NUMBER_INVALID: 400,
  OUTCOME_UNKNOWN: 504,
  PARAMETER_INVALID: 400,
  PENDING_ACT_EXPIRED: 410,
  REQUEST_INVALID: 400,
  SEQ_AHEAD_OF_HEAD: 409,
  STORAGE_FULL: 507,
  STRING_INVALID: 400,
  TOO_DEEP: 400,
  TOO_MANY: 400,
  URI_TOO_LONG: 414,
  VIEW_BEHIND: 503,
} as const satisfies Readonly<Record<string, number>>;

export type HttpCode = keyof typeof HTTP_CODES;
export type ProblemCode = HttpCode | RefusalCode;

export const PROBLEM_CODES: readonly ProblemCode[] = [
  ...Object.keys(REFUSALS),
  ...Object.keys(HTTP_CODES),
].sort() as ProblemCode[];

export function isRefusalCode(code: ProblemCode): code is RefusalCode {
  return Object.hasOwn(REFUSALS, code);
}

export function statusOf(code: ProblemCode): number {
  return isRefusalCode(code) ? (STATUS_OF_REFUSAL[code] ?? STATUS_OF_KIND[REFUSALS[code]]) : HTTP_CODES[code];
}

/** The `kind` member of a problem: that of the refusal, or what the status says. */
export function kindOf(code: ProblemCode): string {
  if (isRefusalCode(code)) return REFUSALS[code];
  const status = HTTP_CODES[code];
  if (status >= 500) return 'fault';
  return status === 409 ? 'conflict' : status === 401 ? 'unauthenticated' : status === 422 ? 'invalid' : 'malformed';
}
