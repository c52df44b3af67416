import { isId } from '#kernel';
import type { Id } from '#kernel';
import type { LedgerStore, Opening } from '#ledger';
import { bodiesOf, readOpenings, storedAlliances, storedBodies, verifyLedger } from '#transparency';
import type { Verdict, VerifyOptions } from '#transparency';
import { statSync } from 'node:fs';
import { BadUsage, cannotRead } from '../subcommand.js';
import type { Subcommand, Terminal } from '../subcommand.js';
import { onlyAlliance, withStore } from './data-folder.js';
import { assertLedgerFile, readingFile } from './ledger-file.js';
import { progressOf, tellVerdict } from './verdict-text.js';
import { readWords } from './words.js';

type Given = Required<Pick<VerifyOptions, 'openingsOf'>> | undefined;

/** `collegium verify`: exit 0 when all holds, 1 at a fault, 2 when it cannot be read. */
export const verifyCommand: Subcommand = {
  name: 'verify',
  summary: {
    fr: 'vérifie un registre : chaîne, textes scellés, et toutes les règles rejouées',
    en: 'verifies a ledger: chain, sealed text, and every rule run again',
  },
  usage: {
    fr: 'collegium verify <dossier de données | fichier de registre> [--openings F] [--head seq:hash]\n       [--alliance A]',
    en: 'collegium verify <data folder | ledger file> [--openings F] [--head seq:hash]\n       [--alliance A]',
  },
  async run(args, terminal) {
    const options = read(args);
    const found = statSync(options.target, { throwIfNoEntry: false });
    if (!found) throw cannotRead(options.target, { fr: 'rien à cet endroit', en: 'nothing there' });
    const given = await openingsOf(options);
    return found.isDirectory() ? verifyFolder(options, given, terminal) : verifyFile(options, given, terminal);
  },
};

type Options = ReturnType<typeof read>;

function read(args: readonly string[]) {
  const strings = { openings: { type: 'string' }, head: { type: 'string' }, alliance: { type: 'string' } } as const;
  const { values, positionals } = readWords(args, strings);
  const [target, ...more] = positionals;
  if (target === undefined || more.length > 0) {
    throw new BadUsage({ fr: 'un dossier ou un fichier, un seul', en: 'one folder or file' });
  }
  if (values.alliance !== undefined && !isId(values.alliance)) {
    throw new BadUsage({ fr: '--alliance : 26 caractères', en: '--alliance: 26 characters' });
  }
  return {
    target,
    openings: values.openings,
    alliance: values.alliance,
    head: readHead(values.head),
  };
}

function readHead(text: string | undefined): VerifyOptions['head'] {
  if (text === undefined) return undefined;
  const [, seq, hash] = /^(\d{1,15}):([A-Za-z0-9+/]{43}=)$/.exec(text) ?? [];
  if (hash === undefined) throw new BadUsage({ fr: '--head est seq:hash', en: '--head is seq:hash' });
  return { seq: Number(seq), hash };
}

async function openingsOf({ openings }: Options): Promise<Given> {
  if (openings === undefined) return undefined;
  const given: ReadonlyMap<number, readonly Opening[]> = await readingFile(openings, () => readOpenings(openings));
  return { openingsOf: (seq) => given.get(seq) ?? [] };
}

async function verifyFile({ target, head, alliance }: Options, given: Given, terminal: Terminal): Promise<number> {
  await assertLedgerFile(target);
  const options = { ...(head ? { head } : {}), ...given, onEntry: progressOf(terminal) };
  const verdict = await verifyLedger(bodiesOf(target), options);
  if (alliance !== undefined && verdict.alliance !== alliance) throw noAlliance(target);
  return tellVerdict(verdict, terminal, { isHeadKnown: head !== undefined });
}

/** Every alliance of a data folder, or the one named; its own openings are checked unless others are given. */
async function verifyFolder(options: Options, given: Given, terminal: Terminal): Promise<number> {
  const { target, head, alliance } = options;
  return withStore(target, async (store) => {
    const named = alliance ?? (await onlyAlliance(store));
    if (named === undefined && (head ?? given)) {
      throw new BadUsage({
        fr: 'plusieurs alliances, ou aucune : --alliance dit de laquelle il s’agit',
        en: 'several alliances, or none: --alliance says which one is meant',
      });
    }
    if (named !== undefined && !(await store.head(named))) throw noAlliance(target);
    let [code, count] = [0, 0];
    for await (const each of named === undefined ? storedAlliances(store) : [named]) {
      const verdict = await verifyStored(store, each, { head, given, terminal });
      const told = tellVerdict(verdict, terminal, { alliance: each, isHeadKnown: head !== undefined });
      code = Math.max(code, told);
      count += 1;
    }
    if (count === 0) terminal.out('alliances: 0');
    return code;
  });
}

function verifyStored(
  store: LedgerStore,
  alliance: Id,
  { head, given, terminal }: { head: VerifyOptions['head']; given: Given; terminal: Terminal },
): Promise<Verdict> {
  return verifyLedger(storedBodies(store, alliance), {
    openingsOf: (seq) => store.openings(alliance, seq, seq),
    ...(head ? { head } : {}),
    ...given,
    onEntry: progressOf(terminal),
  });
}

function noAlliance(target: string) {
  return cannotRead(target, { fr: 'aucune alliance de ce nom', en: 'no such alliance' });
}
