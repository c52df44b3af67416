import { event } from '#contracts';
import type { ArgumentsOf, Charter, DecisionType, DomainEvent } from '#contracts';
import { addHours, addMs, DAY_MS, HOUR_MS, isRefusal, msBetween, refuse } from '#kernel';
import type { Act, Decision, Instant, Refusal } from '#kernel';
import {
  attemptOf,
  fallbackOf,
  isReturned,
  isSilenceReturned,
  mayBeAsked,
  roundsAsking,
  roundsOf,
} from './asked-again.js';
import { holdsSubject } from './fold/decisions.js';
import { facilitatingOrSponsoring, isActive } from './authority.js';
import { hasRounds, isOptionMethod } from './evaluate/index.js';
import { askedType, askedVersion, optionsOf } from './options.js';
import { choiceOf, replacedBy, resolvedPolicy, strengthened } from './policy.js';
import type { MethodChoice } from './strength.js';
import { reachesFloor } from './round.js';
import { notReviewable, subjectBusy, subjectTaken } from './subject.js';
import { exceedsCeiling } from './silence-ceiling.js';
import type { DeliberationState, Proposal, Round, RoundPolicy, Submission, Version } from './state.js';
import type { DeliberationWorld } from './world.js';

type CharterInForce = NonNullable<ReturnType<DeliberationWorld['alliance']['charterInForce']>>;

/** A round as it would open: everything that the guards look at. */
interface Plan {
  readonly proposal: Proposal;
  readonly submission: Submission;
  readonly version: Version;
  readonly inForce: CharterInForce;
  readonly policy: RoundPolicy;
  readonly electorate: Round['electorate'];
  readonly floor: Round['floor'];
  readonly closesAt: Instant;
  readonly at: Instant;
}

/** F or S asks the current version of all active partners, under the charter in force (part 1, 4.2: OpenRound). */
export function openRound(
  world: DeliberationWorld,
  { proposalId, closesAt }: ArgumentsOf<'OpenRound'>,
  act: Act,
): Decision<DomainEvent> {
  const proposal = facilitatingOrSponsoring(world, proposalId, act);
  if (isRefusal(proposal)) return proposal;
  const plan = planned(world, proposal, closesAt, act.at);
  if (isRefusal(plan)) return plan;
  for (const guard of GUARDS) {
    const refusal = guard(world, plan);
    if (refusal) return refusal;
  }
  return [roundOpened(world.state, plan, act)];
}

function roundOpened(state: DeliberationState, plan: Plan, act: Act): DomainEvent {
  const { proposal, version, inForce, policy, electorate, floor, closesAt } = plan;
  return event('RoundOpened', {
    roundId: act.newId('roundId'),
    proposalId: proposal.proposalId,
    roundNumber: proposal.rounds.length + 1,
    attempt: attemptOf(roundsOf(state, proposal)),
    version: version.version,
    textHash: version.textHash,
    policy,
    charterVersion: inForce.version,
    charterHash: inForce.hash,
    electorate,
    floor,
    options: isOptionMethod(policy.method) ? optionsOf(proposal) : [],
    opensAt: act.at,
    minOpenUntil: addHours(act.at, inForce.charter.minOpenHours),
    closesAt,
  });
}

function planned(world: DeliberationWorld, proposal: Proposal, closesAt: Instant, at: Instant): Plan | Refusal {
  const { submission } = proposal;
  const version = askedVersion(proposal);
  const inForce = world.alliance.charterInForce();
  const asks = proposal.status === 'submitted' || proposal.status === 'in-round';
  if (!asks || !submission || !version || !inForce) return refuse('WRONG_STATE', { rule: proposal.status });
  if (!isActive(world, proposal.sponsorId)) return refuse('WRONG_STATE', { rule: 'sponsor' });
  const { charter } = inForce;
  const decisionType = askedType(proposal);
  const choice = methodAsked(world, proposal, submission, charter);
  if (!hasRounds(choice.method)) return refuse('WRONG_STATE', { rule: `${choice.method} has no round` });
  const policy = resolvedPolicy(choice, { charter, decisionType, requests: version.requests });
  const electorate = electorateOf(world, charter, excludedTarget(decisionType, submission));
  const floor = isDormant(world) ? { partners: 1, kinds: 1 } : { partners: 3, kinds: 2 };
  return { proposal, submission, version, inForce, policy, electorate, floor, closesAt, at };
}

/**
 * Unanimity while dormant (3.6); else the fallback that is due, consent after silent consent that came back (4.5, M8), or
 * the charter's choice; as strong as what it replaces.
 */
function methodAsked(
  world: DeliberationWorld,
  proposal: Proposal,
  submission: Submission,
  charter: Charter,
): MethodChoice {
  if (isDormant(world)) return { method: 'unanimity' };
  const rounds = roundsOf(world.state, proposal);
  const fallback = fallbackOf(rounds.filter(({ version }) => version === askedVersion(proposal)?.version));
  const afterSilence: MethodChoice | undefined = rounds.some(isSilenceReturned) ? { method: 'consent' } : undefined;
  const choice = fallback ?? afterSilence ?? choiceOf(charter.policies[askedType(proposal)]);
  // A selection among options decides nothing, so it need not be as strong as what it may lead to replace.
  if (isOptionMethod(choice.method)) return choice;
  const own = holdsSubject(world.state.decisions.get(proposal.decisionId)) ? proposal.decisionId : undefined;
  return strengthened(choice, replacedBy(world.state, submission, own));
}

/** Active partners in the order of admission, less the one whose exclusion is asked, each with its college. */
function electorateOf(
  { alliance }: DeliberationWorld,
  { colleges }: Charter,
  excluded: string | undefined,
): Round['electorate'] {
  return alliance
    .activePartners()
    .filter(({ partnerId }) => partnerId !== excluded)
    .map(({ partnerId, kind }) => {
      const collegeId = colleges.find(({ kinds }) => kinds.includes(kind))?.collegeId;
      return collegeId === undefined ? { partnerId, kind } : { partnerId, kind, collegeId };
    });
}

function excludedTarget(decisionType: DecisionType, { target }: Submission): string | undefined {
  return decisionType === 'exclusion' && target?.sort === 'partner' ? target.id : undefined;
}

function isDormant({ alliance }: DeliberationWorld): boolean {
  return alliance.standing() === 'dormant';
}

type Guard = (world: DeliberationWorld, plan: Plan) => Refusal | undefined;

/** The guards of OpenRound in the order of part 1, 4.2. */
const GUARDS: readonly Guard[] = [
  dormantAlliance,
  (world, plan) => subjectBusy(world, plan),
  (world, { proposal: { proposalId }, submission }) => subjectTaken(world, { proposalId, submission }),
  (world, plan) => notReviewable(world, plan),
  electorateTooSmall,
  roundLength,
  silenceBarred,
  optionsMissing,
  versionAlreadyAsked,
  integrationUnfinished,
  tooManyOpen,
];

/** Open rounds of an alliance, so that an event that names them all fits an entry (part 1, section 2). */
const MAX_OPEN_ROUNDS = 200;

function tooManyOpen({ state }: DeliberationWorld): Refusal | undefined {
  return state.openRounds.length >= MAX_OPEN_ROUNDS ? refuse('LIMIT_EXCEEDED', { rule: 'open-rounds' }) : undefined;
}

const WHILE_DORMANT: readonly DecisionType[] = ['admission', 'structuring', 'dissolution'];

function dormantAlliance(world: DeliberationWorld, { proposal }: Plan): Refusal | undefined {
  const barred = isDormant(world) && !WHILE_DORMANT.includes(askedType(proposal));
  return barred ? refuse('ALLIANCE_DORMANT') : undefined;
}

function electorateTooSmall(_world: DeliberationWorld, { electorate, floor }: Plan): Refusal | undefined {
  return reachesFloor(electorate, floor) ? undefined : refuse('ELECTORATE_TOO_SMALL');
}

/** From `minOpenHours` to `roundDays`, and at least `noticeDays` where silence can count. */
function roundLength(_world: DeliberationWorld, { inForce, policy, at, closesAt }: Plan): Refusal | undefined {
  const { minOpenHours, roundDays, noticeDays } = inForce.charter;
  const silenceCounts = policy.silence === 'consent-if-notified' || policy.method === 'silent-consent';
  const noticeMs = silenceCounts ? noticeDays * DAY_MS : 0;
  const leastMs = Math.max(minOpenHours * HOUR_MS, noticeMs);
  const lengthMs = msBetween(at, closesAt);
  if (lengthMs >= leastMs && lengthMs <= roundDays * DAY_MS) return undefined;
  const rule = leastMs === noticeMs ? 'noticeDays..roundDays' : 'minOpenHours..roundDays';
  return refuse('ROUND_LENGTH', { pointer: '/closesAt', rule });
}

/** Silence cannot commit what is above the ceiling (part 1, 3.5). */
function silenceBarred(_world: DeliberationWorld, { policy, version, inForce }: Plan): Refusal | undefined {
  const barred = policy.method === 'silent-consent' && exceedsCeiling(version.requests, inForce.charter.silenceCeiling);
  return barred ? refuse('SILENCE_BARRED') : undefined;
}

function optionsMissing(_world: DeliberationWorld, { policy, proposal }: Plan): Refusal | undefined {
  const missing = isOptionMethod(policy.method) && optionsOf(proposal).length === 0;
  return missing ? refuse('OPTIONS_MISSING') : undefined;
}

function versionAlreadyAsked(
  { state }: DeliberationWorld,
  { proposal, version, inForce, at }: Plan,
): Refusal | undefined {
  const asked = roundsAsking(state, proposal, version.version);
  return mayBeAsked(asked, { at, charter: inForce.charter }) ? undefined : refuse('VERSION_ALREADY_ASKED');
}

/**
 * The next consent round needs every qualified objection of the last one resolved, withdrawn or abandoned, or
 * `integrationDays` gone by since it closed (part 1, 4.6).
 */
function integrationUnfinished({ state }: DeliberationWorld, plan: Plan): Refusal | undefined {
  const { proposal, policy, inForce, at } = plan;
  const returned = roundsOf(state, proposal).findLast(isReturned);
  if (policy.method !== 'consent' || !returned?.closed) return undefined;
  if (at > addMs(returned.closed.closedAt, inForce.charter.integrationDays * DAY_MS)) return undefined;
  const open = returned.objections.filter((objectionId) => {
    const status = state.objections.get(objectionId)?.status;
    return status === 'qualified' || status === 'integrating';
  });
  return open.length > 0 ? refuse('INTEGRATION_UNFINISHED', { choices: open }) : undefined;
}
