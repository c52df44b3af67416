import type { Id } from '#kernel';
import { Rehearsal } from '#rehearsal';
import { openingLine } from '#transparency';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerFromEntries } from '../../apps/standalone/commands/answer-from-entries.js';

export const SCRIPT = 'docs/examples/first-consent.ndjson';

export interface LedgerFiles {
  readonly alliance: Id;
  readonly entries: Rehearsal['entries'];
  /** An exported ledger with closed rounds and contributions, and its openings. */
  readonly ledger: string;
  readonly openings: string;
}

/** Plays the example of the documentation, some years earlier or later, and writes what an export would. */
export async function rehearsedLedger(folder: string, years = 0): Promise<LedgerFiles> {
  const script = readFileSync(SCRIPT, 'utf8').replaceAll(/\b20\d\d(?=-\d\d-\d\d)/g, (year) => String(+year + years));
  const rehearsal = new Rehearsal('1', answerFromEntries);
  for (const line of script.trim().split('\n')) await rehearsal.play(line);
  const { entries } = rehearsal;
  const [ledger, openings] = [join(folder, 'ledger.ndjson'), join(folder, 'openings.ndjson')];
  writeFileSync(ledger, entries.map(({ body }) => `${body}\n`).join(''));
  writeFileSync(
    openings,
    entries.flatMap(({ seq, openings }) => openings.map((each) => `${openingLine({ ...each, seq })}\n`)).join(''),
  );
  const [first] = entries;
  if (!first) throw new Error('nothing was played');
  return { alliance: first.alliance, entries, ledger, openings };
}
