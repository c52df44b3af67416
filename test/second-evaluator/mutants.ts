/** A small wrong change to the product's evaluation, as a text replaced once in one file. */
export interface Mutant {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const mutant = (file: string, from: string, to: string): Mutant => ({ file: `${file}.ts`, from, to });

const COUNTING = [
  mutant('counted-positions', 'position.recordedAt > closesAt', 'position.recordedAt >= closesAt'),
  mutant('counted-positions', "if (position.contested) return 'contested';", ''),
  mutant('counted-positions', 'lastDirect >= momentOf', 'lastDirect > momentOf'),
  mutant('counted-positions', 'position.seq > than.seq', 'position.seq < than.seq'),
  mutant('counted-positions', "channel === 'on-behalf' ? (statedAt ?? recordedAt) : recordedAt", 'recordedAt'),
  mutant(
    'counted-positions',
    "['direct-beats-on-behalf', directBeatsOnBehalf],\n  ['titular-beats-substitute', titularBeatsSubstitute],",
    "['titular-beats-substitute', titularBeatsSubstitute],\n  ['direct-beats-on-behalf', directBeatsOnBehalf],",
  ),
  mutant('deeming', '<= latestNotice', '< latestNotice'),
  mutant('deeming', ' || unrepresented', ''),
  mutant('deeming', 'contested || struck', 'contested'),
  mutant('effective-value', " || objection.kind === 'exceeds-our-limits'", ''),
  mutant('effective-value', 'others.length === 0 || ', ''),
  mutant('effective-value', 'position.partnerId);\n  return', "'');\n  return"),
  mutant('thresholds', 'Math.max(1, strict', 'Math.max(0, strict'),
  mutant('thresholds', 'eligible, den) + 1 :', 'eligible, den) :'),
  mutant('thresholds', 'Math.max(least, ceilDiv', 'Math.max(least, floorDiv'),
  mutant('evaluate', 'cancelled === undefined && method', 'method'),
  mutant('evaluate', 'electors.length < floor.partners', 'electors.length <= floor.partners'),
  mutant('college-condition', 'against > favour', 'against >= favour'),
  mutant('college-condition', 'MIN_EXPRESSED = 2', 'MIN_EXPRESSED = 1'),
  mutant('college-condition', " || value === 'block'", ''),
];

const METHODS = [
  mutant('consent', 'snapshot.attempt < needed', 'snapshot.attempt <= needed'),
  mutant('consent', "if (silent > 0) return 'inconclusive:silence';", ''),
  mutant('consent', "refusedRatification: 'object'", "refusedRatification: 'abstain'"),
  mutant('consensus', "if (participation < quorum) return 'inconclusive:quorum';", ''),
  mutant('consensus', 'favour <= aside)', 'favour < aside)'),
  mutant('consensus-minus-n', '2 * n + 2', '2 * n + 1'),
  mutant('consensus-minus-n', 'blocks > n', 'blocks >= n'),
  mutant('consensus-minus-n', 'favour <= aside + blocks', 'favour <= aside'),
  mutant('unanimity', 'tallies.agree + tallies.concern', 'tallies.agree'),
  mutant('simple-majority', "if (favour === against) return 'inconclusive:tie';", ''),
  mutant('super-majority', '? eligible : expressed', '? expressed : eligible'),
  mutant('super-majority', 'policy.strict === true', 'policy.strict !== true'),
  mutant('absolute-majority', '2 * favour <= eligible', '2 * favour < eligible'),
  mutant('absolute-majority', 'favour < minFavour', 'favour <= minFavour'),
  mutant('silent-consent', "closing !== 'objection'", "closing !== 'deadline'"),
  mutant('majority-judgment', 'grades.length - 1', 'grades.length'),
  mutant('option-method', 'difference(best, second) === 0', 'best === second'),
  mutant('ranked-irv', '2 * count > continuing', '2 * count >= continuing'),
  mutant('ranked-irv', 'leaving.length * least < nextHigher', 'leaving.length * least <= nextHigher'),
  mutant('ranked-irv', '.sort(([, one], [, other]) => one - other)', '.sort(([, one], [, other]) => other - one)'),
];

export const MUTANTS: readonly Mutant[] = [...COUNTING, ...METHODS];
