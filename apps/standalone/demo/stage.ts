import { Clock } from '#http';
import type { IdentityStore } from '#identity';
import { fromMs, toMs } from '#kernel';
import type { Id, Instant } from '#kernel';
import type { SqliteOptions } from '#ledger-sqlite';
import { makeLog } from '#platform';
import { openFolder } from '../adapters.js';
import { createServer } from '../create-server.js';
import type { Server } from '../create-server.js';
import type { Stage } from './player.js';

/** The domain clock of a demonstration: stands still while the story is played, then goes on from its last instant. */
export class StoryClock extends Clock {
  private at: Instant = fromMs(0);
  private ranSinceMs: number | undefined;

  now(): Instant {
    return this.ranSinceMs === undefined ? this.at : fromMs(toMs(this.at) + (Date.now() - this.ranSinceMs));
  }

  moveTo(at: Instant): void {
    if (at > this.at) this.at = at;
  }

  goOn(): void {
    this.ranSinceMs ??= Date.now();
  }
}

/** People of the story at this instance: an account, a token and a reference for each, made when first needed. */
class Cast {
  private readonly people = new Map<string, { readonly token: string; readonly personRef: Id }>();

  constructor(private readonly identity: IdentityStore) {}

  of(person: string): { readonly token: string; readonly personRef: Id } {
    const known = this.people.get(person);
    if (known) return known;
    const made = this.identity.createToken(this.identity.createAccount(person).id);
    this.people.set(person, made);
    return made;
  }
}

export interface OpenStage extends Stage {
  readonly server: Server;
  readonly clock: StoryClock;
}

/** The same server as `serve`, on a folder, with the story's clock in place of the machine's. */
export async function openStage(folder: string, port: number, sqlite: SqliteOptions = {}): Promise<OpenStage> {
  const clock = new StoryClock();
  const adapters = await openFolder(folder, { clock, sqlite });
  const server = await createServer(adapters, { log: makeLog('error') });
  await server.app.listen({ host: '127.0.0.1', port });
  const cast = new Cast(server.identity);
  return {
    server,
    clock,
    url: await server.app.getUrl(),
    moveTo: async (at) => {
      clock.moveTo(at);
      await server.timer.runDue();
    },
    token: (person) => cast.of(person).token,
    personRef: (person) => cast.of(person).personRef,
  };
}
