import { ConfigurationInvalid } from './configuration.js';

/** A stop that lasts longer is cut short: nothing acknowledged can be lost by it. */
const STOP_WITHIN_MS = 5_000;

/** Something that runs until it is told to stop. */
export interface Running {
  /** Takes nothing new, ends what is under way, lets go of connections and files. */
  close(): Promise<void>;
}

/** Settles at the first SIGTERM or Ctrl-C; a second one ends the process as the system does. */
export function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.off('SIGTERM', stop).off('SIGINT', stop);
      resolve();
    };
    process.on('SIGTERM', stop).on('SIGINT', stop);
  });
}

/** Closes within five seconds, or ends the process with code 1. */
export async function closeInTime(running: Running): Promise<void> {
  const cut = setTimeout(() => {
    process.exit(1);
  }, STOP_WITHIN_MS);
  await running.close();
  clearTimeout(cut);
}

/**
 * The life of a process of the distributed mode: starts, runs until it is asked to stop, closes in time. Exit code 0
 * after a stop, 2 for a configuration that cannot be used, 1 for anything else.
 */
export async function runProcess(name: string, start: () => Promise<Running>): Promise<void> {
  const asked = stopAsked();
  try {
    const running = await start();
    await asked;
    await closeInTime(running);
    process.exit(0);
  } catch (fault) {
    const isOfConfiguration = fault instanceof ConfigurationInvalid;
    process.stderr.write(`${name}: ${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exit(isOfConfiguration ? 2 : 1);
  }
}
