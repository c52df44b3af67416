import { abandonedAt, abandonedTag, graceFrom } from '#deliberation';
import type { ObjectionRow, RoundRow } from '#deliberation';
import { dated, MAX_ROWS, timed } from './agenda-item.js';
import type { AgendaItem, Asking } from './agenda-item.js';
import { proposalIn, sponsoringOf } from './sponsoring.js';

/** Integrations that objector and sponsor confirm, and abandonments that the objector may contest (part 1, 4.6). */
export async function ofIntegration(asking: Asking): Promise<readonly AgendaItem[]> {
  const { rows, partnerId, asOf } = asking;
  const items: AgendaItem[] = [];
  for (const { doc } of await rows.list({ tag: 'objection-integrating' }, MAX_ROWS)) {
    const objection = doc as ObjectionRow;
    if (await isToConfirm(asking, objection)) items.push(dated('confirm-resolution', objection.objectionId, null));
  }
  for (const { doc } of await rows.list({ tag: abandonedTag(partnerId) }, MAX_ROWS)) {
    const objection = doc as ObjectionRow;
    const at = abandonedAt(objection);
    if (at !== undefined && (await sponsoringOver(asking, objection))?.goesOn)
      items.push(...timed('contest-abandonment', objection.objectionId, graceFrom(at), asOf));
  }
  return items;
}

/** Each side confirms once, after the last version that claims to integrate it, as long as the proposal goes on. */
async function isToConfirm(asking: Asking, objection: ObjectionRow): Promise<boolean> {
  const { raised, steps } = objection;
  const integratedAt = steps.findLastIndex(({ step }) => step === 'ObjectionIntegrated');
  const confirmed = steps.slice(integratedAt).map(({ side }) => side);
  const sponsoring = await sponsoringOver(asking, objection);
  const sides = { objector: raised?.partnerId, sponsor: sponsoring?.sponsorId };
  const isAwaited = Object.entries(sides).some(([side, who]) => who === asking.partnerId && !confirmed.includes(side));
  return isAwaited && sponsoring?.goesOn === true;
}

async function sponsoringOver(asking: Asking, { raised }: ObjectionRow) {
  const round = (await asking.rows.get(`round/${raised?.roundId ?? ''}`))?.doc as RoundRow | undefined;
  const row = await proposalIn(asking, round?.opened?.proposalId);
  return row && (await sponsoringOf(asking, row));
}
