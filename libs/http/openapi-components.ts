import type { JsonSchema } from '#contracts';
import { PROBLEM_CODES, statusOf } from './statuses.js';
import type { ProblemCode } from './statuses.js';

/** Codes of questions, which no command gives. */
const NOT_OF_COMMANDS: ReadonlySet<ProblemCode> = new Set([
  'AT_IN_FUTURE',
  'CURSOR_INVALID',
  'METHOD_NOT_ALLOWED',
  'SEQ_AHEAD_OF_HEAD',
]);
const OPEN: readonly ProblemCode[] = [
  'NOT_FOUND',
  'PARAMETER_INVALID',
  'HEADER_INVALID',
  'HEADERS_TOO_LARGE',
  'HOST_UNKNOWN',
  'INTERNAL',
  'NOT_READY',
  'REQUEST_INVALID',
  'URI_TOO_LONG',
];
const READING: readonly ProblemCode[] = [...OPEN, 'AUTHENTICATION_REQUIRED', 'LEDGER_BROKEN'];
const AS_OF_READING: readonly ProblemCode[] = [...READING, 'AT_IN_FUTURE', 'SEQ_AHEAD_OF_HEAD', 'VIEW_BEHIND'];

/** Which codes an operation may give: described once for all operations of a group. */
const GROUPS = {
  Command: PROBLEM_CODES.filter((code) => !NOT_OF_COMMANDS.has(code)),
  Open: OPEN,
  Reading: READING,
  PendingAct: [...READING, 'PENDING_ACT_EXPIRED'],
  AsOf: AS_OF_READING,
  List: [...AS_OF_READING, 'CURSOR_INVALID'],
} as const satisfies Readonly<Record<string, readonly ProblemCode[]>>;
export type Group = keyof typeof GROUPS;

/** The problems of a group of operations, by status. */
export function problems(group: Group): Record<string, JsonSchema> {
  const statuses = [...byStatus(GROUPS[group]).keys()];
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${group}${String(status)}` }]),
  );
}

/** Each status of each group once, with every code that it may have. */
export function problemResponses(): Record<string, JsonSchema> {
  const responses: Record<string, JsonSchema> = {};
  for (const [group, codes] of Object.entries(GROUPS)) {
    for (const [status, ofStatus] of byStatus(codes)) {
      const schema = { allOf: [ref('Problem'), { properties: { code: { enum: ofStatus } } }] };
      const content = { 'application/problem+json': { schema } };
      responses[`${group}${String(status)}`] = { description: ofStatus.join(', '), content };
    }
  }
  return responses;
}

function byStatus(codes: readonly ProblemCode[]): ReadonlyMap<number, readonly ProblemCode[]> {
  return Map.groupBy(codes, statusOf);
}

export function ref(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

const TEXT = { type: 'string' };
const SEQ = { type: 'integer', minimum: 0 };

/** The answer to an accepted command. */
export const RECEIPT: JsonSchema = {
  type: 'object',
  required: ['alliance', 'seq', 'entry', 'hash', 'at', 'subject', 'events'],
  properties: {
    alliance: TEXT,
    seq: SEQ,
    entry: TEXT,
    hash: TEXT,
    at: { type: 'string', format: 'date-time' },
    subject: TEXT,
    events: {
      type: 'array',
      items: {
        type: 'object',
        required: ['type', 'v', 'subject', 'data'],
        properties: { type: TEXT, v: { type: 'integer' }, subject: TEXT, data: { type: 'object' } },
      },
    },
  },
};

/** A refusal, as RFC 9457 has it. */
export const PROBLEM: JsonSchema = {
  type: 'object',
  required: ['type', 'title', 'detail', 'status', 'code', 'kind', 'correlation'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: TEXT,
    detail: TEXT,
    status: { type: 'integer' },
    code: { enum: PROBLEM_CODES },
    kind: TEXT,
    rule: TEXT,
    choices: { type: 'array', items: TEXT },
    seq: SEQ,
    correlation: TEXT,
    errors: {
      type: 'array',
      maxItems: 20,
      items: {
        type: 'object',
        required: ['code'],
        properties: { pointer: TEXT, parameter: TEXT, header: TEXT, code: TEXT, detail: TEXT },
      },
    },
  },
};
