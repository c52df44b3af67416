import { isId } from '#kernel';
import { BadUsage } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { parseArgs } from 'node:util';
import { DATA_FOLDER, withIdentity } from './data-folder.js';

const OPTIONS = { data: { type: 'string', default: DATA_FOLDER } } as const;
const MAX_LABEL = 200;

/** `collegium person create <label>`: a person at this instance; works while the server runs. */
export const personCommand: Subcommand = {
  name: 'person',
  summary: { fr: 'crée une personne, ou les liste', en: 'creates a person, or lists them' },
  usage: {
    fr: 'collegium person create <nom> | list [--data DOSSIER]',
    en: 'collegium person create <name> | list [--data FOLDER]',
  },
  run(args, terminal) {
    const { positionals, data } = read(args);
    const [act, label, ...more] = positionals;
    return withIdentity(data, (identity) => {
      if (act === 'list' && label === undefined) {
        for (const account of identity.accounts()) terminal.out(`${account.id}  ${account.label}`);
        return 0;
      }
      if (act !== 'create' || label === undefined || more.length > 0 || label.length > MAX_LABEL) {
        throw new BadUsage({ fr: 'create <nom>, ou list', en: 'create <name>, or list' });
      }
      const account = identity.createAccount(label);
      terminal.out(`person: ${account.id}`);
      return 0;
    });
  },
};

/** `collegium token create <person>`: prints a token once, and the `personRef` to name in a mandate. */
export const tokenCommand: Subcommand = {
  name: 'token',
  summary: { fr: 'crée un jeton d’accès pour une personne', en: 'creates an access token for a person' },
  usage: {
    fr: 'collegium token create <personne> [--data DOSSIER]',
    en: 'collegium token create <person> [--data FOLDER]',
  },
  run(args, terminal) {
    const { positionals, data } = read(args);
    const [act, person] = positionals;
    if (act !== 'create' || !isId(person)) throw new BadUsage({ fr: 'create <personne>', en: 'create <person>' });
    return withIdentity(data, (identity) => {
      if (!identity.account(person)) {
        terminal.err({ fr: 'aucune personne de ce nom ici', en: 'no such person here' }[terminal.language]);
        return 1;
      }
      const { token, personRef } = identity.createToken(person);
      terminal.out(`token: ${token}`);
      terminal.out(`personRef: ${personRef}`);
      return 0;
    });
  },
};

function read(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
    return { positionals, ...values };
  } catch {
    throw new BadUsage({ fr: 'option inconnue', en: 'unknown option' });
  }
}
