import type { Id } from '#kernel';
import type { LedgerRow } from '#ledger';

/** Length that stands for a text that is not there. */
const ABSENT = -1;

/**
 * Rows as they go to the writing thread: all their texts in one, and how long each is. A message costs by the number of
 * its values, and hardly by their size.
 */
export interface PackedRows {
  readonly text: string;
  /** Of each row: its lengths in the order of `packed`, then the number of its openings and theirs. */
  readonly lengths: readonly number[];
}

export function packed(rows: readonly LedgerRow[]): PackedRows {
  const texts: string[] = [];
  const lengths: number[] = [];
  const add = (text: string | undefined) => {
    const isThere = typeof text === 'string';
    if (isThere) texts.push(text);
    lengths.push(isThere ? text.length : ABSENT);
  };
  for (const row of rows) {
    add(row.alliance);
    lengths.push(row.seq);
    for (const text of [row.commandId, row.id, row.at, row.hash, row.body, row.prev]) add(text);
    add(row.fingerprint?.salt);
    add(row.fingerprint?.mac);
    lengths.push(row.openings.length);
    for (const { event, name, salt, payload } of row.openings) {
      lengths.push(event);
      for (const text of [name, salt, payload]) add(text);
    }
  }
  return { text: texts.join(''), lengths };
}

export function unpacked(rows: PackedRows): LedgerRow[] {
  const reader = new Reader(rows);
  const found: LedgerRow[] = [];
  while (reader.hasMore) found.push(rowFrom(reader));
  return found;
}

function rowFrom(reader: Reader): LedgerRow {
  const [alliance, seq, commandId, id] = [reader.id(), reader.number(), reader.id(), reader.id()];
  const [at, hash, body, prev] = [reader.text(), reader.text(), reader.text(), reader.optional()];
  const [salt, mac] = [reader.optional(), reader.optional()];
  const fingerprint = salt !== undefined && mac !== undefined ? { salt, mac } : undefined;
  const openings = Array.from({ length: reader.number() }, () => {
    return { event: reader.number(), name: reader.text(), salt: reader.text(), payload: reader.text() };
  });
  return { alliance, seq, commandId, id, at, hash, body, prev, fingerprint, openings };
}

class Reader {
  private place = 0;
  private start = 0;

  constructor(private readonly rows: PackedRows) {}

  get hasMore(): boolean {
    return this.place < this.rows.lengths.length;
  }

  number(): number {
    return this.rows.lengths[this.place++] ?? 0;
  }

  optional(): string | undefined {
    const length = this.number();
    return length === ABSENT ? undefined : this.rows.text.slice(this.start, (this.start += length));
  }

  text(): string {
    const text = this.optional();
    if (text === undefined) throw new TypeError('a row lacks a text');
    return text;
  }

  id(): Id {
    return this.text() as Id;
  }
}
