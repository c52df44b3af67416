import type { Id } from '#kernel';

/** What sweeps saw of an alliance whose views are not at the head of its ledger. */
interface Sight {
  /** The head that was seen first, and since when it has not been reached. */
  readonly head: number;
  readonly sinceMs: number;
  /** How far the views had come when they were last seen to move, and when that was. */
  readonly reached: number;
  readonly movedMs: number;
}

/** Alliances that are behind, for how long, and whether anybody moves them on. */
export class Behind {
  private readonly sights = new Map<Id, Sight>();

  /** The views of an alliance with this head have come as far as `reached`. Gives for how long they have stood there. */
  saw(alliance: Id, head: number, reached: number, nowMs: number): number {
    const before = this.sights.get(alliance);
    const hasMoved = before?.reached !== reached;
    const isAnother = !before || (hasMoved && reached >= before.head);
    const movedMs = !before || hasMoved ? nowMs : before.movedMs;
    const seen = isAnother ? { head, sinceMs: nowMs } : before;
    this.sights.set(alliance, { head: seen.head, sinceMs: seen.sinceMs, reached, movedMs });
    return nowMs - movedMs;
  }

  caughtUp(alliance: Id): void {
    this.sights.delete(alliance);
  }

  /** For how long the one that waits the longest has been behind; 0 when none is. `most` is how many are looked at. */
  lagMs(nowMs: number, most: number): number {
    const since = [...this.sights.values()].slice(0, most).map(({ sinceMs }) => sinceMs);
    return since.length === 0 ? 0 : nowMs - Math.min(...since);
  }
}
