import fc from 'fast-check';
import type { Outcome, PositionValue } from '#contracts';
import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';
import { evaluate, isOptionMethod, readSnapshot, snapshotText } from './index.js';
import type { Snapshot, SnapshotPosition } from './index.js';
import { snapshots, snapshotsUnder } from './testing/arbitraries.js';
import { WITH_ROUNDS } from './testing/results.js';
import { CLOSES_AT } from './testing/rounds.js';

const RUNS = { numRuns: process.env['DEEP'] === '1' ? 20_000 : 300 };

function forAny(arbitrary: fc.Arbitrary<Snapshot>, holds: (snapshot: Snapshot) => void): void {
  fc.assert(fc.property(arbitrary, holds), RUNS);
}

function electors({ electorate, removals }: Snapshot) {
  const removed = new Set(removals.map(({ partnerId }) => partnerId));
  return electorate.filter(({ partnerId }) => !removed.has(partnerId));
}

function countedIn({ positions }: Snapshot, { counted }: Outcome): readonly SnapshotPosition[] {
  const ids = new Set<string>(counted);
  return positions.filter(({ positionId }) => ids.has(positionId));
}

const isJudged = ({ result }: Outcome) => !result.startsWith('cancelled:') && result !== 'superseded-by-version';

describe('invariant 5: nothing hangs on who is who', () => {
  test('permuting electorate, removals and objections changes nothing', () => {
    const shuffled = snapshots.chain((snapshot) =>
      fc
        .record({
          electorate: permutation(snapshot.electorate),
          removals: permutation(snapshot.removals),
          objections: permutation(snapshot.objections),
        })
        .map((permuted) => ({ snapshot, permuted: { ...snapshot, ...permuted } })),
    );
    fc.assert(
      fc.property(shuffled, ({ snapshot, permuted }) => {
        expect(evaluate(permuted)).toEqual(evaluate(snapshot));
      }),
      RUNS,
    );
  });

  test('renaming partners renames the outcome and nothing else', () => {
    forAny(snapshots, (snapshot) => {
      const size = snapshot.electorate.length;
      const rename = (id: string) => `q${size - Number(id.slice(1))}`;
      const outcome = evaluate(snapshot);
      const expected = { ...outcome, dissent: outcome.dissent.map(rename) };
      expect(evaluate(renamePartners(snapshot, rename))).toEqual(expected);
    });
  });
});

function permutation<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });
}

function renamePartners(snapshot: Snapshot, rename: (id: string) => string): Snapshot {
  const renamed = <T extends { readonly partnerId: string }>(item: T): T => ({
    ...item,
    partnerId: rename(item.partnerId),
  });
  return {
    ...snapshot,
    electorate: snapshot.electorate.map(renamed),
    removals: snapshot.removals.map(renamed),
    positions: snapshot.positions.map(renamed),
    objections: snapshot.objections.map((objection) => ({
      ...renamed(objection),
      saidNotQualifiedBy: objection.saidNotQualifiedBy.map(rename),
    })),
  };
}

describe('invariant 7: the numbers add up', () => {
  test('P + deemed + silent = e, the tallies sum to P, and every position is accounted for once', () => {
    forAny(snapshots, (snapshot) => {
      const { eligible, participation, deemed, silent, tallies, counted, notCounted } = evaluate(snapshot);
      expect(eligible).toBe(electors(snapshot).length);
      expect(participation + deemed + silent).toBe(eligible);
      expect(Math.min(participation, deemed, silent)).toBeGreaterThanOrEqual(0);
      expect((Object.values(tallies) as number[]).reduce((sum, tally) => sum + tally, 0)).toBe(participation);
      const accounted = [...counted, ...notCounted.map(({ positionId }) => positionId)].sort();
      expect(accounted).toEqual(snapshot.positions.map(({ positionId }) => positionId).sort());
    });
  });

  test('each partner of E has at most one counted position, and nobody else has any', () => {
    forAny(snapshots, (snapshot) => {
      const outcome = evaluate(snapshot);
      const voices = countedIn(snapshot, outcome).map(({ partnerId }) => partnerId);
      expect(new Set(voices).size).toBe(outcome.participation);
      expect(electors(snapshot).map(({ partnerId }) => partnerId)).toEqual(expect.arrayContaining(voices));
    });
  });

  test('adopted under a quorum has it, without anybody deemed', () => {
    forAny(snapshots, (snapshot) => {
      const { result, participation, quorumRequired } = evaluate(snapshot);
      if (result === 'adopted') expect(participation).toBeGreaterThanOrEqual(quorumRequired ?? 0);
    });
  });
});

describe('invariant 8: whose silence is consent', () => {
  const day = 86_400_000;

  function mayBeDeemed({ closesAt, policy, positions }: Snapshot, elector: Snapshot['electorate'][number]): boolean {
    const reachedInTime =
      elector.deliveredAt !== undefined &&
      Date.parse(closesAt) - Date.parse(elector.deliveredAt) >= (policy.noticeDays ?? 0) * day;
    const own = positions.filter(({ partnerId }) => partnerId === elector.partnerId);
    return reachedInTime && !elector.unrepresented && !own.some(({ contested, struck }) => contested || struck);
  }

  test('under consent with notice: exactly the silent ones reached in time, represented and undisputed', () => {
    forAny(snapshotsUnder('consent'), (snapshot) => {
      const outcome = evaluate(snapshot);
      const spoke = new Set(countedIn(snapshot, outcome).map(({ partnerId }) => partnerId));
      const expected = electors(snapshot).filter((one) => !spoke.has(one.partnerId) && mayBeDeemed(snapshot, one));
      const counts = snapshot.policy.silence === 'consent-if-notified' && isJudged(outcome);
      expect(outcome.deemed).toBe(counts ? expected.length : 0);
    });
  });

  test('under silent consent the same, unless an objection closed it', () => {
    forAny(snapshotsUnder('silent-consent'), (snapshot) => {
      const outcome = evaluate(snapshot);
      const spoke = new Set(countedIn(snapshot, outcome).map(({ partnerId }) => partnerId));
      const expected = electors(snapshot).filter((one) => !spoke.has(one.partnerId) && mayBeDeemed(snapshot, one));
      const counts = snapshot.closing !== 'objection' && isJudged(outcome);
      expect(outcome.deemed).toBe(counts ? expected.length : 0);
    });
  });

  test('under any other method nobody', () => {
    const readsSilence = ['consent', 'silent-consent'];
    const others = fc.oneof(...WITH_ROUNDS.filter((method) => !readsSilence.includes(method)).map(snapshotsUnder));
    forAny(others, (snapshot) => {
      expect(evaluate(snapshot).deemed).toBe(0);
    });
  });
});

test('invariant 9: below 3 partners and 2 kinds every round is cancelled or superseded', () => {
  const floored = snapshots.map((snapshot) => ({ ...snapshot, floor: { partners: 3, kinds: 2 } }));
  forAny(floored, (snapshot) => {
    const left = electors(snapshot);
    const below = left.length < 3 || new Set(left.map(({ kind }) => kind)).size < 2;
    const ended = snapshot.closing === 'withdrawn' || snapshot.closing === 'version';
    expect(isJudged(evaluate(snapshot))).toBe(!below && !ended);
  });
});

describe('invariant 10: more agreement never costs a proposal, less never saves one', () => {
  const NEGATIVE: readonly PositionValue[] = ['against', 'block', 'object'];

  function turned(snapshot: Snapshot, outcome: Outcome, from: readonly PositionValue[], to: PositionValue) {
    const turning = countedIn(snapshot, outcome).find(({ value }) => from.includes(value));
    const positions = snapshot.positions.map((one) => (one === turning ? { ...one, value: to } : one));
    const others = snapshot.objections.filter(({ positionId }) => positionId !== turning?.positionId);
    const raised = { objectionId: 'turned', reasonGiven: true, saidNotQualifiedBy: [], kind: 'breaks-charter' };
    const objections = turning ? [...others, { ...raised, ...idsOf(turning) }] : others;
    return turning && evaluate({ ...snapshot, positions, objections }).result;
  }

  const idsOf = ({ positionId, partnerId }: SnapshotPosition) => ({ positionId, partnerId });
  const DECIDING = WITH_ROUNDS.filter((method) => !isOptionMethod(method));
  const WORST: Partial<Record<string, PositionValue>> = {
    consent: 'object',
    'silent-consent': 'object',
    consensus: 'block',
    'consensus-minus-n': 'block',
  };

  test.each(DECIDING)('%s', (method) => {
    forAny(snapshotsUnder(method), (snapshot) => {
      const outcome = evaluate(snapshot);
      const better = turned(snapshot, outcome, NEGATIVE, 'agree');
      if (outcome.result === 'adopted' && better !== undefined) expect(better).toBe('adopted');
      const worse = turned(snapshot, outcome, ['agree'], WORST[method] ?? 'against');
      if (outcome.result !== 'adopted') expect(worse).not.toBe('adopted');
    });
  });
});

describe('invariant 11: what adoption rests on', () => {
  test('consent never adopts while an objection that qualifies is counted', () => {
    forAny(snapshotsUnder('consent'), (snapshot) => {
      const { result, tallies, silent } = evaluate(snapshot);
      if (result === 'adopted') expect([tallies.object, silent]).toEqual([0, 0]);
    });
  });

  test('silent consent never adopts while an objection has a reason', () => {
    forAny(snapshotsUnder('silent-consent'), (snapshot) => {
      const { result, tallies, silent } = evaluate(snapshot);
      if (result === 'adopted') expect([tallies.object, silent]).toEqual([0, 0]);
    });
  });

  test('consensus never adopts while a block qualifies, and names who dissents as consensus minus n adopts', () => {
    forAny(fc.oneof(snapshotsUnder('consensus'), snapshotsUnder('consensus-minus-n')), (snapshot) => {
      const { result, appliedMethod, tallies, dissent } = evaluate(snapshot);
      if (result === 'adopted' && appliedMethod === 'consensus') expect(tallies.block).toBe(0);
      expect(dissent).toHaveLength(result === 'adopted' ? tallies.block : 0);
      expect(dissent.length).toBeLessThanOrEqual(snapshot.policy.n ?? 0);
    });
  });

  test('an option is selected when it is the only best one, and then heads the ranking', () => {
    const choices = fc.oneof(...WITH_ROUNDS.filter((method) => isOptionMethod(method)).map(snapshotsUnder));
    forAny(choices, (snapshot) => {
      const { result, selected, ranking } = evaluate(snapshot);
      expect(selected === null).toBe(result !== 'selected');
      const compared = result === 'selected' || result === 'inconclusive:tie';
      const hasRanking = compared && snapshot.policy.method !== 'ranked-irv';
      expect([...ranking].sort()).toEqual(hasRanking ? [...snapshot.options].sort() : []);
      if (hasRanking && selected !== null) expect(ranking[0]).toBe(selected);
    });
  });

  test('unanimity adopts if and only if each partner of E explicitly agrees', () => {
    forAny(snapshotsUnder('unanimity'), (snapshot) => {
      const outcome = evaluate(snapshot);
      const agreeing = countedIn(snapshot, outcome).filter(
        ({ value, ratification }) =>
          (value === 'agree' || value === 'agree-with-concern') && ratification !== 'refused',
      );
      const all = agreeing.length === electors(snapshot).length;
      if (isJudged(outcome)) expect(outcome.result).toBe(all ? 'adopted' : 'not-adopted');
    });
  });
});

test('invariant 12: a block is a stand-aside if and only if all others of E say so', () => {
  forAny(fc.oneof(snapshotsUnder('consensus'), snapshotsUnder('consensus-minus-n')), (snapshot) => {
    const outcome = evaluate(snapshot);
    const blocks = countedIn(snapshot, outcome).filter(({ value }) => value === 'block');
    const contested = blocks.filter((position) => {
      const about = snapshot.objections.find(({ positionId }) => positionId === position.positionId);
      const others = electors(snapshot).filter(({ partnerId }) => partnerId !== position.partnerId);
      return others.length > 0 && others.every(({ partnerId }) => about?.saidNotQualifiedBy.includes(partnerId));
    });
    expect(outcome.tallies.block).toBe(blocks.length - contested.length);
  });
});

test('invariant 12: reclassified if and only if all others of E say so, own limits never', () => {
  forAny(snapshotsUnder('consent'), (snapshot) => {
    const outcome = evaluate(snapshot);
    const contested = countedIn(snapshot, outcome).filter((position) => {
      const about = snapshot.objections.find(({ positionId }) => positionId === position.positionId);
      if (about === undefined || about.kind === 'exceeds-our-limits') return false;
      const others = electors(snapshot).filter(({ partnerId }) => partnerId !== position.partnerId);
      return others.length > 0 && others.every(({ partnerId }) => about.saidNotQualifiedBy.includes(partnerId));
    });
    expect(outcome.tallies.reclassified).toBe(contested.length);
  });
});

describe('invariant 13: the instant of closing', () => {
  /** One more direct position, by a partner of E where there is one. */
  function added(snapshot: Snapshot, recordedAt: string): Snapshot {
    const partnerId = electors(snapshot)[0]?.partnerId ?? 'nobody';
    const position: SnapshotPosition = {
      positionId: 'added',
      seq: 1000,
      partnerId,
      value: 'agree',
      standing: 'titular',
      channel: 'direct',
      recordedAt,
      contested: false,
      struck: false,
      ratification: 'none',
    };
    return { ...snapshot, positions: [...snapshot.positions, position] };
  }

  test('a position one millisecond after it is shown as late and changes nothing', () => {
    forAny(snapshots, (snapshot) => {
      const before = evaluate(snapshot);
      const why = electors(snapshot).length === 0 ? 'removed' : 'late';
      const expected = { ...before, notCounted: [...before.notCounted, { positionId: 'added', why }] };
      expect(evaluate(added(snapshot, '2026-03-16T17:00:00.001Z'))).toEqual(expected);
    });
  });

  test('a titular position at that very instant counts', () => {
    forAny(snapshots, (snapshot) => {
      const counts = evaluate(added(snapshot, CLOSES_AT)).counted.some((id) => (id as string) === 'added');
      expect(counts).toBe(electors(snapshot).length > 0);
    });
  });
});

test('a snapshot that was written is read back as it was, with the same outcome', () => {
  forAny(snapshots, (snapshot) => {
    const read = readSnapshot(JSON.parse(snapshotText(snapshot)));
    if ('pointer' in read) throw new Error(`${read.pointer}: ${read.fault}`);
    expect(snapshotText(read)).toBe(snapshotText(snapshot));
    expect(canonicalJson(evaluate(read) as unknown as Json)).toBe(canonicalJson(evaluate(snapshot) as unknown as Json));
  });
});
