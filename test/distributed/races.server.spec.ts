import { EMPTY_STATE, foldEntry } from '#engine';
import type { State } from '#engine';
import type { Id } from '#kernel';
import { readLedger } from '#ledger';
import type { AllianceLedger, Answer, Entry } from '#ledger';
import { MongoLedgerStore } from '#ledger-mongo';
import { DatabaseUnderTest } from '#ledger-mongo/testing';
import { startMongo } from '../../deploy/local/servers.mjs';
import type { MongoServer } from '../../deploy/local/servers.mjs';
import { Walk } from '../properties/walk.js';
import { Dice } from '../properties/world.js';
import type { Sent } from '../properties/world.js';
import { decided, replicaOn, requestOf } from './testing/commands.js';

const ALLIANCES = 12;
const COMMANDS = 120;
const CLIENTS = 3;

interface Given {
  readonly sent: Sent;
  readonly replica: number;
  readonly askedAt: number;
  readonly answeredAt: number;
  readonly answer: Answer;
}

let server: MongoServer;
let database: DatabaseUnderTest;
const stores: MongoLedgerStore[] = [];
let replicas: readonly AllianceLedger<State>[];
beforeAll(async () => {
  server = await startMongo();
  database = await DatabaseUnderTest.make(server.uri);
  stores.push(await MongoLedgerStore.open(database.address), await MongoLedgerStore.open(database.address));
  replicas = stores.map((store, n) => replicaOn(store, `salts ${n}`));
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await database.drop();
  await server.stop();
});

/** Clients that each take the next command of the alliance's walk to one of the replicas, some of them to both. */
async function raced(seed: number): Promise<{ readonly alliance: Id; readonly given: readonly Given[] }> {
  const { sent } = await new Walk(seed).run(COMMANDS);
  const [forming, ...commands] = sent as [Sent, ...Sent[]];
  const formed = await replicas[0]?.execute(undefined, requestOf(forming));
  if (formed?.kind !== 'recorded') throw new Error('not formed');
  const { alliance } = formed.entry;
  const dice = new Dice(seed);
  const given: Given[] = [];
  let [next, clock] = [0, 0];
  const ask = async (one: Sent, replica: number) => {
    const askedAt = (clock += 1);
    const answer = await replicas[replica]?.execute(alliance, requestOf(one)).catch(() => undefined);
    if (answer) given.push({ sent: one, replica, askedAt, answeredAt: (clock += 1), answer });
  };
  const client = async () => {
    for (let one = commands[next++]; one; one = commands[next++]) {
      const replica = dice.below(2);
      const twin = dice.chance(0.2) ? ask(one, 1 - replica) : undefined;
      await Promise.all([ask(one, replica), twin]);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return { alliance, given };
}

/** The state behind each entry of a ledger; the first is the one before all of them. */
async function statesOf(
  alliance: Id,
): Promise<{ readonly entries: readonly Entry[]; readonly states: readonly State[] }> {
  const entries: Entry[] = [];
  const states: State[] = [EMPTY_STATE];
  for await (const entry of readLedger(stores[0] as MongoLedgerStore, alliance)) {
    entries.push(entry);
    states.push(foldEntry(states.at(-1) as State, entry));
  }
  return { entries, states };
}

function seqOf(answer: Answer): number {
  return answer.kind === 'recorded' ? answer.entry.seq : answer.seq;
}

it('every answer of two racing replicas is explained by the one order of the ledger', async () => {
  const all = await Promise.all(Array.from({ length: ALLIANCES }, (_, n) => raced(n + 1)));
  const kinds = { recorded: 0, repeated: 0, refused: 0 };
  for (const { alliance, given } of all) {
    const { entries, states } = await statesOf(alliance);
    expect(new Set(entries.map(({ commandId }) => commandId)).size).toBe(entries.length);
    for (const { sent, answer } of given) {
      const where = { alliance, command: sent.command.name, seq: seqOf(answer) };
      if (answer.kind === 'recorded') {
        kinds[answer.repeated ? 'repeated' : 'recorded'] += 1;
        // Recorded: it stands there, with the body that was answered.
        expect({ ...where, body: entries[answer.entry.seq]?.body }).toEqual({ ...where, body: answer.entry.body });
        continue;
      }
      kinds.refused += 1;
      // Refused: the rules say so to the state behind that entry.
      const { refusal } = decided(states[answer.seq + 1] as State, sent);
      expect({ ...where, refused: refusal?.refused }).toEqual({ ...where, refused: answer.refusal.refused });
    }
    // Whoever asks after an answer was given is answered from no older ledger.
    const stale = given.filter(({ answer, askedAt }) => {
      if (answer.kind === 'recorded' && answer.repeated) return false;
      const known = given.filter((other) => other.answeredAt < askedAt).map((other) => seqOf(other.answer));
      return seqOf(answer) < Math.max(-1, ...known);
    });
    expect(stale.map(({ sent, replica, answer }) => [sent.command.name, replica, seqOf(answer)])).toEqual([]);
  }
  process.stdout.write(`${JSON.stringify(kinds)}\n`);
  expect(Math.min(...Object.values(kinds))).toBeGreaterThan(50);
}, 200_000);
