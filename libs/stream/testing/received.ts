import type { Id } from '#kernel';
import type { Entry } from '#ledger';
import type { ToyLedger } from '#views/testing';
import type { Ring } from '../delivery.js';

/** Everything that a subscriber was rung for. */
export class Received {
  private readonly entries = new Map<Id, Entry[]>();
  private waiting: { readonly holds: () => boolean; readonly resolve: () => void }[] = [];

  readonly ring: Ring = async (alliance, entries = []) => {
    this.entries.set(alliance, [...this.of(alliance), ...entries]);
    const held = this.waiting.filter(({ holds }) => holds());
    this.waiting = this.waiting.filter((one) => !held.includes(one));
    for (const { resolve } of held) resolve();
  };

  of(alliance: Id): readonly Entry[] {
    return this.entries.get(alliance) ?? [];
  }

  /** Resolves as soon as every entry of these alliances has come. */
  async all(ledger: ToyLedger, alliances: readonly Id[]): Promise<void> {
    await this.until(() =>
      alliances.every((alliance) => {
        const seqs = new Set(this.of(alliance).map(({ seq }) => seq));
        return ledger.entriesOf(alliance).every(({ seq }) => seqs.has(seq));
      }),
    );
  }

  private until(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve) => {
      this.waiting.push({ holds, resolve });
    });
  }
}

/** Each entry is there, byte for byte, and none came for the first time before the one ahead of it. */
export function expectAllInOrder(received: Received, ledger: ToyLedger, alliances: readonly Id[]): void {
  for (const alliance of alliances) {
    const bodies = new Set(received.of(alliance).map(({ body }) => body));
    expect([...bodies]).toEqual(ledger.entriesOf(alliance).map(({ body }) => body));
  }
}

/** How many entries came more than once. */
export function doublesIn(received: Received, alliances: readonly Id[]): number {
  return alliances.reduce((sum, alliance) => {
    const entries = received.of(alliance);
    return sum + entries.length - new Set(entries.map(({ seq }) => seq)).size;
  }, 0);
}
