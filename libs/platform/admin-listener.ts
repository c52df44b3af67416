import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { METRICS_CONTENT_TYPE } from './metrics.js';
import type { Metrics } from './metrics.js';

/** Rejects while the process cannot do its work; the name says what was looked at. */
export type ReadinessChecks = Readonly<Record<string, () => Promise<void>>>;

/** An answer that takes longer is none. */
const CHECK_WITHIN_MS = 4_000;

export interface AdminOptions {
  readonly host: string;
  readonly port: number;
  readonly metrics: Metrics;
  readonly checks: ReadinessChecks;
}

export interface AdminListener {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * The listener for whoever runs the process: `/livez` (the loop turns), `/readyz` (503 with what is wrong) and
 * `/metrics`. It has an address of its own, which is not the public one.
 */
export async function openAdminListener({ host, port, metrics, checks }: AdminOptions): Promise<AdminListener> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (request.method !== 'GET') answer(response, 405, { status: 'method not allowed' });
    else if (path === '/livez') answer(response, 200, { status: 'ok' });
    else if (path === '/readyz') void answerReadiness(response, checks);
    else if (path === '/metrics') response.writeHead(200, { 'content-type': METRICS_CONTENT_TYPE }).end(metrics.text());
    else answer(response, 404, { status: 'not found' });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ host, port }, resolve);
  });
  const { address, family, port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${String(taken)}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What each check found: `ok` or its fault in words. */
export async function readinessOf(
  checks: ReadinessChecks,
): Promise<{ readonly isReady: boolean; readonly found: Readonly<Record<string, string>> }> {
  const found = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const fault = await inTime(check()).then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      return [name, fault ?? 'ok'] as const;
    }),
  );
  return { isReady: found.every(([, word]) => word === 'ok'), found: Object.fromEntries(found) };
}

async function answerReadiness(response: ServerResponse, checks: ReadinessChecks): Promise<void> {
  const { isReady, found } = await readinessOf(checks);
  answer(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', checks: found });
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function inTime(check: Promise<void>): Promise<void> {
  let timeout: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timeout = setTimeout(() => {
      reject(new Error('no answer'));
    }, CHECK_WITHIN_MS);
  });
  try {
    await Promise.race([check, late]);
  } finally {
    clearTimeout(timeout);
  }
}
