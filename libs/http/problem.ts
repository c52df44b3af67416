import type { Refusal } from '#kernel';
import { faultDetail, titleAndDetail } from './catalogue.js';
import type { Language } from './catalogue.js';
import { kindOf, statusOf } from './statuses.js';
import type { ProblemCode } from './statuses.js';

/** Faults of one answer, at most (HTTP page, 2.1). */
export const MAX_FAULTS = 20;

/** Where a fault is: `pointer` (RFC 6901) into the body as sent, a query `parameter`, or a `header`. */
export interface Fault {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly header?: string;
  readonly code: string;
  readonly detail?: string;
}

interface More {
  readonly errors?: readonly Fault[] | undefined;
  readonly seq?: number | undefined;
  readonly choices?: readonly string[] | undefined;
  readonly rule?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** An answer that is no success. Thrown anywhere below a route, written by the one filter. */
export class Problem extends Error {
  constructor(
    readonly problem: ProblemCode,
    readonly more: More = {},
  ) {
    super(problem);
  }

  get status(): number {
    return statusOf(this.problem);
  }

  static header(header: string, code: ProblemCode = 'HEADER_INVALID'): Problem {
    return new Problem(code, { errors: [{ header, code }] });
  }

  static parameter(parameter: string, code: ProblemCode = 'PARAMETER_INVALID'): Problem {
    return new Problem(code, { errors: [{ parameter, code }] });
  }

  /** A refused command, with the head that it was decided on. */
  static refused(refusal: Refusal, seq: number | undefined): Problem {
    const { refused, pointer, rule, choices } = refusal;
    const errors = pointer === undefined ? undefined : [{ pointer, code: refused }];
    return new Problem(refused, { errors, rule, choices, seq });
  }
}

/** The document of RFC 9457. Repeats nothing that was sent; the same members in the same order for the same problem. */
export function problemDocument(problem: Problem, language: Language, correlation: string): string {
  const { errors, seq, choices, rule } = problem.more;
  const code = problem.problem;
  return JSON.stringify({
    type: `/problems/${code}`,
    ...titleAndDetail(code, language),
    status: problem.status,
    code,
    kind: kindOf(code),
    rule,
    choices,
    seq,
    correlation,
    errors: errors?.slice(0, MAX_FAULTS).map((fault) => ({ detail: faultDetail(fault.code, language), ...fault })),
  });
}
