import type { Id } from '#kernel';
import { ViewStore } from '#views';
import type { Checkpoint, KeyedRow, Parked, ParkedProjection, Row, RowChange, RowQuery } from '#views';

let rooms = 0;

/** An empty store within a store: its projections have names of their own. Made at once, where a database is not. */
export class RoomOfViews extends ViewStore {
  private readonly prefix = `room${String((rooms += 1))}-`;

  constructor(readonly store: ViewStore) {
    super();
  }

  /** The same room, within the same store opened anew. */
  reopened(store: ViewStore): RoomOfViews {
    return Object.assign(new RoomOfViews(store), { prefix: this.prefix });
  }

  checkpoint(alliance: Id, projection: string): Promise<Checkpoint | undefined> {
    return this.store.checkpoint(alliance, this.prefix + projection);
  }

  override checkpoints(alliances: readonly Id[], projection: string): Promise<ReadonlyMap<Id, Checkpoint>> {
    return this.store.checkpoints(alliances, this.prefix + projection);
  }

  commit(alliance: Id, projection: string, change: RowChange): Promise<boolean> {
    return this.store.commit(alliance, this.prefix + projection, change);
  }

  get(alliance: Id, projection: string, key: string): Promise<Row | undefined> {
    return this.store.get(alliance, this.prefix + projection, key);
  }

  list(
    alliance: Id,
    projection: string,
    query: RowQuery,
    page: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<readonly KeyedRow[]> {
    return this.store.list(alliance, this.prefix + projection, query, page);
  }

  park(alliance: Id, projection: string, parked: Parked): Promise<void> {
    return this.store.park(alliance, this.prefix + projection, parked);
  }

  unpark(alliance: Id, projection: string): Promise<void> {
    return this.store.unpark(alliance, this.prefix + projection);
  }

  reset(alliance: Id, projection: string): Promise<void> {
    return this.store.reset(alliance, this.prefix + projection);
  }

  async listParked(limit: number): Promise<readonly ParkedProjection[]> {
    const mine = (await this.store.listParked(10_000)).filter(({ projection }) => projection.startsWith(this.prefix));
    return mine
      .slice(0, limit)
      .map((parked) => ({ ...parked, projection: parked.projection.slice(this.prefix.length) }));
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
