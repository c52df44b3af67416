import { fromMs } from '#kernel';
import type { Instant } from '#kernel';

/**
 * The domain clock, read by decisions and views alone; tokens, limits and time-outs read the machine's (architecture
 * 4.1). Which clock it is, the composition says; no route and no configuration key can set it.
 */
export abstract class Clock {
  abstract now(): Instant;
}

export class MachineClock extends Clock {
  now(): Instant {
    return fromMs(Date.now());
  }
}
