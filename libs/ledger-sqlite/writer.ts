import type { AppendResult, LedgerRow, StoredOpening } from '#ledger';
import type { Hash, Id } from '#kernel';
import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from './connection.js';
import { failure, isFull, messageOf, SqliteFailed } from './errors.js';
import { prepareTables } from './schema.js';

/** A write-ahead log above this is worked off by the writer itself, between two commits. */
export const MAX_WAL_BYTES = 64 * 1024 * 1024;

/** For tests: what happens between the statements of a batch. */
export interface WriterHooks {
  /** After each statement, counted from 1 in each batch; BEGIN is the first. */
  afterStatement?(count: number): void;
  /** All rows are inserted and nothing is committed. */
  beforeCommit?(): Promise<void> | void;
}

/** The place that the next row of an alliance must stand on. */
interface Tip {
  readonly seq: number;
  readonly hash: Hash | undefined;
}
const NO_TIP: Tip = { seq: -1, hash: undefined };
/** Alliances whose tip is remembered, at most: nobody else writes, so that it need not be looked up for each batch. */
export const MAX_TIPS = 1_000;

/** The one connection that writes, in the one process that may. A batch is one transaction with one flush. */
export class LedgerWriter {
  private readonly db: DatabaseSync;
  private readonly insertEntry;
  private readonly insertOpening;
  private readonly fillOpening;
  private readonly selectHead;
  private readonly tips = new Map<Id, Tip>();
  private statements = 0;
  private trimAboveBytes = MAX_WAL_BYTES;

  constructor(
    private readonly file: string,
    private readonly hooks: WriterHooks = {},
  ) {
    this.db = openDatabase(file, 'write');
    prepareTables(this.db);
    this.db.exec(`PRAGMA journal_size_limit = ${String(MAX_WAL_BYTES / 2)}`);
    this.selectHead = this.db.prepare('SELECT seq, hash FROM entries WHERE alliance = ? ORDER BY seq DESC LIMIT 1');
    this.insertEntry = this.db.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
    this.insertOpening = this.db.prepare('INSERT INTO openings VALUES (?, ?, ?, ?, ?, ?)');
    this.fillOpening = this.db.prepare(
      'INSERT INTO openings SELECT alliance, seq, ?, ?, ?, ? FROM entries WHERE alliance = ? AND seq = ? ON CONFLICT DO NOTHING',
    );
  }

  /** Opens a transaction and inserts what fits. Nothing lasts before `commit`; after an error nothing of it does. */
  insert(rows: readonly LedgerRow[]): AppendResult[] {
    this.statements = 0;
    try {
      this.db.exec('BEGIN IMMEDIATE');
      this.count();
      const stopped = new Set<Id>();
      return rows.map((row) => {
        if (!stopped.has(row.alliance) && this.fits(row) && this.insertRow(row)) return 'stored';
        stopped.add(row.alliance);
        this.tips.delete(row.alliance);
        return 'conflict';
      });
    } catch (error) {
      this.rollback();
      throw failure('append', error);
    }
  }

  /** Flushes the transaction. When the flush itself fails, nobody can say what a crash would leave of it. */
  commit(): void {
    try {
      this.db.exec('COMMIT');
      this.count();
    } catch (error) {
      this.rollback();
      if (isFull(error)) throw failure('commit', error);
      throw new SqliteFailed(`commit: ${messageOf(error)}`, 'OUTCOME_UNKNOWN', { cause: error });
    }
  }

  async append(rows: readonly LedgerRow[]): Promise<AppendResult[]> {
    const results = this.insert(rows);
    await this.hooks.beforeCommit?.();
    this.commit();
    this.trimLog();
    return results;
  }

  /** Adds texts to entries that are there without them, in one transaction with one flush. Gives how many were added. */
  addOpenings(alliance: Id, openings: readonly StoredOpening[]): number {
    this.statements = 0;
    let added = 0;
    try {
      this.db.exec('BEGIN IMMEDIATE');
      this.count();
      for (const { seq, event, name, salt, payload } of openings) {
        added += Number(this.fillOpening.run(event, name, salt, payload, alliance, seq).changes);
        this.count();
      }
    } catch (error) {
      this.rollback();
      throw failure('add openings', error);
    }
    this.commit();
    return added;
  }

  /**
   * Keeps the log bounded under lasting load, when the checkpoints beside the writer never meet its end: works it off
   * between two commits, so that the next one starts it anew. A reader that holds an old view puts that off.
   */
  trimLog(): void {
    const bytes = statSync(`${this.file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    if (bytes <= MAX_WAL_BYTES) this.trimAboveBytes = MAX_WAL_BYTES;
    if (bytes <= this.trimAboveBytes) return;
    this.db.exec('PRAGMA wal_checkpoint(PASSIVE)');
    this.trimAboveBytes = bytes + MAX_WAL_BYTES;
  }

  close(): void {
    this.db.close();
  }

  private fits({ alliance, seq, prev }: LedgerRow): boolean {
    const tip = this.tips.get(alliance) ?? this.storedTip(alliance);
    return seq === tip.seq + 1 && prev === tip.hash;
  }

  private storedTip(alliance: Id): Tip {
    const row = this.selectHead.get(alliance);
    this.count();
    return row ? { seq: Number(row['seq']), hash: String(row['hash']) } : NO_TIP;
  }

  private remember({ alliance, seq, hash }: LedgerRow): void {
    if (this.tips.size >= MAX_TIPS) this.tips.clear();
    this.tips.set(alliance, { seq, hash });
  }

  /** False when the command id is taken. An entry that is not inserted gets no openings. */
  private insertRow(row: LedgerRow): boolean {
    const { alliance, seq, commandId, id, at, hash, body, fingerprint } = row;
    const { salt = null, mac = null } = fingerprint ?? {};
    const { changes } = this.insertEntry.run(alliance, seq, commandId, id, at, hash, body, salt, mac);
    this.count();
    if (Number(changes) === 0) return false;
    this.remember(row);
    for (const opening of row.openings) {
      this.insertOpening.run(alliance, seq, opening.event, opening.name, opening.salt, opening.payload);
      this.count();
    }
    return true;
  }

  private count(): void {
    this.statements += 1;
    this.hooks.afterStatement?.(this.statements);
  }

  private rollback(): void {
    this.tips.clear();
    try {
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
    } catch {
      // The error that led here is the one to report; a transaction that is still open makes the next BEGIN fail.
    }
  }
}
