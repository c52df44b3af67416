import { id } from '#contracts';
import type { Outcome } from '#contracts';
import type { Day, Hash, Id, Instant } from '#kernel';
import { defineView } from '#views';
import type { RowReader } from '#views';
import { resultSentence } from '#words';
import type { Texts } from '#words';
import { deliberationFacts } from './deliberation.projection.js';
import type { DeliberationRow } from './deliberation.projection.js';
import { objectionsOf } from './objections.view.js';
import type { ShownObjection } from './objections.view.js';
import { by, lastBy } from './rows/dated.js';
import type { PositionRow } from './rows/position.row.js';
import type { ProposalRow } from './rows/proposal.row.js';
import type { PositionFact, RoundRow } from './rows/round.row.js';

type Opened = NonNullable<RoundRow['opened']>;

export interface ShownPosition {
  readonly positionId: Id;
  readonly partnerId: Id;
  readonly value: string;
  readonly standing: string;
  readonly channel: string;
  readonly at: Instant;
  /** When it was said, of a position on behalf. */
  readonly statedAt: Instant | null;
  readonly late: boolean;
  readonly contested: boolean;
  readonly ratification: 'none' | 'pending' | 'ratified' | 'refused';
  /** Why the closing did not count it; null while the round is open, and when it was counted. */
  readonly why: string | null;
  /** Places of the sealed texts, as in `/openings/<seq>/<event>/<name>`. */
  readonly reason: string;
  readonly concern: string | null;
  readonly seq: number;
}

export interface ShownElector {
  readonly partnerId: Id;
  readonly kind: string;
  /** The position that stands for it so far: its last one in time that is not contested; of a closed round, the counted one. */
  readonly value: string | null;
  readonly answered: boolean;
  readonly deliveredAt: Instant | null;
  /** Recused itself from this round. */
  readonly recused: boolean;
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
  readonly objections: readonly ShownObjection[];
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
  const positions = await positionsOf(rows, row, trueOn, result);
  return {
    ...{ roundId, proposalId, ...(await proposalOf(rows, opened, trueOn)) },
    ...{ roundNumber, attempt, version, textHash, charterVersion, charterHash, policy, floor },
    ...{ options: opened.options, opensAt: opened.opensAt, closesAt: deadlines.at(-1)?.closesAt ?? opened.closesAt },
    extensions: deadlines.map(({ closesAt, cause, day }) => ({ closesAt, cause, on: day })),
    electorate: electorateOf(row, opened, positions, trueOn),
    positions,
    objections: await objectionsOf(rows, roundId, trueOn),
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
  trueOn: Day,
  result: ShownResult | null,
): Promise<ShownPosition[]> {
  const shown: ShownPosition[] = [];
  for (const fact of by(row.positions, trueOn)) {
    const later = (await rows.get(`position/${fact.positionId}`))?.doc as PositionRow | undefined;
    shown.push(shownPosition(fact, later, trueOn, result));
  }
  return shown;
}

function shownPosition(
  fact: PositionFact,
  later: PositionRow | undefined,
  trueOn: Day,
  result: ShownResult | null,
): ShownPosition {
  const { positionId, partnerId, value, standing, channel, at, statedAt, late, reason, concern, seq } = fact;
  const last = result?.reevaluated.at(-1)?.outcome ?? result?.outcome;
  return {
    ...{ positionId, partnerId, value, standing, channel },
    ...{ at, statedAt: statedAt ?? null, late },
    contested: later?.contested !== undefined && later.contested.day <= trueOn,
    ratification: ratificationOf(fact, later, trueOn),
    why: last?.notCounted.find((one) => one.positionId === positionId)?.why ?? null,
    ...{ reason, concern: concern ?? null, seq },
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

function electorateOf(row: RoundRow, opened: Opened, positions: readonly ShownPosition[], trueOn: Day): ShownElector[] {
  const notified = by(row.notified, trueOn).filter(({ status, positionId }) => status === 'delivered' && !positionId);
  return opened.electorate.map(({ partnerId, kind }) => {
    const standing = positions.filter((one) => one.partnerId === partnerId && !one.contested && !one.late && !one.why);
    return {
      ...{ partnerId, kind, value: standing.at(-1)?.value ?? null, answered: standing.length > 0 },
      deliveredAt: notified.find((one) => one.partnerId === partnerId)?.deliveredAt ?? null,
      recused: by(row.recused, trueOn).some((one) => one.partnerId === partnerId),
    };
  });
}
