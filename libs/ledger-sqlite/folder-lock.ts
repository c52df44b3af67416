import { makeFolder } from '#platform';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { errcodeOf } from './errors.js';
import { portError } from './port-errors.js';

const LOCK_FILE = 'lock.sqlite';
const SQLITE_BUSY = 5;

/** Another process works on the folder. */
export class FolderInUse extends Error {
  readonly code = 'FOLDER_IN_USE';
}

/** The right to write in a data folder, held until released or until the process ends, however it ends. */
export interface FolderLock {
  readonly folder: string;
  release(): void;
}

/**
 * Makes the folder when missing and takes its lock: an exclusive transaction on a small database, so that the system
 * itself lets go when the process is killed. Throws FolderInUse when another one holds it.
 */
export function lockFolder(folder: string): FolderLock {
  makeFolder(folder);
  const db = new DatabaseSync(join(folder, LOCK_FILE), { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if ((errcodeOf(error) & 0xff) !== SQLITE_BUSY) throw portError(`lock ${folder}`, error);
    throw new FolderInUse(`the folder ${folder} is in use by another process; stop that one first`);
  }
  return {
    folder,
    release: () => {
      if (db.isOpen) db.close();
    },
  };
}
