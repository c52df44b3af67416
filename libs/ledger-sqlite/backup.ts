import { StoreFailed } from '#ledger';
import { makeFolder } from '#platform';
import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { backup } from 'node:sqlite';
import { openDatabase } from './connection.js';
import { ported, portError } from './port-errors.js';

/** All pages in one step: it sees one moment, and writers going on cannot make it start again. */
const ALL_PAGES = 2 ** 31 - 1;

/**
 * Copies a database that is in use. The copy appears under its name only when whole and flushed; a process killed
 * midway leaves nothing but a `.partial` file. Never replaces an earlier copy.
 */
export async function backUp(file: string, toFolder: string): Promise<string> {
  const target = join(toFolder, basename(file));
  const partial = `${target}.${String(process.pid)}.partial`;
  makeFolder(toFolder);
  if (existsSync(target)) throw new StoreFailed(`${target} exists already`);
  const source = ported('backup', () => openDatabase(file, 'read'));
  try {
    await backup(source, partial, { rate: ALL_PAGES });
    await flush(partial);
    await rename(partial, target);
    await flush(toFolder);
    return target;
  } catch (error) {
    await rm(partial, { force: true, recursive: true });
    throw portError('backup', error);
  } finally {
    source.close();
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
