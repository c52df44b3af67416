import type { Day } from '#kernel';
import { askFrom } from '#views';
import { agendaView } from '../agenda.view.js';
import type { AgendaItem } from '../agenda.view.js';
import type { PlayedAlliance } from './played-alliance.js';

/** What waits for a partner of a played alliance, by its place, as of a day. */
export async function agendaOf(played: PlayedAlliance, place: number, trueOn?: Day): Promise<readonly AgendaItem[]> {
  const { entries, now, partners } = played;
  const partnerId = partners[place];
  if (partnerId === undefined) throw new Error('no such partner');
  const asked = { now, ...(trueOn === undefined ? {} : { trueOn }) };
  const answer = await askFrom(entries, agendaView, { partnerId }, asked);
  if ('fault' in answer) throw new Error(answer.fault);
  return answer.data.items;
}

/** The same in short: each thing with its last instant, else its last day, when it has one. */
export async function waitingFor(played: PlayedAlliance, place: number, trueOn?: Day): Promise<readonly string[]> {
  const items = await agendaOf(played, place, trueOn);
  return items.map(({ what, by, until }) => [what, ...([until ?? by].filter(Boolean) as string[])].join(' '));
}
