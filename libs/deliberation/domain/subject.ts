import { refuse } from '#kernel';
import type { Id, Refusal } from '#kernel';
import type { Submission } from './state.js';
import type { DeliberationWorld } from './world.js';

/** What is decided, and what it says it would replace or review. */
export interface Matter {
  readonly proposalId?: Id;
  readonly submission: Pick<Submission, 'subjectKey' | 'supersedes' | 'reviewOf'>;
}

/** While a round asks about a subject, nothing else decides on it (part 1, 4.2). */
export function subjectBusy({ state }: DeliberationWorld, { submission }: Matter): Refusal | undefined {
  const busy = state.openRounds.some((roundId) => {
    const asked = state.proposals.get(state.rounds.get(roundId)?.proposalId);
    return asked?.submission?.subjectKey === submission.subjectKey;
  });
  return busy ? refuse('SUBJECT_BUSY') : undefined;
}

/** Every decision that holds the subject, other than this proposal's own, is named in `supersedes` or `reviewOf` (4.9). */
export function subjectTaken({ state }: DeliberationWorld, { proposalId, submission }: Matter): Refusal | undefined {
  const holders = state.holders.get(submission.subjectKey) ?? [];
  const isOwn = (decisionId: Id) =>
    proposalId !== undefined && state.decisions.get(decisionId)?.proposalId === proposalId;
  const unnamed = holders.filter(
    (decisionId) =>
      !submission.supersedes.includes(decisionId) && submission.reviewOf !== decisionId && !isOwn(decisionId),
  );
  return unnamed.length > 0 ? refuse('SUBJECT_TAKEN', { rule: 'supersedes', choices: unnamed }) : undefined;
}

/** Only a decision in force is reviewed (part 1, 4.9). */
export function notReviewable({ state }: DeliberationWorld, { submission: { reviewOf } }: Matter): Refusal | undefined {
  const status = state.decisions.get(reviewOf)?.status;
  if (reviewOf === undefined || status === 'in-force') return undefined;
  return refuse('WRONG_STATE', { rule: `reviewOf: ${String(status)}` });
}
