import { pageLimit } from '#ledger';
import type { StoredCommand, StoredEntry, StoredHead, StoredOpening } from '#ledger';
import type { Id } from '#kernel';
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { openDatabase } from './connection.js';

type Row = Record<string, SQLOutputValue>;

/** The connection that reads, beside the writing one; its statements are prepared once. */
export class LedgerReads {
  private readonly db: DatabaseSync;
  private readonly sql: Record<'head' | 'next' | 'page' | 'bodies' | 'command' | 'openings' | 'opening', StatementSync>;

  constructor(file: string) {
    this.db = openDatabase(file, 'read');
    const opening = 'SELECT seq, event, name, salt, payload FROM openings WHERE alliance = ?';
    const entry = 'SELECT alliance, seq, command_id, id, at, hash, body FROM entries WHERE alliance = ?';
    this.sql = {
      head: this.db.prepare('SELECT seq, hash, at FROM entries WHERE alliance = ? ORDER BY seq DESC LIMIT 1'),
      next: this.db.prepare('SELECT alliance FROM entries WHERE alliance > ? ORDER BY alliance LIMIT 1'),
      page: this.db.prepare(`${entry} AND seq >= ? ORDER BY seq LIMIT ?`),
      bodies: this.db.prepare('SELECT body FROM entries WHERE alliance = ? AND seq >= ? ORDER BY seq LIMIT ?'),
      command: this.db.prepare(
        'SELECT body, fingerprint_salt, fingerprint_mac FROM entries WHERE alliance = ? AND command_id = ?',
      ),
      openings: this.db.prepare(`${opening} AND seq BETWEEN ? AND ? ORDER BY seq, event, name`),
      opening: this.db.prepare(`${opening} AND seq = ? AND event = ? AND name = ?`),
    };
  }

  head(alliance: Id): StoredHead | undefined {
    const row = this.sql.head.get(alliance);
    return row && { alliance, seq: Number(row['seq']), hash: text(row, 'hash'), at: text(row, 'at') };
  }

  read(alliance: Id, fromSeq: number, limit: number): StoredEntry[] {
    return this.sql.page.all(alliance, fromSeq, pageLimit(limit)).map(entryOf);
  }

  bodies(alliance: Id, fromSeq: number, limit: number): string[] {
    return this.sql.bodies.all(alliance, fromSeq, pageLimit(limit)).map((row) => text(row, 'body'));
  }

  findCommand(alliance: Id, commandId: Id): StoredCommand | undefined {
    const row = this.sql.command.get(alliance, commandId);
    if (!row) return undefined;
    const { fingerprint_salt: salt, fingerprint_mac: mac } = row;
    const isKept = typeof salt === 'string' && typeof mac === 'string';
    return { body: text(row, 'body'), fingerprint: isKept ? { salt, mac } : undefined };
  }

  openings(alliance: Id, fromSeq: number, toSeq: number): StoredOpening[] {
    return this.sql.openings.all(alliance, fromSeq, toSeq).map(openingOf);
  }

  opening(alliance: Id, seq: number, event: number, name: string): StoredOpening | undefined {
    const row = this.sql.opening.get(alliance, seq, event, name);
    return row && openingOf(row);
  }

  /** One step of the index per alliance, not one per entry. */
  alliances(after: Id | undefined, limit: number): StoredHead[] {
    const heads: StoredHead[] = [];
    for (let last: string = after ?? ''; heads.length < pageLimit(limit);) {
      const next = this.sql.next.get(last);
      const head = next && this.head(text(next, 'alliance') as Id);
      if (!head) break;
      heads.push(head);
      last = head.alliance;
    }
    return heads;
  }

  close(): void {
    this.db.close();
  }
}

function entryOf(row: Row): StoredEntry {
  return {
    alliance: text(row, 'alliance') as Id,
    seq: Number(row['seq']),
    commandId: text(row, 'command_id') as Id,
    id: text(row, 'id') as Id,
    at: text(row, 'at'),
    hash: text(row, 'hash'),
    body: text(row, 'body'),
  };
}

function openingOf(row: Row): StoredOpening {
  const { seq, event } = row;
  const [name, salt, payload] = [text(row, 'name'), text(row, 'salt'), text(row, 'payload')];
  return { seq: Number(seq), event: Number(event), name, salt, payload };
}

/** The tables are STRICT: a text column holds text. */
function text(row: Row, column: string): string {
  return row[column] as string;
}
