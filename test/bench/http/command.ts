import { join } from 'node:path';
import { median, share, whole } from '../figures.js';
import type { Bench, Figure } from '../figures.js';
import { inFolder } from '../folder.js';
import { LoadChild, ServerChild } from './child.js';
import { Connection } from './connection.js';
import type { Client, ClosedResult, Target } from './load.js';
import { partsOf } from './profile.js';
import { BODY, seed } from './seed.js';

const ALLIANCES = 100;
const CONNECTIONS = 64;
const REQUESTS = 6_000;
const WARM_UP = 4_000;
const ROUNDS = 5;
const LEAST = 0.25;
/** Parts above this share of the command's processor time are named. */
const NAMED_FROM = 0.1;

interface Side {
  readonly perSecond: number;
  readonly cpuUs: number;
  readonly mainUs: number;
}

interface Round {
  readonly client: Client;
  readonly ours: Side;
  readonly bare: Side;
}

/** autocannon judges; the client on bare sockets leaves the bare server more of the machine, and is printed beside. */
const CLIENTS: readonly Client[] = ['autocannon', 'sockets'];

/** The command over HTTP against the bare server on the same route, in turns. */
export const command: Bench = {
  name: 'command',
  run: (print) =>
    inFolder(async (folder) => {
      const load = new LoadChild();
      const server = await ServerChild.collegium(folder);
      const targets = await seed(folder, server.port, ALLIANCES);
      const bare = await ServerChild.bare(await receiptOf(server.port, targets));
      const measure = async (on: ServerChild, client: Client, requests = REQUESTS): Promise<Side> => {
        const before = await on.usage();
        const { perSecond } = await load.run({ ...closed(on.port, targets, requests), client });
        const after = await on.usage();
        const per = (name: 'cpuUs' | 'mainUs') => (after[name] - before[name]) / requests;
        return { perSecond, cpuUs: per('cpuUs'), mainUs: per('mainUs') };
      };
      for (const client of CLIENTS) for (const one of [server, bare]) await measure(one, client, WARM_UP);
      const rounds: Round[] = [];
      for (let n = 0; n < ROUNDS; n++) {
        for (const client of CLIENTS) {
          rounds.push({ client, bare: await measure(bare, client), ours: await measure(server, client) });
        }
      }
      await bare.stop();
      await server.stop();
      await profile(folder, load, targets, print);
      await load.stop();
      return CLIENTS.flatMap((client) => figuresOf(client, rounds));
    }),
};

function figuresOf(client: Client, all: readonly Round[]): Figure[] {
  const rounds = all.filter((round) => round.client === client);
  const of = (pick: (round: Round) => number) => median(rounds.map(pick));
  const times = (side: (round: Round) => Side) =>
    `${whole(of((r) => side(r).cpuUs))} us (${whole(of((r) => side(r).mainUs))} us)`;
  const ratio = of((r) => r.ours.perSecond / r.bare.perSecond);
  const what = `DeclarePartnerObjective over HTTP, of the bare Nest + Fastify server, asked by ${client}`;
  const judged = share(what, ratio, LEAST);
  return [
    client === CLIENTS[0] ? judged : { what, value: judged.value },
    {
      what: '  commands and bare requests',
      value: `${whole(of((r) => r.ours.perSecond))} /s and ${whole(of((r) => r.bare.perSecond))} /s`,
    },
    {
      what: '  processor time of the server (event loop alone)',
      value: `${times((r) => r.ours)} a command, ${times((r) => r.bare)} a bare request`,
    },
  ];
}

function closed(port: number, targets: readonly Target[], requests: number) {
  return { kind: 'closed', port, targets, body: BODY, requests, connections: CONNECTIONS } as const;
}

/** What the bare server answers with: a real receipt, so that both write as many bytes. */
async function receiptOf(port: number, [target]: readonly Target[]): Promise<string> {
  const line = await Connection.to(port);
  const headers = `authorization: Bearer ${target?.token ?? ''}\r\nidempotency-key: once\r\n`;
  const { body } = await line.ask('POST', target?.path ?? '', headers, BODY);
  line.close();
  return body;
}

/** The same load once more under the profiler, in a run of its own: a profile slows what it watches. */
async function profile(
  folder: string,
  load: LoadChild,
  targets: readonly Target[],
  print: (line: string) => void,
): Promise<void> {
  const profiles = join(folder, 'profiles');
  const server = await ServerChild.collegium(folder, ['--cpu-prof', `--cpu-prof-dir=${profiles}`]);
  await load.run(closed(server.port, targets, WARM_UP));
  const window: ClosedResult = await load.run(closed(server.port, targets, REQUESTS));
  await server.stop();
  print('where the processor time of a command goes, all threads:');
  for (const { part, share: taken } of await partsOf(profiles, window)) {
    print(`  ${(100 * taken).toFixed(1).padStart(5)} %  ${part}${taken >= NAMED_FROM ? '  <- above 10 %' : ''}`);
  }
}
