import { EMPTY_STATE } from '#engine';
import type { State } from '#engine';
import type { Hash, Id, Instant } from '#kernel';
import { readEntry } from '#ledger';
import type { Entry, Opening } from '#ledger';
import { chainFault } from './chain.js';
import { formFault } from './form.js';
import { openingsFault } from './openings.js';
import { owedAtEnd, replayEntry } from './replay.js';
import type { Fault, OpeningsChecked, Verdict } from './verdict.js';

/** One entry as found in a copy: its body, and in a data folder the columns that index it. */
export interface StoredBody {
  readonly body: string | Uint8Array;
  readonly columns?: {
    readonly alliance: string;
    readonly seq: number;
    readonly id: string;
    readonly commandId: string;
    readonly at: string;
    readonly hash: string;
  };
}

export interface VerifyOptions {
  /** Openings of one entry; without this function no sealed text is checked. */
  readonly openingsOf?: (seq: number) => Promise<readonly Opening[]> | readonly Opening[];
  /** A head held from before: proof that the copy was not cut. */
  readonly head?: { readonly seq: number; readonly hash: Hash };
  /** Called after each entry, for progress. */
  readonly onEntry?: (seq: number) => void;
}

interface Progress {
  readonly state: State;
  readonly unsettledAt?: Instant;
}

/**
 * Verifies one ledger from its bodies alone: form, chain, sealed text, and every rule run again. Stops at the first
 * entry that cannot be accepted. Memory does not grow with the history but for command ids and the state itself.
 */
export async function verifyLedger(
  bodies: AsyncIterable<StoredBody> | Iterable<StoredBody>,
  options: VerifyOptions = {},
): Promise<Verdict> {
  const seen = { commands: new Set<Id>(), entries: new Set<string>(), made: new Set<string>() };
  const openings = { checked: 0, missing: 0 };
  let progress: Progress = { state: EMPTY_STATE };
  let entries = 0;
  const verdict = (fault?: Fault): Verdict => ({
    ...headVerdict(progress.state, entries),
    openings: options.openingsOf ? openings : 'not given',
    ...(fault ? { fault } : {}),
  });
  for await (const stored of bodies) {
    const next = await verifyEntry(progress, stored, { seen, openings, options });
    if ('word' in next) return verdict({ seq: entries, ...next });
    progress = next;
    entries++;
    options.onEntry?.(entries - 1);
    const held = options.head;
    if (held?.seq === entries - 1 && held.hash !== progress.state.head.hash) return verdict(headFault(held.seq));
  }
  const owed = owedAtEnd(progress);
  if (owed) return verdict({ seq: entries, ...owed });
  if (options.head && options.head.seq >= entries) return verdict(headFault(entries));
  return verdict();
}

function headFault(seq: number): Fault {
  return { seq, word: 'head-differs', detail: 'not the head that was held from before' };
}

function headVerdict(state: State, entries: number): Pick<Verdict, 'alliance' | 'entries' | 'head'> {
  const { alliance, seq, hash } = state.head;
  return { alliance, entries, head: hash === undefined ? undefined : { seq, hash } };
}

interface Scope {
  readonly seen: { readonly commands: Set<Id>; readonly entries: Set<string>; readonly made: Set<string> };
  readonly openings: { checked: number; missing: number };
  readonly options: VerifyOptions;
}

async function verifyEntry(
  progress: Progress,
  stored: StoredBody,
  { seen, openings, options }: Scope,
): Promise<Progress | Omit<Fault, 'seq'>> {
  const read = formFault(stored.body);
  if ('word' in read) return read;
  const entry: Entry = readEntry(read.body);
  const chain = originFault(entry, seen.entries) ?? chainFault(progress.state.head, entry, seen.commands);
  if (chain) return chain;
  if (options.openingsOf) {
    const checked = openingsFault(entry, read.commitments, await options.openingsOf(entry.seq));
    if ('word' in checked) return checked;
    count(openings, checked);
  }
  const index = stored.columns && indexFault(stored.columns, entry);
  if (index) return index;
  seen.commands.add(entry.commandId);
  seen.entries.add(entry.id);
  return replayEntry(progress, entry, seen.made);
}

/** An entry has an id of its own, and is caused by itself or by an entry before it. */
function originFault({ id, causation }: Entry, entries: ReadonlySet<string>): Omit<Fault, 'seq'> | undefined {
  if (entries.has(id)) return { word: 'entry-invalid', detail: '/id: that of an entry before' };
  const isCaused = causation === id || entries.has(causation);
  return isCaused ? undefined : { word: 'entry-invalid', detail: '/causation: no entry before' };
}

function count(total: { checked: number; missing: number }, more: OpeningsChecked): void {
  total.checked += more.checked;
  total.missing += more.missing;
}

function indexFault(columns: NonNullable<StoredBody['columns']>, entry: Entry): Omit<Fault, 'seq'> | undefined {
  const names = ['alliance', 'seq', 'id', 'commandId', 'at', 'hash'] as const;
  const wrong = names.find((name) => columns[name] !== entry[name]);
  return wrong && { word: 'index-differs', detail: `column of ${wrong}` };
}
