import { membersView } from '#alliance';
import { id } from '#contracts';
import { boardProposal, deliberationFacts, registered, roundsOf, shownRound } from '#deliberation';
import type { BoardProposal, DecisionRow, ProposalRow, RegisteredDecision, ShownRound } from '#deliberation';
import type { Id } from '#kernel';
import { defineView } from '#views';

export interface MinutesAnswer {
  /** Place of the sealed name of the alliance, as in `/openings/<seq>/<event>/<name>`. */
  readonly alliance: string;
  readonly decision: RegisteredDecision;
  readonly proposal: BoardProposal | null;
  /** All rounds of its proposal, in order. */
  readonly rounds: readonly ShownRound[];
  /** Places of the sealed names, by partner. */
  readonly names: Readonly<Record<Id, string>>;
}

/** All that the minutes of one decision tell, with the places of sealed texts; null for a decision that is not there. */
export const minutesView = defineView({
  name: 'minutes',
  projections: [...membersView.projections, deliberationFacts],
  params: { decisionId: id() },
  async answer(readers, { decisionId }, asOf): Promise<{ readonly minutes: MinutesAnswer | null }> {
    const rows = readers(deliberationFacts);
    const decisionRow = (await rows.get(`decision/${decisionId}`))?.doc as DecisionRow | undefined;
    const decision = decisionRow && (await registered(rows, decisionRow, asOf.trueOn));
    if (!decision) return { minutes: null };
    const proposalId = decision.proposalId;
    const proposalRow = (await rows.get(`proposal/${proposalId ?? ''}`))?.doc as ProposalRow | undefined;
    const found = proposalId === null ? [] : await roundsOf(rows, proposalId, asOf.trueOn);
    const rounds = await Promise.all(found.map((row) => shownRound(rows, row, asOf.trueOn)));
    const { partners } = await membersView.answer(readers, {}, asOf);
    return {
      minutes: {
        alliance: '0/0/name',
        decision,
        proposal: (proposalRow && (await boardProposal(rows, proposalRow, asOf.trueOn))) ?? null,
        rounds: rounds.filter((round) => round !== undefined),
        names: Object.fromEntries(partners.map(({ partnerId, legalName }) => [partnerId, legalName])),
      },
    };
  },
});
