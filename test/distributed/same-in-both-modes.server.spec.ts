import { PROJECTIONS } from '#engine';
import type { Id } from '#kernel';
import { DatabaseUnderTest } from '#ledger-mongo/testing';
import { readLedger } from '#ledger';
import type { Answer } from '#ledger';
import { TestCluster } from '#stream-kafka/testing';
import { rowsIn } from '#views/testing';
import { rmSync } from 'node:fs';
import { startMongo } from '../../deploy/local/servers.mjs';
import type { MongoServer } from '../../deploy/local/servers.mjs';
import { Walk } from '../properties/walk.js';
import type { Sent } from '../properties/world.js';
import { temporaryFolder } from '../testing/product.js';
import { replicaOn, requestOf } from './testing/commands.js';
import { Mode } from './testing/modes.js';

const SEQUENCES = 500;
const COMMANDS = 50;
/** Sequences that are given at the same time, so that their entries share flushes. */
const AT_ONCE = 50;

let server: MongoServer;
let database: DatabaseUnderTest;
let cluster: TestCluster;
const folder = temporaryFolder();
const modes: Mode[] = [];
const walks: (readonly Sent[])[] = [];

beforeAll(async () => {
  server = await startMongo();
  database = await DatabaseUnderTest.make(server.uri);
  cluster = await TestCluster.start();
  modes.push(await Mode.memory(), await Mode.embedded(folder));
  modes.push(await Mode.distributed(database.address, cluster.delivery()));
  for (let seed = 1; seed <= SEQUENCES; seed += 1) walks.push((await new Walk(seed).run(COMMANDS)).sent);
}, 120_000);
afterAll(async () => {
  await Promise.all(modes.map((mode) => mode.close()));
  await database.drop();
  await Promise.all([server.stop(), cluster.stop()]);
  rmSync(folder, { recursive: true });
});

interface Played {
  readonly alliances: readonly Id[];
  /** For each sequence what each command was answered. */
  readonly answers: readonly (readonly string[])[];
}

/** Gives every sequence to one replica; the commands of one sequence one after the other. */
async function play(mode: Mode): Promise<Played> {
  const replica = replicaOn(mode.ledgerStore);
  const alliances: Id[] = [];
  const answers: string[][] = [];
  let next = 0;
  const lane = async () => {
    for (let n = next++; n < walks.length; n = next++) {
      const said: string[] = [];
      for (const sent of walks[n] ?? []) {
        const answer = await replica.execute(alliances[n], requestOf(sent));
        if (answer.kind === 'recorded') alliances[n] = answer.entry.alliance;
        said.push(inWords(answer));
      }
      answers[n] = said;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  await mode.settled(alliances);
  return { alliances, answers };
}

function inWords(answer: Answer): string {
  return answer.kind === 'recorded'
    ? `${answer.entry.seq} ${answer.entry.hash}`
    : `${answer.seq} ${answer.refusal.refused}`;
}

async function recordedIn({ ledgerStore }: Mode, alliance: Id) {
  const bodies: string[] = [];
  for await (const { body } of readLedger(ledgerStore, alliance)) bodies.push(body);
  return { bodies, openings: await ledgerStore.openings(alliance, 0, bodies.length - 1) };
}

it(`${SEQUENCES} random sequences of commands give the same answers, entries and rows in every mode`, async () => {
  const [first, ...others] = modes as [Mode, ...Mode[]];
  const expected = await play(first);
  const [answers, refused] = [
    expected.answers.flat(),
    expected.answers.flat().filter((said) => /[A-Z_]{4,}$/.test(said)),
  ];
  process.stdout.write(`${String(answers.length)} commands, ${String(refused.length)} refused\n`);
  expect(answers.length).toBeGreaterThan((SEQUENCES * COMMANDS) / 2);
  for (const mode of others) {
    expect({ mode: mode.name, ...(await play(mode)) }).toEqual({ mode: mode.name, ...expected });
    for (const [n, alliance] of expected.alliances.entries()) {
      const where = { mode: mode.name, seed: n + 1 };
      const shown = async (of: Mode) => ({ ...where, rows: await rowsIn(of.viewStore, alliance, PROJECTIONS) });
      expect({ ...where, ...(await recordedIn(mode, alliance)) }).toEqual({
        ...where,
        ...(await recordedIn(first, alliance)),
      });
      expect(await shown(mode)).toEqual(await shown(first));
    }
  }
}, 400_000);
