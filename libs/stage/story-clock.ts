import { Clock } from '#http';
import { fromMs, toMs } from '#kernel';
import type { Instant } from '#kernel';

/** The domain clock of a demonstration: stands still while the story is played, then goes on from its last instant. */
export class StoryClock extends Clock {
  private at: Instant = fromMs(0);
  private ranSinceMs: number | undefined;

  now(): Instant {
    return this.ranSinceMs === undefined ? this.at : fromMs(toMs(this.at) + (Date.now() - this.ranSinceMs));
  }

  moveTo(at: Instant): void {
    if (at > this.at) this.at = at;
  }

  goOn(): void {
    this.ranSinceMs ??= Date.now();
  }
}
