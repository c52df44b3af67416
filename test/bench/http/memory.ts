import { setTimeout } from 'node:timers/promises';
import { atMost, whole } from '../figures.js';
import type { Bench } from '../figures.js';
import { inFolder } from '../folder.js';
import { LoadChild, ServerChild } from './child.js';
import { BODY, seed } from './seed.js';

const ALLIANCES = 1_000;
const ENTRIES = 100;
/** Entries of an alliance before its first objective. */
const FORMING = 3;
const CONNECTIONS = 64;
const MOST_MIB = 300;
const MIB = 1024 * 1024;
/** Node gives back what it does not use some seconds after the last request. */
const SETTLE_MS = 60_000;

/** Resident memory of the server process that has taken every entry of many alliances through its API. */
export const memory: Bench = {
  name: 'memory',
  run: (print) =>
    inFolder(async (folder) => {
      const load = new LoadChild();
      const server = await ServerChild.collegium(folder);
      const start = (await server.usage()).rss / MIB;
      const targets = await seed(folder, server.port, ALLIANCES);
      const requests = ALLIANCES * (ENTRIES - FORMING);
      const { perSecond } = await load.run({
        kind: 'closed',
        port: server.port,
        targets,
        body: BODY,
        requests,
        connections: CONNECTIONS,
      });
      const loaded = (await server.usage()).rss / MIB;
      await setTimeout(SETTLE_MS);
      const rss = (await server.usage()).rss / MIB;
      for (const child of [server, load]) await child.stop();
      print(
        `memory: ${whole(start)} MiB at the start, ${whole(loaded)} right after ${whole(requests)} commands at ${whole(perSecond)}/s`,
      );
      const what = `RSS after ${whole(ALLIANCES)} alliances x ${String(ENTRIES)} entries`;
      return [
        atMost(`${what}, at rest`, rss, MOST_MIB, 'MiB'),
        { what: '  right after the last of the commands', value: `${whole(loaded)} MiB` },
      ];
    }),
};
