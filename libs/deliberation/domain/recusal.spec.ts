import { snapshotOf } from '../index.js';
import {
  agree,
  countOf,
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

describe('recusal (part 1, 4.7)', () => {
  it('a partner that recuses itself leaves E of this round, its positions with it', () => {
    const stage = new Stage();
    const [roundId, other] = [opened(stage), opened(stage)];
    agree(stage, roundId, 'a', 'b', 'c', 'd');
    const sealed = texts('reason');
    const { events } = stage.does('d', 'RecusePartner', { roundId, sealed });
    expect(events).toMatchObject([{ type: 'PartnerRecused', data: { roundId, partnerId: idOf('d') }, sealed }]);
    expect(snapshotOf(stage.state, roundId)?.removals).toEqual([{ partnerId: idOf('d'), cause: 'recused' }]);
    expect(snapshotOf(stage.state, other)?.removals).toEqual([]);
    const { outcome } = firstOf(stage.after(49), 'RoundClosed');
    expect(outcome).toMatchObject({
      result: 'adopted',
      eligible: 3,
      quorumRequired: 2,
      notCounted: [{ why: 'removed' }],
    });
  });

  it('there is no way back in this round, by any act', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const objectionId = objects(stage, 'c', roundId);
    stage.does('d', 'RecusePartner', { roundId });
    const sealed = texts('reason');
    const refusals = [
      stage.does('d', 'TakePosition', { roundId, value: 'agree' }),
      stage.does('d', 'RecusePartner', { roundId }),
      stage.does('d', 'ContestObjection', { objectionId, says: 'not-qualified', sealed }),
    ].map(({ refusal }) => refusal?.refused);
    expect(refusals).toEqual(['NOT_IN_ELECTORATE', 'NOT_IN_ELECTORATE', 'NOT_IN_ELECTORATE']);
  });

  it('only a representative recuses, its own partner, from an open round', () => {
    const stage = new Stage();
    const roundId = opened(stage, undefined, 2);
    for (const who of ['facilitator', 'citizen'])
      expect(stage.does(who, 'RecusePartner', { roundId }).refusal?.refused).toBe('POWER_MISSING');
    expect(stage.does('a', 'RecusePartner', { roundId: idOf('none') }).refusal?.refused).toBe('NOT_FOUND');
    stage.after(49);
    expect(stage.does('d', 'RecusePartner', { roundId }).refusal?.refused).toBe('ROUND_CLOSED');
  });

  it('its objection is orphaned for 72 h, and another partner may adopt it', () => {
    const stage = new Stage();
    const roundId = opened(stage, undefined, 3);
    const objectionId = objects(stage, 'd', roundId);
    stage.after(60);
    const { events } = stage.does('d', 'RecusePartner', { roundId });
    expect(types(events)).toEqual(['PartnerRecused', 'ObjectionOrphaned', 'RoundExtended']);
    expect(stage.does('b', 'AdoptObjection', { objectionId }).refusal).toBeUndefined();
  });

  it('E below the floor cancels the round in that commit', () => {
    const stage = new Stage({ partners: 3 });
    const roundId = opened(stage);
    const { events } = stage.does('c', 'RecusePartner', { roundId });
    expect(types(events)).toEqual(['PartnerRecused', 'RoundClosed']);
    expect(firstOf(events, 'RoundClosed')).toMatchObject({
      ...{ closing: 'electorate', outcome: { result: 'cancelled:electorate' } },
    });
  });

  it('the recusal of the last silent partner completes the round', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    agree(stage, roundId, 'a', 'b', 'c');
    stage.after(49);
    const { events } = stage.does('d', 'RecusePartner', { roundId });
    expect(firstOf(events, 'RoundClosed')).toMatchObject({ closing: 'complete', outcome: { result: 'adopted' } });
  });

  it('a sponsor that recuses itself leaves the proposal to another partner for 72 h', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    const roundId = opened(stage, proposalId, 2);
    const { events } = stage.does('a', 'RecusePartner', { roundId });
    const extended = firstOf(events, 'RoundExtended');
    expect(extended).toEqual({ roundId, cause: 'no-sponsor', closesAt: '2026-03-05T09:00:00.000Z' });
    const again = stage.does('a', 'SponsorProposal', { proposalId });
    expect(again.refusal).toMatchObject({ refused: 'NOT_IN_ELECTORATE', rule: 'recused' });
    expect(stage.does('b', 'SponsorProposal', { proposalId }).refusal).toBeUndefined();
    agree(stage, roundId, 'b', 'c', 'd');
    expect(firstOf(stage.after(80), 'RoundClosed').outcome.result).toBe('adopted');
  });

  it('without another sponsor the proposal is withdrawn', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    stage.does('a', 'RecusePartner', { roundId });
    expect(types(stage.after(73))).toEqual(['ProposalWithdrawn', 'RoundClosed']);
  });

  it('what the holder of a proxy took is struck, and its giver is never deemed; nothing of the giver is orphaned', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const given = stage.does('d', 'GiveProxy', { holderId: idOf('c'), roundId });
    const { proxyId } = firstOf(given.events, 'ProxyGiven');
    const taken = stage.does('c', 'TakePosition', { roundId, proxyId, value: 'object', objection: OBJECTION });
    const { objectionId } = firstOf(taken.events, 'ObjectionRaised');
    const { events } = stage.does('c', 'RecusePartner', { roundId });
    expect(types(events)).toEqual(['PartnerRecused', 'ProxyRevoked', 'ObjectionWithdrawn']);
    expect(firstOf(events, 'ProxyRevoked')).toEqual({ proxyId, cause: 'holder-left' });
    expect(stage.state.objections.get(objectionId)?.status).toBe('withdrawn');
    agree(stage, roundId, 'a', 'b');
    const { outcome } = firstOf(stage.after(241), 'RoundClosed');
    expect(outcome).toMatchObject({ eligible: 3, participation: 2, notCounted: [{ why: 'struck' }] });
  });

  it('what a holder took that left the alliance stands', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const given = stage.does('d', 'GiveProxy', { holderId: idOf('c'), roundId });
    const { proxyId } = firstOf(given.events, 'ProxyGiven');
    stage.does('c', 'TakePosition', { roundId, proxyId, value: 'agree' });
    expect(firstOf(stage.leaves('c'), 'ProxyRevoked')).toEqual({ proxyId, cause: 'holder-left' });
    agree(stage, roundId, 'a', 'b');
    const { outcome } = firstOf(stage.after(241), 'RoundClosed');
    expect(outcome).toMatchObject({ result: 'adopted', eligible: 3, participation: 3 });
    expect(countOf(stage.ledger, 'ProxyRevoked')).toBe(1);
  });
});
