import { event } from '#contracts';
import {
  agree,
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
import { deliberationAnswers, snapshotOf } from '../index.js';

describe('what happens while a round is open (part 1, 4.7)', () => {
  it('a partner that withdraws leaves E at once and its positions are removed', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    agree(stage, roundId, 'a', 'b', 'c', 'd');
    expect(types(stage.leaves('d'))).toEqual(['PartnerWithdrew', 'MandateEnded']);
    const { outcome } = firstOf(stage.after(49), 'RoundClosed');
    expect(outcome).toMatchObject({ result: 'adopted', eligible: 3, participation: 3, quorumRequired: 2 });
    expect(outcome.notCounted).toMatchObject([{ why: 'removed' }]);
  });

  it('an excluded partner leaves E in the same way', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    stage.happens(event('PartnerExcluded', { partnerId: idOf('d'), decisionId: idOf('decision') }));
    expect(snapshotOf(stage.state, roundId)?.removals).toEqual([{ partnerId: idOf('d'), cause: 'excluded' }]);
    expect(stage.does('d', 'TakePosition', { roundId, value: 'agree' }).refusal?.refused).toBe('NOT_IN_ELECTORATE');
    expect(deliberationAnswers(stage.state).openRounds(idOf('d'))).toEqual([]);
    expect(deliberationAnswers(stage.state).openRounds(idOf('c'))).toEqual([roundId]);
  });

  it('the leaving of the last silent partner completes the round in that commit', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    agree(stage, roundId, 'a', 'b', 'c');
    stage.after(49);
    expect(types(stage.leaves('d'))).toEqual([
      ...['PartnerWithdrew', 'MandateEnded', 'RoundClosed', 'DecisionAdopted', 'DecisionTookEffect'],
    ]);
  });

  it('E below the floor cancels the round in that commit, and nothing waits for its orphans', () => {
    const stage = new Stage({ partners: 3 });
    const roundId = opened(stage);
    objects(stage, 'c', roundId);
    const events = stage.leaves('c');
    expect(types(events)).toEqual(['PartnerWithdrew', 'MandateEnded', 'RoundClosed']);
    expect(firstOf(events, 'RoundClosed')).toMatchObject({ closing: 'electorate', closedAt: stage.now });
    expect(firstOf(events, 'RoundClosed').outcome.result).toBe('cancelled:electorate');
  });

  it('the objection of a leaver is orphaned for 72 h, and the round stays open as long', () => {
    const stage = new Stage();
    const roundId = opened(stage, undefined, 3);
    const objectionId = objects(stage, 'd', roundId);
    agree(stage, roundId, 'a', 'b');
    stage.after(60);
    const events = stage.leaves('d');
    const until = '2026-03-07T21:00:00.000Z';
    expect(types(events).slice(2)).toEqual(['ObjectionOrphaned', 'RoundExtended']);
    expect(firstOf(events, 'ObjectionOrphaned')).toEqual({ objectionId, adoptBy: until });
    expect(firstOf(events, 'RoundExtended')).toEqual({ roundId, cause: 'orphaned', closesAt: until });
    agree(stage, roundId, 'c');
    const later = stage.at('2026-03-08T09:00:00.000Z');
    expect(types(later).slice(0, 2)).toEqual(['ObjectionLapsed', 'RoundClosed']);
    expect(firstOf(later, 'RoundClosed')).toMatchObject({ closedAt: until, outcome: { result: 'adopted' } });
  });

  it('a deadline further away than 72 h does not move for an orphan', () => {
    const stage = new Stage();
    const roundId = opened(stage, undefined, 10);
    objects(stage, 'd', roundId);
    expect(countOf(stage.leaves('d'), 'RoundExtended')).toBe(0);
  });

  it('waiting for an orphan is no extension: the facilitator and the system may still extend once each', () => {
    const stage = new Stage();
    const roundId = opened(stage, undefined, 2);
    objects(stage, 'd', roundId);
    stage.leaves('d');
    const extension = { roundId, closesAt: '2026-03-06T09:00:00.000Z', sealed: texts('reason') };
    expect(stage.does('facilitator', 'ExtendRound', extension).refusal).toBeUndefined();
    const unrepresented = event('PartnerBecameUnrepresented', { partnerId: idOf('b'), openRounds: [roundId] });
    expect(countOf(stage.happens(unrepresented), 'RoundExtended')).toBe(1);
  });

  it('another partner of E adopts the orphan as its own objection', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const objectionId = objects(stage, 'd', roundId);
    agree(stage, roundId, 'a', 'b', 'c');
    stage.leaves('d');
    const { events } = stage.does('b', 'AdoptObjection', { objectionId });
    expect(types(events)).toEqual(['PositionTaken', 'ObjectionRaised', 'ObjectionAdopted']);
    const raised = firstOf(events, 'ObjectionRaised');
    expect(raised).toMatchObject({ partnerId: idOf('b'), kind: 'harms-aim', touches: { sort: 'aim' } });
    expect(firstOf(events, 'ObjectionAdopted')).toEqual({ objectionId, byObjectionId: raised.objectionId });
    const closed = firstOf(stage.after(49), 'RoundClosed');
    expect(closed.outcome).toMatchObject({ result: 'returned-for-integration', tallies: { object: 1, agree: 2 } });
    expect(countOf(stage.ledger, 'ObjectionLapsed')).toBe(0);
  });

  it('only an orphan is adopted, within its 72 h, in an open round', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const objectionId = objects(stage, 'd', roundId);
    expect(stage.does('b', 'AdoptObjection', { objectionId }).refusal?.refused).toBe('WRONG_STATE');
    stage.leaves('d');
    expect(stage.does('facilitator', 'AdoptObjection', { objectionId }).refusal?.refused).toBe('POWER_MISSING');
    stage.seats.push({ name: 'e', kind: 'academic', status: 'active' });
    expect(stage.does('e', 'AdoptObjection', { objectionId }).refusal?.refused).toBe('NOT_IN_ELECTORATE');
    stage.after(72.1);
    expect(stage.state.objections.get(objectionId)?.status).toBe('lapsed');
    expect(stage.does('b', 'AdoptObjection', { objectionId }).refusal?.refused).toBe('WRONG_STATE');
    stage.after(240);
    expect(stage.does('b', 'AdoptObjection', { objectionId }).refusal?.refused).toBe('ROUND_CLOSED');
  });

  it('a withdrawn objection is not orphaned', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    objects(stage, 'd', roundId);
    agree(stage, roundId, 'd');
    expect(countOf(stage.leaves('d'), 'ObjectionOrphaned')).toBe(0);
  });

  it('when the sponsor leaves another has 72 h to sponsor, and the round waits for it', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    const roundId = opened(stage, proposalId, 2);
    agree(stage, roundId, 'a', 'b', 'c', 'd');
    const events = stage.leaves('a');
    const until = '2026-03-05T09:00:00.000Z';
    expect(firstOf(events, 'RoundExtended')).toEqual({ roundId, cause: 'no-sponsor', closesAt: until });
    expect(stage.after(60)).toEqual([]);
    const sponsored = stage.does('b', 'SponsorProposal', { proposalId });
    expect(types(sponsored.events).slice(0, 2)).toEqual(['ProposalSponsored', 'RoundClosed']);
    expect(firstOf(sponsored.events, 'RoundClosed')).toMatchObject({ closing: 'complete' });
    expect(countOf(stage.after(100), 'ProposalWithdrawn')).toBe(0);
  });

  it('without a new sponsor the proposal is withdrawn and the round cancelled, by the clock', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    const roundId = opened(stage, proposalId, 10);
    agree(stage, roundId, 'b', 'c', 'd');
    stage.leaves('a');
    const events = stage.after(100);
    expect(types(events)).toEqual(['ProposalWithdrawn', 'RoundClosed']);
    expect(firstOf(events, 'ProposalWithdrawn')).toEqual({ proposalId, cause: 'no-sponsor' });
    expect(firstOf(events, 'RoundClosed')).toMatchObject({
      ...{ closing: 'withdrawn', closedAt: '2026-03-05T09:00:00.000Z', outcome: { result: 'cancelled:withdrawn' } },
    });
    expect(stage.does('b', 'SponsorProposal', { proposalId }).refusal?.refused).toBe('WRONG_STATE');
  });

  it('outside a round a proposal whose sponsor left waits: it can be sponsored, and cannot be asked before', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    stage.leaves('a');
    expect(stage.after(100)).toEqual([]);
    const closesAt = '2026-03-12T09:00:00.000Z';
    const open = () => stage.does('facilitator', 'OpenRound', { proposalId, closesAt });
    expect(open().refusal).toMatchObject({ refused: 'WRONG_STATE', rule: 'sponsor' });
    stage.does('b', 'SponsorProposal', { proposalId });
    expect(open().refusal).toBeUndefined();
  });

  it('the position of a partner whose mandate ended stands', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    agree(stage, roundId, 'a', 'b', 'c', 'd');
    stage.happens(event('MandateEnded', { mandateId: idOf('mandate d'), cause: 'resigned' }));
    expect(firstOf(stage.after(49), 'RoundClosed').outcome).toMatchObject({ result: 'adopted', participation: 4 });
  });

  it('of two representatives the titular counts, whoever spoke last', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    objects(stage, 'b', roundId);
    stage.substitutes.add('b');
    stage.after(49);
    agree(stage, roundId, 'b');
    expect(firstOf(agree(stage, roundId, 'a', 'c', 'd'), 'RoundClosed').outcome).toMatchObject({
      ...{ result: 'returned-for-integration', notCounted: [{ why: 'titular-beats-substitute' }] },
    });
  });

  it('a charter that changes in mid-round changes nothing of the round', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    stage.charter = { ...stage.charter, minOpenHours: 1, quorum: { num: 1, den: 1, strict: false } };
    agree(stage, roundId, 'a', 'b', 'c');
    expect(firstOf(stage.after(300), 'RoundClosed').outcome).toMatchObject({ quorumRequired: 3 });
  });

  it('the mandate of a successor represents the partner', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    stage.happens(event('MandateEnded', { mandateId: idOf('mandate d'), cause: 'resigned' }), mandateGranted('d'));
    expect(snapshotOf(stage.state, roundId)?.electorate.some(({ unrepresented }) => unrepresented)).toBe(false);
  });

  it('the end of the alliance ends every deadline', () => {
    const stage = new Stage();
    opened(stage);
    stage.happens(event('AllianceDissolved', { decisionId: idOf('d'), openCommitments: 0, headHash: 'x' }));
    expect(stage.after(1000)).toEqual([]);
  });
});
