import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto';
import { Problem } from '../problem.js';

const GOOD_FOR_MS = 24 * 3_600_000;
const MAC_BYTES = 16;

/**
 * Cursors of lists: the last key and the time, under a MAC over whose list it is. They are good for 24 hours, for the
 * same account, alliance, operation and filters, and until the process ends (HTTP page, 2.3).
 */
export class Cursors {
  private readonly secret = createSecretKey(randomBytes(32));

  constructor(private readonly nowMs: () => number = Date.now) {}

  make(list: readonly string[], after: string): string {
    const text = `${this.nowMs()} ${after}`;
    return Buffer.concat([this.mac(list, text), Buffer.from(text)]).toString('base64url');
  }

  /** The last key of the page before. */
  read(list: readonly string[], cursor: string | undefined): string | undefined {
    if (cursor === undefined) return undefined;
    const bytes = Buffer.from(cursor, 'base64url');
    const text = bytes.subarray(MAC_BYTES).toString();
    const isOurs = bytes.length > MAC_BYTES && bytes.toString('base64url') === cursor;
    if (!isOurs || !timingSafeEqual(this.mac(list, text), bytes.subarray(0, MAC_BYTES))) throw invalid();
    const space = text.indexOf(' ');
    if (this.nowMs() - Number(text.slice(0, space)) > GOOD_FOR_MS) throw invalid();
    return text.slice(space + 1);
  }

  private mac(list: readonly string[], text: string): Buffer {
    return createHmac('sha256', this.secret)
      .update(JSON.stringify([list, text]))
      .digest()
      .subarray(0, MAC_BYTES);
  }
}

function invalid(): Problem {
  return Problem.parameter('cursor', 'CURSOR_INVALID');
}
