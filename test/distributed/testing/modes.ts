import { PROJECTIONS } from '#engine';
import type { Id } from '#kernel';
import type { LedgerStore } from '#ledger';
import { MemoryLedgerStore } from '#ledger';
import { MongoLedgerStore } from '#ledger-mongo';
import { lockFolder, SqliteLedgerStore } from '#ledger-sqlite';
import type { MongoAddress } from '#mongo';
import { MemoryCursorStore, Relay } from '#stream';
import type { Delivery } from '#stream';
import { InProcessDelivery } from '#stream-inprocess';
import { Projector, sourceOf } from '#views';
import type { ViewStore } from '#views';
import { MemoryViewStore } from '#views-memory';
import { MongoViewStore } from '#views-mongo';
import { SqliteViewStore } from '#views-sqlite';
import { join } from 'node:path';

/** Everything behind the append loop in one of the ways to run it: stores, relay, delivery, projector. */
export class Mode {
  readonly relay: Relay;
  readonly projector: Projector;

  private constructor(
    readonly name: string,
    readonly ledgerStore: LedgerStore,
    readonly viewStore: ViewStore,
    private readonly delivery: Delivery,
  ) {
    const source = sourceOf(ledgerStore);
    this.relay = new Relay({ source, delivery, cursors: new MemoryCursorStore() });
    this.projector = new Projector({ store: viewStore, source, projections: PROJECTIONS });
  }

  static memory(): Promise<Mode> {
    return new Mode('memory', new MemoryLedgerStore(), new MemoryViewStore(), new InProcessDelivery()).subscribed();
  }

  static async embedded(folder: string): Promise<Mode> {
    const ledgerStore = await SqliteLedgerStore.open(lockFolder(folder), { inThread: true });
    const viewStore = new SqliteViewStore(join(folder, 'views.sqlite'), { writingThread: false });
    return await new Mode('embedded', ledgerStore, viewStore, new InProcessDelivery()).subscribed();
  }

  static async distributed(address: MongoAddress, delivery: Delivery): Promise<Mode> {
    const [ledgerStore, viewStore] = [await MongoLedgerStore.open(address), await MongoViewStore.open(address)];
    return await new Mode('distributed', ledgerStore, viewStore, delivery).subscribed();
  }

  /** Resolves when all entries went through relay and delivery, and the views stand at the head of every alliance. */
  async settled(alliances: readonly Id[]): Promise<void> {
    await this.relay.sweep();
    await this.relay.idle();
    for (const alliance of alliances) {
      const seq = (await this.ledgerStore.head(alliance))?.seq ?? -1;
      const names = PROJECTIONS.map(({ name }) => name);
      const waited = await this.projector.waitFor(alliance, names, seq, 60_000);
      if (waited !== 'ready') throw new Error(`${this.name}: the views of ${alliance} are not at ${String(seq)}`);
    }
  }

  async close(): Promise<void> {
    await this.relay.stop();
    await this.delivery.close();
    await this.projector.stop();
    await Promise.all([this.ledgerStore.close(), this.viewStore.close()]);
  }

  private async subscribed(): Promise<this> {
    await this.delivery.subscribe(async (alliance, entries) => {
      this.projector.ring(alliance, entries);
    });
    return this;
  }
}
