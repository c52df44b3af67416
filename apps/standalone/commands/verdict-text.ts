import type { Texts } from '#words';
import type { Id } from '#kernel';
import type { Verdict } from '#transparency';
import { say } from '../subcommand.js';
import type { Terminal } from '../subcommand.js';

const PROGRESS_EVERY = 1_000;

/** The verdict in lines that a person reads and a script can split at the colon; gives the exit code. */
export function tellVerdict(
  verdict: Verdict,
  terminal: Terminal,
  {
    alliance = verdict.alliance,
    isHeadKnown = false,
  }: { readonly alliance?: Id | undefined; readonly isHeadKnown?: boolean } = {},
): 0 | 1 {
  const { entries, head, fault } = verdict;
  terminal.out(`alliance: ${alliance ?? '-'}`);
  say(terminal, { fr: `entrées: ${String(entries)}`, en: `entries: ${String(entries)}` });
  if (head) terminal.out(`head: ${String(head.seq)}:${head.hash}`);
  if (!isHeadKnown) {
    say(terminal, {
      fr: 'known head: not given (rien ne prouve que la fin n’est pas coupée)',
      en: 'known head: not given (nothing proves that the end is not cut off)',
    });
  }
  say(terminal, openingsText(verdict));
  if (fault) terminal.out(`verdict: ${fault.word} (seq ${String(fault.seq)}): ${fault.detail}`);
  else say(terminal, { fr: 'verdict: tout est vérifié', en: 'verdict: all holds' });
  return fault ? 1 : 0;
}

function openingsText({ openings }: Verdict): Texts {
  if (openings === 'not given') return { fr: 'openings: not given', en: 'openings: not given' };
  const [checked, missing] = [String(openings.checked), String(openings.missing)];
  return {
    fr: `openings: ${checked} vérifiés, ${missing} absents`,
    en: `openings: ${checked} checked, ${missing} missing`,
  };
}

/** Shows how many entries were verified, now and then. */
export function progressOf(terminal: Terminal): (seq: number) => void {
  return (seq) => {
    if ((seq + 1) % PROGRESS_EVERY === 0) terminal.progress(String(seq + 1));
  };
}
