import type { MongoAddress } from '#mongo';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** The shipped composition, built. */
const MAIN = resolve('dist/apps/api/main.js');
const READY_WITHIN_MS = 30_000;

/** What an api answered. */
export interface Answered {
  readonly status: number;
  readonly seq: number | undefined;
  readonly hash: string | undefined;
  /** Of a problem. */
  readonly code: string | undefined;
  readonly text: string;
  readonly events: readonly { readonly type: string; readonly data: Readonly<Record<string, unknown>> }[];
}

/** A process of the shipped `api`, asked over HTTP. */
export class Replica {
  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
  ) {}

  static async start({ uri, database }: MongoAddress): Promise<Replica> {
    const port = String(await freePort());
    const env = {
      ...process.env,
      COLLEGIUM_MONGO_URI: uri,
      COLLEGIUM_MONGO_DATABASE: database,
      COLLEGIUM_PORT: port,
      COLLEGIUM_ADMIN_PORT: '0',
      COLLEGIUM_LOG_LEVEL: 'error',
    };
    const child = spawn(process.execPath, [MAIN], { stdio: ['ignore', 'ignore', 'inherit'], env });
    const replica = new Replica(child, `http://127.0.0.1:${port}`);
    await replica.ready();
    return replica;
  }

  private async ready(): Promise<void> {
    const end = Date.now() + READY_WITHIN_MS;
    while (Date.now() < end && this.child.exitCode === null) {
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await setTimeout(50);
    }
    this.child.kill('SIGKILL');
    throw new Error('an api is not ready');
  }

  async post(path: string, token: string, key: string, body: object): Promise<Answered> {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    };
    const answer = await fetch(`${this.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await answer.text();
    const { seq, hash, code, events = [] } = JSON.parse(text) as Partial<Answered>;
    return { status: answer.status, seq, hash, code, text, events };
  }

  async end(): Promise<number | null> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    const ended = once(this.child, 'exit') as Promise<[number | null]>;
    this.child.kill('SIGTERM');
    return (await ended)[0];
  }
}

export async function freePort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((listening) => listener.listen({ host: '127.0.0.1', port: 0 }, listening));
  const { port } = listener.address() as AddressInfo;
  await new Promise((closed) => listener.close(closed));
  return port;
}
