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
    const filter = { _id: eq(rowId(making, key)), alliance: eq(making.alliance) };
    const found = await this.model.findOne(filter).lean().maxTimeMS(MAX_READ_MS);
    return found && !found.gone ? rowOf(found) : undefined;
  }

  async list(
    making: Making,
    query: RowQuery,
    page: { limit: number; after?: string | undefined },
  ): Promise<KeyedRow[]> {
    if (page.limit < 1) return [];
    const filter = { ...('prefix' in query ? ofPrefix(making, query.prefix, page) : ofTag(making, query.tag, page)) };
    const order = 'prefix' in query ? ({ _id: 1 } as const) : ({ key: 1 } as const);
    const found = this.model
      .find({ ...filter, gone: false })
      .sort(order)
      .limit(page.limit);
    return (await found.lean().maxTimeMS(MAX_READ_MS)).map((row) => ({ key: row.key, ...rowOf(row) }));
  }

  /** Writes what a commit changed over rows that are older than it; any number of processes may do so at once. */
  async write(making: Making, seq: number, { rows, removed }: Written): Promise<void> {
    const { alliance, projection, generation } = making;
    const upsert = (key: string, row: Pick<RowDocument, 'gone' | 'doc' | 'tags'>) => ({
      updateOne: {
        filter: { _id: eq(rowId(making, key)), alliance: eq(alliance), lastSeq: within({ $lt: seq }) },
        update: { $set: { projection, generation, key, ...row, lastSeq: seq } },
        upsert: true,
      },
    });
    const writes = [
      ...rows.map(({ key, doc, tags }) => upsert(key, { gone: false, doc: JSON.stringify(doc), tags })),
      ...removed.map((key) => upsert(key, { gone: true, doc: '', tags: [] })),
    ];
    for (let done = 0; done < writes.length; done += WRITES_AT_ONCE) {
      // A row that is as new or newer is in the way, as it should be.
      await butDuplicates(this.model.bulkWrite(writes.slice(done, done + WRITES_AT_ONCE), { ordered: false }));
    }
  }

  /** Writes all rows of a making that nobody sees yet. */
  async make(making: Making, seq: number, rows: readonly KeyedRow[]): Promise<void> {
    const { alliance, projection, generation } = making;
    for (let done = 0; done < rows.length; done += CHUNK) {
      const chunk = rows.slice(done, done + CHUNK).map(({ key, doc, tags }) => {
        const _id = rowId(making, key);
        const row = { gone: false, doc: JSON.stringify(doc), tags };
        return { _id, alliance, projection, generation, key, lastSeq: seq, ...row };
      });
      // The driver repeats what it had no answer to, and meets the rows that were written: nobody else makes these.
      await butDuplicates(this.model.insertMany(chunk, { ordered: false }));
    }
  }

  async drop(alliance: Id, projection: string, generation: string): Promise<void> {
    await this.model.deleteMany(ofMaking({ alliance, projection, generation }));
  }
}

/** Every part but the last is an id or a name without the sign between them: no two rows share one. */
function rowId({ alliance, projection, generation }: Making, key: string): string {
  return `${alliance}/${projection}/${generation}/${key}`;
}

function ofPrefix(making: Making, prefix: string, { after }: { after?: string | undefined }) {
  const [first, end] = [rowId(making, prefix), rowId(making, `${prefix}\u{10ffff}`)];
  const behind = after === undefined ? {} : { $gt: rowId(making, after) };
  return { _id: within({ $gte: first, $lt: end, ...behind }), alliance: eq(making.alliance) };
}

function ofTag(making: Making, tag: string, { after }: { after?: string | undefined }) {
  return { ...ofMaking(making), tags: eq(tag), ...(after !== undefined && { key: within({ $gt: after }) }) };
}

async function butDuplicates(writing: Promise<unknown>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    const faults = writeFaults(error);
    if (faults.length === 0 || faults.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
  }
}

function ofMaking({ alliance, projection, generation }: Making) {
  return { alliance: eq(alliance), projection: eq(projection), generation: eq(generation) };
}

function rowOf({ doc, tags }: Pick<RowDocument, 'doc' | 'tags'>): Row {
  return { doc: JSON.parse(doc) as unknown, tags: [...tags] };
}
