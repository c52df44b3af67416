import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.js';

/** On every answer (HTTP page, 6); the API shows nothing and frames nothing. */
export const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), publickey-credentials-get=(self)',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
} as const;

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/;

/** `hosts` are names that the server answers to beside the loopback's; others are refused, which stops DNS rebinding. */
export function installHooks(server: FastifyInstance, hosts: readonly string[]): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(SECURITY_HEADERS);
    const { host = '' } = request.headers;
    if (LOOPBACK.test(host) || hosts.includes(host)) done();
    else done(new Problem('HOST_UNKNOWN'));
  });
}

/** A path that has no route is told as one, whatever it was. */
export function installMeter(
  server: FastifyInstance,
  answered: (route: string, status: number, seconds: number) => void,
): void {
  server.addHook('onResponse', (request, reply, done) => {
    answered(request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime / 1_000);
    done();
  });
}
