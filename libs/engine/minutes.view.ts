import { membersView } from '#alliance';
import { id } from '#contracts';
import { decisionRegisterView, deliberationFacts, proposalBoardView, shownRound } from '#deliberation';
import type { BoardProposal, RegisteredDecision, RoundRow, ShownRound } from '#deliberation';
import type { Id } from '#kernel';
import { defineView } from '#views';

/** Rounds of one proposal that the minutes tell, at most. */
const MAX_ROUNDS = 100;

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
    const { decisions } = await decisionRegisterView.answer(readers, {}, asOf);
    const decision = decisions.find((one) => one.decisionId === decisionId);
    if (!decision) return { minutes: null };
    const { proposals } = await proposalBoardView.answer(readers, {}, asOf);
    const { partners } = await membersView.answer(readers, {}, asOf);
    const rows = readers(deliberationFacts);
    const found = await rows.list({ tag: `round-of/${decision.proposalId ?? ''}` }, MAX_ROUNDS);
    const rounds = await Promise.all(found.map(({ doc }) => shownRound(rows, doc as RoundRow, asOf.trueOn)));
    return {
      minutes: {
        alliance: '0/0/name',
        decision,
        proposal: proposals.find(({ proposalId }) => proposalId === decision.proposalId) ?? null,
        rounds: rounds.filter((round) => round !== undefined).sort((a, b) => a.roundNumber - b.roundNumber),
        names: Object.fromEntries(partners.map(({ partnerId, legalName }) => [partnerId, legalName])),
      },
    };
  },
});
