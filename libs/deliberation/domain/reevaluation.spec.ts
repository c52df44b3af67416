import { event } from '#contracts';
import type { DomainEvent } from '#contracts';
import { addHours } from '#kernel';
import { deliberationAnswers, evaluate, inputHash, snapshotOf } from '../index.js';
import {
  agree,
  charterWith,
  firstOf,
  idOf,
  OBJECTION,
  objects,
  opened,
  Stage,
  submitted,
  texts,
  types,
} from './testing.js';

const MAJORITY = { method: 'simple-majority', parameters: {}, collegeCondition: false } as const;
const FIXED = { subjectKey: idOf('subject') };

/** A decision by consent of the four, of which `b` agreed ad referendum. */
function adopted(stage: Stage, more: Parameters<typeof submitted>[1] = {}) {
  stage.adReferendum.add('b');
  const proposalId = submitted(stage, more);
  const roundId = opened(stage, proposalId);
  const taken = stage.does('b', 'TakePosition', { roundId, value: 'agree' });
  stage.after(49);
  const events = agree(stage, roundId, 'a', 'c', 'd');
  const { decisionId } = firstOf(events, 'DecisionAdopted');
  return { proposalId, roundId, decisionId, positionId: firstOf(taken.events, 'PositionTaken').positionId };
}

function refuses(stage: Stage, { positionId }: ReturnType<typeof adopted>): readonly DomainEvent[] {
  return stage.does('b', 'RefusePositionRatification', { positionId }).events;
}

/** The same version asked again and adopted, by mandates that bind. */
function adoptedAgain(stage: Stage, proposalId: ReturnType<typeof adopted>['proposalId']) {
  stage.adReferendum.clear();
  const roundId = opened(stage, proposalId);
  stage.after(49);
  return { roundId, events: agree(stage, roundId, 'a', 'b', 'c', 'd') };
}

function status(stage: Stage, { decisionId }: Pick<ReturnType<typeof adopted>, 'decisionId'>) {
  return deliberationAnswers(stage.state).decisionStatus(decisionId);
}

describe('a re-evaluation (part 1, 4.8)', () => {
  it('runs evaluate on the recorded snapshot with that one fact, and suspends what is adopted no longer', () => {
    const stage = new Stage();
    const made = adopted(stage);
    const before = snapshotOf(stage.state, made.roundId);
    const events = refuses(stage, made);
    expect(types(events)).toEqual(['RatificationRefused', 'RoundReevaluated', 'DecisionSuspended']);
    const again = before && {
      ...before,
      positions: before.positions.map((one) =>
        one.positionId === made.positionId ? { ...one, ratification: 'refused' as const } : one,
      ),
    };
    expect(firstOf(events, 'RoundReevaluated')).toMatchObject({
      ...{ roundId: made.roundId, cause: 'ratification-refused', positionId: made.positionId },
      ...{ outcome: again && evaluate(again), inputHash: again && inputHash(again) },
    });
    expect(firstOf(events, 'RoundReevaluated').outcome.result).toBe('returned-for-integration');
    expect(firstOf(events, 'DecisionSuspended').cause).toBe('ratification-refused');
    expect(status(stage, made)).toBe('suspended');
    expect(stage.state.proposals.get(made.proposalId)?.status).toBe('submitted');
  });

  it('leaves the recorded snapshot and result of the closing as they were', () => {
    const stage = new Stage();
    const made = adopted(stage);
    const before = snapshotOf(stage.state, made.roundId);
    stage.does('b', 'RatifyPosition', { positionId: made.positionId });
    expect(snapshotOf(stage.state, made.roundId)).toEqual(before);
    expect(before && inputHash(before)).toBe(firstOf(stage.ledger, 'RoundClosed').inputHash);
  });

  it('that is adopted again changes the numbers only', () => {
    const stage = new Stage({ charter: charterWith({}, { ordinary: MAJORITY }) });
    const made = adopted(stage);
    const events = refuses(stage, made);
    expect(types(events)).toEqual(['RatificationRefused', 'RoundReevaluated']);
    expect(firstOf(events, 'RoundReevaluated').outcome.tallies).toMatchObject({ agree: 3, abstain: 1 });
    expect(status(stage, made)).toBe('in-force');
    expect(deliberationAnswers(stage.state).suspendedFor(made.decisionId)).toEqual([idOf('b')]);
    expect(stage.does('a', 'OpenRound', { proposalId: made.proposalId, closesAt: stage.now }).refusal).toMatchObject({
      rule: 'adopted',
    });
  });

  it('never makes a decision: a result that would be adopted gives the right to ask again, for repairDays', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    const roundId = opened(stage, proposalId);
    objects(stage, 'b', roundId);
    stage.after(49);
    const { outcome, inputHash: hash } = firstOf(agree(stage, roundId, 'a', 'c', 'd'), 'RoundClosed');
    const ask = () => stage.does('a', 'OpenRound', { proposalId, closesAt: addHours(stage.now, 240) });
    stage.after(15 * 24);
    expect(ask().refusal?.refused).toBe('VERSION_ALREADY_ASKED');
    const { positionId } = firstOf(stage.ledger, 'PositionTaken');
    const would = { ...outcome, result: 'adopted' } as const;
    const fact = {
      roundId,
      cause: 'contested',
      positionId,
      outcome: would,
      evaluatorVersion: 1,
      inputHash: hash,
    } as const;
    expect(types(stage.happens(event('RoundReevaluated', fact)))).toEqual(['RoundReevaluated']);
    expect(stage.state.decisions.size).toBe(0);
    stage.after(30 * 24);
    expect(ask().refusal).toBeUndefined();
    stage.does('a', 'ReviseProposal', { proposalId, textHash: 'another text', sealed: texts('text') });
    stage.happens(event('RoundReevaluated', { ...fact, outcome }));
    stage.happens(event('RoundReevaluated', fact));
    expect(stage.state.proposals.get(proposalId)?.status).toBe('submitted');
  });

  it('gives no right to ask again once repairDays are over', () => {
    const stage = new Stage();
    const made = adopted(stage);
    refuses(stage, made);
    const ask = () => stage.does('a', 'OpenRound', { proposalId: made.proposalId, closesAt: addHours(stage.now, 240) });
    stage.after(30 * 24);
    stage.at(new Date(Date.parse(stage.now) + 1).toISOString());
    expect(ask().refusal?.refused).toBe('VERSION_ALREADY_ASKED');
  });

  it('is made for a position that was counted alone', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    const roundId = opened(stage, proposalId);
    const asks = { roundId, value: 'agree', adReferendum: true } as const;
    const first = firstOf(stage.does('b', 'TakePosition', asks).events, 'PositionTaken').positionId;
    stage.after(49);
    agree(stage, roundId, 'a', 'b', 'c', 'd');
    const refusal = stage.does('b', 'RefusePositionRatification', { positionId: first });
    expect(types(refusal.events)).toEqual(['RatificationRefused']);
    expect(stage.state.proposals.get(proposalId)?.status).toBe('adopted');
  });

  it('of a round that made no decision leaves none', () => {
    const stage = new Stage();
    stage.adReferendum.add('b');
    const roundId = opened(stage);
    const taken = stage.does('b', 'TakePosition', { roundId, value: 'agree' });
    stage.after(300);
    const { positionId } = firstOf(taken.events, 'PositionTaken');
    const events = stage.does('b', 'RefusePositionRatification', { positionId }).events;
    expect(types(events)).toEqual(['RatificationRefused', 'RoundReevaluated']);
    expect(firstOf(events, 'RatificationRefused').decisionId).toBeUndefined();
  });
});

describe('a suspended decision (part 1, 4.8 and 4.9)', () => {
  it('keeps its subject, and is no longer in force', () => {
    const stage = new Stage();
    const made = adopted(stage, FIXED);
    refuses(stage, made);
    const other = submitted(stage, FIXED);
    const opening = stage.does('a', 'OpenRound', { proposalId: other, closesAt: addHours(stage.now, 240) });
    expect(opening.refusal).toMatchObject({ refused: 'SUBJECT_TAKEN', choices: [made.decisionId] });
  });

  it('comes back when the same version is adopted again within repairDays; no second decision is made', () => {
    const stage = new Stage();
    const made = adopted(stage);
    refuses(stage, made);
    const { events } = adoptedAgain(stage, made.proposalId);
    expect(types(events).slice(-2)).toEqual(['RoundClosed', 'DecisionResumed']);
    expect(status(stage, made)).toBe('in-force');
    expect(deliberationAnswers(stage.state).suspendedFor(made.decisionId)).toEqual([]);
    expect(stage.state.decisions.size).toBe(1);
    expect(stage.at('2026-05-30T00:00:00.000Z')).toEqual([]);
  });

  it('rests on the round that adopted it again: the old one is of no consequence', () => {
    const stage = new Stage();
    stage.adReferendum.add('c');
    const made = adopted(stage);
    refuses(stage, made);
    stage.adReferendum.clear();
    adoptedAgain(stage, made.proposalId);
    const late = stage.at('2026-06-10T00:00:00.000Z');
    expect(types(late)).toEqual(['RatificationRefused', 'RoundReevaluated']);
    expect(firstOf(late, 'RatificationRefused').decisionId).toBeUndefined();
    expect(status(stage, made)).toBe('in-force');
  });

  it('and stays so whatever the old round would be now', () => {
    const stage = new Stage();
    const made = adopted(stage);
    const refusal = firstOf(refuses(stage, made), 'RoundReevaluated');
    adoptedAgain(stage, made.proposalId);
    const adoptedNow = { ...refusal, outcome: { ...refusal.outcome, result: 'adopted' } } as const;
    for (const fact of [adoptedNow, refusal]) {
      expect(types(stage.happens(event('RoundReevaluated', fact)))).toEqual(['RoundReevaluated']);
    }
    expect(status(stage, made)).toBe('in-force');
    expect(stage.state.proposals.get(made.proposalId)?.status).toBe('adopted');
  });

  it('has no more time for a second fact that takes it away', () => {
    const stage = new Stage();
    const made = adopted(stage);
    const refusal = firstOf(refuses(stage, made), 'RoundReevaluated');
    const before = stage.state.rounds.get(made.roundId)?.reevaluated;
    stage.after(48);
    expect(types(stage.happens(event('RoundReevaluated', refusal)))).toEqual(['RoundReevaluated']);
    expect(stage.state.rounds.get(made.roundId)?.reevaluated).toEqual(before);
  });

  it('is none that had ended before: an expired one stays expired', () => {
    const stage = new Stage();
    const made = adopted(stage, { expiresOn: '2026-03-10' });
    stage.at('2026-03-12T00:00:00.000Z');
    expect(types(refuses(stage, made))).toEqual(['RatificationRefused', 'RoundReevaluated']);
    expect(status(stage, made)).toBe('expired');
  });

  it('is superseded when a new version of its proposal takes effect', () => {
    const stage = new Stage();
    const made = adopted(stage);
    refuses(stage, made);
    stage.does('a', 'ReviseProposal', { proposalId: made.proposalId, textHash: 'another text', sealed: texts('text') });
    const { events } = adoptedAgain(stage, made.proposalId);
    expect(types(events).slice(-4)).toEqual([
      'RoundClosed',
      'DecisionAdopted',
      'DecisionTookEffect',
      'DecisionSuperseded',
    ]);
    expect(firstOf(events, 'DecisionAdopted')).toMatchObject({ version: 2, supersedes: [made.decisionId] });
    expect(status(stage, made)).toBe('superseded');
  });

  it('is annulled when repairDays are over, to the millisecond', () => {
    const stage = new Stage({ charter: charterWith({ repairDays: 10 }) });
    const made = adopted(stage, FIXED);
    refuses(stage, made);
    expect(stage.after(240)).toEqual([]);
    expect(types(stage.at(new Date(Date.parse(stage.now) + 1).toISOString()))).toEqual(['DecisionAnnulled']);
    expect(status(stage, made)).toBe('annulled');
    expect(stage.state.holders.get(FIXED.subjectKey)).toEqual([]);
    const again = stage.does('a', 'OpenRound', { proposalId: made.proposalId, closesAt: addHours(stage.now, 240) });
    expect(again.refusal?.refused).toBe('VERSION_ALREADY_ASKED');
  });

  it('that was suspended twice is annulled repairDays after the second time', () => {
    const stage = new Stage();
    const made = adopted(stage);
    refuses(stage, made);
    stage.after(20 * 24);
    const roundId = opened(stage, made.proposalId);
    const asks = { roundId, value: 'agree', adReferendum: true } as const;
    const { positionId } = firstOf(stage.does('c', 'TakePosition', asks).events, 'PositionTaken');
    stage.adReferendum.clear();
    stage.after(49);
    agree(stage, roundId, 'a', 'b', 'd');
    expect(status(stage, made)).toBe('in-force');
    stage.does('c', 'RefusePositionRatification', { positionId });
    expect(status(stage, made)).toBe('suspended');
    expect(stage.after(29 * 24)).toEqual([]);
    expect(types(stage.after(25))).toEqual(['DecisionAnnulled']);
  });

  it('asks resources of whom its new adoption did not outvote', () => {
    const minus = { method: 'consensus-minus-n', parameters: { n: 1 }, collegeCondition: false } as const;
    const stage = new Stage({ charter: charterWith({}, { ordinary: minus }) });
    for (const name of ['b', 'c']) stage.adReferendum.add(name);
    const proposalId = submitted(stage);
    const roundId = opened(stage, proposalId);
    const block = { value: 'block', objection: { ...OBJECTION, kind: 'grave-harm' } } as const;
    stage.does('d', 'TakePosition', { roundId, ...block });
    stage.after(49);
    const { decisionId } = firstOf(agree(stage, roundId, 'a', 'b', 'c'), 'DecisionAdopted');
    const mayAsk = () => deliberationAnswers(stage.state).mayBeAsked(decisionId, idOf('d'));
    expect(mayAsk()).toBe(false);
    for (const one of stage.ledger) {
      if (one.type !== 'PositionTaken' || !one.data.adReferendum) continue;
      const name = one.data.partnerId === idOf('b') ? 'b' : 'c';
      stage.does(name, 'RefusePositionRatification', { positionId: one.data.positionId });
    }
    expect(status(stage, { decisionId })).toBe('suspended');
    adoptedAgain(stage, proposalId);
    expect([status(stage, { decisionId }), mayAsk()]).toEqual(['in-force', true]);
  });

  it('is asked again by a method as strong as the one that had adopted it', () => {
    const stage = new Stage();
    const made = adopted(stage);
    refuses(stage, made);
    stage.charter = charterWith({}, { ordinary: MAJORITY });
    const roundId = opened(stage, made.proposalId);
    expect(stage.state.rounds.get(roundId)?.policy.method).toBe('consent');
  });

  it('comes back to pending when it was pending, and then waits for its day', () => {
    const stage = new Stage();
    const made = adopted(stage, { effectiveFrom: '2026-06-01' });
    refuses(stage, made);
    adoptedAgain(stage, made.proposalId);
    expect(status(stage, made)).toBe('pending');
    expect(types(stage.at('2026-06-02T00:00:00.000Z'))).toEqual(['DecisionTookEffect']);
  });

  it('takes no effect while suspended, and catches up when it comes back', () => {
    const stage = new Stage();
    const made = adopted(stage, { effectiveFrom: '2026-03-10' });
    refuses(stage, made);
    expect(stage.at('2026-03-11T00:00:00.000Z')).toEqual([]);
    const { events } = adoptedAgain(stage, made.proposalId);
    expect(types(events).slice(-2)).toEqual(['DecisionResumed', 'DecisionTookEffect']);
  });

  it('does not expire; its last day that passed meanwhile ends it when it comes back', () => {
    const stage = new Stage();
    const made = adopted(stage, { expiresOn: '2026-03-10' });
    refuses(stage, made);
    expect(stage.at('2026-03-12T00:00:00.000Z')).toEqual([]);
    adoptedAgain(stage, made.proposalId);
    expect(types(stage.after(0))).toEqual(['DecisionExpired']);
  });
});
