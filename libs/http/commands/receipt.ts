import type { Id, Json } from '#kernel';
import type { Answer, Entry } from '#ledger';
import { Problem } from '../problem.js';

interface Recorded {
  readonly type: string;
  readonly v: number;
  readonly subject: string;
  readonly data: Readonly<Record<string, Json>>;
  readonly occurredOn?: string;
  readonly dueAt?: string;
}

/** The answer to an accepted command: a function of the stored entry alone, so a repeat gives the same bytes for ever. */
export interface Receipt {
  readonly alliance: Id;
  readonly seq: number;
  readonly events: readonly Recorded[];
  /** The JSON to send. Sealed text is not echoed. */
  readonly body: string;
}

/** Throws the refusal as the problem it is. */
export function receiptOf(answer: Answer): Receipt {
  if (answer.kind === 'recorded') return receiptOfEntry(answer.entry);
  const { refusal, seq } = answer;
  // Without a pointer it may be the alliance itself that is not there, for this caller: then no seq is told.
  const hidden = refusal.refused === 'NOT_FOUND' && refusal.pointer === undefined;
  throw Problem.refused(refusal, hidden ? undefined : seq);
}

function receiptOfEntry({ alliance, seq, id, hash, at, body }: Entry): Receipt {
  // Read from the body as stored: what `events` of the entry hold was upcast, and would change with the program.
  const stored = JSON.parse(body) as { readonly events: readonly Recorded[] };
  const events = stored.events.map(({ type, v, subject, occurredOn, dueAt, data }) => {
    return { type, v, subject, occurredOn, dueAt, data };
  });
  const receipt = { alliance, seq, entry: id, hash, at, subject: events[0]?.subject, events };
  return { alliance, seq, events: stored.events, body: JSON.stringify(receipt) };
}
