import fc from 'fast-check';
import { CLOSINGS, METHODS } from './form.js';
import type { Member, Method, Objection, Policy, Position, Score, Snapshot, Value } from './form.js';
import { POSITIONS } from './refused.js';

/** Snapshots that the page lets in, of all methods, drawn so that every rule of 4.3 to 4.6 is near. */
const KINDS = ['association', 'company', 'local-authority', 'academic'] as const;
const CLOSES = Date.UTC(2026, 2, 16, 17, 0, 0, 0);
const DAY = 86_400_000;
const QUORUMS = [
  { num: 1, den: 2, strict: true },
  { num: 1, den: 2, strict: false },
  { num: 2, den: 3, strict: false },
  { num: 0, den: 1, strict: false },
  { num: 1, den: 1, strict: false },
  { num: 2, den: 7, strict: true },
];
const MIN_FAVOURS = [
  { least: 2, num: 1, den: 4 },
  { least: 1, num: 0, den: 1 },
  { least: 3, num: 1, den: 3 },
  { least: 2, num: 3, den: 4 },
  { least: 1, num: 3, den: 5 },
];
const SUPER = [
  { num: 2, den: 3 },
  { num: 3, den: 4 },
  { num: 3, den: 5 },
  { num: 4, den: 5 },
  { num: 1, den: 1 },
];
/** How partners are disposed: values at these places of the method's list, drawn more often by being named more often. */
const MOODS: Readonly<Record<string, readonly (readonly Value[])[]>> = {
  consent: [['agree', 'agree-with-concern'], ['agree', 'agree', 'agree', 'object'], ['object']],
  consensus: [
    ['agree', 'agree-with-concern'],
    ['agree', 'agree', 'agree', 'block'],
    ['agree', 'agree', 'agree', 'stand-aside', 'block'],
    ['abstain', 'abstain', 'abstain', 'agree'],
    ['stand-aside', 'agree'],
    ['abstain'],
  ],
  unanimity: [
    ['agree', 'agree-with-concern'],
    ['agree', 'agree', 'agree', 'agree', 'against'],
    ['agree', 'stand-aside'],
  ],
  majority: [
    ['agree', 'agree-with-concern'],
    ['agree', 'against'],
    ['agree', 'agree', 'agree', 'against'],
    ['abstain', 'abstain', 'abstain', 'agree'],
    ['against', 'abstain'],
    ['abstain'],
  ],
  options: [['ballot'], ['ballot', 'ballot', 'ballot', 'abstain'], ['abstain']],
};
const MOODS_OF: Readonly<Record<Method, string>> = {
  consent: 'consent',
  consensus: 'consensus',
  'consensus-minus-n': 'consensus',
  unanimity: 'unanimity',
  'simple-majority': 'majority',
  'super-majority': 'majority',
  'absolute-majority': 'majority',
  'silent-consent': 'consent',
  'majority-judgment': 'options',
  score: 'options',
  dots: 'options',
  'ranked-irv': 'options',
};

function pick<T>(list: readonly T[], place: number): T {
  return list[place % list.length] as T;
}

const nat = fc.nat({ max: 999 });
const one = (outOf: number) => fc.nat({ max: outOf - 1 }).map((drawn) => drawn === outOf - 1);

const drawnMember = fc.record({ kind: nat, college: nat, delivered: nat, unrepresented: one(8), removed: one(9) });
const drawnPosition = fc.record({
  ...{ who: nat, value: nat, channel: nat, standing: one(4), minutes: nat, statedBack: nat },
  ...{ contested: one(14), struck: one(16), ratification: nat, scores: fc.array(nat, { minLength: 4, maxLength: 4 }) },
  ...{ objection: nat, reason: one(5), naysayers: nat },
});
const drawn = fc.record({
  ...{ method: nat, quorum: nat, minFavour: nat, fraction: nat, strict: fc.boolean(), eligible: fc.boolean() },
  ...{ consent: fc.boolean(), college: fc.boolean(), n: nat, grades: nat, rounds: nat, attempt: nat, budget: nat },
  ...{
    closing: nat,
    mood: nat,
    options: nat,
    calm: one(2),
    everyone: one(2),
    few: one(6),
    divided: one(4),
    floor: nat,
  },
  electorate: fc.array(drawnMember, { minLength: 1, maxLength: 9 }),
  positions: fc.array(drawnPosition, { maxLength: 14 }),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;
type DrawnPosition = Drawn['positions'][number];

/** Instants written as RFC 3339 allows: mostly as the product writes them, some with an offset. */
function written(milliseconds: number, place = 0): string {
  if (place % 11 !== 10) return new Date(milliseconds).toISOString();
  return new Date(milliseconds + 2 * 3_600_000).toISOString().replace('Z', '+02:00');
}

/** In a divided alliance one college stands against the others, and everybody answers. */
function isDivided(raw: Drawn): boolean {
  return raw.divided && ['consensus', 'majority'].includes(MOODS_OF[pick(METHODS, raw.method)]);
}

function collegeOf(raw: Drawn, place: number): string | undefined {
  if (isDivided(raw) && pick(METHODS, raw.method) === 'consensus-minus-n') return place < 2 ? 'c1' : 'c2';
  return pick(['c1', 'c2', 'c0', undefined], pick(raw.electorate, place).college);
}

function policyOf(raw: Drawn): Policy {
  return {
    method: pick(METHODS, raw.method),
    ...pick(SUPER, raw.fraction),
    strict: raw.strict && pick(SUPER, raw.fraction).num < pick(SUPER, raw.fraction).den,
    basis: raw.eligible ? 'eligible' : 'expressed',
    quorum: pick(QUORUMS, raw.quorum),
    minFavour: pick(MIN_FAVOURS, raw.minFavour),
    silence: raw.consent ? 'consent-if-notified' : 'not-counted',
    noticeDays: pick([7, 7, 3, 30], raw.rounds),
    maxRounds: 1 + (raw.rounds % 6),
    n: isDivided(raw) ? 2 : pick([1, 1, 2, 3], raw.n),
    maxGrade: pick([4, 2, 9], raw.grades),
    min: pick([-2, 0, -5], raw.grades),
    max: pick([2, 5, 0], raw.grades),
    budget: pick([10, 3, 4], raw.budget),
    collegeCondition: raw.college || isDivided(raw),
  };
}

function memberOf(raw: Drawn, place: number, policy: Policy): Member {
  const { kind, delivered, unrepresented } = pick(raw.electorate, place);
  const latest = CLOSES - (policy.noticeDays ?? 0) * DAY;
  const deliveredAt = pick([latest, latest - DAY, latest - 60_000, latest + 1, undefined, latest - 1], delivered);
  const collegeId = collegeOf(raw, place);
  return {
    partnerId: `p${String(place + 1)}`,
    kind: pick(KINDS, kind),
    ...(collegeId === undefined ? {} : { collegeId }),
    ...(deliveredAt === undefined ? {} : { deliveredAt: written(deliveredAt, delivered) }),
    unrepresented: unrepresented && !raw.calm,
  };
}

/** A ballot that the method takes: some options left out, equal marks often. */
function ballotOf(policy: Policy, options: readonly string[], scores: readonly number[]): readonly Score[] {
  const marked = options.map((optionId, place) => ({ optionId, mark: scores[place % scores.length] ?? 0 }));
  const kept = marked.filter(({ mark }) => mark % 7 !== 6);
  switch (policy.method) {
    case 'majority-judgment':
      return kept.map(({ optionId, mark }) => ({ optionId, score: mark % ((policy.maxGrade ?? 0) + 1) }));
    case 'score': {
      const [min = 0, max = 0] = [policy.min, policy.max];
      return kept.map(({ optionId, mark }) => ({ optionId, score: min + (mark % (max - min + 1)) }));
    }
    case 'dots': {
      const each = Math.floor((policy.budget ?? 0) / options.length);
      return kept.map(({ optionId, mark }) => ({ optionId, score: mark % (each + 1) }));
    }
    default: {
      const ranked = [...(kept.length > 0 ? kept : marked)].sort((x, y) => x.mark - y.mark);
      const lines = ranked.map(({ optionId }, place) => ({ optionId, score: place + 1 }));
      return (scores[0] ?? 0) % 3 === 0 ? lines.reverse() : lines;
    }
  }
}

function timesOf(raw: DrawnPosition, place: number): Pick<Position, 'recordedAt' | 'statedAt' | 'channel'> {
  const channel = pick(['direct', 'direct', 'on-behalf', 'proxy', 'on-behalf', 'direct'] as const, raw.channel);
  // A grid of few instants, the deadline and its neighbours among them, so that equal moments are frequent.
  const recorded = CLOSES + pick([-3, -2, -1, -3, -2, -4, -2], raw.minutes) * 60_000;
  const late = pick([0, 0, 0, 0, 0, 0, 0, 0, 1, 60_000, 1 - 60_000], raw.minutes);
  const recordedAt = raw.minutes % 4 === 3 ? CLOSES + late : recorded;
  if (channel !== 'on-behalf') return { channel, recordedAt: written(recordedAt, place) };
  const statedAt = recordedAt - pick([0, 60_000, 120_000, 1], raw.statedBack);
  return { channel, recordedAt: written(recordedAt, place), statedAt: written(statedAt, raw.statedBack) };
}

function valueOf(raw: Drawn, position: DrawnPosition, policy: Policy): Value {
  if (isDivided(raw) && collegeOf(raw, position.who % raw.electorate.length) === 'c1')
    return MOODS_OF[policy.method] === 'majority' ? 'against' : 'block';
  const moods = isDivided(raw) ? [] : (MOODS[MOODS_OF[policy.method]] ?? []);
  const any = isDivided(raw) ? (['agree'] as const) : ((POSITIONS[policy.method] ?? []) as readonly Value[]);
  return pick(pick([...moods, any], raw.mood), position.value);
}

function ratificationOf(value: Value, drawnAs: number): Position['ratification'] {
  if (value !== 'agree' && value !== 'agree-with-concern') return 'none';
  return pick(['none', 'none', 'none', 'pending', 'ratified', 'refused', 'none', 'none'] as const, drawnAs);
}

function positionsOf(raw: Drawn, policy: Policy, options: readonly string[]): readonly Position[] {
  const filled =
    raw.everyone || isDivided(raw)
      ? raw.electorate.map((member, place) => ({ ...everyday(member.kind + place), who: place }))
      : [];
  const all = [...filled, ...(raw.few || isDivided(raw) ? [] : raw.positions)];
  return all.map((position, place) => {
    const value = valueOf(raw, position, policy);
    const partner = position.who % raw.electorate.length;
    return {
      ...{ positionId: `x${String(place + 1)}`, seq: place * 2 + 1, partnerId: `p${String(partner + 1)}`, value },
      ...(value === 'ballot' ? { ballot: ballotOf(policy, options, position.scores) } : {}),
      standing: position.standing ? 'substitute' : 'titular',
      ...timesOf(position, place),
      contested: position.contested && !raw.calm,
      struck: position.struck && !raw.calm,
      ratification: raw.calm ? 'none' : ratificationOf(value, position.ratification),
    };
  });
}

/** A position in which nothing is out of the ordinary, so that rounds in which everybody answers are frequent. */
function everyday(drawnAs: number): DrawnPosition {
  return {
    ...{ who: 0, value: drawnAs, channel: 0, standing: false, minutes: 0, statedBack: 0, contested: false },
    ...{ struck: false, ratification: drawnAs, scores: [drawnAs, drawnAs * 3, drawnAs * 5, drawnAs + 1] },
    ...{ objection: drawnAs, reason: drawnAs % 3 === 0, naysayers: drawnAs },
  };
}

function objectionOf(raw: Drawn, position: Position, place: number): Objection {
  const draws = pick([...raw.positions, everyday(place)], place);
  const kinds =
    position.value === 'block'
      ? ['breaks-charter', 'harms-common-goal', 'grave-harm']
      : ['harms-aim', 'breaks-charter', 'worthwhile-improvement', 'exceeds-our-limits'];
  const others = raw.electorate.map((_, who) => `p${String(who + 1)}`).filter((id) => id !== position.partnerId);
  const gone = removalsOf(raw).map(({ partnerId }) => partnerId);
  const naysayers = pick(
    [[], others, others.filter((id) => !gone.includes(id)), others.slice(1), others],
    draws.naysayers,
  );
  return {
    ...{ objectionId: `o${String(place + 1)}`, positionId: position.positionId, partnerId: position.partnerId },
    kind: pick(kinds, draws.objection),
    reasonGiven: raw.calm || !draws.reason,
    saidNotQualifiedBy: naysayers,
  };
}

function removalsOf(raw: Drawn): Snapshot['removals'] {
  return raw.electorate.flatMap(({ removed, kind }, place) =>
    removed && !raw.calm
      ? [{ partnerId: `p${String(place + 1)}`, cause: pick(['withdrew', 'excluded', 'recused'] as const, kind) }]
      : [],
  );
}

function snapshotOf(raw: Drawn): Snapshot {
  const policy = policyOf(raw);
  const options = [...['A', 'B', 'C'].slice(0, 1 + (raw.options % 3)), 'status-quo'];
  const positions = positionsOf(raw, policy, options);
  return {
    policy,
    attempt: 1 + (raw.attempt % 4),
    floor: pick(
      [
        { partners: 3, kinds: 2 },
        { partners: 1, kinds: 1 },
        { partners: 3, kinds: 1 },
      ],
      raw.floor,
    ),
    options,
    closing: pick(['deadline', 'complete', 'deadline', 'complete', 'deadline', ...CLOSINGS] as const, raw.closing),
    closesAt: written(CLOSES, raw.closing),
    electorate: raw.electorate.map((_, place) => memberOf(raw, place, policy)),
    removals: removalsOf(raw),
    positions,
    objections: positions
      .filter(({ value }) => value === 'object' || value === 'block')
      .map((position, place) => objectionOf(raw, position, place)),
  };
}

/** Any snapshot of any method. */
export const snapshots: fc.Arbitrary<Snapshot> = drawn.map(snapshotOf);
