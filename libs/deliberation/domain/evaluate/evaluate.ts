import type { Outcome, Result } from '#contracts';
import type { Id } from '#kernel';
import { collegesAgainst } from './college-condition.js';
import { countedPositions } from './counted-positions.js';
import type { Counted } from './counted-positions.js';
import { countDeemed } from './deeming.js';
import { effectiveValue } from './effective-value.js';
import type { Count, Verdict, VotingMethod } from './method.js';
import { methodOf } from './methods.js';
import type { Elector, Snapshot, SnapshotPosition } from './snapshot.js';
import { tallied } from './tallies.js';

type Positions = Counted<Elector, SnapshotPosition>;

/** Version 1 of the evaluator: the steps of part 1, 4.3, in their order. Pure, integers only. */
export function evaluateVersion1(snapshot: Snapshot): Outcome {
  const method = methodOf(snapshot.policy.method);
  const positions = countedPositions(snapshot);
  const cancelled = cancellation(snapshot, positions.electors);
  const silenceCounts = cancelled === undefined && method.silenceCounts(snapshot);
  const count = countRound(snapshot, method, positions, silenceCounts);
  const verdict = cancelled === undefined ? method.judge(count) : untested(cancelled);
  return outcomeOf(count, positions, verdict);
}

/** Steps 1 and 2: a round that ends without being judged. */
function cancellation({ closing, floor }: Snapshot, electors: readonly Elector[]): Result | undefined {
  if (closing === 'withdrawn') return 'cancelled:withdrawn';
  if (closing === 'version') return 'superseded-by-version';
  if (electors.length < floor.partners) return 'cancelled:electorate';
  return new Set(electors.map(({ kind }) => kind)).size < floor.kinds ? 'cancelled:electorate' : undefined;
}

function untested(result: Result): Verdict {
  return { result, quorumRequired: null, minFavourRequired: null, expressed: null };
}

/** Steps 3 to 5: counted positions, what they count as, and who is deemed. */
function countRound(snapshot: Snapshot, method: VotingMethod, positions: Positions, silenceCounts: boolean): Count {
  const { electors, counted, byPartner } = positions;
  const votes = counted.map((position) => ({
    position,
    value: effectiveValue(position, method, snapshot, electors),
  }));
  const eligible = electors.length;
  const participation = votes.length;
  const deemed = silenceCounts ? countDeemed(snapshot, electors, byPartner) : 0;
  const silent = eligible - participation - deemed;
  return { snapshot, electors, votes, tallies: tallied(votes), eligible, participation, deemed, silent };
}

/** Steps 6 and 7: the verdict of the method, which a college against turns. Ids are branded here, once. */
function outcomeOf(count: Count, { counted, notCounted }: Positions, verdict: Verdict): Outcome {
  const { policy } = count.snapshot;
  const tested = policy.collegeCondition === true && verdict.result === 'adopted';
  const against = tested ? collegesAgainst(count) : [];
  return {
    result: against.length > 0 ? 'not-adopted' : verdict.result,
    appliedMethod: verdict.appliedMethod ?? policy.method,
    eligible: count.eligible,
    participation: count.participation,
    deemed: count.deemed,
    silent: count.silent,
    quorumRequired: verdict.quorumRequired,
    minFavourRequired: verdict.minFavourRequired,
    expressed: verdict.expressed,
    tallies: count.tallies,
    collegesAgainst: against as Outcome['collegesAgainst'],
    dissent: (against.length > 0 ? [] : (verdict.dissent ?? [])) as Outcome['dissent'],
    selected: (verdict.selected ?? null) as Outcome['selected'],
    ranking: verdict.ranking ?? [],
    counted: counted.map(({ positionId }) => positionId as Id),
    notCounted: notCounted as Outcome['notCounted'],
  };
}
