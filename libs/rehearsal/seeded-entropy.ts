import { base32, sha256 } from '#kernel';
import type { Id } from '#kernel';
import type { Entropy } from '#ledger';
import { createHash } from 'node:crypto';

/** Ids and keys that are a function of a seed and their number: the same script gives the same bytes. */
export class SeededEntropy implements Entropy {
  private made = 0;

  constructor(private readonly seed: string) {}

  id(): Id {
    return idOf(`collegium-rehearsal/v1\n${this.seed}\n${String(this.made++)}`);
  }

  key(): string {
    return sha256(`collegium-rehearsal-key/v1\n${this.seed}\n${String(this.made++)}`);
  }

  /** The person that a script calls by a name (`$p:alice`). */
  person(name: string): Id {
    return idOf(`collegium-rehearsal-person/v1\n${this.seed}\n${name}`);
  }
}

function idOf(text: string): Id {
  return base32(createHash('sha256').update(text).digest()).slice(0, 26) as Id;
}
