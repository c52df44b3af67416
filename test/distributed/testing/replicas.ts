import type { MongoAddress } from '#mongo';
import type { AppProcess } from '../../testing/app-process.js';
import { startShipped } from './shipped.js';

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
  private constructor(private readonly app: AppProcess) {}

  static async start({ uri, database }: MongoAddress): Promise<Replica> {
    const address = { COLLEGIUM_MONGO_URI: uri, COLLEGIUM_MONGO_DATABASE: database, COLLEGIUM_LOG_LEVEL: 'error' };
    return new Replica(await startShipped('api', address));
  }

  async post(path: string, token: string, key: string, body: object): Promise<Answered> {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    };
    const answer = await fetch(`${this.app.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await answer.text();
    const { seq, hash, code, events = [] } = JSON.parse(text) as Partial<Answered>;
    return { status: answer.status, seq, hash, code, text, events };
  }

  async end(): Promise<void> {
    await this.app.end('SIGTERM');
  }
}
