import type { Id } from '#kernel';
import { DUPLICATE_KEY, eq, MAX_READ_MS, within, writeFaults } from '#mongo';
import type { KeyedRow, Row, RowChange, RowQuery } from '#views';
import type { Model } from 'mongoose';
import type { CheckpointDocument, RowDocument } from './models.js';

/** Rows of a making that are written at once. */
const CHUNK = 500;
/** Guarded rows in one command: a store that is slow to flush must answer each before its connection is given up. */
const WRITES_AT_ONCE = 32;

export type Written = Pick<RowChange, 'rows' | 'removed'>;
type Making = Pick<CheckpointDocument, 'alliance' | 'projection' | 'generation'>;

/** The rows of all makings of all projections. */
export class Rows {
  constructor(private readonly model: Model<RowDocument>) {}

  async get(making: Making, key: string): Promise<Row | undefined> {
    const filter = { ...ofMaking(making), key: eq(key) };
    const found = await this.model.findOne(filter).lean().maxTimeMS(MAX_READ_MS);
    return found && !found.gone ? rowOf(found) : undefined;
  }

  async list(
    making: Making,
    query: RowQuery,
    page: { limit: number; after?: string | undefined },
  ): Promise<KeyedRow[]> {
    if (page.limit < 1) return [];
    const after = page.after === undefined ? {} : { $gt: page.after };
    const asked =
      'prefix' in query
        ? { key: within({ $gte: query.prefix, $lt: `${query.prefix}\u{10ffff}`, ...after }) }
        : { tags: eq(query.tag), ...(page.after !== undefined && { key: within({ $gt: page.after }) }) };
    const filter = { ...ofMaking(making), ...asked, gone: false };
    const found = this.model.find(filter).sort({ key: 1 }).limit(page.limit).lean().maxTimeMS(MAX_READ_MS);
    return (await found).map((row) => ({ key: row.key, ...rowOf(row) }));
  }

  /** Writes what a commit changed over rows that are older than it; any number of processes may do so at once. */
  async write(making: Making, seq: number, { rows, removed }: Written): Promise<void> {
    const { alliance, projection, generation } = making;
    const upsert = (key: string, row: Pick<RowDocument, 'gone' | 'doc' | 'tags'>) => ({
      updateOne: {
        filter: {
          alliance: eq(alliance),
          projection: eq(projection),
          generation: eq(generation),
          key: eq(key),
          lastSeq: within({ $lt: seq }),
        },
        update: { $set: { ...row, lastSeq: seq } },
        upsert: true,
      },
    });
    const writes = [
      ...rows.map(({ key, doc, tags }) => upsert(key, { gone: false, doc: JSON.stringify(doc), tags })),
      ...removed.map((key) => upsert(key, { gone: true, doc: '', tags: [] })),
    ];
    for (let done = 0; done < writes.length; done += WRITES_AT_ONCE) {
      await this.writeGuarded(writes.slice(done, done + WRITES_AT_ONCE));
    }
  }

  private async writeGuarded(writes: Parameters<Model<RowDocument>['bulkWrite']>[0]): Promise<void> {
    try {
      await this.model.bulkWrite([...writes], { ordered: false });
    } catch (error) {
      // A row that is as new or newer was in the way, as it should be.
      const faults = writeFaults(error);
      if (faults.length === 0 || faults.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
    }
  }

  /** Writes all rows of a making that nobody sees yet. */
  async make(making: Making, seq: number, rows: readonly KeyedRow[]): Promise<void> {
    const { alliance, projection, generation } = making;
    for (let done = 0; done < rows.length; done += CHUNK) {
      const chunk = rows.slice(done, done + CHUNK).map(({ key, doc, tags }) => {
        return { alliance, projection, generation, key, lastSeq: seq, gone: false, doc: JSON.stringify(doc), tags };
      });
      await this.model.insertMany(chunk, { ordered: false });
    }
  }

  async drop(alliance: Id, projection: string, generation: string): Promise<void> {
    await this.model.deleteMany(ofMaking({ alliance, projection, generation }));
  }
}

function ofMaking({ alliance, projection, generation }: Making) {
  return { alliance: eq(alliance), projection: eq(projection), generation: eq(generation) };
}

function rowOf({ doc, tags }: Pick<RowDocument, 'doc' | 'tags'>): Row {
  return { doc: JSON.parse(doc) as unknown, tags: [...tags] };
}
