import { resolveActor } from '#alliance';
import { readArguments } from '#contracts';
import { EMPTY_STATE, foldEntry, perform, preparationWith, prepareCommand } from '#engine';
import type { State } from '#engine';
import { MachineRandomness } from '#http';
import { MongoIdentityStore } from '#identity-mongo';
import type { NewToken } from '#identity';
import type { Id, Json } from '#kernel';
import { readLedger } from '#ledger';
import type { Entry } from '#ledger';
import { MongoLedgerStore } from '#ledger-mongo';
import { DatabaseUnderTest } from '#ledger-mongo/testing';
import { startMongo } from '../../deploy/local/servers.mjs';
import type { MongoServer } from '../../deploy/local/servers.mjs';
import { Dice } from '../properties/world.js';
import { build } from '../testing/product.js';
import { Replica } from './testing/replicas.js';
import type { Answered } from './testing/replicas.js';

const ALLIANCES = 6;
const PARTNERS = 3;
const CLIENTS = 8;
const COMMANDS = 120;
/** A store that gives every try to the others may refuse a few in the end. */
const MOST_LOST_RACES = 0.05;

const entropy = new MachineRandomness();
let server: MongoServer;
let database: DatabaseUnderTest;
let ledgerStore: MongoLedgerStore;
let identity: MongoIdentityStore;
const replicas: Replica[] = [];
beforeAll(async () => {
  build();
  server = await startMongo();
  database = await DatabaseUnderTest.make(server.uri);
  ledgerStore = await MongoLedgerStore.open(database.address);
  identity = await MongoIdentityStore.open(database.address);
  // The first makes the indexes; then the other finds them.
  for (let n = 0; n < 2; n += 1) replicas.push(await Replica.start(database.address));
}, 180_000);
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.end()));
  await Promise.all([ledgerStore.close(), identity.close()]);
  await database.drop();
  await server.stop();
});

interface Member extends NewToken {
  readonly partnerId: Id;
  readonly mandateId: Id;
}

/** One command as a client sends it, and as the rules know it. */
interface Wish {
  readonly by: Member;
  readonly path: string;
  readonly body: Readonly<Record<string, Json>>;
  readonly name: 'DeclarePartnerObjective' | 'WithdrawPartnerObjective' | 'EndMandate';
  readonly args: Readonly<Record<string, Json>>;
}

interface Given {
  readonly wish: Wish;
  readonly askedAt: number;
  readonly answeredAt: number;
  readonly answer: Answered;
}

let keys = 0;
const post = async (token: string, path: string, body: object): Promise<Answered> => {
  const replica = replicas[(keys += 1) % replicas.length] as Replica;
  const answer = await replica.post(path, token, `forming-${String(keys)}`, body);
  if (answer.status >= 300) throw new Error(answer.text);
  return answer;
};
const newcomer = async (label: string): Promise<NewToken> => {
  const { id } = await identity.createAccount(label);
  return await identity.createToken(id);
};

/** An alliance of partners with one representative each, formed through both replicas in turn. */
async function formed(): Promise<{ readonly alliance: Id; readonly members: readonly Member[] }> {
  const founder = await newcomer('founder');
  const today = new Date().toISOString().slice(0, 10);
  const facilitator = { name: 'F', validFrom: today, validTo: `${String(Number(today.slice(0, 4)) + 1)}-01-01` };
  const naming = { name: 'Race', timeZone: 'Europe/Paris', locale: 'fr', facilitator };
  const { alliance } = JSON.parse((await post(founder.token, '/v1/alliances', naming)).text) as { alliance: Id };
  const members: Member[] = [];
  for (let n = 0; n < PARTNERS; n += 1) {
    const person = await newcomer('member');
    const partners = `/v1/alliances/${alliance}/partners`;
    const company = { kind: 'company', registerScheme: 'none', legalName: `P${String(n)}` };
    const { partnerId } = (await post(founder.token, partners, company)).events[0]?.data as { partnerId: Id };
    const mandate = { personRef: person.personRef, powers: ['speak', 'propose'], validFrom: today, name: 'M' };
    const { events } = await post(founder.token, `${partners}/${partnerId}/admission`, { mandate });
    const granted = events.find(({ type }) => type === 'MandateGranted')?.data as { mandateId: Id };
    members.push({ ...person, partnerId, mandateId: granted.mandateId });
  }
  return { alliance, members };
}

/** What the members want, most of the time something that only one of them can have. */
class Wishes {
  /** Objectives that were declared, the newest last. */
  readonly objectives: Id[] = [];
  private made = 0;

  constructor(
    private readonly alliance: Id,
    private readonly members: readonly Member[],
    private readonly dice: Dice,
  ) {}

  next(): Wish | undefined {
    if ((this.made += 1) > COMMANDS) return undefined;
    const by = this.dice.pick(this.members) as Member;
    const root = `/v1/alliances/${this.alliance}`;
    // Late, so that much is recorded before nobody may speak any more.
    if (this.made > COMMANDS / 2 && this.dice.chance(0.03)) {
      const args = { mandateId: by.mandateId };
      return { by, path: `${root}/mandates/${by.mandateId}/end`, body: {}, name: 'EndMandate', args };
    }
    const objectiveId = this.dice.chance(0.7) ? this.dice.pick(this.objectives.slice(-4)) : undefined;
    if (objectiveId !== undefined && this.dice.chance(0.5)) {
      const path = `${root}/objectives/${objectiveId}/withdrawal`;
      return { by, path, body: {}, name: 'WithdrawPartnerObjective', args: { objectiveId } };
    }
    const body = { goalIds: [], statement: `number ${String(this.made)}`, ...(objectiveId && { objectiveId }) };
    const args = { partnerId: by.partnerId, ...body };
    return { by, path: `${root}/partners/${by.partnerId}/objectives`, body, name: 'DeclarePartnerObjective', args };
  }

  learn({ events }: Answered): void {
    for (const { type, data } of events) {
      const { objectiveId } = data as { readonly objectiveId?: Id };
      if (type === 'PartnerObjectiveDeclared' && objectiveId) this.objectives.push(objectiveId);
    }
  }
}

/** Clients that each take the next wish to one of the replicas, some of them to both under one key. */
async function raced(seed: number): Promise<{ readonly alliance: Id; readonly given: readonly Given[] }> {
  const { alliance, members } = await formed();
  const dice = new Dice(seed);
  const wishes = new Wishes(alliance, members, dice);
  const given: Given[] = [];
  let clock = 0;
  const ask = async (wish: Wish, key: string, replica: number) => {
    const askedAt = (clock += 1);
    const answer = await (replicas[replica] as Replica).post(wish.path, wish.by.token, key, wish.body);
    wishes.learn(answer);
    given.push({ wish, askedAt, answeredAt: (clock += 1), answer });
    return answer;
  };
  const client = async () => {
    for (let wish = wishes.next(); wish; wish = wishes.next()) {
      const key = `race-${String((keys += 1))}`;
      const first = dice.below(2);
      if (!dice.chance(0.2)) await ask(wish, key, first);
      else {
        const both = await Promise.all([ask(wish, key, first), ask(wish, key, 1 - first)]);
        const recorded = both.filter(({ hash }) => hash !== undefined);
        // One act, one answer, whoever gave it.
        expect(new Set(recorded.map(({ text }) => text)).size).toBeLessThanOrEqual(1);
      }
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return { alliance, given };
}

/** The entries of a ledger and the state behind each; the first is the one before all of them. */
async function replayed(alliance: Id): Promise<{ readonly entries: Entry[]; readonly states: State[] }> {
  const [entries, states]: [Entry[], State[]] = [[], [EMPTY_STATE]];
  for await (const entry of readLedger(ledgerStore, alliance)) {
    entries.push(entry);
    states.push(foldEntry(states.at(-1) as State, entry));
  }
  return { entries, states };
}

/** What the rules say to a wish on a state; nothing when they have nothing against it. */
async function refusalOf(state: State, { by, name, args }: Wish): Promise<string | undefined> {
  const input = readArguments(name, args, {});
  if ('faults' in input) throw new Error(JSON.stringify(input.faults));
  const prepared = await prepareCommand(name, input, preparationWith(entropy));
  const request = {
    command: { id: entropy.id(), name, args: prepared },
    actorOf: (now: State, at: string) => resolveActor(now.alliance, by.personRef, undefined, at),
  };
  return perform(state, request, new Date().toISOString(), entropy).refusal?.refused;
}

it('every answer of two api replicas, raced over HTTP, is explained by the one order of the ledger', async () => {
  const all = await Promise.all(Array.from({ length: ALLIANCES }, (_, n) => raced(n + 1)));
  const codes = new Map<string, number>();
  for (const { alliance, given } of all) {
    const { entries, states } = await replayed(alliance);
    expect(new Set(entries.map(({ commandId }) => commandId)).size).toBe(entries.length);
    for (const { wish, answer } of given) {
      const { status, seq = -1, hash, code = 'recorded' } = answer;
      codes.set(code, (codes.get(code) ?? 0) + 1);
      const where = { alliance, command: wish.name, status, seq };
      if (code === 'recorded') expect({ ...where, hash }).toEqual({ ...where, hash: entries[seq]?.hash });
      else if (code !== 'LOST_RACE') {
        expect({ ...where, code }).toEqual({ ...where, code: await refusalOf(states[seq + 1] as State, wish) });
      }
    }
    // What was recorded is what was answered: no entry of a member that nobody was told of.
    const told = new Set(given.map(({ answer }) => answer.hash));
    const raced = entries.filter(({ events }) => events.some(({ type }) => /Objective|MandateEnded/.test(type)));
    expect(raced.filter(({ hash }) => !told.has(hash)).map(({ seq }) => seq)).toEqual([]);
    // Whoever asks after an answer was given is answered from no older ledger, but for a repeat of an older act.
    const firstOf = new Map<string, number>();
    for (const { answer, answeredAt } of given) {
      if (answer.hash !== undefined)
        firstOf.set(answer.hash, Math.min(firstOf.get(answer.hash) ?? Infinity, answeredAt));
    }
    const stale = given.filter(({ askedAt, answeredAt, answer }) => {
      if (answer.seq === undefined || (answer.hash !== undefined && (firstOf.get(answer.hash) ?? 0) < answeredAt))
        return false;
      const known = given.filter((other) => other.answeredAt < askedAt).map((other) => other.answer.seq ?? -1);
      return answer.seq < Math.max(-1, ...known);
    });
    expect(stale.map(({ wish, answer }) => [wish.name, answer.code, answer.seq])).toEqual([]);
  }
  process.stdout.write(`${JSON.stringify(Object.fromEntries(codes))}\n`);
  const total = [...codes.values()].reduce((sum, count) => sum + count);
  expect(codes.get('recorded')).toBeGreaterThan(total / 4);
  expect(total - (codes.get('recorded') ?? 0)).toBeGreaterThan(total / 10);
  expect(codes.get('LOST_RACE') ?? 0).toBeLessThanOrEqual(total * MOST_LOST_RACES);
}, 200_000);
