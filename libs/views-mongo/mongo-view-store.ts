import type { Id } from '#kernel';
import {
  among,
  assertIndexes,
  codeOf,
  connectMongo,
  DUPLICATE_KEY,
  eq,
  isServerFault,
  MAX_READ_MS,
  messageOf,
  prepareIndexes,
  within,
} from '#mongo';
import type { MongoAddress } from '#mongo';
import { ViewStore, ViewStoreFailed } from '#views';
import type { Checkpoint, KeyedRow, Parked, ParkedProjection, Row, RowChange, RowQuery } from '#views';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { CHECKPOINT_INDEXES, modelsOf, ROW_INDEXES } from './models.js';
import type { CheckpointDocument, Models } from './models.js';
import { Rows } from './rows.js';
import type { Written } from './rows.js';

const FIRST_GENERATION = 'first';

/**
 * Views in MongoDB without transactions. A commit is one compare-and-set on the checkpoint, and takes its rows along in
 * the same document; then it writes them where they belong, and takes them out again. Whoever meets a checkpoint with
 * rows still in it writes them first. Rows carry the seq they are made of (`lastSeq`) and are never written over by
 * older ones; removed rows stay as tombstones that keep that guard. So the rows that are seen are those of the
 * checkpoint, wherever a process dies. A rebuild writes its rows unseen, as a making of its own, and the checkpoint
 * switches to it.
 */
export class MongoViewStore extends ViewStore {
  private readonly models: Models;
  private readonly rows: Rows;
  private readonly underWay = new Set<Promise<unknown>>();

  /** `release` lets go of the connection. */
  constructor(
    private readonly connection: Connection,
    private readonly release: () => Promise<void>,
  ) {
    super();
    this.models = modelsOf(connection);
    this.rows = new Rows(this.models.rows);
  }

  /** Ready when it resolves: throws IndexFault when the index is missing on which the oneness of rows rests. */
  static async open(address: MongoAddress): Promise<MongoViewStore> {
    const connection = await connectMongo(address);
    const close = () => connection.close();
    try {
      await prepareViews(connection);
      return new MongoViewStore(connection, close);
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** For the readiness of a process: the server answers and the indexes are still what they must be. */
  async assertReady(): Promise<void> {
    const { db } = this.connection;
    if (!db) throw new Error('the connection is not open');
    await assertIndexes(db.collection('view_rows'), ROW_INDEXES);
    await assertIndexes(db.collection('view_checkpoints'), CHECKPOINT_INDEXES);
  }

  async checkpoint(alliance: Id, projection: string): Promise<Checkpoint | undefined> {
    return await asking(async () => {
      const place = await this.settled(alliance, projection);
      return place && checkpointOf(place);
    });
  }

  override async checkpoints(alliances: readonly Id[], projection: string): Promise<ReadonlyMap<Id, Checkpoint>> {
    if (alliances.length === 0) return new Map();
    const _id = among(alliances.map((alliance) => placeId(alliance, projection)));
    const found = this.models.checkpoints.find({ _id, alliance: among(alliances) });
    const places = await asking(async () => await found.lean().maxTimeMS(MAX_READ_MS));
    return new Map(places.map((place) => [place.alliance, checkpointOf(place)]));
  }

  async commit(alliance: Id, projection: string, change: RowChange): Promise<boolean> {
    const commit = asking(() => this.tryCommit(alliance, projection, change));
    this.underWay.add(commit);
    try {
      return await commit;
    } finally {
      this.underWay.delete(commit);
    }
  }

  async get(alliance: Id, projection: string, key: string): Promise<Row | undefined> {
    return await asking(async () => {
      const place = await this.settled(alliance, projection);
      return place && (await this.rows.get(place, key));
    });
  }

  async list(
    alliance: Id,
    projection: string,
    query: RowQuery,
    page: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<readonly KeyedRow[]> {
    return await asking(async () => {
      const place = await this.settled(alliance, projection);
      return place ? await this.rows.list(place, query, page) : [];
    });
  }

  async park(alliance: Id, projection: string, { seq, cause }: Parked): Promise<void> {
    await this.mark(alliance, projection, { $set: { parkedSeq: seq, parkedCause: cause } });
  }

  async unpark(alliance: Id, projection: string): Promise<void> {
    await this.mark(alliance, projection, { $unset: { parkedSeq: 1, parkedCause: 1 } });
  }

  async reset(alliance: Id, projection: string): Promise<void> {
    await this.mark(alliance, projection, { $set: { outdated: true }, $unset: { parkedSeq: 1, parkedCause: 1 } });
  }

  async listParked(limit: number): Promise<readonly ParkedProjection[]> {
    if (limit < 1) return [];
    const filter = { parkedSeq: within({ $gte: 0 }) };
    const parked = this.models.checkpoints.find(filter).sort({ alliance: 1, projection: 1 }).limit(limit);
    const found = await asking(async () => await parked.lean().maxTimeMS(MAX_READ_MS));
    return found.map(({ alliance, projection, parkedSeq, parkedCause }) => {
      return { alliance, projection, seq: parkedSeq ?? -1, cause: parkedCause ?? '' };
    });
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.underWay]);
    await this.release();
  }

  /** A lost compare-and-set means that somebody moved the checkpoint: it is looked at again. */
  private async tryCommit(alliance: Id, projection: string, change: RowChange): Promise<boolean> {
    for (;;) {
      const place = await this.settled(alliance, projection);
      if ((place?.seq ?? -1) !== change.expectedSeq) return false;
      const from = place ?? emptyPlace(alliance, projection);
      if (await (change.replace ? this.replace(from, change) : this.move(from, change))) return true;
    }
  }

  private async move(from: CheckpointDocument, change: RowChange): Promise<boolean> {
    const { rows, removed } = change;
    const hasRows = rows.length + removed.length > 0;
    const written: Written = { rows, removed };
    const to = { ...moved(from, change), ...(hasRows && { pending: JSON.stringify(written) }) };
    if (!(await this.swap(from, to))) return false;
    await this.settle(to);
    return true;
  }

  private async replace(from: CheckpointDocument, change: RowChange): Promise<boolean> {
    const { alliance, projection } = from;
    const { parkedSeq: _seq, parkedCause: _cause, ...rest } = moved(from, change);
    const to = { ...rest, outdated: false, generation: randomUUID(), previous: from.generation };
    await this.rows.make(to, change.nextSeq, change.rows);
    // The driver repeats a swap that it had no answer to, and is refused for our own: nobody else has this making.
    const isMine =
      (await this.swap(from, to)) || (await this.settled(alliance, projection))?.generation === to.generation;
    const dropped = isMine ? from.previous : to.generation;
    if (dropped !== undefined) await this.rows.drop(alliance, projection, dropped);
    return isMine;
  }

  /** The compare-and-set of a checkpoint. Marks that were set meanwhile stay, except where a rebuild clears them. */
  private async swap(from: CheckpointDocument, to: CheckpointDocument): Promise<boolean> {
    if (from.revision === 0) return await this.insert(to);
    const { _id, alliance, parkedSeq: _seq, parkedCause: _cause, outdated, ...rest } = to;
    const isRebuilt = from.generation !== to.generation;
    const { matchedCount } = await this.models.checkpoints.updateOne(
      { _id: eq(_id), alliance: eq(alliance), revision: eq(from.revision) },
      {
        $set: { ...rest, ...(isRebuilt && { outdated }) },
        $unset: {
          ...(to.hash === undefined && { hash: 1 }),
          ...(to.pending === undefined && { pending: 1 }),
          ...(isRebuilt && { parkedSeq: 1, parkedCause: 1 }),
        },
      },
    );
    return matchedCount === 1;
  }

  private async insert(place: CheckpointDocument): Promise<boolean> {
    try {
      await this.models.checkpoints.create(place);
      return true;
    } catch (error) {
      if (codeOf(error) === DUPLICATE_KEY) return false;
      throw error;
    }
  }

  /** The checkpoint, with no row of it left unwritten. */
  private async settled(alliance: Id, projection: string): Promise<CheckpointDocument | undefined> {
    const filter = { _id: eq(placeId(alliance, projection)), alliance: eq(alliance) };
    const place = await this.models.checkpoints.findOne(filter).lean().maxTimeMS(MAX_READ_MS);
    if (place) await this.settle(place);
    return place ?? undefined;
  }

  private async settle(place: CheckpointDocument): Promise<void> {
    const { _id, alliance, revision, seq, pending } = place;
    if (pending === undefined) return;
    await this.rows.write(place, seq, JSON.parse(pending) as Written);
    const filter = { _id: eq(_id), alliance: eq(alliance), revision: eq(revision) };
    await this.models.checkpoints.updateOne(filter, { $unset: { pending: 1 } });
  }

  private async mark(
    alliance: Id,
    projection: string,
    update: { $set?: Partial<CheckpointDocument>; $unset?: Partial<Record<keyof CheckpointDocument, 1>> },
  ): Promise<void> {
    const filter = { _id: eq(placeId(alliance, projection)), alliance: eq(alliance) };
    await asking(async () => await this.models.checkpoints.updateOne(filter, update));
  }
}

/** Faults of the server leave as the port's error, whatever is about the rows as it is. */
async function asking<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw isServerFault(error) ? new ViewStoreFailed(messageOf(error), { cause: error }) : error;
  }
}

/** Makes the indexes of an empty database of views, and checks them. */
export async function prepareViews({ db }: Connection): Promise<void> {
  if (!db) throw new Error('the connection is not open');
  await prepareIndexes(db.collection('view_rows'), ROW_INDEXES);
  await prepareIndexes(db.collection('view_checkpoints'), CHECKPOINT_INDEXES);
}

function placeId(alliance: Id, projection: string): string {
  return `${alliance}/${projection}`;
}

function emptyPlace(alliance: Id, projection: string): CheckpointDocument {
  const _id = placeId(alliance, projection);
  return { _id, alliance, projection, version: 0, seq: -1, outdated: false, revision: 0, generation: FIRST_GENERATION };
}

function moved(from: CheckpointDocument, { version, nextSeq, nextHash }: RowChange): CheckpointDocument {
  const { pending: _pending, hash: _hash, ...rest } = from;
  return {
    ...rest,
    version,
    seq: nextSeq,
    revision: from.revision + 1,
    ...(nextHash !== undefined && { hash: nextHash }),
  };
}

function checkpointOf({ version, seq, hash, outdated, parkedSeq, parkedCause }: CheckpointDocument): Checkpoint {
  const parked = parkedSeq === undefined ? undefined : { seq: parkedSeq, cause: parkedCause ?? '' };
  return { version, seq, hash, outdated, parked };
}
