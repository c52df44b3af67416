import { SeededRandomness } from './seeded-randomness.js';
import { StoryClock } from './story-clock.js';

/** Seeds for one move of the story's clock: for what becomes due, then for the act that follows. */
export interface Seeds {
  readonly due: string;
  readonly act: string;
}

/** Everything that a server of a demonstration would otherwise have of its machine. */
export class StorySources {
  readonly clock = new StoryClock();
  readonly randomness = new SeededRandomness('');
  /** Apart from the other: the identity store binds refs when an answer has left already. */
  readonly identityEntropy = new SeededRandomness('');

  restart(seed: string): void {
    this.randomness.restart(seed);
    this.identityEntropy.restart(`identity of ${seed}`);
  }
}

export function seedsOf(story: string, move: number): Seeds {
  return { due: `${story}, due ${String(move)}`, act: `${story}, act ${String(move)}` };
}

export function personSeed(story: string, person: string): string {
  return `${story}, person ${person}`;
}
