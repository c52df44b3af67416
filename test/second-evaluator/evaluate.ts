import { counting, electorateAtClosing } from './counting.js';
import type { Effective } from './effective.js';
import { effectiveValue, tally } from './effective.js';
import type { Member, Outcome, Snapshot } from './form.js';
import { needed } from './form.js';
import { at, daysLong } from './instants.js';
import { ruled } from './methods.js';
import type { Answer } from './methods.js';
import type { Choice } from './options.js';
import { highestSum, majorityJudgment, rankedIrv } from './options.js';
import { quorumRequired } from './thresholds.js';

/** "A partner of E without counted position is deemed when …" (4.4, Silence). */
function isDeemed(member: Member, snapshot: Snapshot): boolean {
  const { policy, closing, closesAt, positions } = snapshot;
  const underConsent = policy.method === 'consent' && policy.silence === 'consent-if-notified';
  const underSilentConsent = policy.method === 'silent-consent' && closing !== 'objection';
  if (!underConsent && !underSilentConsent) return false;
  if (member.deliveredAt === undefined || member.unrepresented) return false;
  const latest = at(closesAt) - daysLong(needed(policy.noticeDays, 'noticeDays'));
  if (at(member.deliveredAt) > latest) return false;
  return !positions.some((one) => one.partnerId === member.partnerId && (one.contested || one.struck));
}

/** Order, (1) and (2) (4.3). */
function endedWithoutMethod(snapshot: Snapshot): string | undefined {
  if (snapshot.closing === 'withdrawn') return 'cancelled:withdrawn';
  if (snapshot.closing === 'version') return 'superseded-by-version';
  const electorate = electorateAtClosing(snapshot);
  const kinds = new Set(electorate.map((member) => member.kind)).size;
  if (electorate.length < snapshot.floor.partners || kinds < snapshot.floor.kinds) return 'cancelled:electorate';
  return undefined;
}

/** "expressed = agree + concern + against + block of its members in E; if expressed ≥ 2 and against + block > agree + concern" (4.5). */
function collegesAgainst(snapshot: Snapshot, effective: readonly Effective[]): readonly string[] {
  const electorate = electorateAtClosing(snapshot);
  const colleges = new Set(electorate.map((member) => member.collegeId).filter((id) => id !== undefined));
  const isAgainst = (collegeId: string) => {
    const members = electorate.filter((member) => member.collegeId === collegeId).map((member) => member.partnerId);
    const { agree, concern, against, block } = tally(
      effective.filter(({ position }) => members.includes(position.partnerId)),
    );
    return agree + concern + against + block >= 2 && against + block > agree + concern;
  };
  return [...colleges].filter(isAgainst).sort((x, y) => (x < y ? -1 : 1));
}

function choice(snapshot: Snapshot, effective: readonly Effective[]): Choice {
  const ballots = effective
    .filter(({ value }) => value === 'ballots')
    .map(({ position }) => needed(position.ballot, 'ballot'));
  switch (snapshot.policy.method) {
    case 'majority-judgment':
      return majorityJudgment(snapshot.options, ballots);
    case 'ranked-irv':
      return rankedIrv(snapshot.options, ballots);
    default:
      return highestSum(snapshot.options, ballots);
  }
}

const OPTION_METHODS: readonly string[] = ['majority-judgment', 'score', 'dots', 'ranked-irv'];

/** 4.5, M10: "P < Q, no ballot, no single winner, else selected". */
function m10(snapshot: Snapshot, base: Outcome, effective: readonly Effective[]): Outcome {
  const required = quorumRequired(snapshot.policy, base.eligible);
  const answer = { ...base, quorumRequired: required };
  if (base.participation < required) return { ...answer, result: 'inconclusive:quorum' };
  if (base.tallies.ballots === 0) return { ...answer, result: 'inconclusive:none-expressed' };
  const { winner, ranking } = choice(snapshot, effective);
  if (winner === undefined) return { ...answer, result: 'inconclusive:tie', ranking };
  return { ...answer, result: 'selected', selected: winner, ranking };
}

/** Order, (7) (4.3): the college condition is "read only when the method gives `adopted`". */
function afterColleges(snapshot: Snapshot, base: Outcome, answer: Answer, effective: readonly Effective[]): Outcome {
  if (answer.result !== 'adopted') return { ...base, ...answer };
  const against = snapshot.policy.collegeCondition === true ? collegesAgainst(snapshot, effective) : [];
  if (against.length > 0) return { ...base, ...answer, result: 'not-adopted', collegesAgainst: against };
  const blockers = effective.filter(({ value }) => value === 'block').map(({ position }) => position.partnerId);
  return { ...base, ...answer, dissent: answer.appliedMethod === 'consensus-minus-n' ? blockers : [] };
}

/** `evaluate(snapshot) → outcome`, in the order of 4.3: (1) to (7). */
export function secondEvaluate(snapshot: Snapshot): Outcome {
  const electorate = electorateAtClosing(snapshot);
  const { counted, why } = counting(snapshot);
  const effective = counted.map((position) => ({ position, value: effectiveValue(position, snapshot) }));
  const base: Outcome = {
    result: '',
    appliedMethod: snapshot.policy.method,
    eligible: electorate.length,
    participation: counted.length,
    deemed: 0,
    silent: electorate.length - counted.length,
    quorumRequired: null,
    minFavourRequired: null,
    expressed: null,
    tallies: tally(effective),
    collegesAgainst: [],
    dissent: [],
    selected: null,
    ranking: [],
    counted: counted.map(({ positionId }) => positionId),
    notCounted: snapshot.positions.flatMap(({ positionId }) => {
      const reason = why.get(positionId);
      return reason ? [{ positionId, why: reason }] : [];
    }),
  };
  const ended = endedWithoutMethod(snapshot);
  if (ended !== undefined) return { ...base, result: ended };
  const quiet = electorate.filter((member) => !counted.some((one) => one.partnerId === member.partnerId));
  const deemed = quiet.filter((member) => isDeemed(member, snapshot)).length;
  const withDeemed = { ...base, deemed, silent: quiet.length - deemed };
  if (OPTION_METHODS.includes(snapshot.policy.method)) return m10(snapshot, withDeemed, effective);
  const answer = ruled({
    policy: snapshot.policy,
    attempt: snapshot.attempt,
    e: electorate.length,
    participation: counted.length,
    silent: withDeemed.silent,
    tallies: base.tallies,
  });
  return afterColleges(snapshot, withDeemed, answer, effective);
}
