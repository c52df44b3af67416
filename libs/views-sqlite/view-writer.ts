import type { DatabaseSync } from 'node:sqlite';
import { prepareWrites } from './schema.js';

/** A change of the port as it is stored: documents and tags as text, `rows` the key, document and tags of each in turn. */
export interface StoredChange {
  readonly alliance: string;
  readonly projection: string;
  readonly version: number;
  readonly expectedSeq: number;
  readonly nextSeq: number;
  readonly nextHash: string | null;
  readonly replace: boolean;
  readonly rows: readonly string[];
  readonly removed: readonly string[];
}

/** What is written down about a projection beside its rows. */
export interface Mark {
  readonly sort: 'park' | 'unpark' | 'reset';
  readonly alliance: string;
  readonly projection: string;
  /** Seq and cause of what is parked. */
  readonly values: readonly (number | string)[];
}

/** Whether a change was committed; a text says why it could not be written. */
export type Written = boolean | string;

/** The connection that writes. Loads nothing of the views but this folder: its thread has no rules to hold in memory. */
export class ViewWriter {
  private readonly statements: ReturnType<typeof prepareWrites>;

  constructor(private readonly database: DatabaseSync) {
    this.statements = prepareWrites(database);
  }

  /** One transaction; one that cannot be written takes nothing along with it: then each is tried by itself. */
  write(group: readonly StoredChange[]): Written[] {
    try {
      this.statements.begin.run();
      const written = group.map((change) => this.writeOne(change));
      this.statements.end.run();
      return written;
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      return group.length > 1 ? group.flatMap((change) => this.write([change])) : [messageOf(error)];
    }
  }

  mark({ sort, alliance, projection, values }: Mark): void {
    this.statements[sort].run(alliance, projection, ...values);
  }

  private writeOne(change: StoredChange): boolean {
    const { move, make, renew, clear, clearTags } = this.statements;
    const { alliance, projection, version, nextSeq, nextHash, expectedSeq, rows } = change;
    const step = expectedSeq < 0 ? make : move;
    if (step.run(alliance, projection, version, nextSeq, nextHash, expectedSeq).changes === 0) return false;
    if (change.replace) {
      clear.run(alliance, projection);
      clearTags.run(alliance, projection);
      renew.run(alliance, projection);
    }
    for (const key of change.removed) this.remove(alliance, projection, key);
    for (let row = 0; row < rows.length; row += 3) this.put(alliance, projection, rows.slice(row, row + 3));
    return true;
  }

  private put(alliance: string, projection: string, [key = '', doc = '', tags = '']: readonly string[]): void {
    const { insert, update, tag } = this.statements;
    if (insert.run(alliance, projection, key, doc, tags).changes === 0) {
      const isSame = this.statements.tags.get(alliance, projection, key)?.['tags'] === tags;
      if (!isSame) this.untag(alliance, projection, key);
      update.run(alliance, projection, key, doc, tags);
      if (isSame) return;
    }
    for (const one of JSON.parse(tags) as string[]) tag.run(alliance, projection, one, key);
  }

  private remove(alliance: string, projection: string, key: string): void {
    this.untag(alliance, projection, key);
    this.statements.remove.run(alliance, projection, key);
  }

  /** Which tags a row stands under is written in the row alone: an index by row would cost a page for each new one. */
  private untag(alliance: string, projection: string, key: string): void {
    const before = this.statements.tags.get(alliance, projection, key)?.['tags'] as string | undefined;
    for (const one of JSON.parse(before ?? '[]') as string[]) this.statements.untag.run(alliance, projection, one, key);
  }
}

/** In a test run errors of the driver are not `instanceof Error`. */
export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}
