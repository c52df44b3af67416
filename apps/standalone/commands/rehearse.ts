import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';
import { Rehearsal } from '#rehearsal';
import { linesOf } from '#transparency';
import { parseArgs } from 'node:util';
import { BadUsage } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { answerFromEntries } from './answer-from-entries.js';

/** Bytes of one line of a script, at most. */
const MAX_LINE_BYTES = 1_000_000;

/** `collegium rehearse < script.ndjson`: plays a script in memory; exit 2 at the first line that cannot be read. */
export const rehearseCommand: Subcommand = {
  name: 'rehearse',
  summary: {
    fr: 'joue un script de commandes en mémoire et montre les conséquences',
    en: 'plays a script of commands in memory and shows the consequences',
  },
  usage: { fr: 'collegium rehearse [--seed N] < script.ndjson', en: 'collegium rehearse [--seed N] < script.ndjson' },
  async run(args, terminal) {
    const rehearsal = new Rehearsal(seedOf(args), answerFromEntries);
    let number = 0;
    for await (const bytes of linesOf(terminal.input, MAX_LINE_BYTES)) {
      number++;
      const text = Buffer.from(bytes).toString('utf8').trim();
      if (text === '') continue;
      const answer = await rehearsal.play(text);
      if ('fault' in answer) {
        const line = { fr: 'ligne', en: 'line' }[terminal.language];
        terminal.err(`${line} ${String(number)}: ${String(answer['pointer']) || '/'}: ${String(answer['fault'])}`);
        return 2;
      }
      terminal.out(canonicalJson({ ...answer, line: number } as Json));
    }
    return 0;
  },
};

function seedOf(args: readonly string[]): string {
  try {
    return parseArgs({ args: [...args], options: { seed: { type: 'string', default: '1' } } }).values.seed;
  } catch {
    throw new BadUsage({ fr: 'seule l’option --seed est connue', en: 'the only option is --seed' });
  }
}
