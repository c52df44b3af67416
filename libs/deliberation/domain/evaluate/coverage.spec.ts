import fc from 'fast-check';
import type { Outcome } from '#contracts';
import { evaluate } from './index.js';
import type { Snapshot } from './index.js';
import { AVAILABLE, snapshotsUnder } from './testing/arbitraries.js';
import type { Available } from './testing/arbitraries.js';

const SAMPLES = 4000;
const LEAST = 5;

const ENDED = ['cancelled:electorate', 'cancelled:withdrawn', 'superseded-by-version'] as const;
const OF_A_MAJORITY = [
  'inconclusive:quorum',
  'inconclusive:none-expressed',
  'not-adopted',
  'inconclusive:weak-support',
  'adopted',
] as const;
const RESULTS: Readonly<Record<Available, readonly Outcome['result'][]>> = {
  consent: [
    ...ENDED,
    'returned-for-integration',
    'not-adopted',
    'inconclusive:quorum',
    'inconclusive:silence',
    'adopted',
  ],
  unanimity: [...ENDED, 'adopted', 'not-adopted'],
  'simple-majority': [...ENDED, ...OF_A_MAJORITY, 'inconclusive:tie'],
  'super-majority': [...ENDED, ...OF_A_MAJORITY],
  'absolute-majority': [...ENDED, ...OF_A_MAJORITY],
};

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
  'ratification refused, counted': ({ positions }, { counted }) =>
    positions.some(
      (position) => position.ratification === 'refused' && new Set<string>(counted).has(position.positionId),
    ),
  'no position at all': (_, { counted, notCounted }) => counted.length + notCounted.length === 0,
  'everybody counted': (_, { participation, eligible }) => participation === eligible,
  silent: (_, { silent }) => silent > 0,
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
const OF_THE_OTHERS: typeof SIDES = {
  'college against': (_, { collegesAgainst }) => collegesAgainst.length > 0,
};

function cellsOf(method: Available): typeof SIDES {
  const results = RESULTS[method].map((result) => [
    result,
    (_: Snapshot, outcome: Outcome) => outcome.result === result,
  ]);
  const whys = WHYS.map((why) => [
    why,
    (_: Snapshot, outcome: Outcome) => outcome.notCounted.some((position) => position.why === why),
  ]);
  const special = method === 'consent' ? OF_CONSENT : method === 'unanimity' ? {} : OF_THE_OTHERS;
  return { ...Object.fromEntries([...results, ...whys]), ...SIDES, ...special } as typeof SIDES;
}

describe('the snapshots that properties are tried on reach every rule', () => {
  test.each(AVAILABLE)('%s', (method) => {
    const cells = cellsOf(method);
    const counts = new Map(Object.keys(cells).map((cell) => [cell, 0]));
    const unforeseen = new Set<string>();
    for (const snapshot of fc.sample(snapshotsUnder(method), { numRuns: SAMPLES, seed: 1 })) {
      const outcome = evaluate(snapshot);
      if (!RESULTS[method].includes(outcome.result)) unforeseen.add(outcome.result);
      for (const [cell, holds] of Object.entries(cells)) {
        if (holds(snapshot, outcome)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
      }
    }
    process.stdout.write(`${tableOf(method, counts)}\n`);
    expect([...counts].filter(([, count]) => count < LEAST)).toEqual([]);
    expect([...unforeseen]).toEqual([]);
  });
});

function tableOf(method: Available, counts: ReadonlyMap<string, number>): string {
  const lines = [...counts].map(([cell, count]) => `  ${cell.padEnd(38)}${String(count).padStart(6)}`);
  return [`${method}, of ${SAMPLES} snapshots`, ...lines].join('\n');
}
