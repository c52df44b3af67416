import type { Id } from '#kernel';
import { foldAsOf } from '../fold.js';
import { timeZoneIn } from '../ledger-source.js';
import type { KeyedRow, Projection } from '../view.js';
import type { ViewStore } from '../view-store.js';
import type { Timer } from '../waiters.js';
import type { ToyLedger } from './toy-ledger.js';

/** Time that stands still until a test lets it pass. */
export class ManualTimer implements Timer {
  private waiting = new Set<() => void>();

  after(_ms: number, run: () => void): () => void {
    this.waiting.add(run);
    return () => {
      this.waiting.delete(run);
    };
  }

  /** Every deadline that is set now passes. */
  elapse(): void {
    const due = this.waiting;
    this.waiting = new Set();
    for (const run of due) run();
  }
}

export type Rows = Readonly<Record<string, readonly KeyedRow[]>>;

/** All rows of some projections of one alliance as the store has them. */
export async function rowsIn(store: ViewStore, alliance: Id, projections: readonly Projection[]): Promise<Rows> {
  const lists = projections.map(async ({ name }) => {
    return [name, await store.list(alliance, name, { prefix: '' }, { limit: 100_000 })] as const;
  });
  return Object.fromEntries(await Promise.all(lists));
}

/** The same rows as a fold of the ledger has them. */
export async function rowsOf(ledger: ToyLedger, alliance: Id, projections: readonly Projection[]): Promise<Rows> {
  const entries = ledger.entriesOf(alliance);
  const asOf = { trueOn: '2199-12-31', knownAt: entries.length - 1, timeZone: timeZoneIn(entries[0]) };
  const folded = await foldAsOf(projections, entries, asOf);
  return Object.fromEntries([...folded].map(([name, rows]) => [name, rows.all()]));
}

export class Killed extends Error {}

/** Counts what a process asks of others, and ends it at one of these calls: before it is done, or before its answer. */
export class Mortal {
  calls = 0;
  private dead = false;

  constructor(
    private readonly dieAt: number,
    private readonly afterDoing: boolean,
  ) {}

  wrap<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (of, name) => {
        const member: unknown = Reflect.get(of, name);
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]) => {
          this.calls += 1;
          if (this.dead) throw new Killed();
          this.dead = this.calls === this.dieAt;
          if (this.dead && !this.afterDoing) throw new Killed();
          const answer: unknown = await Reflect.apply(member, of, args);
          if (this.dead) throw new Killed();
          return answer;
        };
      },
    });
  }
}
