import type { PersonRefs } from '#identity';
import type { Id } from '#kernel';

const MAX_REMEMBERED = 10_000;
const FRESH_MS = 5_000;

/**
 * Remembers for a few seconds the refs of an account that is known in an alliance. One that is not, is looked up each
 * time: another process may bind it any moment, and what is bound stays bound.
 */
export class RefCache {
  private readonly entries = new Map<string, { readonly refs: PersonRefs; readonly untilMs: number }>();

  constructor(private readonly nowMs: () => number) {}

  get(account: Id, alliance: Id): PersonRefs | undefined {
    const entry = this.entries.get(`${account} ${alliance}`);
    return entry && entry.untilMs > this.nowMs() ? entry.refs : undefined;
  }

  put(account: Id, alliance: Id, refs: PersonRefs): void {
    if (refs.bound.length === 0) return;
    if (this.entries.size >= MAX_REMEMBERED) this.entries.clear();
    this.entries.set(`${account} ${alliance}`, { refs, untilMs: this.nowMs() + FRESH_MS });
  }

  clear(): void {
    this.entries.clear();
  }
}
