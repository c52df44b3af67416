import type { Id } from '#kernel';
import type { LedgerBroken } from './reader.js';

/** Alliances that are known to be broken, at most; the one known for longest makes room, and meets its fold again. */
export const MAX_STOPPED = 1_000;

/** Alliances of which this process knows that their ledger is no longer the one it was: they take no command. */
export class StoppedAlliances {
  private readonly known = new Map<Id, LedgerBroken>();

  add(broken: LedgerBroken): void {
    const [longest] = this.known.keys();
    if (this.known.size >= MAX_STOPPED && longest !== undefined) this.known.delete(longest);
    this.known.set(broken.alliance, broken);
  }

  /** Throws the LedgerBroken that stopped an alliance. */
  assertGoesOn(alliance: Id): void {
    const broken = this.known.get(alliance);
    if (broken) throw broken;
  }
}
