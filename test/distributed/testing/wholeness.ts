import { PROJECTIONS } from '#engine';
import type { Id } from '#kernel';
import { MongoLedgerStore } from '#ledger-mongo';
import type { DatabaseUnderTest } from '#ledger-mongo/testing';
import type { TestCluster } from '#stream-kafka/testing';
import { Projector, sourceOf } from '#views';
import type { LedgerSource } from '#views';
import { MemoryViewStore } from '#views-memory';
import { MongoViewStore } from '#views-mongo';
import { rowsIn } from '#views/testing';
import { setTimeout } from 'node:timers/promises';

const LOOK_EVERY_MS = 100;

/** The stores of a database, opened by a test that looks from outside. */
export class Onlooker {
  readonly source: LedgerSource;

  private constructor(
    private readonly database: DatabaseUnderTest,
    readonly ledgerStore: MongoLedgerStore,
    readonly viewStore: MongoViewStore,
  ) {
    this.source = sourceOf(ledgerStore);
  }

  static async of(database: DatabaseUnderTest): Promise<Onlooker> {
    const { address } = database;
    return new Onlooker(database, await MongoLedgerStore.open(address), await MongoViewStore.open(address));
  }

  async close(): Promise<void> {
    await Promise.all([this.ledgerStore.close(), this.viewStore.close()]);
  }

  async heads(alliances: readonly Id[]): Promise<ReadonlyMap<Id, number>> {
    const heads = alliances.map(
      async (alliance) => [alliance, (await this.ledgerStore.head(alliance))?.seq ?? -1] as const,
    );
    return new Map(await Promise.all(heads));
  }

  /** How long it takes until the views have reached these heads; looks with one question at all of them. */
  async untilViewsAt(heads: ReadonlyMap<Id, number>, mostMs: number): Promise<number> {
    const started = performance.now();
    for (;;) {
      const behind = await this.entriesBehind(heads);
      const ms = performance.now() - started;
      if (behind === 0) return ms;
      if (ms > mostMs)
        throw new Error(`after ${String(Math.round(ms))} ms the views are ${String(behind)} entries behind`);
      await setTimeout(LOOK_EVERY_MS);
    }
  }

  private async entriesBehind(heads: ReadonlyMap<Id, number>): Promise<number> {
    const places = this.database.db.collection<{
      readonly alliance: Id;
      readonly projection: string;
      readonly seq: number;
    }>('view_checkpoints');
    const found = await places.find({}, { projection: { alliance: 1, projection: 1, seq: 1 } }).toArray();
    const seqs = new Map(found.map(({ alliance, projection, seq }) => [`${alliance} ${projection}`, seq]));
    return [...heads].reduce((sum, [alliance, head]) => {
      const lags = PROJECTIONS.map(({ name }) => head - (seqs.get(`${alliance} ${name}`) ?? -1));
      return sum + Math.max(0, ...lags);
    }, 0);
  }

  /** The views have every entry once: their rows are those of one projector that read the ledger in peace. */
  async expectViewsFolded(alliances: readonly Id[]): Promise<void> {
    const store = new MemoryViewStore();
    const projector = new Projector({ store, source: this.source, projections: PROJECTIONS });
    await projector.sweep();
    await projector.idle();
    for (const alliance of alliances) {
      const rows = await rowsIn(this.viewStore, alliance, PROJECTIONS);
      expect({ alliance, rows }).toEqual({ alliance, rows: await rowsIn(store, alliance, PROJECTIONS) });
    }
    expect(await this.viewStore.listParked(1)).toEqual([]);
  }

  /** The ledger topic has every entry, each for the first time in its order; gives how many came again. */
  async expectInTopic(cluster: TestCluster, alliances: readonly Id[]): Promise<number> {
    const records = await cluster.recordsOf(cluster.topics.ledger);
    const byKey = Map.groupBy(records, ({ key }) => key?.toString() ?? '');
    let doubles = 0;
    for (const alliance of alliances) {
      const bodies = (byKey.get(alliance) ?? []).map(({ value }) => value?.toString());
      const { seq = -1 } = (await this.ledgerStore.head(alliance)) ?? {};
      const recorded: string[] = [];
      for (let from = 0; from <= seq; from += 500) {
        recorded.push(...(await this.ledgerStore.read(alliance, from, 500)).map(({ body }) => body));
      }
      expect([...new Set(bodies)]).toEqual(recorded);
      doubles += bodies.length - recorded.length;
    }
    return doubles;
  }
}
