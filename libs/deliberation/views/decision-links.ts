import type { Day, Id } from '#kernel';
import type { RowReader } from '#views';
import type { DeliberationRow } from './deliberation.projection.js';
import { by } from './rows/dated.js';
import type { DecisionRow } from './rows/decision.row.js';
import type { ProposalRow } from './rows/proposal.row.js';
import type { RoundRow } from './rows/round.row.js';

/** What a decision is tied to, as of a day. */
export interface DecisionLinks {
  readonly proposal: Id | null;
  /** The round that adopted it. */
  readonly round: Id | null;
  readonly supersedes: readonly Id[];
  readonly supersededBy: Id | null;
  /** The decision that it was adopted to amend, and those adopted to amend it. */
  readonly amends: Id | null;
  readonly amendedBy: readonly Id[];
  /** Proposals that renewed or revoked it: they made no decision of their own (part 1, 4.9). */
  readonly renewedBy: readonly Id[];
  readonly revokedBy: readonly Id[];
  /** Every proposal to review it. */
  readonly reviews: readonly Id[];
  /** Address of its minutes, below that of the alliance. */
  readonly minutes: string;
}

type Rows = RowReader<DeliberationRow>;

export async function linksOf(rows: Rows, row: DecisionRow, trueOn: Day): Promise<DecisionLinks> {
  const { decisionId, adopted, superseded } = row;
  const own = await proposalIn(rows, adopted?.proposalId);
  const reviewing = await reviewsOf(rows, row, trueOn);
  const ended = await endedReviews(rows, row, reviewing, trueOn);
  return {
    ...{
      proposal: adopted?.proposalId ?? null,
      round: adopted?.roundId ?? null,
      supersedes: adopted?.supersedes ?? [],
    },
    supersededBy: superseded && superseded.day <= trueOn ? superseded.byDecisionId : null,
    amends: own?.submitted?.reviewOutcome === 'amend' ? (own.submitted.reviewOf ?? null) : null,
    amendedBy: await amendedBy(rows, reviewing, trueOn),
    ...{ renewedBy: ended('renew'), revokedBy: ended('revoke') },
    reviews: reviewing.map(({ proposalId }) => proposalId),
    minutes: `decisions/${decisionId}/minutes`,
  };
}

async function proposalIn(rows: Rows, proposalId: Id | undefined): Promise<ProposalRow | undefined> {
  return (await rows.get(`proposal/${proposalId ?? ''}`))?.doc as ProposalRow | undefined;
}

/** Proposals to review it, in the order of their submission. */
async function reviewsOf(rows: Rows, { reviews }: DecisionRow, trueOn: Day): Promise<ProposalRow[]> {
  const found = await Promise.all(reviews.map((proposalId) => proposalIn(rows, proposalId)));
  return found
    .filter((one) => one?.submitted !== undefined && one.submitted.day <= trueOn)
    .filter((one) => one !== undefined)
    .sort((a, b) => (a.submitted?.seq ?? 0) - (b.submitted?.seq ?? 0));
}

async function amendedBy(rows: Rows, reviewing: readonly ProposalRow[], trueOn: Day): Promise<Id[]> {
  const ids = reviewing.filter(({ submitted }) => submitted?.reviewOutcome === 'amend').flatMap((one) => one.decisions);
  const found = await Promise.all(ids.map(async (id) => (await rows.get(`decision/${id}`))?.doc as DecisionRow));
  return found.filter(({ adopted }) => adopted !== undefined && adopted.day <= trueOn).map((one) => one.decisionId);
}

/** By outcome, the proposals whose adoption ended a review so; one by advice had no round. */
async function endedReviews(rows: Rows, { reviewed }: DecisionRow, reviewing: readonly ProposalRow[], trueOn: Day) {
  const ended = await Promise.all(
    by(reviewed, trueOn).map(async ({ roundId, outcome }) => {
      const round = (await rows.get(`round/${roundId ?? ''}`))?.doc as RoundRow | undefined;
      const advised = reviewing.findLast(({ submitted }) => submitted?.reviewOutcome === outcome);
      return { outcome, proposalId: roundId === undefined ? advised?.proposalId : round?.opened?.proposalId };
    }),
  );
  return (outcome: string): Id[] =>
    ended.filter((one) => one.outcome === outcome).flatMap((one) => one.proposalId ?? []);
}
