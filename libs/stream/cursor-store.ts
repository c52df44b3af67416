import type { Id } from '#kernel';

/** Port: how far the entries of each alliance were acknowledged. A cursor never goes back, whoever moves it. */
export abstract class CursorStore {
  /** The seq of the last acknowledged entry of each of these alliances; one without is absent. */
  abstract read(alliances: readonly Id[]): Promise<ReadonlyMap<Id, number>>;

  /** Moves a cursor forward to `seq`, durably; atomic. A cursor that is there already or beyond stays. */
  abstract advance(alliance: Id, seq: number): Promise<void>;
}

/** Cursors of one process; after a restart everything is sent again. */
export class MemoryCursorStore extends CursorStore {
  private readonly cursors = new Map<Id, number>();

  override async read(alliances: readonly Id[]): Promise<ReadonlyMap<Id, number>> {
    const known = new Map<Id, number>();
    for (const alliance of alliances) {
      const seq = this.cursors.get(alliance);
      if (seq !== undefined) known.set(alliance, seq);
    }
    return known;
  }

  override async advance(alliance: Id, seq: number): Promise<void> {
    this.cursors.set(alliance, Math.max(seq, this.cursors.get(alliance) ?? seq));
  }
}
