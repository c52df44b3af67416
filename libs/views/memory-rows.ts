import type { KeyedRow, Row, RowQuery, RowReader } from './view.js';

/** Rows in memory, in the order of keys. */
export class MemoryRows implements RowReader {
  private readonly rows = new Map<string, Row>();
  private sorted: readonly string[] | undefined;

  at(key: string): Row | undefined {
    return this.rows.get(key);
  }

  set(key: string, row: Row | undefined): void {
    if (row === undefined ? this.rows.has(key) : !this.rows.has(key)) this.sorted = undefined;
    if (row === undefined) this.rows.delete(key);
    else this.rows.set(key, row);
  }

  clear(): void {
    this.rows.clear();
    this.sorted = undefined;
  }

  all(): KeyedRow[] {
    return this.keys().map((key) => {
      const { doc, tags } = this.rows.get(key) as Row;
      return { key, doc, tags };
    });
  }

  async get(key: string): Promise<Row | undefined> {
    return this.at(key);
  }

  async list(query: RowQuery, limit: number, after?: string): Promise<readonly KeyedRow[]> {
    const found: KeyedRow[] = [];
    for (const key of this.keys()) {
      if (found.length >= limit) break;
      const row = this.rows.get(key);
      if (row && (after === undefined || key > after) && matches(query, key, row)) found.push({ key, ...row });
    }
    return found;
  }

  private keys(): readonly string[] {
    this.sorted ??= [...this.rows.keys()].sort();
    return this.sorted;
  }
}

function matches(query: RowQuery, key: string, row: Row): boolean {
  return 'prefix' in query ? key.startsWith(query.prefix) : row.tags.includes(query.tag);
}
