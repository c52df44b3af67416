import { partnerStatement } from '#contribution';
import { PROJECTIONS } from '#engine';
import { addDays, dayOf } from '#kernel';
import type { Day, Id, Instant } from '#kernel';
import { rowOf } from '#ledger';
import type { LedgerStore } from '#ledger';
import { LEDGER_FILE, lockFolder, SqliteLedgerStore } from '#ledger-sqlite';
import { Projector, sourceOf, ViewAsker } from '#views';
import type { AsOfQuery, ViewStore } from '#views';
import { SqliteViewStore } from '#views-sqlite';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { Crowd } from '../properties/crowd.js';
import { found } from '../properties/world.js';
import { atMost, median, share, whole } from './figures.js';
import type { Bench, Figure } from './figures.js';
import { inFolder } from './folder.js';
import { bareLoop } from './replay.js';

const EVENTS = 100_000;
const PARTNERS = 100;
const ROUNDS = 5;
const ASKED_LIVE = 300;
const APPENDED = 500;
const MOST_LIVE_MS = 5;
const MOST_AS_OF_MS = 1_000;
const LEAST_REBUILT = 0.25;
const LINES = [
  { kind: 'goods', unit: 'piece' },
  { kind: 'volunteer-time', unit: 'hour' },
  { kind: 'skills', unit: 'hour' },
] as const;
const CEILINGS = LINES.map((line) => ({ ...line, amount: '50' }));
const DAY_MS = 86_400_000;
/** Days over which the gifts are spread. */
const DAYS = 200;

/** An alliance of many partners that promised and gave much. */
interface Grown {
  readonly alliance: Id;
  readonly partners: readonly Id[];
  readonly now: Instant;
}

/** Views of contributions on an alliance of 100,000 events: live, as of a day, and all of its views made again. */
export const contribution: Bench = {
  name: 'contribution',
  run: (print) =>
    inFolder(async (folder) => {
      const lock = lockFolder(folder);
      const ledger = await SqliteLedgerStore.open(lock);
      const views = new SqliteViewStore(join(folder, 'views.db'));
      const grown = await grow(ledger);
      const ours = async () => rebuilt(ledger, views, grown.alliance);
      await ours();
      const asker = new ViewAsker({ store: views, source: sourceOf(ledger), now: () => grown.now });
      const figures = [await live(asker, grown, print), await asOf(asker, grown, print)];
      const bare = () => bareLoop(join(folder, LEDGER_FILE), grown.alliance);
      figures.push(await rebuild(bare, ours, print));
      await views.close();
      await ledger.close();
      lock.release();
      return figures;
    }),
};

async function grow(ledger: LedgerStore): Promise<Grown> {
  const crowd = await Crowd.of(PARTNERS, {}, CEILINGS);
  const { world, partners } = crowd;
  const step = Math.floor((DAYS * DAY_MS) / (EVENTS / 5));
  for (let n = 0; world.entries.length < EVENTS; n++) {
    await promiseAndGift(crowd, n);
    world.wait(step);
  }
  for (let from = 0; from < world.entries.length; from += APPENDED) {
    await ledger.append(world.entries.slice(from, from + APPENDED).map((entry) => rowOf(entry)));
  }
  const alliance = world.entries[0]?.alliance;
  if (!alliance) throw new Error('no alliance');
  return { alliance, partners: [...partners], now: world.now };
}

/** A promise, a gift that keeps it, and what its receiver says of it: five events. */
async function promiseAndGift(crowd: Crowd, n: number): Promise<void> {
  const { partners, world, today } = crowd;
  const [providerId, receiverId] = [partners[n % PARTNERS], partners[(n * 7 + 1 + (n % (PARTNERS - 1))) % PARTNERS]];
  if (!providerId || !receiverId || providerId === receiverId) return;
  const [asProvider, asReceiver] = [crowd.mandateOf(providerId), crowd.mandateOf(receiverId)];
  const line = LINES[n % LINES.length] ?? LINES[0];
  const parties = { ...line, amount: '10', providerId, receiverId, attestorId: receiverId };
  const terms = { ...parties, obligation: 'means', dueOn: addDays(today, 300) };
  const obligationId = found(await world.send('MakeCommitment', terms, asProvider), 'CommitmentMade')?.data
    .commitmentId;
  const gift = { ...parties, fulfils: [{ obligationId, amount: '10' }] };
  const declared = await world.send('DeclareContribution', gift, asProvider);
  const contributionId = found(declared, 'ContributionDeclared')?.data.contributionId;
  const contested = { contributionId, amount: '3', from: 'awaiting', ground: 'defective', explanation: 'Un motif' };
  const steps = [
    await world.send('AcknowledgeContribution', { contributionId, amount: '7' }, asReceiver),
    await world.send('ContestContribution', contested, asReceiver),
    await world.send('LiftContestation', { contributionId, amount: '2' }, asReceiver),
  ];
  if (steps.includes(undefined)) throw new Error(`refused: ${[...world.refusals.keys()].join(', ')}`);
}

/** Makes the rows of all projections again, from the ledger alone. */
async function rebuilt(ledger: LedgerStore, views: ViewStore, alliance: Id): Promise<void> {
  for (const { name } of PROJECTIONS) await views.reset(alliance, name);
  const projector = new Projector({ store: views, source: sourceOf(ledger), projections: PROJECTIONS });
  projector.ring(alliance);
  await projector.idle();
  await projector.stop();
  for (const { name } of PROJECTIONS) {
    const checkpoint = await views.checkpoint(alliance, name);
    const head = await ledger.head(alliance);
    if (checkpoint?.seq !== head?.seq || checkpoint?.outdated) throw new Error(`${name} is not made again`);
  }
}

async function live(asker: ViewAsker, { alliance, partners }: Grown, print: Print): Promise<Figure> {
  const times: Taken[] = [];
  for (let n = 0; n < ASKED_LIVE; n++) {
    times.push(await taken(() => statement(asker, alliance, partners[n % partners.length])));
  }
  return judged('statement, live', times, MOST_LIVE_MS, print);
}

async function asOf(asker: ViewAsker, { alliance, partners, now }: Grown, print: Print): Promise<Figure> {
  const today = dayOf(now, 'Europe/Paris');
  const days: Day[] = [addDays(today, -150), addDays(today, -100), addDays(today, -1)];
  const queries: AsOfQuery[] = [...days.map((at) => ({ at })), ...days.map((trueOn) => ({ trueOn }))];
  const slowest: Taken[] = [];
  for (const query of queries) {
    const times: Taken[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      times.push(await taken(() => statement(asker, alliance, partners[round], query)));
    }
    const middle = { wall: median(times.map(({ wall }) => wall)), cpu: median(times.map(({ cpu }) => cpu)) };
    print(`  ${JSON.stringify(query)}: ${shown(middle)}`);
    slowest.push(middle);
  }
  slowest.sort((one, other) => other.cpu - one.cpu);
  return judged('statement as of a day, the slowest of several', slowest.slice(0, 1), MOST_AS_OF_MS, print);
}

async function statement(asker: ViewAsker, alliance: Id, partnerId: Id | undefined, query?: AsOfQuery): Promise<void> {
  if (!partnerId) throw new Error('no partner');
  const answer = await asker.ask(alliance, partnerStatement, { partnerId, basis: undefined }, query);
  if ('fault' in answer || answer.data.contributions.length === 0) throw new Error(JSON.stringify(answer));
}

async function rebuild(bare: () => unknown, ours: () => Promise<void>, print: Print): Promise<Figure> {
  const rounds: { bare: Taken; ours: Taken }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const pair = { bare: await taken(bare), ours: await taken(ours) };
    print(`  rebuild: ${shown(pair.ours)}; read, hash and parse alone: ${shown(pair.bare)}`);
    rounds.push(pair);
  }
  const ratio = median(rounds.map((round) => round.bare.cpu / round.ours.cpu));
  const wall = median(rounds.map((round) => round.bare.wall / round.ours.wall));
  print(
    `rebuild of all views, share of the bare loop: ${whole(100 * ratio)} % by CPU, ${whole(100 * wall)} % by clock`,
  );
  return share(`rebuild of all views of ${whole(EVENTS)} events, of the bare loop, CPU time`, ratio, LEAST_REBUILT);
}

type Print = (line: string) => void;

/** Milliseconds by the clock, and of processor time: the machine may be busy with other things. */
interface Taken {
  readonly wall: number;
  readonly cpu: number;
}

async function taken(work: () => unknown): Promise<Taken> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - start, cpu: (user + system) / 1_000 };
}

function shown({ wall, cpu }: Taken): string {
  return `${wall.toFixed(1)} ms by the clock, ${cpu.toFixed(1)} ms CPU`;
}

function judged(what: string, times: readonly Taken[], most: number, print: Print): Figure {
  const middle = { wall: median(times.map(({ wall }) => wall)), cpu: median(times.map(({ cpu }) => cpu)) };
  print(`${what}: ${shown(middle)}; load ${(loadavg()[0] ?? 0).toFixed(0)}`);
  return atMost(`${what}, ${whole(EVENTS)} events`, middle.wall, most, 'ms');
}
