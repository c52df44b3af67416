import { Randomness } from '#http';
import { base32 } from '#kernel';
import type { Id } from '#kernel';
import { createHash } from 'node:crypto';

/**
 * Ids and keys that follow from a seed: for demonstrations that must come out the same in two ways of running, and for
 * nothing else. Each act of a story begins with a seed of its own, so that what one act draws changes no other.
 */
export class SeededRandomness extends Randomness {
  private drawn = 0;

  constructor(private seed: string) {
    super();
  }

  restart(seed: string): void {
    this.seed = seed;
    this.drawn = 0;
  }

  id(): Id {
    return base32(this.draw().subarray(0, 16)) as Id;
  }

  key(): string {
    return this.draw().toString('base64');
  }

  private draw(): Buffer {
    this.drawn += 1;
    return createHash('sha256')
      .update(`${this.seed}\n${String(this.drawn)}`)
      .digest();
  }
}
