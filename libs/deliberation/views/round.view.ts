import { id } from '#contracts';
import type { Outcome } from '#contracts';
import type { Day, Hash, Id, Instant } from '#kernel';
import { defineView } from '#views';
import type { RowReader } from '#views';
import { resultSentence } from '#words';
import type { Texts } from '#words';
import { isContested, isStruck, knownPositions, notCountedIn, removalsOf } from './counting.js';
import type { KnownPosition, Removed } from './counting.js';
import { deliberationFacts } from './deliberation.projection.js';
import type { DeliberationRow } from './deliberation.projection.js';
import { lateObjectionsOn, objectionsOf } from './objections.view.js';
import type { LateObjection, ShownObjection } from './objections.view.js';
import { by, lastBy } from './rows/dated.js';
import { leaversIn } from './rows/leavers-in.js';
import type { LeaverRow } from './rows/leaver.row.js';
import type { PositionRow } from './rows/position.row.js';
import type { ProposalRow } from './rows/proposal.row.js';
import type { PositionFact, RoundRow } from './rows/round.row.js';

type Opened = NonNullable<RoundRow['opened']>;

export interface ShownPosition {
  readonly positionId: Id;
  readonly partnerId: Id;
  readonly value: string;
  /** Of a method that compares options. */
  readonly ballot: PositionFact['ballot'] | null;
  readonly standing: string;
  readonly channel: string;
  /** The partner that took it as proxy holder. */
  readonly holderId: Id | null;
  /** How it was said, and under which mandate, of a position on behalf. */
  readonly means: string | null;
  readonly speakerMandateId: Id | null;
  readonly at: Instant;
  /** When it was said, of a position on behalf. */
  readonly statedAt: Instant | null;
  readonly late: boolean;
  readonly contested: boolean;
  /** Taken by a proxy holder that recused itself since. */
  readonly struck: boolean;
  readonly ratification: 'none' | 'pending' | 'ratified' | 'refused';
  /** Why it does not count: at the closing, or while the round is open as of now. Null when it counts. */
  readonly why: string | null;
  /** Places of the sealed texts, as in `/openings/<seq>/<event>/<name>`; null where none was written. */
  readonly reason: string | null;
  readonly concern: string | null;
  readonly internalSplit: string | null;
  readonly seq: number;
}

export interface ShownElector {
  readonly partnerId: Id;
  readonly kind: string;
  /** The position that counts for it, so far or at the closing. */
  readonly value: string | null;
  readonly answered: boolean;
  readonly deliveredAt: Instant | null;
  /** Recused itself from this round. */
  readonly recused: boolean;
  /** How it left the electorate while the round was open. */
  readonly removed: Removed | null;
}

export interface ShownResult {
  readonly closing: string;
  readonly closedAt: Instant;
  readonly outcome: Outcome;
  /** In one sentence, made of the outcome's fields alone. */
  readonly sentence: Texts;
  readonly evaluatorVersion: number;
  readonly inputHash: Hash;
  readonly seq: number;
  readonly hash: Hash;
  /** Outcomes after what was learnt since. */
  readonly reevaluated: readonly {
    readonly cause: string;
    readonly positionId: Id;
    readonly outcome: Outcome;
    readonly sentence: Texts;
    readonly seq: number;
  }[];
}

export interface ShownRound {
  readonly roundId: Id;
  readonly proposalId: Id;
  readonly decisionType: string | null;
  readonly sponsorId: Id | null;
  readonly roundNumber: number;
  readonly attempt: number;
  readonly version: number;
  readonly textHash: Hash;
  /** Places of the sealed texts of the proposal, as in `/openings/<seq>/<event>/<name>`. */
  readonly title: string | null;
  readonly driver: string | null;
  readonly text: string | null;
  readonly charterVersion: number;
  readonly charterHash: Hash;
  readonly policy: Opened['policy'];
  readonly floor: Opened['floor'];
  readonly options: readonly string[];
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly extensions: readonly { readonly closesAt: Instant; readonly cause: string; readonly on: Day }[];
  readonly electorate: readonly ShownElector[];
  readonly positions: readonly ShownPosition[];
  /** Those of late positions are among them, marked. */
  readonly objections: readonly ShownObjection[];
  /** Filed after the closing on what it decided. */
  readonly lateObjections: readonly LateObjection[];
  readonly result: ShownResult | null;
  readonly seq: number;
  readonly hash: Hash;
}

/** One round: what is asked, who has answered what, objections, and after the closing its result (part 1, 4.2-4.7). */
export const roundView = defineView({
  name: 'round',
  projections: [deliberationFacts],
  params: { roundId: id() },
  async answer(readers, { roundId }, { trueOn }): Promise<{ readonly round: ShownRound | null }> {
    const rows = readers(deliberationFacts);
    const row = (await rows.get(`round/${roundId}`))?.doc as RoundRow | undefined;
    return { round: (row && (await shownRound(rows, row, trueOn))) ?? null };
  },
});

export async function shownRound(
  rows: RowReader<DeliberationRow>,
  row: RoundRow,
  trueOn: Day,
): Promise<ShownRound | undefined> {
  const { opened, roundId } = row;
  if (!opened || opened.day > trueOn) return undefined;
  const { proposalId, roundNumber, attempt, version, textHash, charterVersion, charterHash, policy, floor } = opened;
  const deadlines = by(row.deadlines, trueOn);
  const result = resultOf(row, trueOn);
  const leavers = await leaversIn(rows);
  const positions = await positionsOf(rows, row, leavers, trueOn);
  return {
    ...{ roundId, proposalId, ...(await proposalOf(rows, opened, trueOn)) },
    ...{ roundNumber, attempt, version, textHash, charterVersion, charterHash, policy, floor },
    ...{ options: opened.options, opensAt: opened.opensAt, closesAt: deadlines.at(-1)?.closesAt ?? opened.closesAt },
    extensions: deadlines.map(({ closesAt, cause, day }) => ({ closesAt, cause, on: day })),
    electorate: electorateOf(row, opened, { positions, leavers, trueOn }),
    positions,
    objections: await objectionsOf(rows, roundId, trueOn),
    lateObjections: await lateObjectionsOn(rows, roundId, proposalId, trueOn),
    result,
    ...{ seq: opened.seq, hash: opened.hash },
  };
}

async function proposalOf(rows: RowReader<DeliberationRow>, { proposalId, version }: Opened, trueOn: Day) {
  const row = (await rows.get(`proposal/${proposalId}`))?.doc as ProposalRow | undefined;
  return {
    decisionType: row?.decisionType ?? null,
    sponsorId: (row && lastBy(row.sponsors, trueOn)?.partnerId) ?? null,
    ...{ title: row?.title ?? null, driver: row?.driver ?? null },
    text: row?.versions.find((one) => one.version === version)?.text ?? null,
  };
}

function resultOf({ closed, reevaluated }: RoundRow, trueOn: Day): ShownResult | null {
  if (!closed || closed.day > trueOn) return null;
  const { closing, closedAt, outcome, evaluatorVersion, inputHash, seq, hash } = closed;
  return {
    ...{ closing, closedAt, outcome, sentence: sentenceOf(outcome) },
    ...{ evaluatorVersion, inputHash, seq, hash },
    reevaluated: by(reevaluated, trueOn).map((one) => ({
      ...{ cause: one.cause, positionId: one.positionId, outcome: one.outcome },
      ...{ sentence: sentenceOf(one.outcome), seq: one.seq },
    })),
  };
}

function sentenceOf(outcome: Outcome): Texts {
  return { fr: resultSentence(outcome, 'fr'), en: resultSentence(outcome, 'en') };
}

async function positionsOf(
  rows: RowReader<DeliberationRow>,
  row: RoundRow,
  leavers: readonly LeaverRow[],
  trueOn: Day,
): Promise<ShownPosition[]> {
  const known = await knownPositions(rows, row, trueOn);
  const whys = notCountedIn(row, known, leavers, trueOn);
  return known.map((one) => ({
    ...shownPosition(one, trueOn),
    struck: isStruck(one.fact, row, trueOn),
    why: whys.get(one.fact.positionId) ?? null,
  }));
}

function shownPosition({ fact, later }: KnownPosition, trueOn: Day): Omit<ShownPosition, 'struck' | 'why'> {
  const { positionId, partnerId, value, standing, channel, at, late, seq } = fact;
  return {
    ...{ positionId, partnerId, value, ballot: fact.ballot ?? null, standing, channel },
    ...{ holderId: fact.takenBy ?? null, means: fact.means ?? null, speakerMandateId: fact.speakerMandateId ?? null },
    ...{ at, statedAt: fact.statedAt ?? null, late },
    contested: isContested(later, trueOn),
    ratification: ratificationOf(fact, later, trueOn),
    ...{ reason: fact.reason ?? null, concern: fact.concern ?? null, internalSplit: fact.internalSplit ?? null, seq },
  };
}

/** No answer by `ratifyBy` is a refusal, whenever the clock says so (part 1, 4.8). */
export function ratificationOf(
  { adReferendum, ratifyBy }: PositionFact,
  later: PositionRow | undefined,
  trueOn: Day,
): ShownPosition['ratification'] {
  if (!adReferendum) return 'none';
  const answer = later?.ratification;
  if (answer && answer.day <= trueOn) return answer.answer;
  return ratifyBy !== undefined && ratifyBy < trueOn ? 'refused' : 'pending';
}

interface Known {
  readonly positions: readonly ShownPosition[];
  readonly leavers: readonly LeaverRow[];
  readonly trueOn: Day;
}

function electorateOf(row: RoundRow, opened: Opened, { positions, leavers, trueOn }: Known): ShownElector[] {
  const notified = by(row.notified, trueOn).filter(({ status, positionId }) => status === 'delivered' && !positionId);
  const removals = removalsOf(row, leavers, trueOn);
  return opened.electorate.map(({ partnerId, kind }) => {
    const counted = positions.find((one) => one.partnerId === partnerId && one.why === null);
    const removed = removals.get(partnerId) ?? null;
    const deliveries = notified
      .filter((one) => one.partnerId === partnerId)
      .flatMap(({ deliveredAt }) => deliveredAt ?? []);
    return {
      ...{ partnerId, kind, value: counted?.value ?? null, answered: counted !== undefined },
      deliveredAt: deliveries.sort()[0] ?? null,
      ...{ recused: removed === 'recused', removed },
    };
  });
}
