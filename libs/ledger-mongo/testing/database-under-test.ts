import { connectMongo } from '#mongo';
import type { MongoAddress } from '#mongo';
import type { Connection, mongo } from 'mongoose';
import { randomBytes } from 'node:crypto';

export type FailPoint = mongo.Document & { readonly failCommands: readonly string[] };

/** A database of a real server with a name of its own, and the connection of a test beside that of the store. */
export class DatabaseUnderTest {
  private constructor(
    readonly address: MongoAddress,
    readonly beside: Connection,
  ) {}

  static async make(uri: string): Promise<DatabaseUnderTest> {
    const address = { uri, database: `test-${randomBytes(8).toString('hex')}` };
    return new DatabaseUnderTest(address, await connectMongo({ ...address, socketTimeoutMs: 120_000 }));
  }

  get db(): mongo.Db {
    if (!this.beside.db) throw new Error('not open');
    return this.beside.db;
  }

  /** The next `times` commands of these names fail as asked, whoever sends them. */
  async fail(times: number, data: FailPoint): Promise<void> {
    await this.db.admin().command({ configureFailPoint: 'failCommand', mode: { times }, data });
  }

  /** After `skipped` commands of these names, all of them fail as asked. */
  async failAfter(skipped: number, data: FailPoint): Promise<void> {
    await this.db.admin().command({ configureFailPoint: 'failCommand', mode: { skip: skipped }, data });
  }

  async failNoMore(): Promise<void> {
    await this.db.admin().command({ configureFailPoint: 'failCommand', mode: 'off' });
  }

  async drop(): Promise<void> {
    try {
      await this.beside.dropDatabase();
    } finally {
      await this.beside.close();
    }
  }
}
