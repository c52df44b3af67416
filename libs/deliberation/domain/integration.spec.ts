import { sha256 } from '#kernel';
import type { Id } from '#kernel';
import { agree, countOf, firstOf, idOf, objects, opened, Stage, submitted, texts, types } from './testing.js';

/** A proposal of `a` whose first round came back with an objection of `b`, on 2026-03-04 at 10:00 UTC. */
function returned() {
  const stage = new Stage();
  const proposalId = submitted(stage);
  const roundId = opened(stage, proposalId);
  const objectionId = objects(stage, 'b', roundId);
  stage.after(49);
  agree(stage, roundId, 'a', 'c', 'd');
  return { stage, proposalId, roundId, objectionId };
}

function revise(stage: Stage, proposalId: Id, integrates: readonly Id[] = [], text = 'other') {
  return stage.does('a', 'ReviseProposal', { proposalId, integrates, textHash: sha256(text) });
}

function openAgain(stage: Stage, proposalId: Id, days = 10) {
  const closesAt = new Date(Date.parse(stage.now) + days * 86_400_000).toISOString();
  return stage.does('a', 'OpenRound', { proposalId, closesAt });
}

describe('integrating objections (part 1, 4.6)', () => {
  it('a version claims it, both sides confirm, it is resolved and the next attempt opens', () => {
    const { stage, proposalId, objectionId } = returned();
    const versioned = revise(stage, proposalId, [objectionId]);
    expect(types(versioned.events)).toEqual(['ProposalVersioned', 'ObjectionIntegrated']);
    expect(firstOf(versioned.events, 'ObjectionIntegrated')).toEqual({ objectionId, version: 2 });
    expect(openAgain(stage, proposalId).refusal).toMatchObject({
      ...{ refused: 'INTEGRATION_UNFINISHED', choices: [objectionId] },
    });
    const objector = stage.does('b', 'ConfirmResolution', { objectionId });
    expect(firstOf(objector.events, 'ObjectionResolutionConfirmed').side).toBe('objector');
    expect(stage.does('b', 'ConfirmResolution', { objectionId }).refusal?.refused).toBe('WRONG_STATE');
    const sponsor = stage.does('a', 'ConfirmResolution', { objectionId });
    expect(types(sponsor.events)).toEqual(['ObjectionResolutionConfirmed', 'ObjectionResolved']);
    expect(firstOf(openAgain(stage, proposalId).events, 'RoundOpened')).toMatchObject({ attempt: 2, roundNumber: 2 });
  });

  it('the same text is not asked again', () => {
    const { stage, proposalId, objectionId } = returned();
    stage.does('b', 'WithdrawObjection', { objectionId });
    expect(openAgain(stage, proposalId).refusal?.refused).toBe('VERSION_ALREADY_ASKED');
  });

  it('a partner that is objector and sponsor says for which side it confirms', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    const roundId = opened(stage, proposalId);
    const objectionId = objects(stage, 'a', roundId);
    stage.after(49);
    agree(stage, roundId, 'b', 'c', 'd');
    revise(stage, proposalId, [objectionId]);
    expect(stage.does('a', 'ConfirmResolution', { objectionId }).refusal).toMatchObject({
      ...{ refused: 'CAPACITY_AMBIGUOUS', choices: ['objector', 'sponsor'] },
    });
    stage.does('a', 'ConfirmResolution', { objectionId, side: 'objector' });
    const { events } = stage.does('a', 'ConfirmResolution', { objectionId, side: 'sponsor' });
    expect(countOf(events, 'ObjectionResolved')).toBe(1);
  });

  it('nobody confirms for another, nor before a version claims it', () => {
    const { stage, proposalId, objectionId } = returned();
    expect(stage.does('b', 'ConfirmResolution', { objectionId }).refusal?.refused).toBe('WRONG_STATE');
    revise(stage, proposalId, [objectionId]);
    expect(stage.does('c', 'ConfirmResolution', { objectionId }).refusal?.refused).toBe('POWER_MISSING');
    const other = stage.does('b', 'ConfirmResolution', { objectionId, side: 'sponsor' });
    expect(other.refusal?.refused).toBe('POWER_MISSING');
    expect(stage.does('facilitator', 'ConfirmResolution', { objectionId }).refusal?.refused).toBe('POWER_MISSING');
  });

  it('a later version that claims it again is to be confirmed again', () => {
    const { stage, proposalId, objectionId } = returned();
    revise(stage, proposalId, [objectionId]);
    stage.does('b', 'ConfirmResolution', { objectionId });
    revise(stage, proposalId, [objectionId], 'third');
    stage.does('a', 'ConfirmResolution', { objectionId });
    expect(stage.state.objections.get(objectionId)?.status).toBe('integrating');
  });

  it('a version integrates only what qualified in a round of its proposal that came back', () => {
    const { stage, proposalId, objectionId } = returned();
    expect(revise(stage, proposalId, [idOf('none')]).refusal).toMatchObject({
      ...{ refused: 'NOT_FOUND', pointer: '/integrates/0' },
    });
    expect(revise(stage, submitted(stage), [objectionId]).refusal?.refused).toBe('NOT_FOUND');
    expect(revise(stage, proposalId, [objectionId, objectionId]).refusal).toMatchObject({ pointer: '/integrates/1' });
    stage.does('b', 'WithdrawObjection', { objectionId });
    expect(revise(stage, proposalId, [objectionId]).refusal?.refused).toBe('WRONG_STATE');
  });

  it('the objector withdraws it after the round, which frees the next', () => {
    const { stage, proposalId, objectionId } = returned();
    revise(stage, proposalId);
    expect(openAgain(stage, proposalId).refusal?.refused).toBe('INTEGRATION_UNFINISHED');
    expect(stage.does('c', 'WithdrawObjection', { objectionId }).refusal?.refused).toBe('POWER_MISSING');
    expect(types(stage.does('b', 'WithdrawObjection', { objectionId }).events)).toEqual(['ObjectionWithdrawn']);
    expect(stage.does('b', 'WithdrawObjection', { objectionId }).refusal?.refused).toBe('WRONG_STATE');
    expect(openAgain(stage, proposalId).refusal).toBeUndefined();
  });

  it('after integrationDays it is carried, and the next round opens', () => {
    const { stage, proposalId } = returned();
    revise(stage, proposalId);
    stage.at('2026-03-18T10:00:00.000Z');
    expect(openAgain(stage, proposalId).refusal?.refused).toBe('INTEGRATION_UNFINISHED');
    stage.at('2026-03-18T10:00:00.001Z');
    expect(openAgain(stage, proposalId).refusal).toBeUndefined();
  });

  it('once the proposal has ended there is nothing to integrate', () => {
    const { stage, proposalId, objectionId } = returned();
    stage.does('a', 'WithdrawProposal', { proposalId });
    expect(stage.does('b', 'WithdrawObjection', { objectionId }).refusal?.refused).toBe('WRONG_STATE');
  });
});

describe('abandoning an objection (part 1, 4.6)', () => {
  const abandon = (stage: Stage, objectionId: Id, invitedOn: string, who = 'facilitator') =>
    stage.does(who, 'AbandonObjection', { objectionId, invitedOn, sealed: texts('reason') });

  it('the facilitator marks it when the 72 h after the day of the invitation are over', () => {
    const { stage, proposalId, objectionId } = returned();
    revise(stage, proposalId);
    stage.at('2026-03-08T23:00:00.000Z'); // 00:00 of 9 March in Paris: 72 h after the end of the 5th
    expect(abandon(stage, objectionId, '2026-03-05').refusal).toMatchObject({ refused: 'WRONG_STATE', rule: '72 h' });
    expect(abandon(stage, objectionId, '2026-03-10').refusal?.refused).toBe('FUTURE_FACT');
    expect(abandon(stage, objectionId, '2026-03-03').refusal?.refused).toBe('OCCURRED_BEFORE_CAUSE');
    expect(abandon(stage, objectionId, '2026-03-05', 'a').refusal?.refused).toBe('POWER_MISSING');
    stage.at('2026-03-08T23:00:00.001Z');
    expect(types(abandon(stage, objectionId, '2026-03-05').events)).toEqual(['ObjectionAbandoned']);
    expect(openAgain(stage, proposalId).refusal).toBeUndefined();
  });

  it('an objector that took part since the invitation is not absent', () => {
    const { stage, proposalId, objectionId } = returned();
    revise(stage, proposalId, [objectionId]);
    stage.at('2026-03-06T09:00:00.000Z');
    stage.does('b', 'ConfirmResolution', { objectionId });
    stage.at('2026-03-10T09:00:00.000Z');
    expect(abandon(stage, objectionId, '2026-03-05').refusal).toMatchObject({
      ...{ refused: 'WRONG_STATE', rule: 'the objector took part' },
    });
  });

  it('the objector contests it within 72 h, which brings it back as it was', () => {
    const { stage, proposalId, objectionId } = returned();
    revise(stage, proposalId, [objectionId]);
    stage.at('2026-03-10T09:00:00.000Z');
    abandon(stage, objectionId, '2026-03-05');
    stage.at('2026-03-13T09:00:00.000Z');
    expect(stage.does('c', 'ContestAbandonment', { objectionId }).refusal?.refused).toBe('POWER_MISSING');
    const { events } = stage.does('b', 'ContestAbandonment', { objectionId });
    expect(types(events)).toEqual(['ObjectionAbandonmentContested']);
    expect(stage.state.objections.get(objectionId)?.status).toBe('integrating');
    expect(openAgain(stage, proposalId).refusal?.refused).toBe('INTEGRATION_UNFINISHED');
    expect(stage.does('b', 'ContestAbandonment', { objectionId }).refusal?.refused).toBe('WRONG_STATE');
  });

  it('later it is too late', () => {
    const { stage, objectionId } = returned();
    stage.at('2026-03-10T09:00:00.000Z');
    abandon(stage, objectionId, '2026-03-05');
    stage.at('2026-03-13T09:00:00.001Z');
    expect(stage.does('b', 'ContestAbandonment', { objectionId }).refusal).toMatchObject({
      ...{ refused: 'WRONG_STATE', rule: '72 h' },
    });
  });
});
