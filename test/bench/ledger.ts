import { event } from '#contracts';
import { base32, hashedId } from '#kernel';
import type { Id } from '#kernel';
import { AllianceLedger, EMPTY_HEAD, headOf, makeEntry, readLedger } from '#ledger';
import type { Entropy, Entry, LedgerRow, LedgerStore, Standing } from '#ledger';
import { lockFolder, PAGE_BYTES, SqliteLedgerStore } from '#ledger-sqlite';
import { randomBytes } from 'node:crypto';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { atLeast, median, share, whole } from './figures.js';
import type { Bench } from './figures.js';

// Ledger appends against the raw limits of the same machine in the same run: architecture, section 8.

const WRITERS = 64;
const ALLIANCES = 100;
const ROUNDS = 3;
const ENTRIES_PER_ROUND = 20_000;
const LEAST_PER_SECOND = 8_000;
const LEAST_OF_BARE = 0.6;
/** Ids in the event of a command, so that a body has about 1 KB. */
const FILL = 18;

/** Random bytes, asked for in large pieces. */
const POOL_BYTES = 8_192;
let pool = randomBytes(POOL_BYTES);
function fresh(bytes: number): Buffer {
  if (pool.length < bytes) pool = randomBytes(POOL_BYTES);
  const taken = pool.subarray(0, bytes);
  pool = pool.subarray(bytes);
  return taken;
}
const entropy: Entropy = {
  id: () => base32(fresh(16)) as Id,
  key: () => fresh(32).toString('base64'),
};
const filling = Array.from({ length: FILL }, (_, n) => hashedId('fill', n));
const folding = { initial: { head: EMPTY_HEAD }, foldEntry: (_: Standing, entry: Entry) => ({ head: headOf(entry) }) };

/** The smallest command: one event, no rule. */
function command(name: 'form' | 'fill') {
  const commandId = entropy.id();
  const formed = { timeZone: 'Europe/Paris', locale: 'fr', nonce: entropy.key() } as const;
  const made =
    name === 'form'
      ? event('AllianceFormed', formed)
      : event('PartnerBecameUnrepresented', { partnerId: entropy.id(), openRounds: filling });
  const decide = ({ head }: Standing) => {
    const draft = {
      at: '2026-01-01T00:00:00.000Z',
      actor: { kind: 'system' },
      command: { id: commandId, name },
      events: [made],
    } as const;
    const entry = makeEntry(head, draft, entropy);
    return { entries: [entry], state: { head: headOf(entry) }, entry };
  };
  return { commandId, fingerprint: { text: commandId }, decide };
}

/** The rate, per second, of what `work` did `count` times. */
async function rate(count: number, work: () => Promise<void> | void): Promise<number> {
  const start = performance.now();
  await work();
  return (count * 1_000) / (performance.now() - start);
}

interface Round {
  readonly perSecond: number;
  readonly batches: readonly (readonly LedgerRow[])[];
  readonly tables: readonly string[];
}

/** Writers that each give one command after the other, over some alliances; throws when an answer or a seq is missing. */
async function appends(alliances: number, entries: number): Promise<Round> {
  const folder = mkdtempSync(join(tmpdir(), 'collegium-bench-'));
  const lock = lockFolder(folder);
  const store = await SqliteLedgerStore.open(lock);
  const batches = recordBatches(store);
  const ledger = new AllianceLedger<Standing>(store, folding, { entropy });
  const ids = await Promise.all(Array.from({ length: alliances }, () => formed(ledger)));
  batches.length = 0;
  let given = 0;
  let answered = 0;
  const writer = async () => {
    for (let n = given++; n < entries; n = given++) {
      const answer = await ledger.execute(ids[n % ids.length], command('fill'));
      if (answer.kind === 'recorded') answered += 1;
    }
  };
  const perSecond = await rate(entries, async () => {
    await Promise.all(Array.from({ length: WRITERS }, writer));
  });
  await assertWhole(store, ids, answered);
  const tables = tablesOf(store.file);
  await store.close();
  lock.release();
  rmSync(folder, { recursive: true });
  return { perSecond, batches, tables };
}

async function formed(ledger: AllianceLedger<Standing>): Promise<Id> {
  const answer = await ledger.execute(undefined, command('form'));
  if (answer.kind !== 'recorded') throw new Error('not formed');
  return answer.entry.alliance;
}

function recordBatches(store: LedgerStore): (readonly LedgerRow[])[] {
  const batches: (readonly LedgerRow[])[] = [];
  const append = store.append.bind(store);
  store.append = async (rows) => {
    batches.push(rows);
    return await append(rows);
  };
  return batches;
}

async function assertWhole(store: LedgerStore, ids: readonly Id[], answered: number): Promise<void> {
  let recorded = -ids.length;
  for (const id of ids) for await (const entry of readLedger(store, id)) recorded += entry.seq >= 0 ? 1 : 0;
  if (recorded !== answered) throw new Error(`${answered} answers, ${recorded} entries`);
}

function tablesOf(file: string): string[] {
  const db = new DatabaseSync(file, { readOnly: true });
  const tables = db.prepare("SELECT sql FROM sqlite_master WHERE type = 'table'").all();
  db.close();
  return tables.map(({ sql }) => String(sql));
}

/** The raw limit of the driver: the same rows into the same tables, as many to a transaction; on SQLite's own pages or ours. */
async function bareLoop({ batches, tables }: Round, pageBytes?: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'collegium-bench-'));
  const db = new DatabaseSync(join(folder, 'bare.sqlite'));
  if (pageBytes !== undefined) db.exec(`PRAGMA page_size = ${String(pageBytes)}`);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
  for (const table of tables) db.exec(table);
  const insert = db.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const perSecond = await rate(batches.flat().length, () => {
    for (const batch of batches) {
      db.exec('BEGIN IMMEDIATE');
      for (const { alliance, seq, commandId, id, at, hash, body, fingerprint } of batch) {
        insert.run(alliance, seq, commandId, id, at, hash, body, fingerprint?.salt ?? null, fingerprint?.mac ?? null);
      }
      db.exec('COMMIT');
    }
  });
  db.close();
  rmSync(folder, { recursive: true });
  return perSecond;
}

/** The raw limit of the disk: the same bytes at the end of a file, flushed as often. */
async function flushLoop({ batches }: Round): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'collegium-bench-'));
  const file = openSync(join(folder, 'raw'), 'a');
  const perSecond = await rate(batches.flat().length, () => {
    for (const batch of batches) {
      writeSync(file, batch.map(({ body }) => body).join('\n'));
      fdatasyncSync(file);
    }
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return perSecond;
}

/** Figures of the ledger, each the median of the rounds; what is compared runs in the same round. */
export const ledger: Bench = {
  name: 'ledger',
  async run(print) {
    const rounds: { ours: number; bare: number; tuned: number; raw: number; rows: number; bytes: number }[] = [];
    await appends(ALLIANCES, ENTRIES_PER_ROUND / 4);
    for (let n = 0; n < ROUNDS; n++) {
      const round = await appends(ALLIANCES, ENTRIES_PER_ROUND);
      const rows = round.batches.flat();
      const bytes = rows.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0) / rows.length;
      const [bare, tuned, raw] = [await bareLoop(round), await bareLoop(round, PAGE_BYTES), await flushLoop(round)];
      rounds.push({ ours: round.perSecond, bare, tuned, raw, rows: rows.length / round.batches.length, bytes });
    }
    const of = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick));
    print(`ledger: bodies of ${whole(of((r) => r.bytes))} bytes, ${of((r) => r.rows).toFixed(1)} entries to a flush`);
    print(`  bare node:sqlite loop ${whole(of((r) => r.bare))}/s, raw fdatasync loop ${whole(of((r) => r.raw))}/s`);
    const what = `ledger append, ${String(WRITERS)} writers over ${String(ALLIANCES)} alliances`;
    return [
      atLeast(
        what,
        of((r) => r.ours),
        LEAST_PER_SECOND,
        'entries/s',
      ),
      share(
        '  of a bare node:sqlite loop',
        of((r) => r.ours / r.bare),
        LEAST_OF_BARE,
      ),
      {
        what: `  of the same loop on our pages of ${whole(PAGE_BYTES)} bytes`,
        value: `${(100 * of((r) => r.ours / r.tuned)).toFixed(0)} %`,
      },
      { what: '  of a raw fdatasync loop', value: `${(100 * of((r) => r.ours / r.raw)).toFixed(0)} %` },
    ];
  },
};
