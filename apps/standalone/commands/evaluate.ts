import { evaluate, readSnapshot } from '#deliberation';
import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';
import type { Subcommand } from '../subcommand.js';
import { readAll } from './input.js';

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
  async run(_args, terminal) {
    const text = await readAll(terminal.input, MAX_SNAPSHOT_BYTES);
    const parsed = text === undefined ? undefined : parse(text);
    if (parsed === undefined) {
      terminal.err({ fr: '/: ce n’est pas du JSON', en: '/: not JSON' }[terminal.language]);
      return 2;
    }
    const snapshot = readSnapshot(parsed);
    if ('fault' in snapshot) {
      terminal.err(`${snapshot.pointer || '/'}: ${snapshot.fault}`);
      return 2;
    }
    terminal.out(canonicalJson(evaluate(snapshot) as unknown as Json));
    return 0;
  },
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
