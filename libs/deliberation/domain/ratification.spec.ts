import { deliberationAnswers } from '../index.js';
import { agree, charterWith, firstOf, idOf, opened, Stage, submitted, texts, types } from './testing.js';

const AGREE = { value: 'agree' } as const;

/** A round in which `b`, whose mandate is ad referendum, agrees. */
function withPending(stage: Stage, more: Parameters<typeof submitted>[1] = {}) {
  stage.adReferendum.add('b');
  const roundId = opened(stage, submitted(stage, more));
  const { events } = stage.does('b', 'TakePosition', { roundId, ...AGREE });
  return { roundId, positionId: firstOf(events, 'PositionTaken').positionId };
}

/** The same, adopted by the four. */
function adoptedPending(stage: Stage, more: Parameters<typeof submitted>[1] = {}) {
  const pending = withPending(stage, more);
  stage.after(49);
  const events = agree(stage, pending.roundId, 'a', 'c', 'd');
  return { ...pending, decision: firstOf(events, 'DecisionAdopted') };
}

describe('a position ad referendum (part 1, 4.8)', () => {
  it('is every favourable one under a mandate that says so, without anyone asking', () => {
    const stage = new Stage();
    stage.adReferendum.add('b');
    const roundId = opened(stage);
    for (const value of ['agree', 'agree-with-concern'] as const) {
      const taken = firstOf(stage.does('b', 'TakePosition', { roundId, value }).events, 'PositionTaken');
      expect(taken).toMatchObject({ adReferendum: true, ratifyBy: '2026-05-31' });
    }
    const own = firstOf(stage.does('a', 'TakePosition', { roundId, ...AGREE }).events, 'PositionTaken');
    expect([own.adReferendum, own.ratifyBy]).toEqual([false, undefined]);
  });

  it('is one for which the person asks, until a day of its choice within ratifyDays', () => {
    const stage = new Stage({ charter: charterWith({ ratifyDays: 30 }) });
    const roundId = opened(stage);
    const ask = (ratifyBy?: string) =>
      stage.does('b', 'TakePosition', { roundId, ...AGREE, adReferendum: true, ratifyBy });
    expect(firstOf(ask().events, 'PositionTaken')).toMatchObject({ adReferendum: true, ratifyBy: '2026-04-01' });
    expect(firstOf(ask('2026-03-02').events, 'PositionTaken').ratifyBy).toBe('2026-03-02');
    expect(ask('2026-03-01').refusal).toMatchObject({ refused: 'DATE_INVALID', pointer: '/ratifyBy' });
    expect(ask('2026-04-02').refusal).toMatchObject({ refused: 'DATE_INVALID', rule: 'ratifyDays' });
    const plain = stage.does('b', 'TakePosition', { roundId, ...AGREE, ratifyBy: '2026-03-20' });
    expect(plain.refusal).toMatchObject({ refused: 'DATE_INVALID', rule: 'ad referendum' });
  });

  it('is never an unfavourable one: asking is refused, and a mandate that says so changes nothing', () => {
    const stage = new Stage({ charter: charterWith({}, { ordinary: majority }) });
    stage.adReferendum.add('b');
    const roundId = opened(stage);
    const against = { roundId, value: 'against' } as const;
    const asked = stage.does('c', 'TakePosition', { ...against, adReferendum: true });
    expect(asked.refusal?.refused).toBe('AD_REFERENDUM_FAVOURABLE_ONLY');
    const taken = firstOf(stage.does('b', 'TakePosition', against).events, 'PositionTaken');
    expect(taken.adReferendum).toBe(false);
  });

  it('recorded on behalf is one when the mandate that spoke says so, or asked for it', () => {
    const stage = new Stage();
    stage.adReferendum.add('b');
    const roundId = opened(stage);
    const record = (name: string, more: object = {}) =>
      stage.does('facilitator', 'RecordPositionOnBehalf', {
        ...{ roundId, partnerId: idOf(name), value: 'agree', speakerMandateId: idOf(`mandate ${name}`) },
        ...{ statedAt: stage.now, means: 'phone', evidenceHash: 'hash', ...more },
      });
    const own = firstOf(record('b').events, 'PositionRecordedOnBehalf');
    expect(own).toMatchObject({ adReferendum: true, ratifyBy: '2026-05-31' });
    expect(firstOf(record('c').events, 'PositionRecordedOnBehalf').adReferendum).toBe(false);
    const asked = record('c', { adReferendum: true, ratifyBy: '2026-04-01' });
    expect(firstOf(asked.events, 'PositionRecordedOnBehalf')).toMatchObject({ ratifyBy: '2026-04-01' });
    expect(record('c', { adReferendum: true, ratifyBy: '2026-12-01' }).refusal?.refused).toBe('DATE_INVALID');
    expect(stage.does('b', 'RatifyPosition', { positionId: own.positionId }).refusal).toBeUndefined();
  });

  it('taken by a proxy is one when the mandate that gave it, or that of the person acting, says so', () => {
    const stage = new Stage();
    stage.adReferendum.add('b');
    const roundId = opened(stage);
    const { proxyId } = firstOf(stage.does('b', 'GiveProxy', { holderId: idOf('c'), roundId }).events, 'ProxyGiven');
    const taken = firstOf(
      stage.does('c', 'TakePosition', { roundId, proxyId, value: 'agree' }).events,
      'PositionTaken',
    );
    expect(taken).toMatchObject({ partnerId: idOf('b'), channel: 'proxy', adReferendum: true });
    expect(firstOf(agree(stage, roundId, 'c'), 'PositionTaken').adReferendum).toBe(false);
  });

  it('counts at once, and the decision names whose ratification is awaited', () => {
    const stage = new Stage();
    const { decision } = adoptedPending(stage);
    expect(decision.awaitingRatification).toEqual([idOf('b')]);
    const answers = deliberationAnswers(stage.state);
    expect(answers.decisionStatus(decision.decisionId)).toBe('in-force');
    expect(answers.suspendedFor(decision.decisionId)).toEqual([idOf('b')]);
    expect(answers.suspendedFor(idOf('none'))).toEqual([]);
  });

  it('has its effects once ratified by the partner itself', () => {
    const stage = new Stage();
    const { positionId, decision, roundId } = adoptedPending(stage);
    const ratified = stage.does('b', 'RatifyPosition', { positionId, actOn: '2026-03-03', sealed: texts('act') });
    expect(ratified.events).toMatchObject([
      { type: 'PositionRatified', subject: `round/${roundId}`, data: { positionId, decisionId: decision.decisionId } },
    ]);
    expect(deliberationAnswers(stage.state).suspendedFor(decision.decisionId)).toEqual([]);
    expect(stage.at('2026-07-01T00:00:00.000Z')).toEqual([]);
  });

  it('is ratified or refused once, by the partner itself, on a day that is not ahead nor before it', () => {
    const stage = new Stage();
    const { positionId } = adoptedPending(stage);
    const direct = firstOf(stage.ledger, 'PositionTaken').positionId;
    expect(stage.does('c', 'RatifyPosition', { positionId }).refusal?.refused).toBe('POWER_MISSING');
    expect(stage.does('b', 'RatifyPosition', { positionId: idOf('none') }).refusal?.refused).toBe('NOT_FOUND');
    expect(stage.does('b', 'RatifyPosition', { positionId, actOn: '2026-03-05' }).refusal?.refused).toBe('FUTURE_FACT');
    const before = stage.does('b', 'RefusePositionRatification', { positionId, occurredOn: '2026-03-01' });
    expect(before.refusal?.refused).toBe('OCCURRED_BEFORE_CAUSE');
    const ratified = stage.does('b', 'RatifyPosition', { positionId, occurredOn: '2026-03-03' });
    expect(ratified.events).toMatchObject([{ type: 'PositionRatified', occurredOn: '2026-03-03' }]);
    expect(direct).toBe(positionId);
    for (const name of ['RatifyPosition', 'RefusePositionRatification'] as const) {
      expect(stage.does('b', name, { positionId }).refusal).toMatchObject({ refused: 'WRONG_STATE', rule: 'ratified' });
    }
  });

  it('that nobody has to ratify cannot be ratified', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const { positionId } = firstOf(agree(stage, roundId, 'a'), 'PositionTaken');
    expect(stage.does('a', 'RatifyPosition', { positionId }).refusal).toMatchObject({ rule: 'none' });
  });

  it('without an answer is refused at 00:00 after its last day', () => {
    const stage = new Stage({ charter: charterWith({}, { ordinary: majority }) });
    const { positionId } = adoptedPending(stage);
    expect(stage.at('2026-05-31T21:59:59.999Z')).toEqual([]);
    const events = stage.at('2026-05-31T22:00:00.000Z');
    expect(types(events)).toEqual(['RatificationRefused', 'RoundReevaluated']);
    expect(firstOf(events, 'RatificationRefused')).toMatchObject({ positionId, cause: 'deadline' });
  });

  it('that came late counts for nothing, and nobody is asked to ratify it', () => {
    const stage = new Stage();
    stage.adReferendum.add('b');
    const roundId = opened(stage);
    stage.after(250);
    const taken = firstOf(stage.does('b', 'TakePosition', { roundId, ...AGREE }).events, 'PositionTaken');
    expect(taken).toMatchObject({ late: true, adReferendum: true });
    const { positionId } = taken;
    expect(stage.does('b', 'RatifyPosition', { positionId }).refusal).toMatchObject({ rule: 'none' });
    expect(stage.at('2026-09-01T00:00:00.000Z')).toEqual([]);
  });

  it('refused while the round is open counts as what its method makes of it', () => {
    const stage = new Stage();
    const { roundId, positionId } = withPending(stage);
    expect(types(stage.does('b', 'RefusePositionRatification', { positionId }).events)).toEqual([
      'RatificationRefused',
    ]);
    stage.after(49);
    const { outcome } = firstOf(agree(stage, roundId, 'a', 'c', 'd'), 'RoundClosed');
    expect(outcome).toMatchObject({ result: 'returned-for-integration', tallies: { agree: 3, object: 1 } });
  });

  it('refused before a decision was adopted all the same is not awaited, and has no effects for its partner', () => {
    const stage = new Stage({ charter: charterWith({}, { ordinary: majority }) });
    const { roundId, positionId } = withPending(stage);
    stage.does('b', 'RefusePositionRatification', { positionId });
    stage.after(49);
    const decision = firstOf(agree(stage, roundId, 'a', 'c', 'd'), 'DecisionAdopted');
    expect(decision.awaitingRatification).toEqual([]);
    expect(deliberationAnswers(stage.state).suspendedFor(decision.decisionId)).toEqual([idOf('b')]);
  });
});

const majority = { method: 'simple-majority', parameters: {}, collegeCondition: false } as const;
