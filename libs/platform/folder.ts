import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder, and what is missing above it, for this user alone. Step by step, since `recursive` never ends where a
 * file system refuses a new folder as "not found" (`/proc`): there this throws, as for any folder that cannot be made.
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at); at = dirname(at)) missing.push(at);
  for (const folder of missing.reverse()) {
    // Another process may have made it meanwhile.
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
  }
}
