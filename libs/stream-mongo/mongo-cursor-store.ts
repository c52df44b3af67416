import type { Id } from '#kernel';
import { among, codeOf, connectMongo, DUPLICATE_KEY, eq, MAX_READ_MS } from '#mongo';
import type { MongoAddress } from '#mongo';
import { CursorStore } from '#stream';
import type { Connection, mongo } from 'mongoose';

interface CursorDocument {
  readonly _id: Id;
  readonly seq: number;
}

/** Cursors in MongoDB: one small document for each alliance, which only `$max` moves, so that none goes back. */
export class MongoCursorStore extends CursorStore {
  private readonly cursors: mongo.Collection<CursorDocument>;

  private constructor(private readonly connection: Connection) {
    super();
    if (!connection.db) throw new Error('the connection is not open');
    this.cursors = connection.db.collection<CursorDocument>('relay_cursors');
  }

  static async open(address: MongoAddress): Promise<MongoCursorStore> {
    return new MongoCursorStore(await connectMongo(address));
  }

  override async read(alliances: readonly Id[]): Promise<ReadonlyMap<Id, number>> {
    if (alliances.length === 0) return new Map();
    const found = this.cursors.find({ _id: among(alliances) }, { maxTimeMS: MAX_READ_MS });
    return new Map((await found.toArray()).map(({ _id, seq }) => [_id, seq]));
  }

  override async advance(alliance: Id, seq: number): Promise<void> {
    const move = () => this.cursors.updateOne({ _id: eq(alliance) }, { $max: { seq } }, { upsert: true });
    try {
      await move();
    } catch (error) {
      // Two relays made the first document at once: now it is there.
      if (codeOf(error) !== DUPLICATE_KEY) throw error;
      await move();
    }
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}
