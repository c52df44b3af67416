import fc from 'fast-check';
import type { Outcome } from '#contracts';
import { evaluate, isOptionMethod } from './index.js';
import type { Snapshot } from './index.js';
import { snapshotsUnder } from './testing/arbitraries.js';
import { RESULTS, WITH_ROUNDS } from './testing/results.js';
import type { WithRounds } from './testing/results.js';

const SAMPLES = 4000;
const LEAST = 5;

const WHYS = [
  'removed',
  'late',
  'contested',
  'struck',
  'own-beats-proxy',
  'direct-beats-on-behalf',
  'titular-beats-substitute',
  'later',
] as const;

/** Both sides of each rule that no result and no `why` shows. */
const SIDES: Readonly<Record<string, (snapshot: Snapshot, outcome: Outcome) => boolean>> = {
  'at closing': ({ positions, closesAt }, { counted }) =>
    positions.some((position) => position.recordedAt === closesAt && new Set<string>(counted).has(position.positionId)),
  'on behalf counted': ({ positions }, { counted }) =>
    positions.some(({ channel, positionId }) => channel === 'on-behalf' && new Set<string>(counted).has(positionId)),
  'proxy counted': ({ positions }, { counted }) =>
    positions.some(({ channel, positionId }) => channel === 'proxy' && new Set<string>(counted).has(positionId)),
  'substitute counted': ({ positions }, { counted }) =>
    positions.some(({ standing, positionId }) => standing === 'substitute' && new Set<string>(counted).has(positionId)),
  'no position at all': (_, { counted, notCounted }) => counted.length + notCounted.length === 0,
  'everybody counted': (_, { participation, eligible }) => participation === eligible,
  silent: (_, { silent }) => silent > 0,
};
const OF_DECISIONS: typeof SIDES = {
  'ratification refused, counted': ({ positions }, { counted }) =>
    positions.some(
      (position) => position.ratification === 'refused' && new Set<string>(counted).has(position.positionId),
    ),
};
const OF_CONSENT: typeof SIDES = {
  deemed: (_, { deemed }) => deemed > 0,
  'deemed beside silent': (_, { deemed, silent }) => deemed > 0 && silent > 0,
  'deemed and adopted': (_, { deemed, result }) => deemed > 0 && result === 'adopted',
  'objection stands': (_, { tallies }) => tallies.object > 0,
  reclassified: (_, { tallies }) => tallies.reclassified > 0,
  'own limits, contested by all others': ({ objections, electorate }, { tallies }) =>
    tallies.object > 0 &&
    objections.some(
      ({ kind, saidNotQualifiedBy }) =>
        kind === 'exceeds-our-limits' && saidNotQualifiedBy.length === electorate.length - 1,
    ),
};
const OF_SILENCE: typeof SIDES = {
  deemed: (_, { deemed }) => deemed > 0,
  'deemed and adopted': (_, { deemed, result }) => deemed > 0 && result === 'adopted',
  'without reason, reclassified': (_, { tallies }) => tallies.reclassified > 0,
  'closed by an objection, nobody deemed': ({ closing }, { deemed, silent }) =>
    closing === 'objection' && deemed === 0 && silent > 0,
};
const OF_CONSENSUS: typeof SIDES = {
  'block that does not qualify': ({ positions }, { counted, tallies }) =>
    tallies.block < positions.filter(({ value, positionId }) => value === 'block' && isIn(counted, positionId)).length,
};
const OF_DISSENT: typeof SIDES = {
  dissent: (_, { dissent }) => dissent.length > 0,
  'two dissent': (_, { dissent }) => dissent.length > 1,
  'judged by consensus': (_, { appliedMethod }) => appliedMethod === 'consensus',
};
const OF_A_RANKING: typeof SIDES = {
  'others ranked behind the selected': (_, { ranking, result }) => result === 'selected' && ranking.length > 1,
};
const WITH_COLLEGES: typeof SIDES = {
  'college against': (_, { collegesAgainst }) => collegesAgainst.length > 0,
};

function isIn(ids: readonly string[], id: string): boolean {
  return ids.includes(id);
}

const SPECIAL: Partial<Readonly<Record<WithRounds, typeof SIDES>>> = {
  consent: OF_CONSENT,
  'silent-consent': OF_SILENCE,
  consensus: OF_CONSENSUS,
  'consensus-minus-n': { ...OF_CONSENSUS, ...OF_DISSENT, ...WITH_COLLEGES },
  'simple-majority': WITH_COLLEGES,
  'super-majority': WITH_COLLEGES,
  'absolute-majority': WITH_COLLEGES,
  'majority-judgment': OF_A_RANKING,
  score: OF_A_RANKING,
  dots: OF_A_RANKING,
};

function cellsOf(method: WithRounds): typeof SIDES {
  const results = RESULTS[method].map((result) => [
    result,
    (_: Snapshot, outcome: Outcome) => outcome.result === result,
  ]);
  const whys = WHYS.map((why) => [
    why,
    (_: Snapshot, outcome: Outcome) => outcome.notCounted.some((position) => position.why === why),
  ]);
  const ofDecisions = isOptionMethod(method) ? {} : OF_DECISIONS;
  return { ...Object.fromEntries([...results, ...whys]), ...SIDES, ...ofDecisions, ...SPECIAL[method] } as typeof SIDES;
}

describe('the snapshots that properties are tried on reach every rule', () => {
  test.each(WITH_ROUNDS)('%s', (method) => {
    const cells = cellsOf(method);
    const counts = new Map(Object.keys(cells).map((cell) => [cell, 0]));
    const unforeseen = new Set<string>();
    for (const snapshot of fc.sample(snapshotsUnder(method), { numRuns: SAMPLES, seed: 1 })) {
      const outcome = evaluate(snapshot);
      if (!isIn(RESULTS[method], outcome.result)) unforeseen.add(outcome.result);
      for (const [cell, holds] of Object.entries(cells)) {
        if (holds(snapshot, outcome)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
      }
    }
    process.stdout.write(`${tableOf(method, counts)}\n`);
    expect([...counts].filter(([, count]) => count < LEAST)).toEqual([]);
    expect([...unforeseen]).toEqual([]);
  });
});

function tableOf(method: WithRounds, counts: ReadonlyMap<string, number>): string {
  const lines = [...counts].map(([cell, count]) => `  ${cell.padEnd(38)}${String(count).padStart(6)}`);
  return [`${method}, of ${SAMPLES} snapshots`, ...lines].join('\n');
}
