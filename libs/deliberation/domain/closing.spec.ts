import { sha256 } from '#kernel';
import {
  agree,
  charterWith,
  countOf,
  firstOf,
  idOf,
  mandateGranted,
  objects,
  opened,
  Stage,
  submitted,
  texts,
  types,
} from './testing.js';
import { deliberation, evaluate, inputHash, snapshotOf } from '../index.js';

describe('closing a round (part 1, 4.4)', () => {
  it('at the deadline, by the clock, as of the deadline', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    agree(stage, roundId, 'a', 'b', 'c');
    expect(stage.at('2026-03-12T09:00:00.000Z')).toEqual([]);
    const closed = firstOf(stage.at('2026-03-20T00:00:00.000Z'), 'RoundClosed');
    expect(closed).toMatchObject({ roundId, closing: 'deadline', closedAt: '2026-03-12T09:00:00.000Z' });
    expect(closed.outcome.result).toBe('inconclusive:silence');
    expect(stage.state.openRounds).toEqual([]);
  });

  it('in the commit of the last answer once minOpenHours have passed', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    agree(stage, roundId, 'a', 'b', 'c');
    stage.after(48.5);
    const events = agree(stage, roundId, 'd');
    expect(types(events)).toEqual(['PositionTaken', 'RoundClosed', 'DecisionAdopted', 'DecisionTookEffect']);
    expect(firstOf(events, 'RoundClosed')).toMatchObject({ closing: 'complete', closedAt: stage.now });
  });

  it('when minOpenHours pass last, by the clock at that instant', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    agree(stage, roundId, 'a', 'b', 'c', 'd');
    expect(stage.after(48)).toEqual([]);
    const closed = firstOf(stage.after(100), 'RoundClosed');
    expect(closed).toMatchObject({ closing: 'complete', closedAt: '2026-03-04T09:00:00.000Z' });
  });

  it('a position taken at the very end of minOpenHours still counts', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    agree(stage, roundId, 'a', 'b', 'c', 'd');
    stage.after(48);
    expect(countOf(stage.ledger, 'RoundClosed')).toBe(0);
    objects(stage, 'd', roundId);
    expect(firstOf(stage.after(1), 'RoundClosed').outcome.result).toBe('returned-for-integration');
  });

  it('of a round no longer than minOpenHours, the deadline closes', () => {
    const stage = new Stage();
    const roundId = opened(stage, undefined, 2);
    agree(stage, roundId, 'a', 'b', 'c', 'd');
    const dueAt = '2026-03-04T09:00:00.000Z';
    const complete = { type: 'RoundComplete', id: roundId, dueAt, after: true, rank: 3, order: 0 };
    expect(deliberation.whenDue(stage.world(), complete)).toBeUndefined();
    expect(firstOf(stage.after(49), 'RoundClosed').closing).toBe('deadline');
  });

  it('a new version of the text supersedes the round', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    const roundId = opened(stage, proposalId);
    agree(stage, roundId, 'a');
    const { events } = stage.does('a', 'ReviseProposal', { proposalId, textHash: sha256('other') });
    expect(types(events)).toEqual(['ProposalVersioned', 'RoundClosed']);
    expect(firstOf(events, 'RoundClosed')).toMatchObject({ closing: 'version', closedAt: stage.now });
    expect(firstOf(events, 'RoundClosed').outcome.result).toBe('superseded-by-version');
    expect(stage.state.proposals.get(proposalId)?.status).toBe('submitted');
  });

  it('a withdrawn proposal cancels the round', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    opened(stage, proposalId);
    const { events } = stage.does('a', 'WithdrawProposal', { proposalId });
    expect(types(events)).toEqual(['ProposalWithdrawn', 'RoundClosed']);
    expect(firstOf(events, 'RoundClosed').outcome.result).toBe('cancelled:withdrawn');
    expect(stage.state.proposals.get(proposalId)?.status).toBe('withdrawn');
  });

  it('the recorded outcome and hash are those of the recorded snapshot, for ever', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    objects(stage, 'b', roundId);
    agree(stage, roundId, 'a', 'b');
    stage.leaves('c');
    const closed = firstOf(stage.after(11 * 24), 'RoundClosed');
    const before = snapshotOf(stage.state, roundId);
    stage.happens(mandateGranted('b', '2026-03-03'));
    agree(stage, roundId, 'd');
    const snapshot = snapshotOf(stage.state, roundId);
    expect(snapshot).toEqual(before);
    expect(snapshot && evaluate(snapshot)).toEqual(closed.outcome);
    expect(snapshot && inputHash(snapshot)).toBe(closed.inputHash);
    expect(snapshot?.positions.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(snapshot?.removals).toEqual([{ partnerId: idOf('c'), cause: 'withdrew' }]);
  });

  it('a partner without mandate to take position at closing stands as unrepresented in the snapshot', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    stage.happens({ type: 'MandateEnded', data: { mandateId: idOf('mandate d'), cause: 'resigned' } });
    stage.after(11 * 24);
    const snapshot = snapshotOf(stage.state, roundId);
    expect(snapshot?.electorate.map(({ unrepresented }) => unrepresented)).toEqual([false, false, false, true]);
    expect(snapshotOf(stage.state, idOf('none'))).toBeUndefined();
  });

  it('permits an open round to be looked at as if its deadline passed now', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    agree(stage, roundId, 'a');
    expect(snapshotOf(stage.state, roundId)).toMatchObject({ closing: 'deadline', positions: [{ value: 'agree' }] });
  });
});

describe('moving the deadline (part 1, 4.4)', () => {
  const reason = texts('reason');

  it('the facilitator moves it once, with a reason, by at most the original length', () => {
    const stage = new Stage();
    const roundId = opened(stage, undefined, 3);
    const extend = (closesAt: string, sealed = reason, who = 'facilitator') =>
      stage.does(who, 'ExtendRound', { roundId, closesAt, sealed });
    expect(extend('2026-03-06T09:00:00.000Z', reason, 'a').refusal?.refused).toBe('POWER_MISSING');
    expect(extend('2026-03-06T09:00:00.000Z', {}).refusal?.refused).toBe('REASON_REQUIRED');
    expect(extend('2026-03-05T09:00:00.000Z').refusal).toMatchObject({ refused: 'EXTENSION_REFUSED', rule: 'later' });
    expect(extend('2026-03-08T09:00:00.001Z').refusal?.rule).toBe('original length');
    expect(firstOf(extend('2026-03-08T09:00:00.000Z').events, 'RoundExtended').cause).toBe('facilitator');
    expect(extend('2026-03-09T09:00:00.000Z').refusal).toMatchObject({ refused: 'EXTENSION_REFUSED', rule: 'once' });
    expect(stage.at('2026-03-08T09:00:00.000Z')).toEqual([]);
    expect(firstOf(stage.after(1), 'RoundClosed').closedAt).toBe('2026-03-08T09:00:00.000Z');
    expect(extend('2026-03-09T09:00:00.000Z').refusal?.refused).toBe('ROUND_CLOSED');
  });

  const unrepresented = (name: string, openRounds: ReturnType<typeof idOf>[]) =>
    ({ type: 'PartnerBecameUnrepresented', data: { partnerId: idOf(name), openRounds } }) as const;

  it.each([
    ['7 days', 10, '2026-03-19T09:00:00.000Z'],
    ['its original length when shorter', 3, '2026-03-08T09:00:00.000Z'],
  ])('the system adds %s once when a partner of E has nobody left', (_case, days, closesAt) => {
    const stage = new Stage();
    const roundId = opened(stage, undefined, days);
    const events = stage.happens(unrepresented('b', [roundId]));
    expect(firstOf(events, 'RoundExtended')).toEqual({ roundId, cause: 'unrepresented', closesAt });
    expect(countOf(stage.happens(unrepresented('c', [roundId])), 'RoundExtended')).toBe(0);
  });

  it('a partner outside E moves nothing', () => {
    const stage = new Stage();
    opened(stage);
    stage.leaves('b');
    expect(countOf(stage.happens(unrepresented('b', [])), 'RoundExtended')).toBe(0);
  });

  it('both extensions may come to one round', () => {
    const stage = new Stage({ charter: charterWith() });
    const roundId = opened(stage, undefined, 10);
    stage.happens(unrepresented('b', [roundId]));
    const closesAt = '2026-03-20T09:00:00.000Z';
    expect(stage.does('facilitator', 'ExtendRound', { roundId, closesAt, sealed: reason }).refusal).toBeUndefined();
  });
});
