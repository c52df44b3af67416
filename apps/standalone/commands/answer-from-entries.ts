import { faultIn } from '#contracts';
import { viewNamed } from '#engine';
import type { Instant, Json } from '#kernel';
import type { Entry } from '#ledger';
import { withTexts } from '#paper';
import type { LineFault, QueryLine, Rehearsed } from '#rehearsal';
import { askFrom } from '#views';
import type { Answered, AsOfQuery, View } from '#views';

type Parameters = Readonly<Record<string, Json | undefined>>;
const AS_OF = ['at', 'trueOn', 'knownAt'] as const;

/** A query line of a script, answered over the entries so far, sealed texts included: a rehearsal has them all. */
export async function answerFromEntries(rehearsed: Rehearsed, line: QueryLine): Promise<Json | LineFault> {
  const answer = await answerView(rehearsed.entries, line.query, line.arguments, line.at);
  if ('fault' in answer) return answer;
  return await withTexts(answer as unknown as Json, (seq) => rehearsed.openingsOf(seq));
}

/** One view over entries. A fault points into the parameters. */
export async function answerView(
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  name: string,
  parameters: Parameters,
  now: Instant,
): Promise<Answered<unknown> | LineFault> {
  const view = viewNamed(name);
  return view ? answerOf(entries, view, parameters, now) : { pointer: '/query', fault: `no view is called ${name}` };
}

/** The same of a view that has no name of its own for askers, such as those behind pages and files. */
export async function answerOf(
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  view: View,
  parameters: Parameters,
  now: Instant,
): Promise<Answered<unknown> | LineFault> {
  const own = Object.fromEntries(Object.entries(parameters).filter(([key]) => !AS_OF.some((common) => common === key)));
  const wrong = faultIn(view.params, own);
  if (wrong) return { pointer: `/arguments${wrong.pointer}`, fault: wrong.fault };
  const asOf = asOfIn(parameters);
  if ('fault' in asOf) return asOf;
  const answer = await askFrom(entries, view, own as never, { ...asOf, now });
  if (!('fault' in answer)) return answer;
  const pointer = 'parameter' in answer ? `/arguments/${answer.parameter}` : '';
  return { pointer, fault: answer.fault };
}

function asOfIn(parameters: Parameters): AsOfQuery | LineFault {
  const asOf: Partial<Record<(typeof AS_OF)[number], string>> = {};
  for (const name of AS_OF) {
    const value = parameters[name];
    if (typeof value === 'string' || typeof value === 'number') asOf[name] = String(value);
    else if (value !== undefined) return { pointer: `/arguments/${name}`, fault: 'neither a text nor a number' };
  }
  return asOf;
}
