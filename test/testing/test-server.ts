import { Clock } from '#http';
import type { PROBLEM_CODES } from '#http';
import { SqliteIdentityStore } from '#identity';
import type { Id, Instant } from '#kernel';
import { MemoryLedgerStore } from '#ledger';
import { MachineRandomness } from '#http';
import { makeLog } from '#platform';
import { MemoryViewStore } from '#views-memory';
import { createServer } from '../../apps/standalone/create-server.js';
import type { Server } from '../../apps/standalone/create-server.js';

/** A clock that a test moves by hand. */
export class HandClock extends Clock {
  constructor(public at: Instant) {
    super();
  }

  now(): Instant {
    return this.at;
  }
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The parsed body; a test reads what it expects to find. */
  readonly json: Body;
}

export interface Body {
  readonly alliance: string;
  readonly seq: number;
  readonly code: (typeof PROBLEM_CODES)[number];
  readonly errors: readonly { readonly pointer?: string; readonly parameter?: string; readonly code: string }[];
  readonly events: readonly { readonly type: string; readonly data: Readonly<Record<string, unknown>> }[];
  readonly data: unknown;
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly [name: string]: unknown;
}

export interface Sent {
  readonly token?: string | undefined;
  readonly as?: string | undefined;
  readonly key?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The embedded server on memory stores, asked in process. */
export class TestServer {
  readonly errors: string[] = [];
  readonly clock: HandClock;
  readonly identity = new SqliteIdentityStore(':memory:');
  readonly ledgerStore = new MemoryLedgerStore();
  readonly viewStore = new MemoryViewStore();
  private server: Server | undefined;
  private keys = 0;

  constructor(at: Instant) {
    this.clock = new HandClock(at);
  }

  async start(): Promise<this> {
    const { ledgerStore, viewStore, identity, clock } = this;
    const adapters = { ledgerStore, viewStore, identity, clock, randomness: new MachineRandomness() };
    const close = async (): Promise<void> => {
      identity.close();
    };
    const log = makeLog('error', (line) => this.errors.push(line));
    this.server = await createServer({ ...adapters, close }, { log });
    return this;
  }

  get running(): Server {
    if (!this.server) throw new Error('not started');
    return this.server;
  }

  person(label = 'somebody'): { readonly token: string; readonly ref: Id; readonly account: Id } {
    const { id } = this.identity.createAccount(label);
    const { token, personRef } = this.identity.createToken(id);
    return { token, ref: personRef, account: id };
  }

  async send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, sent: Sent = {}): Promise<Answer> {
    const { token, as, key = `k${String(++this.keys)}`, body } = sent;
    const payload = typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body);
    const answer = await this.running.app.inject({
      method,
      url,
      ...(payload === undefined ? {} : { payload }),
      headers: {
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(method === 'POST' && key !== '' ? { 'idempotency-key': key } : {}),
        ...(as === undefined ? {} : { 'acting-as': as }),
        ...sent.headers,
      },
    });
    const json = (answer.body.startsWith('{') ? JSON.parse(answer.body) : {}) as Body;
    return { status: answer.statusCode, text: answer.body, headers: answer.headers, json };
  }

  async entries(alliance: string): Promise<number> {
    return ((await this.ledgerStore.head(alliance as Id))?.seq ?? -1) + 1;
  }

  async stop(): Promise<void> {
    await this.running.close();
  }
}
