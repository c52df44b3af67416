import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Arguments of Node for children and threads that run the sources. */
export const FROM_SOURCES = ['--import', new URL('./sources.mjs', import.meta.url).href] as const;

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'collegium-'));
}
