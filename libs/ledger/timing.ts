import { setTimeout } from 'node:timers/promises';

/** The machine's time, for retries and time-outs alone: no rule reads it. Tests give their own. */
export interface Timing {
  nowMs(): number;
  /** A number from 0 (included) to 1. */
  random(): number;
  pause(ms: number): Promise<void>;
}

export const MACHINE_TIMING: Timing = {
  nowMs: () => performance.now(),
  random: () => Math.random(),
  pause: async (ms) => {
    await setTimeout(ms);
  },
};
