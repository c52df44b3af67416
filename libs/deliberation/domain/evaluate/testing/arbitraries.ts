import fc from 'fast-check';
import type { Closing, PositionValue } from '#contracts';
import { BLOCK_KINDS, OBJECTION_KINDS, PARTNER_KINDS } from '#contracts';
import { addMs } from '#kernel';
import type { Elector, Snapshot, SnapshotObjection, SnapshotPolicy, SnapshotPosition } from '../snapshot.js';
import { ballotUnder, likings, OPTION_PARAMETERS, OPTIONS } from './ballots.js';
import type { WithRounds } from './results.js';
import { WITH_ROUNDS } from './results.js';
import { CLOSES_AT, OPENS_AT } from './rounds.js';

const OF_CONSENSUS = ['agree', 'agree-with-concern', 'abstain', 'stand-aside', 'block'] as const;
const OF_A_MAJORITY = ['agree', 'agree-with-concern', 'abstain', 'against'] as const;
const OF_CONSENT = ['agree', 'agree-with-concern', 'object'] as const;
const OF_A_CHOICE = ['ballot', 'abstain'] as const;

const VALUES: Readonly<Record<WithRounds, readonly [PositionValue, ...PositionValue[]]>> = {
  consent: OF_CONSENT,
  consensus: OF_CONSENSUS,
  'consensus-minus-n': OF_CONSENSUS,
  unanimity: ['agree', 'agree-with-concern', 'abstain', 'stand-aside', 'against'],
  'simple-majority': OF_A_MAJORITY,
  'super-majority': OF_A_MAJORITY,
  'absolute-majority': OF_A_MAJORITY,
  'silent-consent': OF_CONSENT,
  'majority-judgment': OF_A_CHOICE,
  score: OF_A_CHOICE,
  dots: OF_A_CHOICE,
  'ranked-irv': OF_A_CHOICE,
};

const MAX_PARTNERS = 10;
const NOTICE_DAYS = 7;

function oneWith<T>(...weighted: readonly (readonly [number, T])[]): fc.Arbitrary<T> {
  return fc.oneof(...weighted.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
}

const fraction = oneWith(
  [3, { num: 3, den: 5 }],
  [2, { num: 2, den: 3 }],
  [1, { num: 3, den: 4 }],
  [1, { num: 1, den: 1 }],
);

function policies(method: WithRounds): fc.Arbitrary<SnapshotPolicy> {
  return fc
    .record({
      share: fraction,
      basis: fc.constantFrom('expressed', 'eligible'),
      quorum: fc.constantFrom(
        { num: 1, den: 2, strict: true },
        { num: 1, den: 2, strict: false },
        { num: 2, den: 3, strict: false },
        { num: 0, den: 1, strict: false },
      ),
      minFavour: fc.constantFrom(
        { least: 2, num: 1, den: 4 },
        { least: 3, num: 3, den: 4 },
        { least: 1, num: 0, den: 1 },
      ),
      silence: fc.constantFrom('not-counted', 'consent-if-notified'),
      maxRounds: fc.integer({ min: 1, max: 4 }),
      collegeCondition: fc.boolean(),
      strict: fc.boolean(),
      n: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ share, strict, ...rest }) => ({
      method,
      ...OPTION_PARAMETERS,
      ...rest,
      ...share,
      strict: strict && share.num < share.den,
      noticeDays: NOTICE_DAYS,
    }));
}

const latestNotice = addMs(CLOSES_AT, -NOTICE_DAYS * 86_400_000);

function electorates(): fc.Arbitrary<readonly Elector[]> {
  const elector = fc.record({
    kind: oneWith(...PARTNER_KINDS.slice(0, 3).map((kind, index) => [3 - index, kind] as const)),
    collegeId: fc.constantFrom(undefined, 'c1', 'c2'),
    deliveredAt: oneWith<string | undefined>(
      [6, OPENS_AT],
      [1, latestNotice],
      [1, addMs(latestNotice, 1)],
      [1, undefined],
    ),
    unrepresented: oneWith([9, false], [1, true]),
  });
  return fc
    .array(elector, { minLength: 1, maxLength: MAX_PARTNERS, size: 'max' })
    .map((list) => list.map((member, index) => ({ partnerId: `p${index + 1}`, ...member })));
}

interface Mood {
  /** Of 100 partners, how many take a position and how many of these agree. */
  readonly turnout: number;
  readonly agreement: number;
  /** A college whose members are mostly against, whatever the others do. */
  readonly secondCollegeOpposed: boolean;
}

/** Rounds where all agree are as frequent as divided ones; else unanimity would never be reached. */
const moods: fc.Arbitrary<Mood> = fc.record({
  turnout: fc.constantFrom(100, 100, 80, 50, 20),
  agreement: fc.constantFrom(100, 90, 60, 30, 0),
  secondCollegeOpposed: fc.boolean(),
});

const percent = fc.integer({ min: 0, max: 99 });

const utterance = fc.record({
  turnout: percent,
  agreement: percent,
  value: fc.nat(),
  liking: likings,
  standing: oneWith<'titular' | 'substitute'>([4, 'titular'], [1, 'substitute']),
  channel: oneWith<SnapshotPosition['channel']>([4, 'direct'], [2, 'on-behalf'], [1, 'proxy']),
  /** Milliseconds before closing: 0 is the last instant that counts, -1 is late. */
  before: oneWith([6, 86_400_000], [3, 172_800_000], [1, 0], [1, -1]),
  statedEarlier: fc.constantFrom(0, 1000, 86_400_000),
  contested: oneWith([19, false], [1, true]),
  struck: oneWith([19, false], [1, true]),
  ratification: oneWith<SnapshotPosition['ratification']>([8, 'none'], [1, 'pending'], [1, 'ratified'], [1, 'refused']),
});
type Utterance = typeof utterance extends fc.Arbitrary<infer T> ? T : never;

function valueOf(spoken: Utterance, mood: Mood, method: WithRounds, college: string | undefined): PositionValue {
  const [agree, ...others] = VALUES[method];
  const opposed = mood.secondCollegeOpposed && college === 'c2' && spoken.agreement < 80;
  if (opposed) return others.at(-1) ?? agree;
  return spoken.agreement < mood.agreement ? agree : (others[spoken.value % others.length] ?? agree);
}

interface Speaker {
  readonly partnerId: string;
  readonly method: WithRounds;
}

function positionOf(
  spoken: Utterance,
  value: PositionValue,
  { partnerId, method }: Speaker,
  seq: number,
): SnapshotPosition {
  const recordedAt = addMs(CLOSES_AT, -spoken.before);
  const favourable = value === 'agree' || value === 'agree-with-concern';
  return {
    positionId: `x${seq}`,
    seq,
    partnerId,
    value,
    ...(value === 'ballot' && { ballot: ballotUnder(method, spoken.liking) }),
    standing: spoken.standing,
    channel: spoken.channel,
    recordedAt,
    ...(spoken.channel === 'on-behalf' && { statedAt: addMs(recordedAt, -spoken.statedEarlier) }),
    contested: spoken.contested,
    struck: spoken.struck,
    ratification: favourable ? spoken.ratification : 'none',
  };
}

interface Contest {
  readonly kind: number;
  readonly reasonGiven: boolean;
  /** Bit i: partner i says that it does not qualify. */
  readonly sayers: number;
}

const contests: fc.Arbitrary<Contest> = fc.record({
  kind: fc.nat(),
  reasonGiven: oneWith([2, true], [1, false]),
  sayers: oneWith([3, 0], [3, 2 ** MAX_PARTNERS - 1], [1, 2 ** (MAX_PARTNERS - 1) - 2], [1, 5]),
});

function objectionOf(position: SnapshotPosition, contest: Contest, electorate: readonly Elector[]): SnapshotObjection {
  const saying = electorate.filter((_, index) => (contest.sayers >> index) % 2 === 1);
  const saidNotQualifiedBy = saying.map(({ partnerId }) => partnerId).filter((id) => id !== position.partnerId);
  const { positionId, partnerId, value } = position;
  const kinds = value === 'block' ? BLOCK_KINDS : OBJECTION_KINDS;
  return {
    objectionId: `o${position.seq}`,
    positionId,
    partnerId,
    kind: kinds[contest.kind % kinds.length] ?? 'breaks-charter',
    reasonGiven: contest.reasonGiven,
    saidNotQualifiedBy,
  };
}

/** First each partner speaks or not, by the mood; then some speak again. */
function spokenPositions({ electorate, first, again, mood }: Parts, method: WithRounds): readonly SnapshotPosition[] {
  const opening = electorate.flatMap((elector, index) => {
    const spoken = first[index];
    return spoken !== undefined && spoken.turnout < mood.turnout ? [{ elector, spoken }] : [];
  });
  const later = again.flatMap((spoken) => {
    const elector = electorate[spoken.turnout % electorate.length];
    return elector === undefined ? [] : [{ elector, spoken }];
  });
  return [...opening, ...later].map(({ elector, spoken }, index) =>
    positionOf(spoken, valueOf(spoken, mood, method, elector.collegeId), { ...elector, method }, index + 1),
  );
}

interface Parts {
  readonly electorate: readonly Elector[];
  readonly first: readonly Utterance[];
  readonly again: readonly Utterance[];
  readonly mood: Mood;
}

/** Snapshots that reach every rule of counting and every result of one method. */
export function snapshotsUnder(method: WithRounds): fc.Arbitrary<Snapshot> {
  const ended = [
    [1, 'electorate'],
    [1, 'withdrawn'],
    [1, 'version'],
  ] as const;
  const others = method === 'silent-consent' ? ([...ended, [4, 'objection']] as const) : ended;
  return fc
    .record({
      policy: policies(method),
      attempt: fc.integer({ min: 1, max: 4 }),
      floor: oneWith([5, { partners: 3, kinds: 2 }], [1, { partners: 1, kinds: 1 }]),
      closing: oneWith<Closing>([8, 'deadline'], [4, 'complete'], ...others),
      electorate: electorates(),
      leaving: fc.array(
        fc.record({ index: fc.nat(MAX_PARTNERS - 1), cause: fc.constantFrom('withdrew', 'excluded', 'recused') }),
        { maxLength: 2 },
      ),
      first: fc.array(utterance, { minLength: MAX_PARTNERS, maxLength: MAX_PARTNERS }),
      again: fc.oneof(fc.constant([]), fc.array(utterance, { maxLength: 6 })),
      mood: moods,
      contests: fc.array(contests, { minLength: 1, maxLength: 4 }),
    })
    .map(({ policy, attempt, floor, closing, electorate, leaving, contests: said, ...spoken }) => {
      const positions = spokenPositions({ electorate, ...spoken }, method);
      return {
        policy,
        attempt,
        floor,
        options: ballotUnder(method, []) ? OPTIONS : [],
        closing,
        closesAt: CLOSES_AT,
        electorate,
        removals: removalsOf(leaving, electorate),
        positions,
        objections: positions
          .filter(({ value }) => value === 'object' || value === 'block')
          .map((position, index) => objectionOf(position, contestAt(said, index), electorate)),
      };
    });
}

function contestAt(list: readonly Contest[], index: number): Contest {
  return list[index % list.length] ?? { kind: 0, reasonGiven: true, sayers: 0 };
}

function removalsOf(
  leaving: readonly { readonly index: number; readonly cause: 'withdrew' | 'excluded' | 'recused' }[],
  electorate: readonly Elector[],
): Snapshot['removals'] {
  const causes = new Map(leaving.map(({ index, cause }) => [electorate[index]?.partnerId, cause]));
  return [...causes].flatMap(([partnerId, cause]) => (partnerId === undefined ? [] : [{ partnerId, cause }]));
}

/** Snapshots under every method that has rounds. */
export const snapshots: fc.Arbitrary<Snapshot> = fc.oneof(...WITH_ROUNDS.map(snapshotsUnder));
