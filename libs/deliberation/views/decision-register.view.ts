import { DECISION_TYPES, oneOf, optional } from '#contracts';
import type { Outcome } from '#contracts';
import { addMs, compareText, DAY_MS } from '#kernel';
import type { Day, Id, Instant } from '#kernel';
import { defineView } from '#views';
import type { RowReader } from '#views';
import { linksOf } from './decision-links.js';
import type { DecisionLinks } from './decision-links.js';
import { deliberationFacts } from './deliberation.projection.js';
import type { DeliberationRow } from './deliberation.projection.js';
import { lateObjectionsTo } from './objections.view.js';
import type { LateObjection } from './objections.view.js';
import { delaysAt } from './rows/delays-at.js';
import { lastBy } from './rows/dated.js';
import type { DecisionRow } from './rows/decision.row.js';
import type { ProposalRow } from './rows/proposal.row.js';
import { roundsOf } from './rows/rounds-of.js';

/** Decisions that one answer lists, at most. */
const MAX_DECISIONS = 10_000;

export const REGISTER_STATUSES = [
  'pending',
  'in-force',
  'under-review',
  'suspended',
  'lapsed',
  'revoked',
  'expired',
  'superseded',
  'annulled',
] as const;
export type RegisterStatus = (typeof REGISTER_STATUSES)[number];

export interface RegisteredDecision {
  readonly decisionId: Id;
  readonly decisionType: string;
  readonly method: string;
  readonly status: RegisterStatus;
  /** `reviewOn` is over and no review was held: its force goes on. */
  readonly reviewOverdue: boolean;
  readonly adoptedOn: Day;
  readonly effectiveFrom: Day;
  readonly reviewOn: Day | null;
  readonly expiresOn: Day | null;
  /** Of one that is suspended: until when it may be adopted again (part 1, 4.8). */
  readonly repairUntil: Instant | null;
  /** The decision under which delegates took it. */
  readonly enablingId: Id | null;
  readonly proposalId: Id | null;
  readonly sponsorId: Id | null;
  readonly version: number | null;
  /** Places of the sealed title and text, as in `/openings/<seq>/<event>/<name>`. */
  readonly title: string | null;
  readonly text: string | null;
  readonly subjectKey: Id;
  readonly supersedes: readonly Id[];
  readonly supersededBy: Id | null;
  readonly links: DecisionLinks;
  readonly responsible: readonly Id[];
  readonly criteria: readonly Id[];
  readonly rounds: readonly RegisteredRound[];
  readonly lateObjections: readonly LateObjection[];
  readonly seq: number;
}

export interface RegisteredRound {
  readonly roundId: Id;
  readonly roundNumber: number;
  readonly version: number;
  readonly openedOn: Day;
  readonly closedOn: Day | null;
  readonly closing: string | null;
  readonly outcome: Outcome | null;
  /** The outcome after what was learnt since (part 1, 4.8). */
  readonly reevaluated: Outcome | null;
}

/** What the alliance has decided, in the order of adoption, with the rounds that led there. */
export const decisionRegisterView = defineView({
  name: 'decision-register',
  projections: [deliberationFacts],
  params: { status: optional(oneOf(...REGISTER_STATUSES)), decisionType: optional(oneOf(...DECISION_TYPES)) },
  async answer(
    readers,
    { status, decisionType },
    { trueOn },
  ): Promise<{ readonly decisions: readonly RegisteredDecision[] }> {
    const rows = readers(deliberationFacts);
    const found = await rows.list({ tag: 'decision' }, MAX_DECISIONS);
    const decisions: RegisteredDecision[] = [];
    for (const { doc } of found.toSorted((a, b) => inOrderOfAdoption(a.doc as DecisionRow, b.doc as DecisionRow))) {
      const decision = await registered(rows, doc as DecisionRow, trueOn);
      if (
        decision &&
        (status ?? decision.status) === decision.status &&
        (decisionType ?? decision.decisionType) === decision.decisionType
      )
        decisions.push(decision);
    }
    return { decisions };
  },
});

/** Two that one late entry adopted stand as they fell due. */
function inOrderOfAdoption({ adopted: a }: DecisionRow, { adopted: b }: DecisionRow): number {
  if (!a || !b) return 0;
  return compareText(a.at, b.at) || a.seq - b.seq || a.place - b.place;
}

/** A decision as of a day; nothing before its adoption. */
export async function registered(
  rows: RowReader<DeliberationRow>,
  row: DecisionRow,
  trueOn: Day,
): Promise<RegisteredDecision | undefined> {
  const { adopted } = row;
  if (!adopted || adopted.day > trueOn) return undefined;
  const { decisionId } = row;
  const { decisionType, method, subjectKey, supersedes, responsible, criteria, seq } = adopted;
  return {
    ...{ decisionId, decisionType, method },
    ...lifeOf(row, adopted, trueOn, await isUnderReview(rows, row, trueOn)),
    repairUntil: await repairUntil(rows, row, trueOn),
    ...(await proposalOf(rows, adopted)),
    ...{ subjectKey, supersedes, responsible, criteria },
    links: await linksOf(rows, row, trueOn),
    lateObjections: lateObjectionsTo(row, trueOn),
    rounds: adopted.proposalId === undefined ? [] : await registeredRounds(rows, adopted.proposalId, trueOn),
    seq,
  };
}

type Adopted = NonNullable<DecisionRow['adopted']>;

/** From when to when a decision has force, and what ended it, as of a day. */
function lifeOf(row: DecisionRow, { day, effectiveFrom, expiresOn }: Adopted, trueOn: Day, underReview: boolean) {
  const held = statusOf(row, trueOn);
  const status = held === 'in-force' && underReview ? 'under-review' : held;
  const reviewOn = lastBy(row.reviewDates, trueOn)?.reviewOn ?? row.adopted?.reviewOn ?? null;
  const superseded = row.superseded && row.superseded.day <= trueOn ? row.superseded : undefined;
  return {
    status,
    reviewOverdue: reviewOn !== null && reviewOn < trueOn && held === 'in-force',
    ...{ adoptedOn: day, effectiveFrom, reviewOn, expiresOn: expiresOn ?? null },
    supersededBy: superseded?.byDecisionId ?? null,
  };
}

/** `repairDays` are those of the charter in force at the suspension. */
async function repairUntil(rows: RowReader<DeliberationRow>, row: DecisionRow, trueOn: Day): Promise<Instant | null> {
  const last = lastBy(row.steps, trueOn);
  if (last?.step !== 'suspended' || statusOf(row, trueOn) !== 'suspended') return null;
  const delays = await delaysAt(rows, last.seq);
  return delays ? addMs(last.at, delays.repairDays * DAY_MS) : null;
}

/** A round on a proposal to review it is open. */
async function isUnderReview(
  rows: RowReader<DeliberationRow>,
  { reviews }: DecisionRow,
  trueOn: Day,
): Promise<boolean> {
  for (const proposalId of reviews) {
    const rounds = await registeredRounds(rows, proposalId, trueOn);
    if (rounds.some(({ closedOn }) => closedOn === null)) return true;
  }
  return false;
}

/** The version that was adopted, and who stood for it at the adoption; or what delegates decided, without proposal. */
async function proposalOf(rows: RowReader<DeliberationRow>, { enablingId, proposalId, version, seq }: Adopted) {
  // The act of the delegates is the first event of the entry in which its decision was adopted.
  const decided = enablingId === undefined ? null : `${String(seq)}/0/text`;
  const none = { enablingId: enablingId ?? null, proposalId: null, version: null, title: null, sponsorId: null };
  const row = (await rows.get(`proposal/${proposalId ?? ''}`))?.doc as ProposalRow | undefined;
  if (!row) return { ...none, proposalId: proposalId ?? null, version: version ?? null, text: decided };
  const { title = null, sponsors, versions } = row;
  return {
    ...{ ...none, proposalId: row.proposalId, version: version ?? null, title },
    sponsorId: sponsors.filter((sponsor) => sponsor.seq <= seq).at(-1)?.partnerId ?? null,
    text: versions.find((one) => one.version === version)?.text ?? decided,
  };
}

/**
 * By the dates, not by the due events, wherever dates alone decide: a late clock changes no such status. What else
 * decided, a commitment or a result, is read from what was recorded.
 */
function statusOf({ adopted, tookEffect, superseded, steps }: DecisionRow, trueOn: Day): RegisterStatus {
  if (superseded && superseded.day <= trueOn) return 'superseded';
  const last = lastBy(steps, trueOn)?.step;
  if (last !== undefined && last !== 'resumed') return last;
  const { conditions = [], effectiveFrom = '', expiresOn } = adopted ?? {};
  const inForceFrom = conditions.length === 0 ? effectiveFrom : tookEffect?.day;
  if (inForceFrom === undefined || inForceFrom > trueOn) return 'pending';
  return expiresOn !== undefined && expiresOn < trueOn ? 'expired' : 'in-force';
}

async function registeredRounds(
  rows: RowReader<DeliberationRow>,
  proposalId: Id,
  trueOn: Day,
): Promise<RegisteredRound[]> {
  const found = await roundsOf(rows, proposalId, trueOn);
  return found.flatMap(({ roundId, opened, closed, reevaluated }): RegisteredRound[] => {
    if (!opened) return [];
    const ended = closed && closed.day <= trueOn ? closed : undefined;
    return [
      {
        roundId,
        roundNumber: opened.roundNumber,
        version: opened.version,
        openedOn: opened.day,
        closedOn: ended?.day ?? null,
        closing: ended?.closing ?? null,
        outcome: ended?.outcome ?? null,
        reevaluated: lastBy(reevaluated, trueOn)?.outcome ?? null,
      },
    ];
  });
}
