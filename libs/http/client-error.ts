import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { PRIVATE } from './answer.js';
import { Problem, problemDocument } from './problem.js';
import { SECURITY_HEADERS } from './server-hooks.js';
import type { ProblemCode } from './statuses.js';

const CODE_OF_FAULT: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'BODY_TOO_SLOW',
};

/** What Node's parser refuses never becomes a request: the problem document is written to the connection, which ends. */
export function answerClientError(fault: NodeJS.ErrnoException, socket: Socket): void {
  if (fault.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = new Problem(CODE_OF_FAULT[fault.code ?? ''] ?? 'REQUEST_INVALID');
  const body = problemDocument(problem, 'fr', randomUUID());
  const headers = {
    ...SECURITY_HEADERS,
    'cache-control': PRIVATE,
    'content-language': 'fr',
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
  const status = `HTTP/1.1 ${String(problem.status)} ${STATUS_CODES[problem.status] ?? ''}`;
  socket.end([status, ...lines, '', body].join('\r\n'));
}
