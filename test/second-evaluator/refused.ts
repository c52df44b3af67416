import { CLOSINGS, METHODS } from './form.js';
import type { Snapshot } from './form.js';
import { instant } from './instants.js';

type Check = (value: unknown) => string | undefined;
type Members = Readonly<Record<string, Check>>;

const KINDS = [
  ...['association', 'social-enterprise', 'company', 'foundation', 'local-authority', 'state-service'],
  ...['other-public', 'academic', 'citizen-group', 'other'],
];
const OBJECTION_KINDS = [
  ...['harms-aim', 'exceeds-our-limits', 'breaks-charter', 'worthwhile-improvement'],
  ...['harms-common-goal', 'grave-harm'],
];
const MAJORITY_POSITIONS = ['agree', 'agree-with-concern', 'abstain', 'against'];
const CONSENT_POSITIONS = ['agree', 'agree-with-concern', 'object'];
const CONSENSUS_POSITIONS = ['agree', 'agree-with-concern', 'abstain', 'stand-aside', 'block'];
const OPTION_POSITIONS = ['ballot', 'abstain'];

/** 4.5, column "Positions". */
export const POSITIONS: Readonly<Record<string, readonly string[]>> = {
  consent: CONSENT_POSITIONS,
  consensus: CONSENSUS_POSITIONS,
  'consensus-minus-n': CONSENSUS_POSITIONS,
  unanimity: ['agree', 'agree-with-concern', 'abstain', 'stand-aside', 'against'],
  'simple-majority': MAJORITY_POSITIONS,
  'super-majority': MAJORITY_POSITIONS,
  'absolute-majority': MAJORITY_POSITIONS,
  'silent-consent': CONSENT_POSITIONS,
  'majority-judgment': OPTION_POSITIONS,
  score: OPTION_POSITIONS,
  dots: OPTION_POSITIONS,
  'ranked-irv': OPTION_POSITIONS,
};
const VALUES = [...new Set(Object.values(POSITIONS).flat())];

/** Parameters "its method and the counting need"; the others may be absent (4.3; `strict`, `basis`, `silence` have base values). */
export const NEEDED: Readonly<Record<string, readonly string[]>> = {
  consent: ['quorum', 'maxRounds'],
  consensus: ['quorum', 'minFavour'],
  'consensus-minus-n': ['quorum', 'minFavour', 'n'],
  unanimity: [],
  'simple-majority': ['quorum', 'minFavour'],
  'super-majority': ['quorum', 'minFavour', 'num', 'den'],
  'absolute-majority': ['quorum', 'minFavour'],
  'silent-consent': ['noticeDays'],
  'majority-judgment': ['quorum', 'maxGrade'],
  score: ['quorum', 'min', 'max'],
  dots: ['quorum', 'budget'],
  'ranked-irv': ['quorum'],
};

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const integer: Check = (value) => (Number.isSafeInteger(value) ? undefined : 'no integer');
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'no boolean');
const id: Check = (value) => (typeof value === 'string' && /^[A-Za-z0-9-]{1,64}$/.test(value) ? undefined : 'no id');
const when: Check = (value) =>
  typeof value === 'string' && instant(value) !== undefined ? undefined : 'no RFC 3339 instant';
const oneOf =
  (values: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && values.includes(value) ? undefined : `none of ${values.join(', ')}`;
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) ? value.map(check).find((fault) => fault !== undefined) : 'no list';

/** "An unknown one is refused": members `optional` may be absent. */
const record =
  (members: Members, optional: Members = {}): Check =>
  (value) => {
    if (!isRecord(value)) return 'no object';
    const all = { ...members, ...optional };
    const unknown = Object.keys(value).find((name) => !Object.hasOwn(all, name));
    if (unknown !== undefined) return `unknown ${unknown}`;
    const faults = Object.entries(all).map(([name, check]) => {
      if (value[name] === undefined) return Object.hasOwn(members, name) ? `${name} missing` : undefined;
      const fault = check(value[name]);
      return fault === undefined ? undefined : `${name}: ${fault}`;
    });
    return faults.find((fault) => fault !== undefined);
  };

const POLICY = record(
  { method: oneOf(METHODS) },
  {
    ...{ num: integer, den: integer, strict: flag, basis: oneOf(['expressed', 'eligible']) },
    quorum: record({ num: integer, den: integer, strict: flag }),
    minFavour: record({ least: integer, num: integer, den: integer }),
    ...{ silence: oneOf(['not-counted', 'consent-if-notified']), noticeDays: integer, maxRounds: integer, n: integer },
    ...{ maxGrade: integer, min: integer, max: integer, budget: integer, collegeCondition: flag },
  },
);

const POSITION = record(
  {
    ...{ positionId: id, seq: integer, partnerId: id, value: oneOf(VALUES), recordedAt: when },
    ...{ standing: oneOf(['titular', 'substitute']), channel: oneOf(['direct', 'on-behalf', 'proxy']) },
    ...{ contested: flag, struck: flag, ratification: oneOf(['none', 'pending', 'ratified', 'refused']) },
  },
  { statedAt: when, ballot: listOf(record({ optionId: id, score: integer })) },
);

const FORM = record(
  {
    policy: POLICY,
    floor: record({ partners: integer, kinds: integer }),
    closing: oneOf(CLOSINGS),
    closesAt: when,
    electorate: listOf(
      record({ partnerId: id, kind: oneOf(KINDS), unrepresented: flag }, { collegeId: id, deliveredAt: when }),
    ),
    positions: listOf(POSITION),
  },
  {
    attempt: integer,
    options: listOf(id),
    removals: listOf(record({ partnerId: id, cause: oneOf(['withdrew', 'excluded', 'recused']) })),
    objections: listOf(
      record({
        ...{ objectionId: id, positionId: id, partnerId: id, kind: oneOf(OBJECTION_KINDS), reasonGiven: flag },
        saidNotQualifiedBy: listOf(id),
      }),
    ),
  },
);

type Loose = Readonly<Record<string, unknown>>;

/** "A bad ballot `BALLOT_INVALID`" (4.5, M10). */
function ballotFault(ballot: readonly Loose[], policy: Loose, options: readonly unknown[]): string | undefined {
  const names = ballot.map((line) => line['optionId']);
  const scores = ballot.map((line) => Number(line['score']));
  if (new Set(names).size < names.length) return 'an option twice';
  if (names.some((name) => !options.includes(name))) return 'no such option';
  const between = (low: number, high: number) => scores.every((score) => low <= score && score <= high);
  switch (policy['method']) {
    case 'majority-judgment':
      return between(0, Number(policy['maxGrade'])) ? undefined : 'no grade';
    case 'score':
      return between(Number(policy['min']), Number(policy['max'])) ? undefined : 'outside min and max';
    case 'dots':
      if (!between(0, Infinity)) return 'negative points';
      return scores.reduce((sum, score) => sum + score, 0) <= Number(policy['budget']) ? undefined : 'over budget';
    default:
      if (scores.length === 0) return 'no option ranked';
      return scores.sort((x, y) => x - y).every((score, place) => score === place + 1) ? undefined : 'a gap';
  }
}

function isOptionMethod(policy: Loose): boolean {
  return OPTION_POSITIONS === POSITIONS[String(policy['method'])];
}

function positionFault(position: Loose, policy: Loose, options: readonly unknown[]): string | undefined {
  if (position['channel'] === 'on-behalf' && position['statedAt'] === undefined) return 'statedAt missing';
  if (position['value'] !== 'ballot' || !isOptionMethod(policy)) return undefined;
  if (position['ballot'] === undefined) return 'ballot missing';
  return ballotFault(position['ballot'] as readonly Loose[], policy, options);
}

interface Read {
  readonly policy: Loose;
  readonly attempt?: number;
  readonly floor: { readonly partners: number; readonly kinds: number };
  readonly options?: readonly string[];
  readonly electorate: readonly Loose[];
  readonly positions: readonly (Loose & { readonly seq: number })[];
  readonly objections?: readonly Loose[];
}

function missingParameter({ policy, attempt }: Read): string | undefined {
  const missing = NEEDED[String(policy['method'])]?.find((name) => policy[name] === undefined);
  if (missing !== undefined) return `policy needs ${missing}`;
  if (policy['method'] !== 'consent') return undefined;
  if (attempt === undefined) return 'attempt missing';
  const silenceCounts = policy['silence'] === 'consent-if-notified' && policy['noticeDays'] === undefined;
  return silenceCounts ? 'policy needs noticeDays' : undefined;
}

/** E is a set, a position creates one objection, `positions[]` are in `seq` order, options are distinct with `status-quo`. */
function namedWrongly(read: Read): string | undefined {
  const twice = (list: readonly unknown[]) => new Set(list).size < list.length;
  const { electorate, positions, objections = [], options = [], policy } = read;
  if (twice(electorate.map((member) => member['partnerId']))) return 'a partner twice';
  if (twice(positions.map((position) => position['positionId']))) return 'a position twice';
  if (twice(objections.map((one) => one['objectionId']))) return 'an objection twice';
  if (twice(objections.map((one) => one['positionId']))) return 'two objections of one position';
  if (positions.some(({ seq }, place) => seq <= (positions[place - 1]?.seq ?? -1))) return 'not in seq order';
  if (!isOptionMethod(policy)) return undefined;
  return twice(options) || !options.includes('status-quo') ? 'options' : undefined;
}

/** Why this is no snapshot of the form of 4.3; undefined when it is one. A list that is absent is empty. */
export function misfit(json: unknown): string | undefined {
  const fault = FORM(json);
  if (fault !== undefined) return fault;
  const read = json as Read;
  const inPositions = () =>
    read.positions
      .map((position) => positionFault(position, read.policy, read.options ?? []))
      .find((positionMisfit) => positionMisfit !== undefined);
  return missingParameter(read) ?? namedWrongly(read) ?? inPositions();
}

/** A snapshot in which what its method does not need may be absent. */
export type Given = Omit<Snapshot, 'attempt' | 'options' | 'removals' | 'objections'> & Partial<Snapshot>;

/** "A super-majority needs 2·num > den" (3.5); grades that are all one choose nothing. */
function chosenBadly(policy: Loose): boolean {
  const [num, den] = [Number(policy['num']), Number(policy['den'])];
  if (policy['method'] === 'super-majority') return 2 * num <= den;
  return policy['method'] === 'score' && policy['min'] === policy['max'];
}

/** Whether a number of a snapshot of the form lies where no round can have it (3.5, 4.2, 4.5). */
export function outOfBounds({ policy: pinned, attempt = 1, floor }: Given): boolean {
  const policy = pinned as unknown as Loose;
  const number = (name: string) => policy[name] as number | undefined;
  const outside = (value: number | undefined, low: number, high: number) =>
    value !== undefined && (value < low || value > high);
  const fractions = [policy['quorum'], policy['minFavour'], policy].map((value) => (value ?? {}) as Loose);
  const badFraction = fractions.some((fraction) => {
    const [num, den] = [fraction['num'] as number | undefined, fraction['den'] as number | undefined];
    const strictlyAll = fraction['strict'] === true && num !== undefined && num === den;
    return (
      strictlyAll || outside(den, 1, 100) || outside(num, 0, den ?? 100) || outside(fraction['least'] as number, 1, 3)
    );
  });
  return (
    badFraction ||
    chosenBadly(policy) ||
    [attempt, floor.partners, floor.kinds].some((value) => outside(value, 1, 1_000_000)) ||
    outside(number('budget'), 1, 1000) ||
    outside(number('noticeDays'), 3, 30) ||
    outside(number('maxRounds'), 1, 6) ||
    outside(number('n'), 1, 3) ||
    outside(number('maxGrade'), 2, 9) ||
    outside(number('min'), -100, 0) ||
    outside(number('max'), 0, 100)
  );
}

/** Whether a value is one that its method does not know: "refused on entry" (4.5), before there is any snapshot. */
export function notAllowed({ policy, positions }: Given): boolean {
  return positions.some(({ value }) => !POSITIONS[policy.method]?.includes(value));
}
