import { base32 } from '#kernel';
import type { Id } from '#kernel';
import type { Entropy } from '#ledger';
import { randomBytes } from 'node:crypto';

/** Where ids, nonces, keys and salts come from; a composition binds it. */
export abstract class Randomness implements Entropy {
  abstract id(): Id;
  abstract key(): string;
}

/** Random bytes of the machine, drawn a page at a time: a draw per id would cost more than the id. */
export class MachineRandomness extends Randomness {
  private pool = Buffer.alloc(0);
  private used = 0;

  id(): Id {
    return base32(this.draw(16)) as Id;
  }

  key(): string {
    return this.draw(32).toString('base64');
  }

  private draw(bytes: number): Buffer {
    if (this.used + bytes > this.pool.length) {
      this.pool = randomBytes(4_096);
      this.used = 0;
    }
    const drawn = this.pool.subarray(this.used, (this.used += bytes));
    return drawn;
  }
}
