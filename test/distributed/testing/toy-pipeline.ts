import type { DomainEvent } from '#contracts';
import type { Id } from '#kernel';
import { rowOf } from '#ledger';
import type { LedgerStore } from '#ledger';
import { MongoLedgerStore } from '#ledger-mongo';
import { DatabaseUnderTest } from '#ledger-mongo/testing';
import { MemoryCursorStore, Relay } from '#stream';
import type { Delivery } from '#stream';
import { Projector, sourceOf } from '#views';
import type { LedgerSource, Projection, ProjectorWatch, ViewStore } from '#views';
import { MongoViewStore } from '#views-mongo';
import { ManualTimer, rowsIn, rowsOf, ToyLedger, toyGifts, toyHistory, toyPartners } from '#views/testing';

export const BOTH: readonly Projection[] = [toyGifts, toyPartners] as readonly unknown[] as readonly Projection[];

/** Ledgers of known bytes in a real store, and the views of them beside. */
export class ToyPipeline {
  readonly toys = new ToyLedger();
  readonly cursors = new MemoryCursorStore();
  readonly timer = new ManualTimer();
  readonly source: LedgerSource;

  private constructor(
    readonly database: DatabaseUnderTest,
    readonly ledgerStore: LedgerStore,
    readonly views: ViewStore,
  ) {
    this.source = sourceOf(ledgerStore);
  }

  static async on(uri: string): Promise<ToyPipeline> {
    const database = await DatabaseUnderTest.make(uri);
    const [ledgerStore, views] = [
      await MongoLedgerStore.open(database.address),
      await MongoViewStore.open(database.address),
    ];
    return new ToyPipeline(database, ledgerStore, views);
  }

  async close(): Promise<void> {
    await Promise.all([this.ledgerStore.close(), this.views.close()]);
    await this.database.drop();
  }

  /** A new alliance with so many entries behind its first. */
  async form(number: number, length: number): Promise<Id> {
    const alliance = this.toys.form(number);
    for (const one of toyHistory(number, length)) this.toys.append(alliance, one);
    await this.ledgerStore.append(this.toys.entriesOf(alliance).map((entry) => rowOf(entry)));
    return alliance;
  }

  async append(alliance: Id, ...events: readonly DomainEvent[]): Promise<void> {
    const [result] = await this.ledgerStore.append([rowOf(this.toys.append(alliance, ...events))]);
    if (result !== 'stored') throw new Error('not stored');
  }

  relay(delivery: Pick<Delivery, 'publish'>): Relay {
    return new Relay({ source: this.source, delivery, cursors: this.cursors, timer: this.timer });
  }

  projector(projections = BOTH, watch: ProjectorWatch = {}, store = this.views): Projector {
    return new Projector({ store, source: this.source, projections, timer: this.timer, watch });
  }

  async expectFolded(alliances: readonly Id[], projections: readonly Projection[] = BOTH): Promise<void> {
    for (const alliance of alliances) {
      const rows = await rowsIn(this.views, alliance, projections);
      expect({ alliance, rows }).toEqual({ alliance, rows: await rowsOf(this.toys, alliance, projections) });
    }
  }
}

/** Everything that is known is sent, and every cursor stands behind it. */
export async function swept(one: Relay | Projector): Promise<void> {
  await one.sweep();
  await one.idle();
}
