import type { Id } from '#kernel';
import { MAX_PAGE } from '#ledger';
import type { Entry, StoredEntry } from '#ledger';
import { MongoLedgerStore } from '#ledger-mongo';
import { closing, formed, idOf, ledgerOn } from '#ledger/testing';
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { startMongo } from '../../deploy/local/servers.mjs';
import type { MongoServer } from '../../deploy/local/servers.mjs';

const KILLS = 30;
const WRITERS = 16;
const MIN_IN_FLIGHT = 20;

interface Answered {
  /** Where each acknowledged command was said to stand. */
  readonly acknowledged: Map<Id, Pick<Entry, 'seq' | 'hash'>>;
  readonly unanswered: Id[];
}

/** A store that is written to, killed and looked at, again and again on the same data. */
class KilledStore {
  readonly answered: Answered = { acknowledged: new Map(), unanswered: [] };
  killsInFlight = 0;
  private readonly address;
  private alliance: Id | undefined;

  constructor(private readonly server: MongoServer) {
    this.address = { uri: server.uri, database: `killed-${randomBytes(6).toString('hex')}` };
  }

  /** Writers that go on until the store is killed under them; then it is started again. */
  async killOnce(kill: number): Promise<void> {
    const store = await MongoLedgerStore.open(this.address);
    const ledger = ledgerOn(store);
    const alliance = (this.alliance ??= await formed(ledger));
    const { acknowledged, unanswered } = this.answered;
    let open = 0;
    const writer = async (_: unknown, w: number): Promise<void> => {
      for (let n = 0; ; n += 1) {
        const command = idOf('command', kill, w, n);
        open += 1;
        const answer = await ledger.execute(alliance, commandOf(command)).catch(() => undefined);
        open -= 1;
        if (answer?.kind !== 'recorded') return void unanswered.push(command);
        acknowledged.set(command, answer.entry);
      }
    };
    const writers = Array.from({ length: WRITERS }, writer);
    await setTimeout(150 + 23 * (kill % 15));
    if (open > 0) this.killsInFlight += 1;
    await this.server.kill();
    await this.server.restart();
    // The server is back, and writers would go on: none of them gets an answer any more.
    await ledger.close();
    await Promise.all(writers);
    await store.close();
  }

  /** Acknowledged commands that are not where their answer said. */
  async lost(): Promise<Id[]> {
    const hashes = new Map((await this.entries()).map(({ commandId, seq, hash }) => [commandId, `${seq} ${hash}`]));
    return [...this.answered.acknowledged].flatMap(([command, { seq, hash }]) =>
      hashes.get(command) === `${seq} ${hash}` ? [] : [command],
    );
  }

  /** Page by page, also behind a hole. */
  async entries(): Promise<readonly StoredEntry[]> {
    const store = await MongoLedgerStore.open(this.address);
    const entries: StoredEntry[] = [];
    const last = Math.max(0, ...[...this.answered.acknowledged.values()].map(({ seq }) => seq));
    for (let from = 0; from <= last; from += MAX_PAGE) {
      entries.push(...(await store.read(this.alliance as Id, from, MAX_PAGE)));
    }
    await store.close();
    return entries;
  }

  /** Every command that had no answer is given again under its id. */
  async repeatUnanswered(): Promise<void> {
    const store = await MongoLedgerStore.open(this.address);
    const ledger = ledgerOn(store);
    for (const command of this.answered.unanswered) {
      const answer = await ledger.execute(this.alliance, commandOf(command));
      if (answer.kind === 'recorded') this.answered.acknowledged.set(command, answer.entry);
    }
    await store.close();
  }
}

function commandOf(command: Id) {
  return closing(command, [idOf('partner', command)], { reason: 'why' });
}

let server: MongoServer | undefined;
afterEach(async () => {
  await server?.stop();
});

it(`a store killed ${KILLS} times under load has lost nothing that was acknowledged`, async () => {
  server = await startMongo({ own: true, build: 'rust' });
  const killed = new KilledStore(server);
  for (let kill = 0; kill < KILLS; kill += 1) {
    await killed.killOnce(kill);
    expect({ kill, lost: await killed.lost() }).toEqual({ kill, lost: [] });
  }
  const { acknowledged, unanswered } = killed.answered;
  const before = acknowledged.size;
  await killed.repeatUnanswered();
  expect(await killed.lost()).toEqual([]);
  const entries = await killed.entries();
  // All that was ever given, once: the repeats found their own entries.
  expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 1 + acknowledged.size }, (_, seq) => seq));
  expect(new Set(entries.map(({ commandId }) => commandId)).size).toBe(entries.length);
  expect(killed.killsInFlight).toBeGreaterThanOrEqual(MIN_IN_FLIGHT);
  const counted = { kills: KILLS, inFlight: killed.killsInFlight, acknowledged: before, repeated: unanswered.length };
  process.stdout.write(`${JSON.stringify(counted)}\n`);
}, 400_000);

it('the same on a store that does not flush what it acknowledges (negative control): some of it is lost', async () => {
  server = await startMongo({ own: true, build: 'rust', syncOnCommit: false });
  const killed = new KilledStore(server);
  let [kills, lost]: [number, readonly Id[]] = [0, []];
  while (kills < KILLS && lost.length === 0) {
    await killed.killOnce(kills);
    kills += 1;
    lost = await killed.lost();
  }
  process.stdout.write(`${JSON.stringify({ kills, lost: lost.length, of: killed.answered.acknowledged.size })}\n`);
  expect(lost.length).toBeGreaterThan(0);
}, 400_000);
