import { DECISION_TYPES, oneOf, optional } from '#contracts';
import type { Day, Id, Instant } from '#kernel';
import { defineView } from '#views';
import type { RowReader } from '#views';
import { knownPositions, notCountedIn, removalsOf } from './counting.js';
import { deliberationFacts } from './deliberation.projection.js';
import type { DeliberationRow } from './deliberation.projection.js';
import type { AdviceRow } from './rows/advice.row.js';
import type { AmendmentRow } from './rows/amendment.row.js';
import { by, lastBy } from './rows/dated.js';
import type { DecisionRow } from './rows/decision.row.js';
import { leaversIn } from './rows/leavers-in.js';
import type { ProposalRow } from './rows/proposal.row.js';
import type { RoundRow } from './rows/round.row.js';
import { roundsOf } from './rows/rounds-of.js';

/** Proposals that one answer lists, and decisions, amendments or advice of one, at most. */
const MAX_PROPOSALS = 10_000;
const MAX_OF_ONE = 100;

/** The states of part 1, 4.2. */
export const PROPOSAL_STATUSES = ['draft', 'submitted', 'in-round', 'adopted', 'closed', 'withdrawn'] as const;
export type ProposalStatus = (typeof PROPOSAL_STATUSES)[number];

export interface BoardProposal {
  readonly proposalId: Id;
  readonly decisionType: string;
  readonly status: ProposalStatus;
  readonly sponsorId: Id | null;
  /** Places of the sealed texts, as in `/openings/<seq>/<event>/<name>`. */
  readonly title: string | null;
  readonly driver: string | null;
  readonly text: string | null;
  readonly subjectKey: Id | null;
  readonly version: number | null;
  readonly reviewOf: Id | null;
  readonly responsible: readonly Id[];
  readonly rounds: number;
  readonly lastResult: string | null;
  readonly openRound: {
    readonly roundId: Id;
    readonly closesAt: Instant;
    readonly asked: number;
    readonly answered: number;
  } | null;
  /** Amendments and advice so far, in order. */
  readonly amendments: readonly BoardAmendment[];
  readonly advice: readonly BoardAdvice[];
  readonly decisionId: Id | null;
  readonly draftedOn: Day;
  readonly seq: number;
}

export interface BoardAmendment {
  readonly amendmentId: Id;
  readonly authorId: Id | null;
  readonly baseVersion: number;
  readonly status: 'submitted' | 'accepted' | 'rejected' | 'withdrawn' | 'promoted';
  /** Place of the sealed text, as in `/openings/<seq>/<event>/<name>`. */
  readonly text: string | null;
}

export interface BoardAdvice {
  readonly adviceId: Id;
  readonly partnerId: Id;
  readonly because: string;
  readonly windowEnds: Instant;
  /** Place of the sealed text, once it was given. */
  readonly text: string | null;
  readonly followUp: string | null;
}

/** Proposals with where each stands, in the order of drafting (part 1, 4.2). */
export const proposalBoardView = defineView({
  name: 'proposal-board',
  projections: [deliberationFacts],
  params: { status: optional(oneOf(...PROPOSAL_STATUSES)), decisionType: optional(oneOf(...DECISION_TYPES)) },
  async answer(
    readers,
    { status, decisionType },
    { trueOn },
  ): Promise<{ readonly proposals: readonly BoardProposal[] }> {
    const rows = readers(deliberationFacts);
    const proposals: BoardProposal[] = [];
    for (const { doc } of await rows.list({ tag: 'proposal' }, MAX_PROPOSALS)) {
      const one = await boardProposal(rows, doc as ProposalRow, trueOn);
      if (!one || (status ?? one.status) !== one.status) continue;
      if ((decisionType ?? one.decisionType) === one.decisionType) proposals.push(one);
    }
    return { proposals: proposals.sort((a, b) => a.seq - b.seq) };
  },
});

/** A proposal as of a day; nothing before it was drafted. */
export async function boardProposal(
  rows: RowReader<DeliberationRow>,
  row: ProposalRow,
  trueOn: Day,
): Promise<BoardProposal | undefined> {
  const { proposalId, drafted, decisionType = '' } = row;
  if (!drafted || drafted.day > trueOn) return undefined;
  const { status, open, rounds, decision } = await proposalStatusOf(rows, row, trueOn);
  return {
    ...{ proposalId, decisionType, status },
    ...textOf(row, trueOn),
    ...{ rounds: rounds.length, lastResult: lastResultOf(rounds, trueOn) },
    openRound: open ? await openRoundOf(rows, open, trueOn) : null,
    ...{ amendments: await amendmentsOf(rows, proposalId, trueOn), advice: await adviceOf(rows, proposalId, trueOn) },
    ...{ decisionId: decision?.decisionId ?? null, draftedOn: drafted.day, seq: drafted.seq },
  };
}

/** Where a proposal stands on a day, and its rounds so far. */
export async function proposalStatusOf(rows: RowReader<DeliberationRow>, row: ProposalRow, trueOn: Day) {
  const { proposalId } = row;
  const rounds = await roundsOf(rows, proposalId, trueOn);
  const open = rounds.find(({ closed }) => !closed || closed.day > trueOn);
  const decision = await decisionOf(rows, proposalId, trueOn);
  return { status: statusOf(row, trueOn, { open, rounds, decision }), open, rounds, decision };
}

/** What is proposed, and by whom, so far. */
function textOf(row: ProposalRow, trueOn: Day) {
  const submitted = row.submitted && row.submitted.day <= trueOn ? row.submitted : undefined;
  const version = lastBy(row.versions, trueOn);
  return {
    sponsorId: lastBy(row.sponsors, trueOn)?.partnerId ?? null,
    ...{ title: row.title ?? null, driver: row.driver ?? null, text: version?.text ?? null },
    ...{ subjectKey: submitted?.subjectKey ?? null, version: version?.version ?? null },
    reviewOf: submitted?.reviewOf ?? null,
    responsible: by(row.responsible, trueOn).map(({ partnerId }) => partnerId),
  };
}

function lastResultOf(rounds: readonly RoundRow[], trueOn: Day): string | null {
  const closed = rounds.findLast((round) => round.closed && round.closed.day <= trueOn);
  return resultOf(closed, trueOn) ?? null;
}

interface Asked {
  readonly open: RoundRow | undefined;
  readonly rounds: readonly RoundRow[];
  readonly decision: DecisionRow | undefined;
}

/**
 * By the result of the last round (part 1, 4.2). A re-evaluation that leaves `adopted`, or would reach it, brings the
 * proposal back: it takes a decision away and makes none (4.8).
 */
function statusOf(
  { withdrawn, submitted }: ProposalRow,
  trueOn: Day,
  { open, rounds, decision }: Asked,
): ProposalStatus {
  if (withdrawn && withdrawn.day <= trueOn) return 'withdrawn';
  if (open) return 'in-round';
  const last = rounds.at(-1);
  if (last && isTurned(last, trueOn)) return 'submitted';
  switch (resultOf(last, trueOn)) {
    case 'adopted':
      return 'adopted';
    case 'not-adopted':
      return isFallbackDue(last) ? 'submitted' : 'closed';
    case 'selected':
      return last?.closed?.outcome.selected === 'status-quo' ? 'closed' : 'submitted';
    default:
      if (decision) return 'adopted';
      return submitted && submitted.day <= trueOn ? 'submitted' : 'draft';
  }
}

function isTurned({ closed, reevaluated }: RoundRow, trueOn: Day): boolean {
  const wasAdopted = closed?.outcome.result === 'adopted';
  return (
    closed !== undefined && by(reevaluated, trueOn).some((one) => (one.outcome.result === 'adopted') !== wasAdopted)
  );
}

/** After M1 `not-adopted` the fallback is asked, once (part 1, 4.2, d). */
function isFallbackDue(round: RoundRow | undefined): boolean {
  const { method, fallback } = round?.opened?.policy ?? {};
  return method === 'consent' && fallback !== undefined;
}

function resultOf(round: RoundRow | undefined, trueOn: Day): string | undefined {
  if (!round?.closed || round.closed.day > trueOn) return undefined;
  return (lastBy(round.reevaluated, trueOn) ?? round.closed).outcome.result;
}

async function decisionOf(rows: RowReader<DeliberationRow>, proposalId: Id, trueOn: Day) {
  const found = (await rows.list({ tag: `decision-of/${proposalId}` }, MAX_OF_ONE)).map(
    ({ doc }) => doc as DecisionRow,
  );
  return found
    .filter(({ adopted }) => adopted !== undefined && adopted.day <= trueOn)
    .sort((a, b) => (a.adopted?.seq ?? 0) - (b.adopted?.seq ?? 0))
    .at(-1);
}

/** Of the partners that are asked still, those whose answer would count now. */
async function openRoundOf(
  rows: RowReader<DeliberationRow>,
  row: RoundRow,
  trueOn: Day,
): Promise<BoardProposal['openRound']> {
  const { roundId, opened, deadlines } = row;
  const leavers = await leaversIn(rows);
  const known = await knownPositions(rows, row, trueOn);
  const whys = notCountedIn(row, known, leavers, trueOn);
  const answered = known.filter(({ fact }) => !whys.has(fact.positionId)).length;
  return {
    roundId,
    closesAt: lastBy(deadlines, trueOn)?.closesAt ?? opened?.closesAt ?? '',
    asked: (opened?.electorate.length ?? 0) - removalsOf(row, leavers, trueOn).size,
    answered,
  };
}

async function amendmentsOf(rows: RowReader<DeliberationRow>, proposalId: Id, trueOn: Day): Promise<BoardAmendment[]> {
  const found = await rows.list({ tag: `amendment-of/${proposalId}` }, MAX_OF_ONE);
  return found
    .map(({ doc }) => doc as AmendmentRow)
    .flatMap(({ amendmentId, submitted, ...steps }) => {
      if (!submitted || submitted.day > trueOn) return [];
      const { authorId, baseVersion, text, seq } = submitted;
      return [
        {
          seq,
          shown: { amendmentId, authorId, baseVersion, status: amendmentStatus(steps, trueOn), text: text ?? null },
        },
      ];
    })
    .sort((a, b) => a.seq - b.seq)
    .map(({ shown }) => shown);
}

/** The last step that it came to; only a rejected one is promoted. */
function amendmentStatus(
  steps: Omit<AmendmentRow, 'submitted' | 'amendmentId'>,
  trueOn: Day,
): BoardAmendment['status'] {
  const order = ['promoted', 'withdrawn', 'rejected', 'accepted'] as const;
  return order.find((step) => (steps[step]?.day ?? '9999') <= trueOn) ?? 'submitted';
}

async function adviceOf(rows: RowReader<DeliberationRow>, proposalId: Id, trueOn: Day): Promise<BoardAdvice[]> {
  const found = await rows.list({ tag: `advice-of/${proposalId}` }, MAX_OF_ONE);
  return found
    .map(({ doc }) => doc as AdviceRow)
    .flatMap(({ adviceId, requested, given, answered }) => {
      if (!requested || requested.day > trueOn) return [];
      const { partnerId, because, windowEnds, seq } = requested;
      const text = given && given.day <= trueOn ? (given.text ?? null) : null;
      const followUp = answered && answered.day <= trueOn ? answered.followUp : null;
      return [{ seq, shown: { adviceId, partnerId, because, windowEnds, text, followUp } }];
    })
    .sort((a, b) => a.seq - b.seq)
    .map(({ shown }) => shown);
}
