import {
  agree,
  countOf,
  firstOf,
  idOf,
  objects,
  OBJECTION,
  opened,
  Stage,
  submitted,
  texts,
  types,
} from './testing.js';

const reason = texts('reason');

describe('objections while the round is open (part 1, 4.6)', () => {
  it('a position object raises one objection behind it', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const { events } = stage.does('b', 'TakePosition', { roundId, value: 'object', objection: OBJECTION });
    expect(types(events)).toEqual(['PositionTaken', 'ObjectionRaised']);
    expect(firstOf(events, 'ObjectionRaised')).toMatchObject({
      ...{ roundId, partnerId: idOf('b'), form: 'objection', kind: 'harms-aim', reasonGiven: true },
      positionId: firstOf(events, 'PositionTaken').positionId,
    });
  });

  it('another position that counts withdraws it, in the same commit', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const objectionId = objects(stage, 'b', roundId);
    const events = agree(stage, roundId, 'b');
    expect(types(events)).toEqual(['PositionTaken', 'ObjectionWithdrawn']);
    expect(firstOf(events, 'ObjectionWithdrawn').objectionId).toBe(objectionId);
    objects(stage, 'b', roundId);
    expect(countOf(stage.ledger, 'ObjectionWithdrawn')).toBe(1);
  });

  it('a position of a substitute does not withdraw the objection of the titular', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    objects(stage, 'b', roundId);
    stage.substitutes.add('b');
    expect(types(agree(stage, roundId, 'b'))).toEqual(['PositionTaken']);
  });

  it('an objection of a substitute whose titular answered is not open', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    agree(stage, roundId, 'b');
    stage.substitutes.add('b');
    const objectionId = objects(stage, 'b', roundId);
    const { refusal } = stage.does('facilitator', 'TestObjection', { objectionId, form: 'complete' });
    expect(refusal?.refused).toBe('WRONG_STATE');
  });

  it('the facilitator tests its form, which changes no count', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const objectionId = objects(stage, 'b', roundId);
    const test = (who: string) => stage.does(who, 'TestObjection', { objectionId, form: 'incomplete' });
    expect(test('a').refusal?.refused).toBe('POWER_MISSING');
    expect(types(test('facilitator').events)).toEqual(['ObjectionTested']);
    expect(test('facilitator').events[0]?.subject).toBe(`round/${roundId}`);
    stage.after(49);
    const closed = firstOf(agree(stage, roundId, 'a', 'c', 'd'), 'RoundClosed');
    expect(closed.outcome.result).toBe('returned-for-integration');
    expect(test('facilitator').refusal?.refused).toBe('ROUND_CLOSED');
    const unknown = stage.does('facilitator', 'TestObjection', { objectionId: idOf('none'), form: 'complete' });
    expect(unknown.refusal).toMatchObject({ refused: 'NOT_FOUND', pointer: '/objectionId' });
  });

  it('it is reclassified in the closing commit when every other partner says that it does not qualify', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const objectionId = objects(stage, 'b', roundId);
    for (const name of ['a', 'c', 'd']) {
      stage.does(name, 'ContestObjection', { objectionId, says: 'not-qualified', sealed: reason });
    }
    stage.after(49);
    const events = agree(stage, roundId, 'a', 'c', 'd');
    expect(types(events).slice(3)).toEqual([
      ...['RoundClosed', 'DecisionAdopted', 'DecisionTookEffect', 'ObjectionReclassified'],
    ]);
    expect(firstOf(events, 'RoundClosed').outcome.tallies).toMatchObject({ agree: 3, reclassified: 1 });
    expect(firstOf(events, 'DecisionAdopted').criteria).toEqual([objectionId]);
  });

  it('one partner that takes its word back, or never gave it, leaves it qualified', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const objectionId = objects(stage, 'b', roundId);
    for (const name of ['a', 'c', 'd']) {
      stage.does(name, 'ContestObjection', { objectionId, says: 'not-qualified', sealed: reason });
    }
    expect(stage.does('c', 'ContestObjection', { objectionId, says: 'qualified' }).refusal).toBeUndefined();
    stage.after(49);
    const events = agree(stage, roundId, 'a', 'c', 'd');
    expect(countOf(events, 'ObjectionReclassified')).toBe(0);
    expect(firstOf(events, 'RoundClosed').outcome.result).toBe('returned-for-integration');
    expect(stage.state.objections.get(objectionId)?.status).toBe('qualified');
  });

  it('own limits and own objections are never contestable; a contest needs a reason and a partner of E', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const limits = objects(stage, 'b', roundId, 'exceeds-our-limits');
    const harms = objects(stage, 'c', roundId);
    const contest = (who: string, objectionId: typeof limits, sealed = reason) =>
      stage.does(who, 'ContestObjection', { objectionId, says: 'not-qualified', sealed }).refusal?.refused;
    expect(contest('a', limits)).toBe('NOT_CONTESTABLE');
    expect(contest('c', harms)).toBe('NOT_CONTESTABLE');
    expect(contest('a', harms, {})).toBe('REASON_REQUIRED');
    expect(contest('facilitator', harms)).toBe('POWER_MISSING');
    stage.seats.push({ name: 'e', kind: 'academic', status: 'active' });
    expect(contest('e', harms)).toBe('NOT_IN_ELECTORATE');
    expect(contest('a', harms)).toBeUndefined();
    agree(stage, roundId, 'c');
    expect(contest('b', harms)).toBe('WRONG_STATE');
    stage.does('a', 'WithdrawProposal', { proposalId: stage.state.rounds.get(roundId)?.proposalId ?? idOf('none') });
    expect(contest('a', harms)).toBe('ROUND_CLOSED');
  });

  it('in an open round the objector withdraws by another position, not by command', () => {
    const stage = new Stage();
    const objectionId = objects(stage, 'b', opened(stage, submitted(stage)));
    expect(stage.does('b', 'WithdrawObjection', { objectionId }).refusal?.refused).toBe('ROUND_OPEN');
  });
});
