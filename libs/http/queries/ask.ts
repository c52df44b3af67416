import type { AsOfQuery } from '#views';
import type { CallerRequest } from '../caller.js';
import { readingOf } from '../caller.js';
import { Problem } from '../problem.js';
import { readSeq } from '../query-parameters.js';
import { minSeq } from '../request-headers.js';
import type { Asked } from './view-query.js';

/** Parameters that every view and object takes (HTTP page, 2.3). */
export const AS_OF = ['at', 'trueOn', 'knownAt'] as const;

type Given = Readonly<Record<string, string | undefined>>;

/** A question of a member. Who belongs to a partner that left reads the ledger as it was then, and no later. */
export function asked(request: CallerRequest, given: Given, params: Asked['params']): Asked {
  const { alliance, untilSeq } = readingOf(request);
  const { at, trueOn, knownAt } = given;
  const asOf = { at, trueOn, knownAt };
  if (untilSeq === undefined) return { alliance, params, asOf, minSeq: minSeq(request.headers) };
  return { alliance, params, asOf: upTo(untilSeq, asOf) };
}

function upTo(untilSeq: number, asOf: AsOfQuery): AsOfQuery {
  const { at, knownAt } = asOf;
  if (at === undefined && knownAt === undefined) return { ...asOf, knownAt: String(untilSeq) };
  for (const [parameter, text] of Object.entries({ at, knownAt })) {
    if (text === undefined) continue;
    const seq = readSeq(text);
    if (seq === undefined) throw Problem.parameter(parameter);
    if (seq > untilSeq) throw Problem.parameter(parameter, 'SEQ_AHEAD_OF_HEAD');
  }
  return asOf;
}
