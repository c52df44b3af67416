import type { Id } from '#kernel';

const MAX_TOKENS = 10_000;
/** A token that another process takes away works no longer than this. */
const FRESH_MS = 5_000;

/** Remembers whose token it is for a few seconds, so that a busy client costs one look-up, not one per request. */
export class TokenCache {
  private readonly entries = new Map<string, { readonly account: Id; readonly untilMs: number }>();

  constructor(private readonly nowMs: () => number) {}

  get(token: string): Id | undefined {
    const entry = this.entries.get(token);
    return entry && entry.untilMs > this.nowMs() ? entry.account : undefined;
  }

  put(token: string, account: Id): void {
    if (this.entries.size >= MAX_TOKENS) this.entries.clear();
    this.entries.set(token, { account, untilMs: this.nowMs() + FRESH_MS });
  }
}
