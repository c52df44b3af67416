import type { Id } from '#kernel';
import { MemoryRows, ViewStore } from '#views';
import type { Checkpoint, KeyedRow, Parked, ParkedProjection, Row, RowChange, RowQuery } from '#views';

interface Shelf {
  readonly alliance: Id;
  readonly projection: string;
  readonly rows: MemoryRows;
  checkpoint: Checkpoint;
}

/** Views that live as long as the process. Documents are kept as they are given: handlers never change one in place. */
export class MemoryViewStore extends ViewStore {
  private readonly shelves = new Map<string, Shelf>();

  async checkpoint(alliance: Id, projection: string): Promise<Checkpoint | undefined> {
    return this.shelf(alliance, projection)?.checkpoint;
  }

  async commit(alliance: Id, projection: string, change: RowChange): Promise<boolean> {
    const shelf = this.shelf(alliance, projection);
    if ((shelf?.checkpoint.seq ?? -1) !== change.expectedSeq) return false;
    const rows = shelf?.rows ?? new MemoryRows();
    if (change.replace) rows.clear();
    for (const key of change.removed) rows.set(key, undefined);
    for (const { key, doc, tags } of change.rows) rows.set(key, { doc, tags });
    const kept = change.replace ? undefined : shelf?.checkpoint;
    const checkpoint = {
      version: change.version,
      seq: change.nextSeq,
      hash: change.nextHash,
      outdated: kept?.outdated ?? false,
      parked: kept?.parked,
    };
    this.shelves.set(place(alliance, projection), { alliance, projection, rows, checkpoint });
    return true;
  }

  async get(alliance: Id, projection: string, key: string): Promise<Row | undefined> {
    return this.shelf(alliance, projection)?.rows.get(key);
  }

  async list(
    alliance: Id,
    projection: string,
    query: RowQuery,
    page: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<readonly KeyedRow[]> {
    return this.shelf(alliance, projection)?.rows.list(query, page.limit, page.after) ?? [];
  }

  async park(alliance: Id, projection: string, parked: Parked): Promise<void> {
    this.change(alliance, projection, { parked });
  }

  async unpark(alliance: Id, projection: string): Promise<void> {
    this.change(alliance, projection, { parked: undefined });
  }

  async reset(alliance: Id, projection: string): Promise<void> {
    this.change(alliance, projection, { parked: undefined, outdated: true });
  }

  async listParked(limit: number): Promise<readonly ParkedProjection[]> {
    return [...this.shelves.keys()]
      .sort()
      .map((key) => this.shelves.get(key))
      .flatMap((shelf) => {
        const parked = shelf?.checkpoint.parked;
        return shelf && parked ? [{ alliance: shelf.alliance, projection: shelf.projection, ...parked }] : [];
      })
      .slice(0, limit);
  }

  async close(): Promise<void> {
    this.shelves.clear();
  }

  private shelf(alliance: Id, projection: string): Shelf | undefined {
    return this.shelves.get(place(alliance, projection));
  }

  private change(alliance: Id, projection: string, by: Partial<Checkpoint>): void {
    const shelf = this.shelf(alliance, projection);
    if (shelf) shelf.checkpoint = { ...shelf.checkpoint, ...by };
  }
}

function place(alliance: Id, projection: string): string {
  return `${alliance} ${projection}`;
}
