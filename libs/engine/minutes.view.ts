import { id } from '#contracts';
import { deliberationFacts, objectionsOf, registered } from '#deliberation';
import type { DecisionRow, RegisteredDecision, ShownObjection } from '#deliberation';
import type { Hash, Id } from '#kernel';
import { defineView } from '#views';
import type { AsOf, Readers } from '#views';
import { chronicle } from './chronicle.projection.js';
import type { ToldEvent } from './chronicle.projection.js';
import { MinutesEvents } from './minutes-events.js';
import type { PersonTold } from './minutes-events.js';
import { NAMING, namesFor } from './paper-names.js';
import type { PaperNames } from './paper-names.js';

export interface MinutesAnswer extends PaperNames {
  /** Null for a proposal that was not adopted. */
  readonly decision: RegisteredDecision | null;
  readonly proposalId: Id | null;
  /** Everything that happened to it, in the order of the ledger, with the places of sealed texts. */
  readonly events: readonly ToldEvent[];
  readonly objections: readonly ShownObjection[];
  /** Those who spoke or signed, by mandate. */
  readonly people: Readonly<Record<Id, PersonTold>>;
  /** Labels of colleges by charter and college; their place where they are not opened. */
  readonly colleges: Readonly<Record<Hash, string | Readonly<Record<Id, string>>>>;
}

const PROJECTIONS = [...NAMING, deliberationFacts, chronicle];

/** All that the minutes of one decision tell, with the places of sealed texts; null for a decision that is not there. */
export const minutesView = defineView({
  name: 'minutes',
  projections: PROJECTIONS,
  params: { decisionId: id() },
  async answer(readers, { decisionId }, asOf): Promise<{ readonly minutes: MinutesAnswer | null }> {
    return { minutes: await ofDecision(readers, decisionId, asOf) };
  },
});

/** The same of a proposal: those of its decision once it is adopted; null for one that is not there. */
export const proposalMinutesView = defineView({
  name: 'proposal-minutes',
  projections: PROJECTIONS,
  params: { proposalId: id() },
  async answer(readers, { proposalId }, asOf): Promise<{ readonly minutes: MinutesAnswer | null }> {
    const events = new MinutesEvents(readers(chronicle), asOf);
    await events.ofProposal(proposalId);
    const adopted = events.all('DecisionAdopted').find(({ data }) => data.proposalId === proposalId);
    if (adopted) return { minutes: await ofDecision(readers, adopted.data.decisionId, asOf) };
    const isThere = events.all('ProposalDrafted').some(({ data }) => data.proposalId === proposalId);
    return { minutes: isThere ? { decision: null, proposalId, ...(await toldOf(readers, asOf, events)) } : null };
  },
});

async function ofDecision(readers: Readers, decisionId: Id, asOf: AsOf): Promise<MinutesAnswer | null> {
  const rows = readers(deliberationFacts);
  const row = (await rows.get(`decision/${decisionId}`))?.doc as DecisionRow | undefined;
  const decision = row && (await registered(rows, row, asOf.trueOn));
  if (!decision) return null;
  const events = new MinutesEvents(readers(chronicle), asOf);
  await events.ofDecision(decisionId);
  return { decision, proposalId: decision.proposalId, ...(await toldOf(readers, asOf, events)) };
}

async function toldOf(
  readers: Readers,
  asOf: AsOf,
  events: MinutesEvents,
): Promise<Omit<MinutesAnswer, 'decision' | 'proposalId'>> {
  const objections: ShownObjection[] = [];
  for (const { data } of events.all('RoundOpened')) {
    objections.push(...(await objectionsOf(readers(deliberationFacts), data.roundId, asOf.trueOn)));
  }
  const { inOrder } = events;
  const named = { people: await events.people(), colleges: await events.colleges() };
  return { events: inOrder, objections, ...named, ...(await namesFor(readers, asOf)) };
}
