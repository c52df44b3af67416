import { SqliteLedgerStore } from '#ledger-sqlite';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BadUsage } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { DATA_FOLDER, IDENTITY_FILE, withIdentity } from './data-folder.js';
import { verifyCommand } from './verify.js';

/**
 * `collegium backup DIR`: a whole copy as of one moment, also while the server runs. The identity store, which holds
 * names and the hashes of tokens, goes into a folder of its own below it, so that ledgers can be shared without it.
 */
export const backupCommand: Subcommand = {
  name: 'backup',
  summary: { fr: 'copie les données, serveur en marche ou non', en: 'copies the data, server running or not' },
  usage: { fr: 'collegium backup DOSSIER [--data DOSSIER]', en: 'collegium backup FOLDER [--data FOLDER]' },
  async run(args, terminal) {
    const { folder, data } = read(args);
    if (existsSync(folder)) {
      terminal.err({ fr: `${folder} existe déjà`, en: `${folder} exists already` }[terminal.language]);
      return 1;
    }
    const partial = `${folder}.${String(process.pid)}.partial`;
    try {
      const store = SqliteLedgerStore.openReadOnly(data);
      await store.backup(partial);
      await store.close();
      await withIdentity(data, (identity) => identity.backup(join(partial, 'secrets')));
      await rename(partial, folder);
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
    terminal.out(folder);
    return 0;
  },
};

/** `collegium restore DIR`: puts a backup into an empty data folder, then verifies it. */
export const restoreCommand: Subcommand = {
  name: 'restore',
  summary: { fr: 'remet une copie en place, puis la vérifie', en: 'puts a copy back, then verifies it' },
  usage: { fr: 'collegium restore DOSSIER [--data DOSSIER]', en: 'collegium restore FOLDER [--data FOLDER]' },
  async run(args, terminal) {
    const { folder, data } = read(args);
    const ledger = join(folder, 'ledger.sqlite');
    if (!existsSync(ledger)) {
      terminal.err({ fr: `aucune copie dans ${folder}`, en: `no copy in ${folder}` }[terminal.language]);
      return 2;
    }
    if (existsSync(join(data, 'ledger.sqlite'))) {
      terminal.err({ fr: `${data} contient déjà des données`, en: `${data} holds data already` }[terminal.language]);
      return 1;
    }
    await mkdir(data, { recursive: true, mode: 0o700 });
    const identity = join(folder, 'secrets', IDENTITY_FILE);
    if (existsSync(identity)) await copyFile(identity, join(data, IDENTITY_FILE));
    await copyFile(ledger, join(data, 'ledger.sqlite.partial'));
    await rename(join(data, 'ledger.sqlite.partial'), join(data, 'ledger.sqlite'));
    return verifyCommand.run([data], terminal);
  },
};

function read(args: readonly string[]) {
  try {
    const options = { data: { type: 'string', default: DATA_FOLDER } } as const;
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [folder] = positionals;
    if (folder !== undefined && positionals.length === 1) return { folder, ...values };
  } catch {
    // Told below, as for a missing folder.
  }
  throw new BadUsage({ fr: 'un dossier', en: 'one folder' });
}
