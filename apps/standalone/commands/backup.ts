import { LEDGER_FILE } from '#ledger-sqlite';
import { makeFolder } from '#platform';
import { existsSync, readdirSync } from 'node:fs';
import { copyFile, rename, rm } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { BadUsage, cannotRead, complain, GivenUp } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { DATA_OPTION, folderOf, IDENTITY_FILE, withIdentity, withStore } from './data-folder.js';
import { verifyCommand } from './verify.js';
import { readWords } from './words.js';

const SECRETS = 'secrets';

/**
 * `collegium backup DIR`: a whole copy as of one moment, also while the server runs. The identity store, which holds
 * names and the hashes of tokens, goes into a folder of its own below it, so that ledgers can be shared without it.
 * The folder appears under its name only when whole.
 */
export const backupCommand: Subcommand = {
  name: 'backup',
  summary: {
    fr: 'copie les données, serveur en marche ou non ; noms et jetons à part, dans secrets/',
    en: 'copies the data, server running or not; names and tokens apart, in secrets/',
  },
  usage: { fr: 'collegium backup DOSSIER [--data DOSSIER]', en: 'collegium backup FOLDER [--data FOLDER]' },
  async run(args, terminal) {
    const { folder, data } = read(args);
    if (existsSync(folder)) throw new GivenUp({ fr: `${folder} existe déjà`, en: `${folder} exists already` }, 1);
    if (isWithin(resolve(folder), resolve(data))) {
      throw new GivenUp({ fr: 'une copie ne va pas dans les données', en: 'a copy does not go into the data' }, 1);
    }
    const partial = `${folder}.${String(process.pid)}.partial`;
    try {
      await withStore(data, (store) => store.backup(partial));
      await withIdentity(data, (identity) => identity.backup(join(partial, SECRETS)));
      await rename(partial, folder);
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
    terminal.out(folder);
    return 0;
  },
};

/** `collegium restore DIR`: verifies a backup, then puts it into an empty data folder; one that fails puts nothing there. */
export const restoreCommand: Subcommand = {
  name: 'restore',
  summary: {
    fr: 'vérifie une copie, puis la remet dans un dossier vide',
    en: 'verifies a copy, then puts it into an empty folder',
  },
  usage: { fr: 'collegium restore DOSSIER [--data DOSSIER]', en: 'collegium restore FOLDER [--data FOLDER]' },
  async run(args, terminal) {
    const { folder, data } = read(args);
    const ledger = join(folder, LEDGER_FILE);
    if (!existsSync(ledger))
      throw cannotRead(folder, { fr: 'pas une copie de collegium', en: 'no backup of collegium' });
    if (existsSync(data) && readdirSync(data).length > 0) {
      throw new GivenUp({ fr: `${data} n’est pas vide`, en: `${data} is not empty` }, 1);
    }
    const code = await verifyCommand.run([folder], terminal);
    if (code !== 0) return code;
    makeFolder(data);
    const identity = join(folder, SECRETS, IDENTITY_FILE);
    if (existsSync(identity)) await copyFile(identity, join(data, IDENTITY_FILE));
    else {
      complain(terminal, {
        fr: 'copie sans secrets/ : ni noms ni jetons, à refaire avec « person create » et « token create »',
        en: 'a copy without secrets/: no names and no tokens, to be made with "person create" and "token create"',
      });
    }
    const partial = join(data, `${LEDGER_FILE}.partial`);
    await copyFile(ledger, partial);
    await rename(partial, join(data, LEDGER_FILE));
    terminal.out(data);
    return 0;
  },
};

function isWithin(folder: string, data: string): boolean {
  return folder.startsWith(`${data}${sep}`);
}

function read(args: readonly string[]) {
  const { values, positionals } = readWords(args, DATA_OPTION);
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) throw new BadUsage({ fr: 'un dossier', en: 'one folder' });
  return { folder: folder.replace(/(?<=.)\/+$/, ''), data: folderOf(values) };
}
