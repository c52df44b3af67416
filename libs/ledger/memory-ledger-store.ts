import type { Id } from '#kernel';
import { assertOpeningRange, LedgerStore, pageLimit } from './ledger-store.js';
import type { AppendResult, LedgerRow, StoredCommand, StoredEntry, StoredHead, StoredOpening } from './ledger-store.js';

interface Ledger {
  readonly rows: LedgerRow[];
  readonly seqOfCommand: Map<Id, number>;
}

/** Keeps ledgers in the memory of the process, for tests, rehearsals and views of the past. */
export class MemoryLedgerStore extends LedgerStore {
  private readonly ledgers = new Map<Id, Ledger>();

  async append(rows: readonly LedgerRow[]): Promise<readonly AppendResult[]> {
    const stopped = new Set<Id>();
    return rows.map((row) => {
      if (!stopped.has(row.alliance) && this.put(row)) return 'stored';
      stopped.add(row.alliance);
      return 'conflict';
    });
  }

  async head(alliance: Id): Promise<StoredHead | undefined> {
    const last = this.ledgers.get(alliance)?.rows.at(-1);
    return last && { alliance, seq: last.seq, hash: last.hash, at: last.at };
  }

  async read(alliance: Id, fromSeq: number, limit: number): Promise<readonly StoredEntry[]> {
    const from = Math.max(0, fromSeq);
    return this.ledgers.get(alliance)?.rows.slice(from, from + pageLimit(limit)) ?? [];
  }

  async findCommand(alliance: Id, commandId: Id): Promise<StoredCommand | undefined> {
    const ledger = this.ledgers.get(alliance);
    const seq = ledger?.seqOfCommand.get(commandId);
    const row = seq === undefined ? undefined : ledger?.rows[seq];
    return row && { body: row.body, fingerprint: row.fingerprint };
  }

  async openings(alliance: Id, fromSeq: number, toSeq: number): Promise<readonly StoredOpening[]> {
    assertOpeningRange(fromSeq, toSeq);
    const rows = this.ledgers.get(alliance)?.rows.slice(Math.max(0, fromSeq), toSeq + 1) ?? [];
    return rows.flatMap(openingsOf);
  }

  async opening(alliance: Id, seq: number, event: number, name: string): Promise<StoredOpening | undefined> {
    const found = await this.openings(alliance, seq, seq);
    return found.find((opening) => opening.event === event && opening.name === name);
  }

  async addOpenings(alliance: Id, openings: readonly StoredOpening[]): Promise<number> {
    const rows = this.ledgers.get(alliance)?.rows ?? [];
    return openings.filter(({ seq, ...opening }) => {
      const row = rows[seq];
      if (!row || row.openings.some(({ event, name }) => event === opening.event && name === opening.name))
        return false;
      rows[seq] = { ...row, openings: [...row.openings, opening] };
      return true;
    }).length;
  }

  async alliances(after: Id | undefined, limit: number): Promise<readonly StoredHead[]> {
    const ids = [...this.ledgers.keys()].filter((id) => after === undefined || id > after).sort();
    const heads = await Promise.all(ids.slice(0, pageLimit(limit)).map((id) => this.head(id)));
    return heads.filter((head) => head !== undefined);
  }

  async close(): Promise<void> {
    // Nothing to let go of.
  }

  private put(row: LedgerRow): boolean {
    const ledger = this.ledgers.get(row.alliance) ?? { rows: [], seqOfCommand: new Map<Id, number>() };
    const isNext = row.seq === ledger.rows.length && row.prev === ledger.rows.at(-1)?.hash;
    if (!isNext || ledger.seqOfCommand.has(row.commandId)) return false;
    ledger.rows.push(row);
    ledger.seqOfCommand.set(row.commandId, row.seq);
    this.ledgers.set(row.alliance, ledger);
    return true;
  }
}

function openingsOf(row: LedgerRow): StoredOpening[] {
  const openings = row.openings.map((opening) => ({ ...opening, seq: row.seq }));
  return openings.sort((a, b) => a.event - b.event || (a.name < b.name ? -1 : 1));
}
