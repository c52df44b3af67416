import { base32 } from '#kernel';
import { connectMongo } from '#mongo';
import { randomBytes } from 'node:crypto';
import { median, share, whole } from '../figures.js';
import type { Bench } from '../figures.js';
import { LoadChild } from '../http/child.js';
import { BODY } from '../http/seed.js';
import { Platform } from './platform.js';

const ALLIANCES = 50;
/** Of both replicas together, and of the bare loop. */
const CONNECTIONS = 64;
const REQUESTS = 2_000;
const WARM_UP = 1_000;
const ROUNDS = 3;
const LEAST = 0.15;
/** Of the entry that the command makes, and of what is written beside it. */
const BODY_BYTES = 1_040;

/** Single inserts, acknowledged as the ledger's are, of documents of the size and with the indexes of its entries. */
async function bareInserts({ mongo }: Platform, round: number): Promise<number> {
  const connection = await connectMongo({ ...mongo, socketTimeoutMs: 60_000 });
  const rows = connection.collection(`bare${String(round)}`, { writeConcern: { w: 'majority', journal: true } });
  await rows.createIndex({ alliance: 1, seq: 1 }, { unique: true }, {});
  await rows.createIndex({ alliance: 1, commandId: 1 }, { unique: true }, {});
  const id = () => base32(randomBytes(16));
  const alliances = Array.from({ length: ALLIANCES }, id);
  const documents = Array.from({ length: REQUESTS }, (_, n) => ({
    alliance: alliances[n % ALLIANCES],
    seq: Math.floor(n / ALLIANCES),
    commandId: id(),
    id: id(),
    at: new Date().toISOString(),
    body: randomBytes(BODY_BYTES / 2).toString('hex'),
  }));
  let given = 0;
  const start = performance.now();
  const writer = async () => {
    for (let n = given++; n < REQUESTS; n = given++) await rows.insertOne(documents[n] ?? {});
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, writer));
  const perSecond = (REQUESTS * 1_000) / (performance.now() - start);
  await connection.close();
  return perSecond;
}

/** Commands over HTTP, offered to both replicas at once on the same alliances, against the store alone; in turns. */
export const replicas: Bench = {
  name: 'replicas',
  async run(print) {
    const platform = await Platform.start();
    const loads = platform.ports.map((port) => ({ port, child: new LoadChild() }));
    try {
      const targets = await platform.seed(ALLIANCES);
      const commands = async (all: number): Promise<number> => {
        const [requests, connections] = [all / loads.length, CONNECTIONS / loads.length];
        const closed = { kind: 'closed', targets, body: BODY, requests, connections } as const;
        const results = await Promise.all(loads.map(({ port, child }) => child.run({ ...closed, port })));
        const [start, end] = [results.map((one) => BigInt(one.startNs)), results.map((one) => BigInt(one.endNs))];
        const ns = end.reduce((a, b) => (a > b ? a : b)) - start.reduce((a, b) => (a < b ? a : b));
        return (all * 1e9) / Number(ns);
      };
      await commands(WARM_UP);
      const rounds: { ours: number; bare: number }[] = [];
      for (let n = 0; n < ROUNDS; n += 1) {
        rounds.push({ bare: await bareInserts(platform, n), ours: await commands(REQUESTS) });
      }
      const of = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick));
      const [ours, bare] = [of((round) => round.ours), of((round) => round.bare)];
      print(`replicas: ${whole(ours)} commands/s, bare inserts ${whole(bare)} /s`);
      const ratio = of((round) => round.ours / round.bare);
      return [share('commands over HTTP, two replicas, of the bare insert rate of the store', ratio, LEAST)];
    } finally {
      await Promise.allSettled(loads.map(({ child }) => child.stop()));
      await platform.stop();
    }
  },
};
