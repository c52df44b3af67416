import { canonicalJson, sha256 } from '#kernel';
import type { Json } from '#kernel';
import { Rehearsal } from '#rehearsal';
import type { Entry } from '#ledger';
import { readFileSync } from 'node:fs';
import { answerFromEntries } from '../../apps/standalone/commands/answer-from-entries.js';

/** A body as a forger sees it: any member can be changed. */
export interface Draft {
  at: string;
  log: string;
  seq: number;
  prev?: string;
  id: string;
  causation: string;
  actor: Record<string, string>;
  command: { id: string; name: string };
  events: { type: string; subject: string; data: Record<string, unknown>; dueAt?: string; sealed?: unknown[] }[];
}

/** Plays a script of docs/examples and gives the entries that it recorded. */
export async function playExample(name: string, seed = '1'): Promise<readonly Entry[]> {
  const rehearsal = new Rehearsal(seed, answerFromEntries);
  for (const line of readFileSync(`docs/examples/${name}`, 'utf8').trim().split('\n')) {
    const answer = await rehearsal.play(line);
    if ('fault' in answer || 'refused' in answer)
      throw new Error(`the example does not play: ${JSON.stringify(answer)}`);
  }
  return rehearsal.entries;
}

/** Changes bodies as a forger with all the keys would: numbers and hashes are made right again behind the change. */
export function forge(bodies: readonly string[], change: (drafts: Draft[]) => void): string[] {
  const drafts = bodies.map((body) => JSON.parse(body) as Draft);
  change(drafts);
  return rechain(drafts);
}

export function rechain(drafts: readonly Draft[]): string[] {
  let prev: string | undefined;
  return drafts.map((draft, seq) => {
    const { prev: _old, ...rest } = draft;
    const body = canonicalJson({ ...rest, seq, prev } as unknown as Json);
    prev = sha256(body);
    return body;
  });
}

/** The place of the first entry with an event of a type. */
export function seqOf(bodies: readonly string[], type: string, nth = 0): number {
  const found = bodies.flatMap((body, seq) =>
    (JSON.parse(body) as Draft).events.some((event) => event.type === type) ? [seq] : [],
  )[nth];
  if (found === undefined) throw new Error(`no ${type}`);
  return found;
}

export function eventIn(draft: Draft | undefined, type: string): Record<string, unknown> {
  const found = draft?.events.find((event) => event.type === type);
  if (!found) throw new Error(`no ${type}`);
  return found.data;
}
