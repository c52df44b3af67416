import { membersView } from '#alliance';
import type { MembersAnswer } from '#alliance';
import { id } from '#contracts';
import { contributionFacts } from '#contribution';
import { deliberationFacts, leaversIn } from '#deliberation';
import { compareText } from '#kernel';
import type { Id } from '#kernel';
import { defineView } from '#views';
import type { AsOf, Readers } from '#views';
import type { AgendaItem } from './agenda/agenda-item.js';
import { ofContributions } from './agenda/contributions.js';
import { ofCounsel } from './agenda/counsel.js';
import { ofDecisions } from './agenda/decisions.js';
import { ofMembership } from './agenda/membership.js';
import { ofIntegration } from './agenda/objections.js';
import { ofPositions } from './agenda/positions.js';
import { ofProposals } from './agenda/proposals.js';
import { ofRounds } from './agenda/rounds.js';

export { AGENDA_KINDS } from './agenda/agenda-item.js';
export type { AgendaItem, AgendaKind } from './agenda/agenda-item.js';

export interface Agenda {
  readonly partnerId: Id;
  readonly items: readonly AgendaItem[];
}

/** What waits for one partner and what it may still do, with the last day of each: what comes first stands first. */
export const agendaView = defineView({
  name: 'agenda',
  projections: [...membersView.projections, deliberationFacts, contributionFacts],
  params: { partnerId: id() },
  async answer(readers, { partnerId }, asOf): Promise<Agenda> {
    const members = await membersView.answer(readers, {}, asOf);
    const member = members.partners.find((one) => one.partnerId === partnerId);
    const items = [
      ...(member ? await ofMembership(readers, member, members, asOf) : []),
      ...(member?.status === 'active' ? await ofDeliberation(readers, partnerId, members, asOf) : []),
      ...(await ofContributions(readers, partnerId, asOf)),
    ];
    return { partnerId, items: items.sort(inOrder) };
  },
});

async function ofDeliberation(
  readers: Readers,
  partnerId: Id,
  { partners }: MembersAnswer,
  asOf: AsOf,
): Promise<readonly AgendaItem[]> {
  const rows = readers(deliberationFacts);
  const active = new Set(partners.filter(({ status }) => status === 'active').map((one) => one.partnerId));
  const isActive = (one: Id | undefined): boolean => one !== undefined && active.has(one);
  const asking = { rows, partnerId, isActive, leavers: await leaversIn(rows), asOf };
  const items: AgendaItem[] = [];
  for (const part of [ofRounds, ofPositions, ofIntegration, ofProposals, ofCounsel, ofDecisions])
    items.push(...(await part(asking)));
  return items;
}

export function inOrder(a: AgendaItem, b: AgendaItem): number {
  return (
    compareText(a.by ?? '9999', b.by ?? '9999') || compareText(a.until ?? '', b.until ?? '') || compareText(a.id, b.id)
  );
}
