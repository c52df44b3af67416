import type { Texts } from '#words';
import { readJsonText } from '#kernel';
import type { JsonFaultCode, JsonText } from '#kernel';
import { readFileSync } from 'node:fs';
import { cannotRead, GivenUp } from '../subcommand.js';
import type { Terminal } from '../subcommand.js';
import { readAll } from './input.js';

/** Bytes of a JSON file that a person gives, at most. */
const MAX_JSON_BYTES = 4_000_000;

const FAULTS: Readonly<Record<JsonFaultCode, Texts>> = {
  JSON_INVALID: { fr: 'pas du JSON', en: 'not JSON' },
  FORBIDDEN_KEY: { fr: 'un nom de membre qui n’est pas permis', en: 'a member name that is not allowed' },
  DUPLICATE_KEY: { fr: 'deux fois le même membre', en: 'the same member twice' },
  NUMBER_INVALID: { fr: 'pas un nombre entier', en: 'not a whole number' },
  STRING_INVALID: { fr: 'un texte avec des caractères cachés', en: 'a text with hidden characters' },
  TOO_DEEP: { fr: 'trop de niveaux', en: 'too many levels' },
  TOO_MANY: { fr: 'trop d’éléments', en: 'too many elements' },
};

/** Words for a fault of the text of a JSON document; what is none of these is told as it is. */
export function wordsOfFault(fault: string): Texts {
  return Object.hasOwn(FAULTS, fault) ? FAULTS[fault as JsonFaultCode] : { fr: fault, en: fault };
}

/** The first member that does not fit, by its pointer (RFC 6901); the empty one in words. Exit 2. */
export function documentMisfit({ pointer, fault }: { readonly pointer: string; readonly fault: string }): GivenUp {
  const { fr, en } = wordsOfFault(fault);
  return new GivenUp(
    { fr: `${pointer || '(tout le document)'} : ${fr}`, en: `${pointer || '(whole document)'}: ${en}` },
    2,
  );
}

/** All of the standard input as one JSON document. */
export async function jsonOfInput({ input }: Terminal): Promise<JsonText> {
  const text = await readAll(input, MAX_JSON_BYTES);
  return text === undefined ? { pointer: '', fault: 'JSON_INVALID', offset: 0 } : readJsonText(text);
}

/** A JSON document from a file, or from the standard input for `-`. */
export async function jsonFrom(file: string, terminal: Terminal): Promise<unknown> {
  const read = file === '-' ? await jsonOfInput(terminal) : jsonOfFile(file);
  if ('fault' in read) throw documentMisfit(read);
  return read.value;
}

function jsonOfFile(file: string): JsonText {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw cannotRead(file);
  }
  return readJsonText(text);
}
