import type { DatabaseSync } from 'node:sqlite';
import { prepareWrites } from './schema.js';
import { tagsIn } from './tags.js';

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
    const { move, make } = this.statements;
    const { alliance, projection, version, nextSeq, nextHash, expectedSeq, rows } = change;
    const step = expectedSeq < 0 ? make : move;
    const place = step.get(alliance, projection, version, nextSeq, nextHash, expectedSeq)?.['place'] as
      number | undefined;
    if (place === undefined) return false;
    if (change.replace) this.replace(place, rows);
    else this.change(place, change);
    return true;
  }

  private change(place: number, { rows, removed }: StoredChange): void {
    for (const key of removed) this.remove(place, key);
    for (let row = 0; row < rows.length; row += 3) this.put(place, rows.slice(row, row + 3));
  }

  /** Nothing is left that could be in the way; rows come in the order of their keys, and tags go in in that of their table. */
  private replace(place: number, rows: readonly string[]): void {
    const { clear, clearTags, renew, insert, tagAll } = this.statements;
    for (const statement of [clear, clearTags, renew]) statement.run(place);
    const tagged = new Map<string, Set<string>>();
    for (let row = 0; row < rows.length; row += 3) {
      const [key, doc, tags] = [rows[row] ?? '', rows[row + 1] ?? '', rows[row + 2] ?? ''];
      insert.run(place, key, doc, tags);
      for (const tag of tagsIn(tags)) (tagged.get(tag) ?? setIn(tagged, tag)).add(key);
    }
    for (const tag of [...tagged.keys()].sort()) tagAll.run(place, tag, JSON.stringify([...(tagged.get(tag) ?? [])]));
  }

  private put(place: number, [key = '', doc = '', tags = '']: readonly string[]): void {
    const { insert, update, tag } = this.statements;
    if (insert.run(place, key, doc, tags).changes === 0) {
      const isSame = this.statements.tags.get(place, key)?.['tags'] === tags;
      if (!isSame) this.untag(place, key);
      update.run(place, key, doc, tags);
      if (isSame) return;
    }
    for (const one of tagsIn(tags)) tag.run(place, one, key);
  }

  private remove(place: number, key: string): void {
    this.untag(place, key);
    this.statements.remove.run(place, key);
  }

  /** Which tags a row stands under is written in the row alone: an index by row would cost a page for each new one. */
  private untag(place: number, key: string): void {
    const before = this.statements.tags.get(place, key)?.['tags'] as string | undefined;
    for (const one of tagsIn(before ?? '')) this.statements.untag.run(place, one, key);
  }
}

function setIn(sets: Map<string, Set<string>>, name: string): Set<string> {
  const set = new Set<string>();
  sets.set(name, set);
  return set;
}

/** In a test run errors of the driver are not `instanceof Error`. */
export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}
