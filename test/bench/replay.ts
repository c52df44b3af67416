import { EMPTY_STATE, foldEntry } from '#engine';
import type { Id } from '#kernel';
import { sha256 } from '#kernel';
import { readLedger } from '#ledger';
import { LEDGER_FILE, lockFolder, SqliteLedgerStore } from '#ledger-sqlite';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { median, share, whole } from './figures.js';
import type { Bench, Figure } from './figures.js';
import { inFolder } from './folder.js';
import { declare, ledgerOn, worksite } from './rules.js';

const SHORT = 10_000;
const LONG = 50_000;
const ROUNDS = 5;
const WRITERS = 64;
const LEAST = 0.5;
const PAGE = 500;
const MIB = 1024 * 1024;
/** More than this between the two lengths is a history held in memory. */
const MOST_GROWTH_MIB = 8;
/** Objectives that the entries revise: what the state holds does not grow with the length. */
const OBJECTIVES = 50;

/** From stored bodies to the state, against reading, hashing and parsing the same bodies. */
export const replay: Bench = {
  name: 'replay',
  run: (print) =>
    inFolder(async (folder) => {
      const lock = lockFolder(folder);
      const store = await SqliteLedgerStore.open(lock);
      const [short, long] = [await grown(store, SHORT), await grown(store, LONG)];
      const file = join(folder, LEDGER_FILE);
      const rounds = [];
      for (let round = 0; round < ROUNDS; round++) {
        rounds.push({ bare: timed(() => bareLoop(file, short)), ours: await timedAsync(() => folded(store, short)) });
      }
      const figures = speed(rounds, print);
      const memory = [await heldWhile(store, short), await heldWhile(store, long)] as const;
      await store.close();
      lock.release();
      return [...figures, flatness(memory)];
    }),
};

async function grown(store: SqliteLedgerStore, entries: number): Promise<Id> {
  const ledger = ledgerOn(store);
  const site = await worksite(ledger);
  const objectives: Id[] = [];
  for (let n = 0; n < OBJECTIVES; n++) {
    const { events } = await declare(ledger, site);
    objectives.push((events[0]?.data as unknown as { readonly objectiveId: Id }).objectiveId);
  }
  let given = OBJECTIVES;
  const writer = async () => {
    while (given++ < entries) await declare(ledger, site, objectives[given % OBJECTIVES]);
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return site.alliance;
}

async function folded(store: SqliteLedgerStore, alliance: Id): Promise<number> {
  let state = EMPTY_STATE;
  for await (const entry of readLedger(store, alliance)) state = foldEntry(state, entry);
  return state.head.seq;
}

/** Reads, hashes and parses the stored bodies, and nothing else. */
export function bareLoop(file: string, alliance: Id): number {
  const db = new DatabaseSync(file, { readOnly: true });
  const page = db.prepare('SELECT body FROM entries WHERE alliance = ? AND seq >= ? ORDER BY seq LIMIT ?');
  let read = 0;
  for (let rows = page.all(alliance, 0, PAGE); rows.length > 0; rows = page.all(alliance, read, PAGE)) {
    for (const { body } of rows) {
      sha256(String(body));
      JSON.parse(String(body));
      read += 1;
    }
  }
  db.close();
  return read;
}

function timed(work: () => number): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

async function timedAsync(work: () => Promise<number>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function speed(
  rounds: readonly { readonly bare: number; readonly ours: number }[],
  print: (line: string) => void,
): Figure[] {
  const perSecond = (ms: number) => whole((SHORT * 1_000) / ms);
  const ours = median(rounds.map((round) => round.ours));
  const bare = median(rounds.map((round) => round.bare));
  print(`replay: ${perSecond(ours)} entries/s; read, hash and parse alone: ${perSecond(bare)} entries/s`);
  const ratio = median(rounds.map((round) => round.bare / round.ours));
  return [share('replay (read, chain check, decode, fold) of the bare loop', ratio, LEAST)];
}

/** Memory above the start, at its highest after a full collection every thousand entries. */
async function heldWhile(store: SqliteLedgerStore, alliance: Id): Promise<{ readonly held: number; rss: number }> {
  const collect = collector();
  collect();
  const start = process.memoryUsage().heapUsed;
  let [state, held] = [EMPTY_STATE, 0];
  for await (const entry of readLedger(store, alliance)) {
    state = foldEntry(state, entry);
    if (entry.seq % 5_000 !== 0) continue;
    collect();
    held = Math.max(held, process.memoryUsage().heapUsed - start);
  }
  return { held: held / MIB, rss: process.memoryUsage().rss / MIB };
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

function flatness([short, long]: readonly [Held, Held]): Figure {
  const shown = ({ held, rss }: Held, entries: number) =>
    `${held.toFixed(1)} MiB (RSS ${whole(rss)}) at ${whole(entries)}`;
  return {
    what: 'replay, memory held while it runs',
    value: `${shown(short, SHORT)}, ${shown(long, LONG)}`,
    target: 'flat',
    isReached: long.held - short.held <= MOST_GROWTH_MIB,
  };
}

type Held = Awaited<ReturnType<typeof heldWhile>>;
