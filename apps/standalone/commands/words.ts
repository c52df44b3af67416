import type { Texts } from '#words';
import { parseArgs } from 'node:util';
import type { ParseArgsOptionsConfig } from 'node:util';
import { BadUsage } from '../subcommand.js';

/** Options and other words of a subcommand. Throws BadUsage that names an unknown option, or one without its value. */
export function readWords<const T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (fault) {
    throw new BadUsage(textsOf(fault as NodeJS.ErrnoException));
  }
}

/** For subcommands that take options alone. */
export function readOptions<const T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  const { values, positionals } = readWords(args, options);
  const [word] = positionals;
  if (word !== undefined) throw new BadUsage({ fr: `mot de trop : ${word}`, en: `unexpected word: ${word}` });
  return values;
}

function textsOf({ code, message }: NodeJS.ErrnoException): Texts {
  const option = /--?[A-Za-z][\w-]*/.exec(message)?.[0] ?? '';
  return code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
    ? { fr: `option inconnue : ${option}`, en: `unknown option: ${option}` }
    : { fr: `valeur absente ou de trop : ${option}`, en: `value missing or not wanted: ${option}` };
}
