import { toAdviseTag } from '#deliberation';
import type { AdviceRow, AmendmentRow } from '#deliberation';
import { lastDayOf } from '#kernel';
import type { Id } from '#kernel';
import { dated, MAX_ROWS, timed } from './agenda-item.js';
import type { AgendaItem, Asking } from './agenda-item.js';
import { isSponsor, proposalIn, sponsoringOf } from './sponsoring.js';

/** Advice that the partner was asked for, or may ask to be asked for; advice and amendments that wait for it as sponsor. */
export async function ofCounsel(asking: Asking): Promise<readonly AgendaItem[]> {
  const { rows, partnerId, asOf } = asking;
  const items: AgendaItem[] = [];
  for (const { doc } of await rows.list({ tag: toAdviseTag(partnerId) }, MAX_ROWS)) {
    const { adviceId, requested } = doc as AdviceRow;
    if (requested) items.push(...timed('give-advice', adviceId, requested.windowEnds, asOf));
  }
  for (const { doc } of await rows.list({ tag: 'advice-to-answer' }, MAX_ROWS)) {
    const { adviceId, requested } = doc as AdviceRow;
    if (await isSponsor(asking, requested?.proposalId)) items.push(dated('answer-advice', adviceId, null));
  }
  for (const { doc } of await rows.list({ tag: 'amendment-open' }, MAX_ROWS)) {
    const { amendmentId, submitted } = doc as AmendmentRow;
    if (await isSponsor(asking, submitted?.proposalId)) items.push(dated('answer-amendment', amendmentId, null));
  }
  return [...items, ...(await toAskFor(asking))];
}

/** Any partner may ask to be asked before the last window ends, once (part 1, 4.5, M9). */
async function toAskFor(asking: Asking): Promise<readonly AgendaItem[]> {
  const { rows, asOf } = asking;
  const open = (await rows.list({ tag: 'advice-open' }, MAX_ROWS)).map(({ doc }) => (doc as AdviceRow).requested);
  const current = open.filter((one) => one !== undefined && asOf.trueOn <= lastDayOf(one.windowEnds, asOf.timeZone));
  const items: AgendaItem[] = [];
  for (const proposalId of new Set(current.flatMap((one) => one?.proposalId ?? [])))
    items.push(...(await toAskOn(asking, proposalId)));
  return items;
}

async function toAskOn(asking: Asking, proposalId: Id): Promise<readonly AgendaItem[]> {
  const { rows, partnerId, asOf } = asking;
  const all = await rows.list({ tag: `advice-of/${proposalId}` }, MAX_ROWS);
  const asked = all.flatMap(({ doc }) => (doc as AdviceRow).requested ?? []);
  const row = await proposalIn(asking, proposalId);
  if (!row || asked.some((one) => one.partnerId === partnerId)) return [];
  const { goesOn, sponsorId } = await sponsoringOf(asking, row);
  if (!goesOn || sponsorId === partnerId) return [];
  const [last = ''] = asked
    .map(({ windowEnds }) => windowEnds)
    .sort()
    .toReversed();
  return timed('ask-to-advise', proposalId, last, asOf);
}
