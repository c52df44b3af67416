import type { IdentityStore } from '#identity';
import { isId } from '#kernel';
import type { Id } from '#kernel';
import { writeFileSync } from 'node:fs';
import { BadUsage, GivenUp } from '../subcommand.js';
import type { Subcommand, Terminal } from '../subcommand.js';
import { DATA_OPTION } from './data-folder.js';
import { MONGO_OPTION, withIdentityOf } from './identity.js';
import { readWords } from './words.js';

const MAX_LABEL = 200;

/** `collegium person create <label>`: a person at this instance; works while the server runs. */
export const personCommand: Subcommand = {
  name: 'person',
  summary: { fr: 'crée une personne, ou les liste', en: 'creates a person, or lists them' },
  usage: {
    fr: 'collegium person create <nom> | list [--data DOSSIER | --mongo]',
    en: 'collegium person create <name> | list [--data FOLDER | --mongo]',
  },
  run(args, terminal) {
    const { positionals, values } = readWords(args, { ...DATA_OPTION, ...MONGO_OPTION });
    const [act, label, ...more] = positionals;
    const isWhole = act === 'list' ? label === undefined : act === 'create' && isLabel(label) && more.length === 0;
    if (!isWhole) throw new BadUsage({ fr: 'create <nom>, ou list', en: 'create <name>, or list' });
    return withIdentityOf(values, async (identity) => {
      if (label === undefined)
        for (const account of await identity.accounts()) terminal.out(`${account.id}  ${account.label}`);
      else terminal.out(`person: ${(await identity.createAccount(label)).id}`);
      return 0;
    });
  },
};

/** `collegium token create <person>`: prints a token once, and the `personRef` to name in a mandate. */
export const tokenCommand: Subcommand = {
  name: 'token',
  summary: {
    fr: 'crée un jeton d’accès, montré une seule fois ; --token-file le range dans un fichier',
    en: 'creates an access token, shown once; --token-file puts it into a file',
  },
  usage: {
    fr: 'collegium token create <personne> [--token-file F] [--data DOSSIER | --mongo]',
    en: 'collegium token create <person> [--token-file F] [--data FOLDER | --mongo]',
  },
  run(args, terminal) {
    const { positionals, values } = readWords(args, {
      ...DATA_OPTION,
      ...MONGO_OPTION,
      'token-file': { type: 'string' },
    });
    const [act, person, ...more] = positionals;
    if (act !== 'create' || !isId(person) || more.length > 0) {
      throw new BadUsage({ fr: 'create <personne>', en: 'create <person>' });
    }
    return withIdentityOf(values, async (identity) => {
      await createToken(identity, person, { file: values['token-file'], terminal });
      return 0;
    });
  },
};

function isLabel(label: string | undefined): boolean {
  return label !== undefined && label.trim() !== '' && label.length <= MAX_LABEL;
}

async function createToken(
  identity: IdentityStore,
  person: Id,
  { file, terminal }: { readonly file: string | undefined; readonly terminal: Terminal },
): Promise<void> {
  if (!(await identity.account(person))) {
    throw new GivenUp({ fr: 'aucune personne de ce nom ici', en: 'no such person here' }, 1);
  }
  if (file !== undefined) writeNew(file, '');
  const { token, personRef } = await identity.createToken(person);
  if (file === undefined) terminal.out(`token: ${token}`);
  else writeFileSync(file, `${token}\n`);
  terminal.out(`personRef: ${personRef}`);
}

/** For its owner's eyes alone, and never over another token. */
function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
  } catch {
    throw new GivenUp(
      { fr: `${file} existe déjà, ou ne peut être écrit`, en: `${file} exists, or cannot be written` },
      1,
    );
  }
}
