import type { ArgumentsOf } from '#contracts';
import { addHours, sha256 } from '#kernel';
import type { Id } from '#kernel';
import {
  agree,
  charterWith,
  countOf,
  firstOf,
  idOf,
  OBJECTION,
  objects,
  opened,
  Stage,
  START,
  submitted,
  texts,
  types,
} from './testing.js';
import { snapshotOf } from '../index.js';

const SILENT = { method: 'silent-consent', parameters: {}, collegeCondition: false } as const;
const CHARTER = charterWith({ noticeDays: 7 }, { ordinary: SILENT, 'resource-call': SILENT });

/** A round by silent consent of ten days; all partners are notified at its opening. */
function silentRound(stage = new Stage({ charter: CHARTER })): { stage: Stage; roundId: Id; proposalId: Id } {
  const proposalId = submitted(stage);
  const roundId = opened(stage, proposalId);
  for (const { name } of stage.seats) notify(stage, roundId, name);
  return { stage, roundId, proposalId };
}

function notify(stage: Stage, roundId: Id, name: string): void {
  const body = { roundId, partnerId: idOf(name), channel: 'meeting', status: 'delivered' } as const;
  stage.does('facilitator', 'RecordNotification', body);
}

/** An objection whose reason is to come; gives its id. */
function objectsForNow(stage: Stage, name: string, roundId: Id): Id {
  const objection: ArgumentsOf<'TakePosition'>['objection'] = { ...OBJECTION, sealed: {} };
  const { events } = stage.does(name, 'TakePosition', { roundId, value: 'object', objection });
  return firstOf(events, 'ObjectionRaised').objectionId;
}

const giveReason = (stage: Stage, name: string, objectionId: Id) =>
  stage.does(name, 'GiveObjectionReason', { objectionId, sealed: texts('reason') });

describe('a round by silent consent (part 1, 4.5, M8)', () => {
  it('adopts when nobody objected and all who kept silent were notified in time', () => {
    const { stage } = silentRound();
    const { outcome } = firstOf(stage.after(241), 'RoundClosed');
    expect(outcome).toMatchObject({ result: 'adopted', deemed: 4, participation: 0, quorumRequired: null });
  });

  it('is inconclusive when one who kept silent was not notified', () => {
    const stage = new Stage({ charter: CHARTER });
    const roundId = opened(stage);
    for (const name of ['a', 'b', 'c']) notify(stage, roundId, name);
    expect(firstOf(stage.after(241), 'RoundClosed').outcome).toMatchObject({
      result: 'inconclusive:silence',
      silent: 1,
    });
  });

  it('lasts noticeDays at least, and asks what silence may commit alone', () => {
    const stage = new Stage({ charter: CHARTER });
    const open = (proposalId: Id, hours: number) =>
      stage.does('a', 'OpenRound', { proposalId, closesAt: addHours(stage.now, hours) });
    expect(open(submitted(stage), 7 * 24 - 1).refusal).toMatchObject({ refused: 'ROUND_LENGTH' });
    expect(open(submitted(stage), 7 * 24).refusal).toBeUndefined();
    const requests = [{ partnerIds: [], kind: 'money', unit: 'EUR', amount: '10' }] as const;
    const call = submitted(stage, { requests }, 'resource-call');
    expect(open(call, 7 * 24).refusal?.refused).toBe('SILENCE_BARRED');
    stage.charter = { ...CHARTER, silenceCeiling: [{ kind: 'money', unit: 'EUR', amount: '10' }] };
    expect(open(call, 7 * 24).refusal).toBeUndefined();
  });

  it('takes consent or objection, and hints at recusal', () => {
    const { stage, roundId } = silentRound();
    const abstaining = stage.does('b', 'TakePosition', { roundId, value: 'abstain' });
    expect(abstaining.refusal).toMatchObject({ refused: 'POSITION_NOT_ALLOWED', rule: 'consent or recuse' });
  });

  it('is closed by an objection with a reason in that commit, and nobody is deemed', () => {
    const { stage, roundId } = silentRound();
    const events = stage.does('d', 'TakePosition', { roundId, value: 'object', objection: OBJECTION }).events;
    expect(types(events)).toEqual(['PositionTaken', 'ObjectionRaised', 'RoundClosed']);
    expect(firstOf(events, 'RoundClosed')).toMatchObject({ closing: 'objection', closedAt: stage.now });
    const { outcome } = firstOf(events, 'RoundClosed');
    expect(outcome).toMatchObject({ result: 'returned-for-integration', deemed: 0, silent: 3 });
  });

  it('an objection without its part, its kind and what it touches, is none', () => {
    const { stage, roundId } = silentRound();
    const { refusal } = stage.does('d', 'TakePosition', { roundId, value: 'object' });
    expect(refusal).toMatchObject({ refused: 'REASON_REQUIRED', pointer: '/objection' });
  });
});

describe('a reason that comes later (part 1, 4.4 and 4.5, M8)', () => {
  it('is due in 48 h, and closes the round when it comes', () => {
    const { stage, roundId } = silentRound();
    const objectionId = objectsForNow(stage, 'd', roundId);
    expect(stage.state.objections.get(objectionId)).toMatchObject({
      reasonGiven: false,
      reasonDueAt: addHours(START, 48),
    });
    stage.at(addHours(START, 48));
    expect(giveReason(stage, 'c', objectionId).refusal).toMatchObject({ refused: 'POWER_MISSING', rule: 'objector' });
    const bare = stage.does('d', 'GiveObjectionReason', { objectionId });
    expect(bare.refusal?.refused).toBe('REASON_REQUIRED');
    const { events } = giveReason(stage, 'd', objectionId);
    expect(types(events)).toEqual(['ObjectionReasonGiven', 'RoundClosed']);
    expect(firstOf(events, 'RoundClosed').closing).toBe('objection');
    expect(giveReason(stage, 'd', objectionId).refusal?.refused).toBe('ROUND_CLOSED');
  });

  it('comes once, and only under silent consent later than the objection', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const objectionId = objects(stage, 'd', roundId);
    expect(giveReason(stage, 'd', objectionId).refusal).toMatchObject({ refused: 'WRONG_STATE', rule: 'reason given' });
    const reasonless = stage.does('c', 'TakePosition', {
      roundId,
      value: 'object',
      objection: { ...OBJECTION, sealed: {} },
    });
    expect(reasonless.refusal).toMatchObject({ refused: 'REASON_REQUIRED', pointer: '/objection/reason' });
  });

  it('missing after 48 h it is a concern, and the window goes on', () => {
    const { stage, roundId } = silentRound();
    const objectionId = objectsForNow(stage, 'd', roundId);
    expect(stage.after(49)).toEqual([]);
    expect(giveReason(stage, 'd', objectionId).refusal).toMatchObject({ refused: 'WRONG_STATE', rule: '48 h' });
    const events = stage.after(200);
    expect(types(events)).toEqual(['RoundClosed', 'DecisionAdopted', 'DecisionTookEffect', 'ObjectionReclassified']);
    expect(firstOf(events, 'RoundClosed').outcome).toMatchObject({
      result: 'adopted',
      tallies: { reclassified: 1 },
      deemed: 3,
    });
    expect(firstOf(events, 'ObjectionReclassified')).toEqual({ objectionId, cause: 'no-reason' });
    expect(firstOf(events, 'DecisionAdopted').criteria).toEqual([objectionId]);
  });

  it('moves the deadline when it would pass first, which is no extension', () => {
    const { stage, roundId } = silentRound();
    stage.at(addHours(START, 230));
    const objection = { ...OBJECTION, sealed: {} };
    const { events } = stage.does('d', 'TakePosition', { roundId, value: 'object', objection });
    const closesAt = addHours(START, 278);
    expect(firstOf(events, 'RoundExtended')).toEqual({ roundId, cause: 'reason-due', closesAt });
    expect(stage.state.rounds.get(roundId)?.extendedBy).toEqual([]);
    const closed = firstOf(stage.after(100), 'RoundClosed');
    expect(closed).toMatchObject({ closing: 'deadline', closedAt: closesAt });
  });

  it('is awaited before a round that everybody answered closes', () => {
    const { stage, roundId } = silentRound();
    stage.after(47);
    agree(stage, roundId, 'a', 'b', 'c');
    objectsForNow(stage, 'd', roundId);
    expect(stage.after(48)).toEqual([]);
    const closed = firstOf(stage.after(1), 'RoundClosed');
    expect(closed).toMatchObject({ closing: 'complete', closedAt: addHours(START, 95) });
  });

  it('is awaited no more when the objector takes another position', () => {
    const { stage, roundId } = silentRound();
    stage.after(49);
    agree(stage, roundId, 'a', 'b', 'c');
    objectsForNow(stage, 'd', roundId);
    const events = agree(stage, roundId, 'd');
    expect(types(events).slice(0, 3)).toEqual(['PositionTaken', 'ObjectionWithdrawn', 'RoundClosed']);
    expect(firstOf(events, 'RoundClosed').closing).toBe('complete');
  });

  it('of an objection taken over from a leaver has 48 h of its own', () => {
    const { stage, roundId } = silentRound();
    const objectionId = objectsForNow(stage, 'd', roundId);
    stage.leaves('d');
    stage.after(40);
    const raised = firstOf(stage.does('c', 'AdoptObjection', { objectionId }).events, 'ObjectionRaised');
    expect(raised).toMatchObject({ reasonGiven: false, reasonDueAt: addHours(START, 88) });
  });

  it('of a late objection is not awaited', () => {
    const { stage, roundId } = silentRound();
    stage.after(241);
    const objection = { ...OBJECTION, sealed: {} };
    const { events } = stage.does('d', 'TakePosition', { roundId, value: 'object', objection });
    expect(types(events)).toEqual(['PositionTaken', 'ObjectionRaised']);
    expect(firstOf(events, 'ObjectionRaised').reasonDueAt).toBeUndefined();
    expect(snapshotOf(stage.state, roundId)?.objections).toEqual([]);
  });

  it('nobody contests an objection', () => {
    const { stage, roundId } = silentRound();
    const objectionId = objectsForNow(stage, 'd', roundId);
    const says = { objectionId, says: 'not-qualified', sealed: texts('reason') } as const;
    expect(stage.does('a', 'ContestObjection', says).refusal).toMatchObject({ refused: 'NOT_CONTESTABLE' });
  });
});

describe('after silent consent that came back (part 1, 4.2 c)', () => {
  function returned() {
    const found = silentRound();
    objects(found.stage, 'd', found.roundId);
    return found;
  }
  const open = (stage: Stage, proposalId: Id) =>
    stage.does('a', 'OpenRound', { proposalId, closesAt: addHours(stage.now, 240) });

  it('the same version is asked by consent with the charter’s values, at the first attempt', () => {
    const { stage, proposalId } = returned();
    const { policy, attempt } = firstOf(open(stage, proposalId).events, 'RoundOpened');
    expect(policy).toMatchObject({ method: 'consent', maxRounds: 3, silence: 'not-counted' });
    expect(attempt).toBe(1);
  });

  it('so is a new version, and the version of a consent round that came back needs a new one', () => {
    const { stage, proposalId } = returned();
    stage.does('a', 'ReviseProposal', { proposalId, textHash: sha256('other') });
    const { policy, roundId } = firstOf(open(stage, proposalId).events, 'RoundOpened');
    expect(policy.method).toBe('consent');
    objects(stage, 'd', roundId);
    stage.after(49);
    agree(stage, roundId, 'a', 'b', 'c');
    expect(open(stage, proposalId).refusal?.refused).toBe('VERSION_ALREADY_ASKED');
    expect(countOf(stage.ledger, 'RoundOpened')).toBe(2);
  });
});
