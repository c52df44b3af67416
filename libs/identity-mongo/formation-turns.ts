import { IdentityFailed, Turns } from '#identity';
import type { Id } from '#kernel';
import { codeOf, DUPLICATE_KEY, eq } from '#mongo';
import type { Model } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { TurnDocument } from './documents.js';
import { wrapped } from './wrapped.js';

/** Longer than any command lasts, whatever the clocks of two machines differ by: only a dead process loses its turn so. */
const TURN_MS = 60_000;
const TRIES = 100;
const PAUSE_MS = 50;

/** One formation of an account at a time, over all processes: whoever inserts the account's document has the turn. */
export class FormationTurns {
  private readonly here = new Turns();

  constructor(private readonly turns: Model<TurnDocument>) {}

  take<T>(account: Id, work: () => Promise<T>): Promise<T> {
    return this.here.take(account, async () => {
      const holder = await wrapped(() => this.hold(account));
      try {
        return await work();
      } finally {
        // What cannot be given back now ends by itself.
        await this.turns.deleteOne({ _id: eq(account), holder: eq(holder) }).catch(() => undefined);
      }
    });
  }

  private async hold(account: Id): Promise<string> {
    const holder = randomUUID();
    for (let tries = 0; tries < TRIES; tries += 1) {
      const now = Date.now();
      if (await this.insert({ _id: account, until: now + TURN_MS, holder })) return holder;
      const other = await this.turns.findOne({ _id: eq(account) }).lean();
      // A process that died holding its turn.
      if (other && other.until < now) await this.turns.deleteOne({ _id: eq(account), holder: eq(other.holder) });
      else await setTimeout(PAUSE_MS);
    }
    throw new IdentityFailed('another formation of this account has not ended');
  }

  private async insert(turn: TurnDocument): Promise<boolean> {
    try {
      await this.turns.create(turn);
      return true;
    } catch (error) {
      if (codeOf(error) === DUPLICATE_KEY) return false;
      throw error;
    }
  }
}
