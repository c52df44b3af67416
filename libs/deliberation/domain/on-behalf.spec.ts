import type { ArgumentsOf } from '#contracts';
import { addHours, sha256 } from '#kernel';
import type { Id } from '#kernel';
import { evaluate, snapshotOf } from '../index.js';
import { agree, firstOf, idOf, OBJECTION, objects, opened, Stage, START, texts, types } from './testing.js';

type OnBehalf = Partial<ArgumentsOf<'RecordPositionOnBehalf'>>;

/** What the second said is recorded by the first. */
function record(stage: Stage, [who, name]: readonly [string, string], roundId: Id, more: OnBehalf = {}) {
  return stage.does(who, 'RecordPositionOnBehalf', {
    ...{ roundId, partnerId: idOf(name), value: 'agree', speakerMandateId: idOf(`mandate ${name}`) },
    ...{ statedAt: stage.now, means: 'phone', evidenceHash: sha256('note'), sealed: texts('evidence') },
    ...more,
  });
}

function recorded(stage: Stage, roundId: Id, name: string, more: OnBehalf = {}): Id {
  return firstOf(record(stage, ['facilitator', name], roundId, more).events, 'PositionRecordedOnBehalf').positionId;
}

function tell(stage: Stage, roundId: Id, name: string, positionId: Id) {
  const args = { roundId, partnerId: idOf(name), positionId, channel: 'in-app-opened', status: 'delivered' } as const;
  return stage.does(name, 'RecordNotification', args);
}

const contest = (stage: Stage, who: string, positionId: Id) => stage.does(who, 'ContestPosition', { positionId });
const code = ({ refusal }: ReturnType<Stage['does']>) => refusal?.refused;

describe('a position on behalf (part 1, 4.8)', () => {
  it('is recorded by the facilitator or another partner, with speaker, means and evidence, and counts', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    stage.after(3);
    const { events } = record(stage, ['facilitator', 'd'], roundId, { statedAt: START });
    expect(events).toMatchObject([
      { type: 'PositionRecordedOnBehalf', sealed: { evidence: expect.anything() as unknown } },
    ]);
    expect(firstOf(events, 'PositionRecordedOnBehalf')).toMatchObject({
      ...{ roundId, partnerId: idOf('d'), value: 'agree', standing: 'titular', adReferendum: false, late: false },
      ...{ speakerMandateId: idOf('mandate d'), statedAt: START, means: 'phone', evidenceHash: sha256('note') },
    });
    expect(code(record(stage, ['a', 'c'], roundId))).toBeUndefined();
    agree(stage, roundId, 'a', 'b');
    const { outcome } = firstOf(stage.after(49), 'RoundClosed');
    expect(outcome).toMatchObject({ result: 'adopted', participation: 4 });
  });

  it('nobody records its own, and only partners of E record for others', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    expect(record(stage, ['d', 'd'], roundId).refusal).toMatchObject({
      refused: 'POWER_MISSING',
      rule: 'another partner',
    });
    expect(code(record(stage, ['citizen', 'd'], roundId))).toBe('POWER_MISSING');
    stage.seats.push({ name: 'e', kind: 'academic', status: 'active' });
    expect(code(record(stage, ['e', 'd'], roundId))).toBe('NOT_IN_ELECTORATE');
    expect(code(record(stage, ['facilitator', 'e'], roundId))).toBe('NOT_IN_ELECTORATE');
    expect(code(record(stage, ['facilitator', 'd'], idOf('none')))).toBe('NOT_FOUND');
  });

  it('was said within the round and not after its recording', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    stage.after(3);
    for (const statedAt of ['2026-03-02T08:59:59.999Z', addHours(stage.now, 1)]) {
      const { refusal } = record(stage, ['facilitator', 'd'], roundId, { statedAt });
      expect(refusal).toMatchObject({ refused: 'DATE_INVALID', pointer: '/statedAt' });
    }
    expect(code(record(stage, ['facilitator', 'd'], roundId, { statedAt: START }))).toBeUndefined();
    expect(code(record(stage, ['facilitator', 'd'], roundId))).toBeUndefined();
  });

  it('was said by a mandate of that partner, in force when it spoke', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    stage.after(3);
    const pointer = '/speakerMandateId';
    const ofAnother = record(stage, ['facilitator', 'd'], roundId, { speakerMandateId: idOf('mandate c') });
    expect(ofAnother.refusal).toMatchObject({ refused: 'MANDATE_NOT_IN_FORCE', pointer, rule: 'own partner' });
    const unknown = record(stage, ['facilitator', 'd'], roundId, { speakerMandateId: idOf('none') });
    expect(unknown.refusal).toMatchObject({ refused: 'MANDATE_NOT_IN_FORCE', pointer });
    stage.mandatesEnded.set('d', addHours(START, 2));
    expect(code(record(stage, ['facilitator', 'd'], roundId))).toBe('MANDATE_NOT_IN_FORCE');
    expect(code(record(stage, ['facilitator', 'd'], roundId, { statedAt: addHours(START, 1) }))).toBeUndefined();
  });

  it('is of the standing of who spoke, and binds after ratification where that mandate does', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    stage.substitutes.add('d');
    const { events } = record(stage, ['facilitator', 'd'], roundId);
    expect(firstOf(events, 'PositionRecordedOnBehalf').standing).toBe('substitute');
    stage.adReferendum.add('c');
    const bound = record(stage, ['facilitator', 'c'], roundId);
    expect(firstOf(bound.events, 'PositionRecordedOnBehalf').adReferendum).toBe(true);
  });

  it('recorded after the deadline it is late, though it was said before', () => {
    const stage = new Stage();
    const roundId = opened(stage, undefined, 2);
    stage.after(48.1);
    const { events } = record(stage, ['facilitator', 'd'], roundId, { statedAt: addHours(START, 47) });
    expect(firstOf(events, 'PositionRecordedOnBehalf').late).toBe(true);
    expect(snapshotOf(stage.state, roundId)?.positions).toEqual([]);
    const atDeadline = record(stage, ['facilitator', 'd'], roundId, { statedAt: addHours(START, 48) });
    expect(code(atDeadline)).toBeUndefined();
    expect(code(record(stage, ['facilitator', 'd'], roundId))).toBe('DATE_INVALID');
    const { positionId } = firstOf(events, 'PositionRecordedOnBehalf');
    expect(types(contest(stage, 'd', positionId).events)).toEqual(['PositionContested']);
    stage.after(73);
    expect(code(record(stage, ['facilitator', 'd'], roundId, { statedAt: START }))).toBe('ROUND_CLOSED');
  });

  it('gives way to what the partner itself said since; of what it said before, the later one stays', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    stage.after(5);
    objects(stage, 'd', roundId);
    stage.after(5);
    record(stage, ['facilitator', 'd'], roundId, { statedAt: addHours(START, 4) });
    const why = () => evaluate(snapshotOf(stage.state, roundId) ?? never()).notCounted.map((one) => one.why);
    expect(why()).toEqual(['direct-beats-on-behalf']);
    const later = record(stage, ['facilitator', 'd'], roundId, { statedAt: addHours(START, 6) });
    expect(types(later.events)).toEqual(['PositionRecordedOnBehalf', 'ObjectionWithdrawn']);
    expect(why()).toEqual(['later', 'direct-beats-on-behalf']);
  });

  it('is an own position: it ends the proxy that the partner gave for the round', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    stage.does('d', 'GiveProxy', { holderId: idOf('c'), roundId });
    expect(firstOf(record(stage, ['a', 'd'], roundId).events, 'ProxyRevoked').cause).toBe('own-position');
    expect(code(stage.does('d', 'GiveProxy', { holderId: idOf('c'), roundId }))).toBe('OWN_POSITION_EXISTS');
  });

  it('an objection on behalf is that of the partner, with a reason', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    expect(code(record(stage, ['facilitator', 'd'], roundId, { value: 'object' }))).toBe('REASON_REQUIRED');
    const { events } = record(stage, ['facilitator', 'd'], roundId, { value: 'object', objection: OBJECTION });
    expect(firstOf(events, 'ObjectionRaised').partnerId).toBe(idOf('d'));
    expect(code(record(stage, ['facilitator', 'd'], roundId, { value: 'abstain' }))).toBe('POSITION_NOT_ALLOWED');
  });

  it('however many are recorded, the partner can still take its own', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const refused = Array.from({ length: 225 }, () => code(record(stage, ['a', 'd'], roundId)));
    expect(refused.indexOf('POSITION_LIMIT')).toBe(224);
    expect(agree(stage, roundId, 'd')).toHaveLength(1);
    expect(code(stage.does('d', 'TakePosition', { roundId, value: 'agree' }))).toBe('POSITION_LIMIT');
  });
});

describe('contesting it', () => {
  it('before closing it just stops counting, and its objection is withdrawn', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const positionId = recorded(stage, roundId, 'd', { value: 'object', objection: OBJECTION });
    const { events } = contest(stage, 'd', positionId);
    expect(types(events)).toEqual(['PositionContested', 'ObjectionWithdrawn']);
    agree(stage, roundId, 'a', 'b', 'c');
    const { outcome } = firstOf(stage.after(241), 'RoundClosed');
    expect(outcome).toMatchObject({ result: 'inconclusive:silence', notCounted: [{ positionId, why: 'contested' }] });
  });

  it('what counted before counts again, its objection with it', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const objectionId = objects(stage, 'd', roundId);
    stage.after(1);
    const positionId = recorded(stage, roundId, 'd');
    expect(stage.state.objections.get(objectionId)?.status).toBe('withdrawn');
    expect(types(contest(stage, 'd', positionId).events)).toEqual(['PositionContested']);
    expect(stage.state.objections.get(objectionId)?.status).toBe('raised');
    agree(stage, roundId, 'a', 'b', 'c');
    expect(firstOf(stage.after(49), 'RoundClosed').outcome.result).toBe('returned-for-integration');
    expect(stage.state.objections.get(objectionId)?.status).toBe('qualified');
  });

  it('is for its own partner, once, and for positions on behalf alone', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const positionId = recorded(stage, roundId, 'd');
    for (const who of ['a', 'facilitator']) expect(code(contest(stage, who, positionId))).toBe('POWER_MISSING');
    expect(code(contest(stage, 'd', idOf('none')))).toBe('NOT_FOUND');
    const direct = firstOf(agree(stage, roundId, 'd'), 'PositionTaken').positionId;
    expect(contest(stage, 'd', direct).refusal).toMatchObject({ refused: 'NOT_CONTESTABLE', rule: 'direct' });
    expect(code(contest(stage, 'd', positionId))).toBeUndefined();
    expect(code(contest(stage, 'd', positionId))).toBe('WRONG_STATE');
  });

  it('within seven days of the delivered notification, the last instant included', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const [one, other] = [recorded(stage, roundId, 'd'), recorded(stage, roundId, 'c')];
    stage.after(24);
    expect(code(tell(stage, roundId, 'd', one))).toBeUndefined();
    tell(stage, roundId, 'c', other);
    stage.after(7 * 24);
    expect(code(contest(stage, 'd', one))).toBeUndefined();
    stage.at(addHours(START, 8 * 24).replace('.000Z', '.001Z'));
    expect(code(contest(stage, 'c', other))).toBe('CONTEST_LATE');
  });

  it('untold it can always be contested, and after closing the round is judged again with that fact', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    agree(stage, roundId, 'a', 'b', 'c');
    const positionId = recorded(stage, roundId, 'd');
    const { outcome } = firstOf(stage.after(49), 'RoundClosed');
    expect(outcome.result).toBe('adopted');
    stage.after(1000);
    const before = snapshotOf(stage.state, roundId) ?? never();
    const contested = contest(stage, 'd', positionId).events;
    expect(types(contested).slice(0, 2)).toEqual(['PositionContested', 'RoundReevaluated']);
    expect(firstOf(contested, 'RoundReevaluated')).toMatchObject({
      ...{ roundId, cause: 'contested', positionId, outcome: { result: 'inconclusive:silence' } },
    });
    expect(snapshotOf(stage.state, roundId)).toEqual(before);
  });

  it("after closing an objection that was never the partner's asks for no integration, one that counts again does", () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const own = objects(stage, 'c', roundId);
    stage.after(1);
    const agreed = recorded(stage, roundId, 'c');
    const objected = recorded(stage, roundId, 'd', { value: 'object', objection: OBJECTION });
    agree(stage, roundId, 'a', 'b');
    expect(firstOf(stage.after(49), 'RoundClosed').outcome.result).toBe('returned-for-integration');
    expect(types(contest(stage, 'd', objected).events)).toContain('ObjectionWithdrawn');
    contest(stage, 'c', agreed);
    expect(stage.state.objections.get(own)?.status).toBe('qualified');
  });

  it('is told by notification of the position, which is none of the round', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const positionId = recorded(stage, roundId, 'd');
    expect(code(tell(stage, roundId, 'c', positionId))).toBe('NOT_FOUND');
    tell(stage, roundId, 'd', positionId);
    expect(stage.state.rounds.get(roundId)).toMatchObject({ deliveredAt: {}, positions: [{ deliveredAt: stage.now }] });
    const direct = firstOf(agree(stage, roundId, 'd'), 'PositionTaken').positionId;
    expect(code(tell(stage, roundId, 'd', direct))).toBe('NOT_FOUND');
  });

  it('a partner whose position was contested is never deemed', () => {
    const stage = new Stage();
    stage.charter = { ...stage.charter, silence: 'consent-if-notified' };
    const roundId = opened(stage);
    const notified = { roundId, channel: 'in-app-opened', status: 'delivered' } as const;
    for (const name of ['c', 'd']) stage.does(name, 'RecordNotification', { ...notified, partnerId: idOf(name) });
    contest(stage, 'd', recorded(stage, roundId, 'd'));
    agree(stage, roundId, 'a', 'b');
    const { outcome } = firstOf(stage.after(241), 'RoundClosed');
    expect(outcome).toMatchObject({ deemed: 1, silent: 1, notCounted: [{ why: 'contested' }] });
  });
});

function never(): never {
  throw new Error('no snapshot');
}
