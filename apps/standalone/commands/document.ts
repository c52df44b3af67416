import { documentHash } from '#engine';
import { isId, sha256 } from '#kernel';
import { readEntry } from '#ledger';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { BadUsage, cannotRead, say } from '../subcommand.js';
import type { Subcommand, Terminal } from '../subcommand.js';
import { DATA_OPTION, folderOf, withStore } from './data-folder.js';
import { readWords } from './words.js';

/**
 * `collegium document seal FILE`: the SHA-256 to send, and a salted hash as the ledger would hold it, with its key.
 * `collegium document check FILE <reference>`: whether FILE is the document of `<alliance>/<seq>/<event>/<field>`,
 * by the key kept beside the ledger; or, without a data folder, whether it fits `<hash>:<key>`. Exit 1 when it is not.
 */
export const documentCommand: Subcommand = {
  name: 'document',
  summary: {
    fr: 'calcule ou vérifie l’empreinte salée d’un document',
    en: 'makes or checks the salted hash of a document',
  },
  usage: {
    fr: 'collegium document seal FICHIER | check FICHIER <référence> [--data DOSSIER]\n       référence : alliance/seq/événement/champ, ou empreinte:clé',
    en: 'collegium document seal FILE | check FILE <reference> [--data FOLDER]\n       reference: alliance/seq/event/field, or hash:key',
  },
  async run(args, terminal) {
    const { act, file, reference, data } = read(args);
    const digest = digestOf(file);
    if (act === 'seal') return seal(digest, terminal);
    const held = parseHeld(reference) ?? (await heldInFolder(reference, data));
    if (!held) {
      throw cannotRead(reference, { fr: 'référence inconnue, ou clé effacée', en: 'unknown, or its key was erased' });
    }
    const isSame = held.hashes.includes(documentHash(held.key, digest));
    if (isSame) say(terminal, { fr: 'c’est ce document', en: 'this is the document' });
    else say(terminal, { fr: 'ce n’est pas ce document', en: 'this is not the document' });
    return isSame ? 0 : 1;
  },
};

function read(args: readonly string[]) {
  const { values, positionals } = readWords(args, DATA_OPTION);
  const [act, file, reference = ''] = positionals;
  const isWhole = act === 'seal' ? positionals.length === 2 : act === 'check' && positionals.length === 3;
  if (!isWhole || file === undefined) {
    throw new BadUsage({ fr: 'seal FICHIER, ou check FICHIER référence', en: 'seal FILE, or check FILE reference' });
  }
  return { act, file, reference, data: folderOf(values) };
}

function digestOf(file: string): string {
  try {
    return sha256(readFileSync(file));
  } catch {
    throw cannotRead(file);
  }
}

function seal(digest: string, terminal: Terminal): number {
  const key = randomBytes(32).toString('base64');
  terminal.out(`sha256: ${digest}`);
  terminal.out(`key: ${key}`);
  terminal.out(`hash: ${documentHash(key, digest)}`);
  return 0;
}

interface Held {
  readonly hashes: readonly string[];
  readonly key: string;
}

function parseHeld(reference: string): Held | undefined {
  const [, hash, key] = /^([A-Za-z0-9+/]{43}=):([A-Za-z0-9+/]{43}=)$/.exec(reference) ?? [];
  return hash !== undefined && key !== undefined ? { hashes: [hash], key } : undefined;
}

async function heldInFolder(reference: string, data: string): Promise<Held | undefined> {
  const [, alliance, seq, event, field = ''] =
    /^([a-z2-7]{26})\/(\d{1,9})\/(\d{1,2})\/([A-Za-z]{1,40})$/.exec(reference) ?? [];
  if (!isId(alliance)) return undefined;
  return withStore(data, async (store) => {
    const [stored] = await store.read(alliance, Number(seq), 1);
    const recorded = stored && readEntry(stored.body).events[Number(event)];
    const value = (recorded?.data as Readonly<Record<string, unknown>> | undefined)?.[field];
    const opening = await store.opening(alliance, Number(seq), Number(event), `${field}Key`);
    if (value === undefined || !opening) return undefined;
    return { hashes: [value].flat() as string[], key: JSON.parse(opening.payload) as string };
  });
}
