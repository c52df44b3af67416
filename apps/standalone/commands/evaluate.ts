import { evaluate, readSnapshot } from '#deliberation';
import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';
import { GivenUp } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { readAll } from './input.js';
import { readOptions } from './words.js';

/** Bytes of a snapshot on standard input, at most. */
const MAX_SNAPSHOT_BYTES = 4_000_000;

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
    const text = await readAll(terminal.input, MAX_SNAPSHOT_BYTES);
    const snapshot = readSnapshot(text === undefined ? undefined : parse(text));
    if ('fault' in snapshot) throw misfit(snapshot);
    terminal.out(canonicalJson(evaluate(snapshot) as unknown as Json));
    return 0;
  },
};

/** A pointer (RFC 6901) to the first bad member; the empty one is shown in words. */
function misfit({ pointer, fault }: { readonly pointer: string; readonly fault: string }): GivenUp {
  const texts = {
    fr: `${pointer || '(tout le document)'} : ${fault}`,
    en: `${pointer || '(whole document)'}: ${fault}`,
  };
  return new GivenUp(texts, 2);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
