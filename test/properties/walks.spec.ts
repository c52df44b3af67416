import { commandDefinition, events } from '#contracts';
import type { EventType } from '#contracts';
import { EMPTY_STATE, foldEntry, perform, tick } from '#engine';
import type { State } from '#engine';
import { addHours, canonicalJson } from '#kernel';
import type { Instant, Json } from '#kernel';
import { MAX_ENTRY_BYTES, MAX_ENTRY_EVENTS } from '#ledger';
import type { Entry } from '#ledger';
import { SeededEntropy } from '#rehearsal';
import { verifyLedger } from '#transparency';
import { Dice } from './world.js';
import type { World } from './world.js';
import { Walk } from './walk.js';

const DEEP = process.env['DEEP'] === '1';
const WALKS = DEEP ? 1000 : 100;
const COMMANDS = 200;
/** Walks in which each event type must occur, at least. */
const LEAST = DEEP ? 20 : 1;

/** Seen in every run, so that a failure names the walk that it came from. */
function named<T>(seed: number, rule: () => T): T {
  try {
    return rule();
  } catch (error) {
    throw new Error(`walk ${String(seed)}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function stateJson(state: State): string {
  // The due queue is an index of the rest: equal queues may be shaped in several ways.
  return canonicalJson(
    JSON.parse(JSON.stringify(state, (key, value: unknown) => (key === 'due' ? undefined : value))) as Json,
  );
}

function foldAll(entries: readonly Entry[]): State {
  return entries.reduce(foldEntry, EMPTY_STATE);
}

/** The same commands at the same instants, with other ticks between them. */
function replayWithTicks(world: World): readonly Entry[] {
  const dice = new Dice(world.seed + 1);
  const entries: Entry[] = [];
  let state = EMPTY_STATE;
  let last: Instant | undefined;
  for (const { at, actor, command, entropySeed } of world.sent) {
    for (let ticks = last === undefined ? 0 : dice.below(3); ticks > 0; ticks--) {
      const between = addHours(last ?? at, dice.below(200));
      const step = tick(state, between > at ? at : between, new SeededEntropy(`other-${String(entries.length)}`));
      state = step.state;
      entries.push(...step.entries);
    }
    const due = tick(state, at, new SeededEntropy(`due-${String(entries.length)}`));
    const step = perform(due.state, { command, actorOf: () => actor }, at, new SeededEntropy(`${entropySeed}-made`));
    state = step.state;
    entries.push(...due.entries, ...step.entries);
    last = at;
  }
  return entries;
}

/** What happened, without the places and the instants of recording of due events, nor the head they lead to. */
function happenings(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry) =>
    entry.events.map((event) => {
      const data: Readonly<Record<string, unknown>> = { ...event.data, headHash: undefined };
      return canonicalJson({ type: event.type, data: data as Json, when: event.dueAt ?? entry.at });
    }),
  );
}

/** Results of rounds when nobody had ever promised or given anything. */
function outcomesWithoutContributions(world: World): ReadonlyMap<string, string> {
  const entries: Entry[] = [];
  let state = EMPTY_STATE;
  for (const { at, actor, command, entropySeed } of world.sent) {
    if (commandDefinition(command.name).context === 'contribution') continue;
    const due = tick(state, at, new SeededEntropy(`due-${String(entries.length)}`));
    const step = perform(due.state, { command, actorOf: () => actor }, at, new SeededEntropy(`${entropySeed}-made`));
    state = step.state;
    entries.push(...due.entries, ...step.entries);
  }
  entries.push(...tick(state, world.state.head.at, new SeededEntropy('end')).entries);
  return outcomes(entries);
}

function outcomes(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const closed = entries.flatMap(({ events: recorded }) => recorded).filter((event) => event.type === 'RoundClosed');
  return new Map(closed.map(({ data }) => [data.roundId, canonicalJson(data.outcome as unknown as Json)]));
}

describe('any walk through the life of an alliance', () => {
  const worlds: World[] = [];

  beforeAll(async () => {
    // One in which the alliance is dissolved early is a walk too, and not one of those that count.
    for (let [seed, long] = [1, 0]; long < WALKS; seed++) {
      const world = await new Walk(seed).run(COMMANDS);
      worlds.push(world);
      if (world.sent.length >= COMMANDS) long++;
    }
  }, 600_000);

  it('is accepted in most of its commands, and meets every event type there is', () => {
    const walksWith = new Map<string, number>();
    for (const { entries } of worlds) {
      for (const type of new Set(entries.flatMap((entry) => entry.events.map((event) => event.type)))) {
        walksWith.set(type, (walksWith.get(type) ?? 0) + 1);
      }
    }
    const all = worlds.flatMap(({ sent }) => sent);
    const accepted = all.filter((sent) => sent.accepted).length;
    const table = (Object.keys(events) as EventType[]).map(
      (type) => `${type.padEnd(32)} ${String(walksWith.get(type) ?? 0).padStart(5)}`,
    );
    process.stdout.write(
      `${String(worlds.length)} walks, ${String(all.length)} commands, ${String(accepted)} accepted\n${table.join('\n')}\n`,
    );
    const refusals = new Map<string, number>();
    for (const world of worlds)
      for (const [code, times] of world.refusals) refusals.set(code, (refusals.get(code) ?? 0) + times);
    process.stdout.write(
      `${[...refusals]
        .sort((a, b) => b[1] - a[1])
        .map(([code, times]) => `${code} ${String(times)}`)
        .join(', ')}\n`,
    );
    expect(accepted / all.length).toBeGreaterThanOrEqual(0.6);
    expect((Object.keys(events) as EventType[]).filter((type) => (walksWith.get(type) ?? 0) < LEAST)).toEqual([]);
  });

  it('leaves a ledger that verifies: every mandate in force, every outcome and consequence as the rules give it', async () => {
    for (const world of worlds) {
      const { fault } = await verifyLedger(world.entries.map(({ body }) => ({ body })));
      named(world.seed, () => {
        expect(fault).toBeUndefined();
      });
    }
  }, 600_000);

  it('replays to the same state, byte for byte, in one pass', () => {
    for (const world of worlds)
      named(world.seed, () => {
        expect(stateJson(foldAll(world.entries))).toBe(stateJson(world.state));
      });
  }, 600_000);

  it('happens the same however late or often the timer runs', () => {
    for (const world of worlds) {
      named(world.seed, () => {
        const own = happenings(world.entries);
        const other = happenings(replayWithTicks(world));
        const shared = Math.min(own.length, other.length);
        const differs = own.slice(0, shared).findIndex((happening, place) => happening !== other[place]);
        expect(differs < 0 ? 'alike' : `${String(own[differs])} against ${String(other[differs])}`).toBe('alike');
        expect(shared).toBeGreaterThanOrEqual(own.length - 30);
      });
    }
  }, 600_000);

  it('has the same outcomes when all promises and gifts are taken out', () => {
    for (const world of worlds) {
      named(world.seed, () => {
        expect(outcomesWithoutContributions(world)).toEqual(outcomes(world.entries));
      });
    }
  }, 600_000);

  it('takes a position for a partner by its own representative alone, or by that of the holder of its proxy', () => {
    const all = worlds.flatMap((world) => world.entries);
    const acts = all.flatMap(({ actor, events: recorded }) => recorded.map((event) => ({ actor, event })));
    const holders = new Map<string, string>();
    for (const { actor, event } of acts) {
      if (event.type === 'ProxyGiven') holders.set(event.data.proxyId, event.data.holderId);
      if (event.type !== 'PositionTaken' && event.type !== 'ResponsibilityAccepted') continue;
      const proxyId = event.type === 'PositionTaken' ? event.data.proxyId : undefined;
      const partner = proxyId === undefined ? event.data.partnerId : holders.get(proxyId);
      expect(actor).toMatchObject({ kind: 'representative', partner });
    }
  });

  it('never holds an entry above the limits', () => {
    for (const { entries } of worlds) {
      for (const { body, events: recorded } of entries) {
        expect(Buffer.byteLength(body)).toBeLessThanOrEqual(MAX_ENTRY_BYTES);
        expect(recorded.length).toBeLessThanOrEqual(MAX_ENTRY_EVENTS);
      }
    }
  });
});
