import { event } from '#contracts';
import { derivedId } from '#kernel';
import type { Id } from '#kernel';
import { deliberation, deliberationAnswers } from '../index.js';
import { agree, countOf, firstOf, idOf, opened, Stage, submitted, types } from './testing.js';

type More = Parameters<typeof submitted>[1];

/** A decision adopted by all four, on 2026-03-04 at 10:00 UTC at the earliest. */
function adopted(stage: Stage, more: More = {}, type: Parameters<typeof submitted>[2] = 'ordinary') {
  const roundId = opened(stage, submitted(stage, more, type));
  stage.after(49);
  const events = agree(stage, roundId, 'a', 'b', 'c', 'd');
  return { roundId, events, decision: firstOf(events, 'DecisionAdopted') };
}

function status(stage: Stage, decisionId: Id) {
  return deliberationAnswers(stage.state).decisionStatus(decisionId);
}

describe('decisions (part 1, 4.9)', () => {
  it('an adopted round enters the register in its own commit, with what the proposal said', () => {
    const stage = new Stage();
    const subjectKey = idOf('subject');
    const proposalId = submitted(stage, { subjectKey, reviewOn: '2027-02-01' });
    stage.does('b', 'AcceptResponsibility', { proposalId });
    const roundId = opened(stage, proposalId);
    stage.after(49);
    const concern = stage.does('d', 'TakePosition', { roundId, value: 'agree-with-concern' });
    const decision = firstOf(agree(stage, roundId, 'a', 'b', 'c'), 'DecisionAdopted');
    expect(decision).toMatchObject({
      ...{ decisionId: derivedId(roundId, 'DecisionAdopted', 0), proposalId, roundId, version: 1, subjectKey },
      ...{ decisionType: 'ordinary', method: 'consent', effectiveFrom: '2026-03-04', reviewOn: '2027-02-01' },
      ...{ supersedes: [], responsible: [idOf('b')], conditions: [], dissent: [], awaitingRatification: [] },
      criteria: [firstOf(concern.events, 'PositionTaken').positionId],
    });
    expect(stage.state.proposals.get(proposalId)?.status).toBe('adopted');
    expect(stage.does('c', 'AcceptResponsibility', { proposalId }).refusal?.refused).toBe('WRONG_STATE');
  });

  it('takes effect in the same commit when its day has come', () => {
    const stage = new Stage();
    const { events, decision } = adopted(stage, { effectiveFrom: '2026-03-04' });
    expect(types(events).slice(-3)).toEqual(['RoundClosed', 'DecisionAdopted', 'DecisionTookEffect']);
    expect(status(stage, decision.decisionId)).toBe('in-force');
  });

  it('else waits, and takes effect at 00:00 of its day in the time zone of the alliance', () => {
    const stage = new Stage();
    const { events, decision } = adopted(stage, { effectiveFrom: '2026-05-01' });
    expect(countOf(events, 'DecisionTookEffect')).toBe(0);
    expect(status(stage, decision.decisionId)).toBe('pending');
    expect(stage.at('2026-04-30T21:59:59.999Z')).toEqual([]);
    expect(types(stage.at('2026-04-30T22:00:00.000Z'))).toEqual(['DecisionTookEffect']);
    expect(status(stage, decision.decisionId)).toBe('in-force');
  });

  it('takes the place of what it supersedes in the commit in which it takes effect, not before', () => {
    const stage = new Stage();
    const subjectKey = idOf('subject');
    const old = adopted(stage, { subjectKey }).decision.decisionId;
    const { decision } = adopted(stage, { subjectKey, supersedes: [old], effectiveFrom: '2026-05-01' });
    expect(status(stage, old)).toBe('in-force');
    const events = stage.at('2026-05-01T00:00:00.000Z');
    expect(types(events)).toEqual(['DecisionTookEffect', 'DecisionSuperseded']);
    expect(firstOf(events, 'DecisionSuperseded')).toEqual({ decisionId: old, byDecisionId: decision.decisionId });
    expect(status(stage, old)).toBe('superseded');
    expect(stage.state.holders.get(subjectKey)).toEqual([decision.decisionId]);
  });

  it('one that is superseded while pending never takes effect', () => {
    const stage = new Stage();
    const subjectKey = idOf('subject');
    const late = adopted(stage, { subjectKey, effectiveFrom: '2026-05-01' }).decision.decisionId;
    const { events } = adopted(stage, { subjectKey, supersedes: [late] });
    expect(types(events).slice(-2)).toEqual(['DecisionTookEffect', 'DecisionSuperseded']);
    expect(stage.at('2026-06-01T00:00:00.000Z')).toEqual([]);
  });

  it('what has already ended is not superseded again', () => {
    const stage = new Stage();
    const old = adopted(stage, { expiresOn: '2026-03-20' }).decision.decisionId;
    stage.at('2026-04-01T00:00:00.000Z');
    expect(countOf(adopted(stage, { supersedes: [old] }).events, 'DecisionSuperseded')).toBe(0);
    expect(status(stage, old)).toBe('expired');
  });

  it('expires when its last day is over, which frees its subject', () => {
    const stage = new Stage();
    const subjectKey = idOf('subject');
    const { decision } = adopted(stage, { subjectKey, expiresOn: '2026-06-30' });
    expect(stage.at('2026-06-30T21:59:59.999Z')).toEqual([]);
    expect(types(stage.at('2026-06-30T22:00:00.000Z'))).toEqual(['DecisionExpired']);
    expect(status(stage, decision.decisionId)).toBe('expired');
    expect(opened(stage, submitted(stage, { subjectKey }))).toHaveLength(26);
  });

  it('a last day that is over before adoption expires behind it, never before', () => {
    const stage = new Stage();
    const roundId = opened(stage, submitted(stage, { expiresOn: '2026-03-03' }));
    stage.after(49);
    agree(stage, roundId, 'a', 'b', 'c', 'd');
    expect(deliberation.firstDue(stage.state)).toMatchObject({ type: 'DecisionExpired', dueAt: stage.now });
    expect(types(stage.after(0))).toEqual(['DecisionExpired']);
  });

  it('a review that is due flags it, once, and its force goes on', () => {
    const stage = new Stage();
    const { decision } = adopted(stage, { reviewOn: '2026-06-30' });
    expect(types(stage.at('2026-12-01T00:00:00.000Z'))).toEqual(['ReviewDue']);
    expect(stage.state.decisions.get(decision.decisionId)).toMatchObject({ status: 'in-force', reviewOverdue: true });
    expect(stage.after(1000)).toEqual([]);
  });

  it('one that expired needs no review', () => {
    const stage = new Stage();
    adopted(stage, { expiresOn: '2026-06-30', reviewOn: '2026-06-30' });
    expect(types(stage.at('2026-12-01T00:00:00.000Z'))).toEqual(['DecisionExpired']);
  });

  it('a result that is not adopted makes none', () => {
    const stage = new Stage();
    agree(stage, opened(stage), 'a', 'b', 'c');
    expect(types(stage.after(300))).toEqual(['RoundClosed']);
  });
});

describe('what other contexts may ask (part 1, section 2)', () => {
  it('a decision with type, target, status and the requests of its version', () => {
    const stage = new Stage();
    const request = { partnerIds: [idOf('b')], kind: 'money', unit: 'EUR', amount: '10' } as const;
    const target = { sort: 'partner', id: idOf('b') } as const;
    const { decision } = adopted(stage, { target, requests: [request] }, 'admission');
    const answers = deliberationAnswers(stage.state);
    expect(answers.decision(decision.decisionId)).toMatchObject({ type: 'admission', target, status: 'in-force' });
    expect(answers.requestsOf(decision.decisionId)).toMatchObject([request]);
    expect(answers.decision(idOf('none'))).toBeUndefined();
    expect(answers.decisionStatus(idOf('none'))).toBeUndefined();
    expect(answers.requestsOf(idOf('none'))).toEqual([]);
  });

  it('the charter change in force for a charter, and none before its day or for another charter', () => {
    const stage = new Stage();
    const target = { sort: 'charter', hash: 'hash of the charter' } as const;
    const { decision } = adopted(stage, { target, effectiveFrom: '2026-05-01' }, 'charter-change');
    expect(deliberationAnswers(stage.state).charterChangeInForce(target.hash)).toBeUndefined();
    stage.at('2026-05-01T00:00:00.000Z');
    expect(deliberationAnswers(stage.state).charterChangeInForce(target.hash)).toBe(decision.decisionId);
    expect(deliberationAnswers(stage.state).charterChangeInForce('other')).toBeUndefined();
    stage.happens(event('DecisionRevoked', { decisionId: decision.decisionId }));
    expect(deliberationAnswers(stage.state).charterChangeInForce(target.hash)).toBeUndefined();
  });

  it('open rounds, in the order of opening', () => {
    const stage = new Stage();
    const rounds = [opened(stage), opened(stage)];
    expect(deliberationAnswers(stage.state).openRounds()).toEqual(rounds);
  });
});
