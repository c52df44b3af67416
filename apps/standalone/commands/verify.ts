import type { Id } from '#kernel';
import { bodiesOf, BadLine, readOpenings, storedAlliances, storedBodies, verifyLedger } from '#transparency';
import type { Verdict, VerifyOptions } from '#transparency';
import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BadUsage } from '../subcommand.js';
import type { Subcommand, Terminal } from '../subcommand.js';
import { withStore } from './data-folder.js';

interface Options {
  readonly target: string;
  readonly openings?: string;
  readonly head?: { readonly seq: number; readonly hash: string };
}

/** `collegium verify`: exit 0 when all holds, 1 at a fault, 2 when it cannot be read. */
export const verifyCommand: Subcommand = {
  name: 'verify',
  summary: {
    fr: 'vérifie un registre : chaîne, textes scellés, et toutes les règles rejouées',
    en: 'verifies a ledger: chain, sealed text, and every rule run again',
  },
  usage: {
    fr: 'collegium verify <dossier de données | fichier de registre> [--openings F] [--head seq:hash]',
    en: 'collegium verify <data folder | ledger file> [--openings F] [--head seq:hash]',
  },
  async run(args, terminal) {
    const options = read(args);
    const kind = kindOf(options.target);
    if (kind === undefined) {
      terminal.err({ fr: 'illisible : rien à cet endroit', en: 'cannot read: nothing there' }[terminal.language]);
      return 2;
    }
    try {
      return kind === 'folder' ? await verifyFolder(options, terminal) : await verifyFile(options, terminal);
    } catch (error) {
      const reason =
        error instanceof BadLine
          ? error.message
          : { fr: 'fichier illisible', en: 'unreadable file' }[terminal.language];
      terminal.err(`${{ fr: 'illisible', en: 'cannot read' }[terminal.language]}: ${reason}`);
      return 2;
    }
  },
};

function read(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const [target, ...more] = positionals;
  if (target === undefined || more.length > 0)
    throw new BadUsage({ fr: 'un dossier ou un fichier, un seul', en: 'one folder or file' });
  const head = values.head === undefined ? undefined : /^(\d{1,15}):([A-Za-z0-9+/]{43}=)$/.exec(values.head);
  if (head === null) throw new BadUsage({ fr: '--head est seq:hash', en: '--head is seq:hash' });
  return {
    target,
    ...(values.openings === undefined ? {} : { openings: values.openings }),
    ...(head ? { head: { seq: Number(head[1]), hash: head[2] ?? '' } } : {}),
  };
}

function parse(args: readonly string[]): { values: { openings?: string; head?: string }; positionals: string[] } {
  try {
    const options = { openings: { type: 'string' }, head: { type: 'string' } } as const;
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch {
    throw new BadUsage({ fr: 'option inconnue', en: 'unknown option' });
  }
}

function kindOf(target: string): 'folder' | 'file' | undefined {
  const found = statSync(target, { throwIfNoEntry: false });
  return found && (found.isDirectory() ? 'folder' : 'file');
}

async function verifyFile({ target, openings, head }: Options, terminal: Terminal): Promise<number> {
  const given = openings === undefined ? undefined : await readOpenings(openings);
  const verdict = await verifyLedger(bodiesOf(target), {
    ...(head ? { head } : {}),
    ...(given ? { openingsOf: (seq) => given.get(seq) ?? [] } : {}),
    onEntry: progressOf(terminal),
  });
  return tell(verdict, terminal);
}

/** Every alliance of a data folder; its own openings are checked unless others are given. */
async function verifyFolder({ target, openings, head }: Options, terminal: Terminal): Promise<number> {
  const given = openings === undefined ? undefined : await readOpenings(openings);
  return withStore(target, async (store) => {
    let code = 0;
    for await (const alliance of storedAlliances(store)) {
      const openingsOf: VerifyOptions['openingsOf'] = given
        ? (seq) => given.get(seq) ?? []
        : (seq) => store.openings(alliance, seq, seq);
      const options = { ...(head ? { head } : {}), openingsOf, onEntry: progressOf(terminal) };
      code = Math.max(code, tell(await verifyLedger(storedBodies(store, alliance), options), terminal, alliance));
    }
    return code;
  });
}

function progressOf(terminal: Terminal): (seq: number) => void {
  return (seq) => {
    if (seq % 1000 === 999) terminal.progress(String(seq + 1));
  };
}

/** The verdict in lines that a person reads and a script can split at the colon. */
function tell(verdict: Verdict, terminal: Terminal, alliance: Id | undefined = verdict.alliance): number {
  const { language } = terminal;
  terminal.out(`alliance: ${alliance ?? '-'}`);
  terminal.out(`${{ fr: 'entrées', en: 'entries' }[language]}: ${String(verdict.entries)}`);
  if (verdict.head) terminal.out(`head: ${String(verdict.head.seq)}:${verdict.head.hash}`);
  terminal.out(`openings: ${openingsText(verdict, language)}`);
  if (!verdict.fault) {
    terminal.out(`verdict: ${{ fr: 'tout est vérifié', en: 'all holds' }[language]}`);
    return 0;
  }
  const { seq, word, detail } = verdict.fault;
  terminal.out(`verdict: ${word} (seq ${String(seq)}): ${detail}`);
  return 1;
}

function openingsText({ openings }: Verdict, language: Terminal['language']): string {
  if (openings === 'not given') return openings;
  const { checked, missing } = openings;
  return {
    fr: `${String(checked)} vérifiés, ${String(missing)} absents`,
    en: `${String(checked)} checked, ${String(missing)} missing`,
  }[language];
}
