import type { SqliteOptions } from '#ledger-sqlite';
import { makeLog } from '#platform';
import { Cast, personSeed, seedsOf, StorySources } from '#stage';
import type { StoryClock } from '#stage';
import { openFolder } from '../adapters.js';
import { createServer } from '../create-server.js';
import type { Server } from '../create-server.js';
import type { Stage } from './player.js';

export interface OpenStage extends Stage {
  readonly server: Server;
  readonly clock: StoryClock;
}

export interface StageOptions {
  readonly sqlite?: SqliteOptions;
  /** Ids and keys follow from it, so that the same story gives the same entries. */
  readonly seed?: string;
}

/** The same server as `serve`, on a folder, with the story's clock in place of the machine's. */
export async function openStage(folder: string, port: number, options: StageOptions = {}): Promise<OpenStage> {
  const { sqlite = {}, seed } = options;
  const sources = new StorySources();
  const { clock } = sources;
  const seeded = seed === undefined ? {} : sources;
  const adapters = await openFolder(folder, { ...seeded, clock, sqlite });
  const server = await createServer(adapters, { log: makeLog('error') });
  await server.app.listen({ host: '127.0.0.1', port });
  const cast = new Cast(server.identity, (person) => {
    sources.restart(personSeed(seed ?? '', person));
  });
  const url = await server.app.getUrl();
  let moves = 0;
  return {
    server,
    clock,
    url: () => url,
    moveTo: async (at) => {
      const { due, act } = seedsOf(seed ?? '', (moves += 1));
      clock.moveTo(at);
      sources.restart(due);
      await server.timer.runDue();
      sources.restart(act);
    },
    meet: (people) => cast.meet(people),
    token: (person) => cast.of(person).token,
    personRef: (person) => cast.of(person).personRef,
  };
}
