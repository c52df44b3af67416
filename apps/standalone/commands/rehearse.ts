import { canonicalJson } from '#kernel';
import { Rehearsal } from '#rehearsal';
import { linesOf } from '#transparency';
import { BadUsage, GivenUp } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { answerFromEntries } from './answer-from-entries.js';
import { wordsOfFault } from './fault-words.js';
import { readOptions } from './words.js';

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
    const { seed } = readOptions(args, { seed: { type: 'string', default: '1' } });
    if (!/^[1-9]\d{0,14}$/.test(seed)) throw new BadUsage({ fr: '--seed : un entier', en: '--seed: a whole number' });
    const rehearsal = new Rehearsal(seed, answerFromEntries);
    let number = 0;
    for await (const bytes of linesOf(terminal.input, MAX_LINE_BYTES)) {
      number++;
      const text = Buffer.from(bytes).toString('utf8').trim();
      if (text === '') continue;
      const answer = await rehearsal.play(text);
      if ('fault' in answer) throw badLine(number, answer as unknown as { pointer: string; fault: string });
      await terminal.pour(canonicalJson({ ...answer, line: number }));
    }
    return 0;
  },
};

function badLine(number: number, { pointer, fault }: { readonly pointer: string; readonly fault: string }): GivenUp {
  const { fr, en } = wordsOfFault(fault);
  return new GivenUp(
    {
      fr: `ligne ${String(number)}, ${pointer || '(toute la ligne)'} : ${fr}`,
      en: `line ${String(number)}, ${pointer || '(whole line)'}: ${en}`,
    },
    2,
  );
}
