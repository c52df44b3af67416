import { readJsonText } from '#kernel';
import type { JsonText } from '#kernel';
import { readFileSync } from 'node:fs';
import { cannotRead, GivenUp } from '../subcommand.js';
import type { Terminal } from '../subcommand.js';
import { wordsOfFault } from './fault-words.js';
import { readAll } from './input.js';

/** Bytes of a JSON file that a person gives, at most. */
const MAX_JSON_BYTES = 4_000_000;

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
