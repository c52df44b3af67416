import { sha256 } from '#kernel';
import { positionLimit } from './position-limit.js';
import { agree, charterWith, firstOf, idOf, OBJECTION, opened, Stage, submitted, texts, types } from './testing.js';

const MAJORITY = { method: 'simple-majority', parameters: {}, collegeCondition: false } as const;

describe('positions (part 1, 4.4 to 4.7)', () => {
  it('a position is of the partner, in the standing of who took it', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    stage.substitutes.add('b');
    const { events } = stage.does('b', 'TakePosition', { roundId, value: 'agree', sealed: texts('reason') });
    expect(firstOf(events, 'PositionTaken')).toMatchObject({
      ...{ roundId, partnerId: idOf('b'), value: 'agree', standing: 'substitute', channel: 'direct' },
      ...{ adReferendum: false, late: false },
    });
  });

  it('neither facilitator nor citizen has one, and an unknown round is not found', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    for (const who of ['facilitator', 'citizen']) {
      expect(stage.does(who, 'TakePosition', { roundId, value: 'agree' }).refusal?.refused).toBe('POWER_MISSING');
    }
    const { refusal } = stage.does('a', 'TakePosition', { roundId: idOf('none'), value: 'agree' });
    expect(refusal).toMatchObject({ refused: 'NOT_FOUND', pointer: '/roundId' });
  });

  it('a partner admitted after the opening is not in the electorate', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    stage.seats.push({ name: 'e', kind: 'academic', status: 'active' });
    expect(stage.does('e', 'TakePosition', { roundId, value: 'agree' }).refusal?.refused).toBe('NOT_IN_ELECTORATE');
  });

  it('a value outside the method is refused, under consent with a hint', () => {
    const stage = new Stage({ charter: charterWith({}, { orientation: MAJORITY }) });
    const consent = opened(stage);
    expect(stage.does('a', 'TakePosition', { roundId: consent, value: 'abstain' }).refusal).toEqual({
      ...{ refused: 'POSITION_NOT_ALLOWED', pointer: '/value', rule: 'consent or recuse' },
    });
    const majority = opened(stage, submitted(stage, {}, 'orientation'));
    const objection = { roundId: majority, value: 'object', objection: OBJECTION } as const;
    expect(stage.does('a', 'TakePosition', objection).refusal?.refused).toBe('POSITION_NOT_ALLOWED');
    expect(stage.does('a', 'TakePosition', { roundId: majority, value: 'abstain' }).refusal).toBeUndefined();
  });

  it('an objection needs a reason and a kind of its own form; an agreement takes none', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const take = (objection: typeof OBJECTION | object | undefined, value: 'object' | 'agree' = 'object') =>
      stage.does('a', 'TakePosition', { roundId, value, objection: objection as typeof OBJECTION }).refusal?.refused;
    expect(take(undefined)).toBe('REASON_REQUIRED');
    expect(take({ ...OBJECTION, sealed: {} })).toBe('REASON_REQUIRED');
    expect(take({ ...OBJECTION, kind: 'grave-harm' })).toBe('POSITION_NOT_ALLOWED');
    expect(take(OBJECTION, 'agree')).toBe('POSITION_NOT_ALLOWED');
    expect(take(OBJECTION)).toBeUndefined();
  });

  it('a re-affirmation names an own position of an earlier round of the proposal', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    const first = opened(stage, proposalId);
    const own = firstOf(agree(stage, first, 'a'), 'PositionTaken').positionId;
    const other = firstOf(agree(stage, first, 'b'), 'PositionTaken').positionId;
    stage.does('a', 'ReviseProposal', { proposalId, textHash: sha256('other') });
    const roundId = opened(stage, proposalId);
    const take = (reaffirms: typeof own) => stage.does('a', 'TakePosition', { roundId, value: 'agree', reaffirms });
    expect(take(other).refusal).toMatchObject({ refused: 'NOT_FOUND', pointer: '/reaffirms' });
    expect(firstOf(take(own).events, 'PositionTaken').reaffirms).toBe(own);
  });

  it('one at the deadline counts; later ones are kept as late for 72 h after it and change nothing', () => {
    const stage = new Stage();
    const roundId = opened(stage, undefined, 2);
    stage.at('2026-03-04T09:00:00.000Z');
    expect(firstOf(agree(stage, roundId, 'a'), 'PositionTaken').late).toBe(false);
    stage.at('2026-03-04T09:00:00.001Z');
    const closed = stage.state.rounds.get(roundId)?.closed;
    expect(closed).toMatchObject({ closing: 'deadline', closedAt: '2026-03-04T09:00:00.000Z' });
    expect(closed?.outcome.participation).toBe(1);
    stage.at('2026-03-07T09:00:00.000Z');
    const late = stage.does('b', 'TakePosition', { roundId, value: 'object', objection: OBJECTION });
    expect(types(late.events)).toEqual(['PositionTaken', 'ObjectionRaised']);
    expect(firstOf(late.events, 'PositionTaken').late).toBe(true);
    expect(stage.state.rounds.get(roundId)?.closed).toBe(closed);
    stage.at('2026-03-07T09:00:00.001Z');
    const after = stage.does('b', 'TakePosition', { roundId, value: 'agree' });
    expect(after.refusal).toMatchObject({ refused: 'ROUND_CLOSED', rule: 'deadline' });
  });

  it('after any other closing a position is refused at once', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    const roundId = opened(stage, proposalId);
    stage.does('a', 'ReviseProposal', { proposalId, textHash: sha256('other') });
    expect(stage.does('a', 'TakePosition', { roundId, value: 'agree' }).refusal?.refused).toBe('ROUND_CLOSED');
  });

  it.each([
    [3, 300],
    [200, 4],
    [225, 4],
    [4, 225],
  ])('with %d partners each takes at most %d positions', (partners, limit) => {
    expect(positionLimit(partners)).toBe(limit);
  });

  it('the limit is per partner and round', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    for (let taken = 0; taken < 225; taken++) agree(stage, roundId, 'a');
    expect(stage.does('a', 'TakePosition', { roundId, value: 'agree' }).refusal?.refused).toBe('POSITION_LIMIT');
    expect(stage.does('b', 'TakePosition', { roundId, value: 'agree' }).refusal).toBeUndefined();
  });

  it('positions are also refused when the closing entry would not fit, and what was accepted fits', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const refusals = new Set<string | undefined>();
    for (const name of ['a', 'b', 'c', 'd']) {
      for (let taken = 0; taken < 224; taken++) {
        if (taken === 1) stage.substitutes.add(name);
        refusals.add(stage.does(name, 'TakePosition', { roundId, value: 'agree' }).refusal?.rule);
      }
    }
    expect([...refusals]).toEqual([undefined, 'closing entry']);
    const events = stage.after(11 * 24);
    expect(types(events).slice(0, 2)).toEqual(['RoundClosed', 'DecisionAdopted']);
    const bytes = Buffer.byteLength(JSON.stringify(events.slice(0, 2)));
    expect(bytes).toBeLessThan(58_000);
    expect(bytes).toBeGreaterThan(45_000);
    // However many the others took, the first position of a partner is never refused.
    expect(firstOf(events, 'RoundClosed').outcome.participation).toBe(4);
  });
});
