import { setTimeout } from 'node:timers/promises';

/** Does something again and again, so long after it was done, until it is closed. Keeps no process alive. */
export class Rounds {
  private readonly stopped = new AbortController();
  private readonly going: Promise<void>;

  constructor(
    private readonly everyMs: number,
    private readonly turn: () => Promise<void>,
    private readonly failed: (fault: unknown) => void,
  ) {
    this.going = this.go();
  }

  /** Waits for the turn under way. */
  async close(): Promise<void> {
    this.stopped.abort();
    await this.going;
  }

  private async go(): Promise<void> {
    const { signal } = this.stopped;
    const waited = () => setTimeout(this.everyMs, true, { signal, ref: false }).catch(() => false);
    while (await waited()) await this.turn().catch(this.failed);
  }
}
