import { evaluate, readSnapshot } from '#deliberation';
import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';
import type { Subcommand } from '../subcommand.js';
import { documentMisfit, jsonOfInput } from './json-file.js';
import { readOptions } from './words.js';

/** `collegium evaluate < snapshot.json`: the outcome as canonical JSON (part 1, 4.3); exit 2 when it does not fit. */
export const evaluateCommand: Subcommand = {
  name: 'evaluate',
  summary: {
    fr: 'calcule le résultat d’un tour à partir de son instantané',
    en: 'computes the result of a round from its snapshot',
  },
  usage: { fr: 'collegium evaluate < instantane.json', en: 'collegium evaluate < snapshot.json' },
  async run(args, terminal) {
    readOptions(args, {});
    const read = await jsonOfInput(terminal);
    if ('fault' in read) throw documentMisfit(read);
    const snapshot = readSnapshot(read.value);
    if ('fault' in snapshot) throw documentMisfit(snapshot);
    terminal.out(canonicalJson(evaluate(snapshot) as unknown as Json));
    return 0;
  },
};
