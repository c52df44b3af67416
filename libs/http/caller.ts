import type { Id } from '#kernel';
import type { FastifyRequest } from 'fastify';
import type { Reading } from './reading-rights.js';

/** A request behind the guard. */
export interface CallerRequest extends FastifyRequest {
  account?: Id;
  reading?: Reading;
}

/** The caller's account, on a route that only an account reaches. */
export function accountOf(request: CallerRequest): Id {
  if (!request.account) throw new Error('no account on a route behind the guard');
  return request.account;
}

/** What the caller may read, on a route of members. */
export function readingOf(request: CallerRequest): Reading {
  if (!request.reading) throw new Error('no reading right on a route of members');
  return request.reading;
}
