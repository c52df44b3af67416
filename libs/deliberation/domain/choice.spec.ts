import type { ArgumentsOf, Charter } from '#contracts';
import { addHours, sha256 } from '#kernel';
import type { Id } from '#kernel';
import { agree, charterWith, firstOf, idOf, objects, opened, Stage, submitted, types } from './testing.js';
import { deliberationAnswers, evaluate, snapshotOf } from '../index.js';

const CHOICE = { method: 'score', parameters: { min: 0, max: 3 }, collegeCondition: false } as const;
const [A, B, C] = ['option a', 'option b', 'option c'].map(idOf) as [Id, Id, Id];
const NAMES = ['a', 'b', 'c', 'd'];

function stageWith(choice: Charter['policies']['choice'] = CHOICE): Stage {
  return new Stage({ charter: charterWith({}, { choice }) });
}

/** A choice of options A and B; gives the proposal. */
function choice(stage: Stage, more: Partial<ArgumentsOf<'SubmitProposal'>> = {}): Id {
  const proposalId = submitted(stage, { optionId: A, ...more }, 'choice');
  revise(stage, proposalId, 'text of B', B);
  return proposalId;
}

function revise(stage: Stage, proposalId: Id, text: string, optionId?: Id) {
  return stage.does('a', 'ReviseProposal', { proposalId, textHash: sha256(text), optionId });
}

type Scores = ArgumentsOf<'TakePosition'>['ballot'];
const scores = (a: number, b: number, statusQuo = 0): Scores => [
  { optionId: A, score: a },
  { optionId: B, score: b },
  { optionId: 'status-quo', score: statusQuo },
];

function ballot(stage: Stage, name: string, roundId: Id, given: Scores) {
  return stage.does(name, 'TakePosition', { roundId, value: 'ballot', ...(given && { ballot: given }) });
}

/** Everybody gives the same ballot; gives what closes the round. */
function choose(stage: Stage, roundId: Id, given: Scores) {
  stage.after(49);
  return NAMES.flatMap((name) => ballot(stage, name, roundId, given).events);
}

const open = (stage: Stage, proposalId: Id) =>
  stage.does('a', 'OpenRound', { proposalId, closesAt: addHours(stage.now, 240) });

describe('options of a choice (part 1, 4.5, M10)', () => {
  it('are versions of one proposal, and things as they are is always one more', () => {
    const stage = stageWith();
    const roundId = opened(stage, choice(stage));
    const round = stage.state.rounds.get(roundId);
    expect(round?.options).toEqual([A, B]);
    expect(round?.policy).toMatchObject({ method: 'score', min: 0, max: 3 });
    expect(snapshotOf(stage.state, roundId)?.options).toEqual([A, B, 'status-quo']);
  });

  it('an option may have several versions; a version without option is the text of the question', () => {
    const stage = stageWith();
    const proposalId = submitted(stage, {}, 'choice');
    expect(open(stage, proposalId).refusal?.refused).toBe('OPTIONS_MISSING');
    revise(stage, proposalId, 'first', A);
    revise(stage, proposalId, 'second', A);
    revise(stage, proposalId, 'third', B);
    expect(firstOf(open(stage, proposalId).events, 'RoundOpened')).toMatchObject({ options: [A, B], version: 4 });
  });

  it('only a choice has options, and no two that stand have the same text', () => {
    const stage = stageWith();
    const plain = submitted(stage);
    expect(revise(stage, plain, 'other', A).refusal).toMatchObject({ refused: 'WRONG_STATE', rule: 'choice' });
    const proposalId = choice(stage);
    expect(revise(stage, proposalId, 'text of B', C).refusal?.refused).toBe('SAME_VERSION');
    expect(revise(stage, proposalId, `text ${proposalId}`, C).refusal?.refused).toBe('SAME_VERSION');
    revise(stage, proposalId, 'other text of B', B);
    expect(revise(stage, proposalId, 'text of B', C).refusal).toBeUndefined();
  });

  it('are 20 at most', () => {
    const stage = stageWith();
    const proposalId = choice(stage);
    for (let more = 3; more <= 20; more++)
      revise(stage, proposalId, `text ${String(more)}`, idOf(`option ${String(more)}`));
    const refused = { refused: 'LIMIT_EXCEEDED', pointer: '/optionId' };
    expect(revise(stage, proposalId, 'one more', C).refusal).toMatchObject(refused);
    expect(revise(stage, proposalId, 'one more', B).refusal).toBeUndefined();
  });

  it('need a review date when the decision that follows will be asked by consent', () => {
    const stage = new Stage({
      charter: charterWith(
        {},
        { choice: CHOICE, 'resource-call': { ...CHOICE, method: 'simple-majority', parameters: {} } },
      ),
    });
    expect(() => submitted(stage, { reviewOn: undefined }, 'choice')).toThrow('REVIEW_DATE');
    expect(submitted(stage, { reviewOn: undefined, thenType: 'resource-call' }, 'choice')).toBeDefined();
  });
});

describe('ballots', () => {
  it('name options of the round as its method asks, else they are not valid', () => {
    const stage = stageWith();
    const roundId = opened(stage, choice(stage));
    const invalid = (given: Scores) => ballot(stage, 'b', roundId, given).refusal;
    expect(invalid(undefined)).toMatchObject({ refused: 'BALLOT_INVALID', pointer: '/ballot', rule: 'missing' });
    expect(invalid([{ optionId: C, score: 1 }])).toMatchObject({ refused: 'BALLOT_INVALID', rule: 'not an option' });
    expect(invalid(scores(4, 0))).toMatchObject({ refused: 'BALLOT_INVALID', rule: 'a score is 0 to 3' });
    const both = stage.does('b', 'TakePosition', { roundId, value: 'abstain', ballot: scores(1, 0) });
    expect(both.refusal).toMatchObject({ refused: 'BALLOT_INVALID', rule: 'value ballot' });
    expect(stage.does('b', 'TakePosition', { roundId, value: 'agree' }).refusal?.refused).toBe('POSITION_NOT_ALLOWED');
    expect(ballot(stage, 'b', roundId, scores(3, 0)).refusal).toBeUndefined();
  });

  it('belong to a choice', () => {
    const stage = stageWith();
    const roundId = opened(stage);
    expect(ballot(stage, 'b', roundId, scores(1, 0)).refusal?.refused).toBe('POSITION_NOT_ALLOWED');
  });
});

describe('a selection', () => {
  it('is no decision: the selected version is then asked under the policy of thenType, whatever came behind it', () => {
    const stage = stageWith();
    const proposalId = choice(stage);
    const events = choose(stage, opened(stage, proposalId), scores(3, 1));
    expect(types(events)).toEqual(['PositionTaken', 'PositionTaken', 'PositionTaken', 'PositionTaken', 'RoundClosed']);
    const { outcome } = firstOf(events, 'RoundClosed');
    expect(outcome).toMatchObject({ result: 'selected', selected: A, ranking: [A, B, 'status-quo'] });
    expect(stage.state.proposals.get(proposalId)).toMatchObject({ status: 'submitted', selected: A });
    const asked = firstOf(open(stage, proposalId).events, 'RoundOpened');
    expect(asked).toMatchObject({ version: 1, options: [], roundNumber: 2, policy: { method: 'consent' } });
    stage.after(49);
    const decision = firstOf(agree(stage, asked.roundId, ...NAMES), 'DecisionAdopted');
    expect(decision).toMatchObject({ version: 1, decisionType: 'ordinary', method: 'consent' });
  });

  it('of the last version, too, can be asked, and thenType gives the type of the decision', () => {
    const stage = stageWith();
    const requests = [{ partnerIds: [idOf('b')], kind: 'money', unit: 'EUR', amount: '10' }] as const;
    const proposalId = submitted(stage, { optionId: A, thenType: 'resource-call' }, 'choice');
    stage.does('a', 'ReviseProposal', { proposalId, textHash: sha256('B'), optionId: B, requests });
    choose(stage, opened(stage, proposalId), scores(0, 3));
    const { roundId, version } = firstOf(open(stage, proposalId).events, 'RoundOpened');
    expect(version).toBe(2);
    stage.after(49);
    const { decisionId } = firstOf(agree(stage, roundId, ...NAMES), 'DecisionAdopted');
    const answer = deliberationAnswers(stage.state).decision(decisionId);
    expect(answer).toMatchObject({ type: 'resource-call', requests: [{ amount: '10' }] });
  });

  it('is revised as its option alone, and asked again as such', () => {
    const stage = stageWith();
    const proposalId = choice(stage);
    choose(stage, opened(stage, proposalId), scores(3, 1));
    const { roundId } = firstOf(open(stage, proposalId).events, 'RoundOpened');
    objects(stage, 'd', roundId);
    stage.after(49);
    const closed = firstOf(agree(stage, roundId, 'a', 'b', 'c'), 'RoundClosed');
    expect(closed.outcome.result).toBe('returned-for-integration');
    expect(open(stage, proposalId).refusal?.refused).toBe('VERSION_ALREADY_ASKED');
    expect(revise(stage, proposalId, 'B again', B).refusal).toMatchObject({ refused: 'WRONG_STATE', rule: 'selected' });
    const revised = firstOf(revise(stage, proposalId, 'A better').events, 'ProposalVersioned');
    expect(revised).toMatchObject({ version: 3, optionId: A });
    stage.after(14 * 24 + 1);
    expect(firstOf(open(stage, proposalId).events, 'RoundOpened')).toMatchObject({ version: 3, attempt: 2 });
  });

  it('of things as they are closes the proposal', () => {
    const stage = stageWith();
    const proposalId = choice(stage);
    choose(stage, opened(stage, proposalId), scores(0, 0, 3));
    expect(stage.state.proposals.get(proposalId)).toMatchObject({ status: 'closed', selected: undefined });
    expect(open(stage, proposalId).refusal).toMatchObject({ refused: 'WRONG_STATE', rule: 'closed' });
  });

  it('is missing in a tie: that set of options is not asked again, another one is', () => {
    const stage = stageWith();
    const proposalId = choice(stage);
    const { outcome } = firstOf(choose(stage, opened(stage, proposalId), scores(2, 2)), 'RoundClosed');
    expect(outcome).toMatchObject({ result: 'inconclusive:tie', selected: null });
    expect(open(stage, proposalId).refusal?.refused).toBe('VERSION_ALREADY_ASKED');
    revise(stage, proposalId, 'text of C', C);
    expect(firstOf(open(stage, proposalId).events, 'RoundOpened').options).toEqual([A, B, C]);
  });

  it('is not stopped by an earlier version that was newer at its opening, but by a new one in the round', () => {
    const stage = stageWith();
    const proposalId = choice(stage);
    choose(stage, opened(stage, proposalId), scores(3, 1));
    const { roundId } = firstOf(open(stage, proposalId).events, 'RoundOpened');
    expect(stage.state.rounds.get(roundId)?.closed).toBeUndefined();
    const closed = firstOf(revise(stage, proposalId, 'A better', A).events, 'RoundClosed');
    expect(closed).toMatchObject({ closing: 'version', outcome: { result: 'superseded-by-version' } });
  });

  it('takes no stronger method than the charter’s when it may replace a decision; the decision behind it does', () => {
    const subjectKey = idOf('subject');
    const majority = { method: 'simple-majority', parameters: {}, collegeCondition: false } as const;
    const stage = stageWith();
    const roundId = opened(stage, submitted(stage, { subjectKey }));
    stage.after(49);
    const { decisionId } = firstOf(agree(stage, roundId, ...NAMES), 'DecisionAdopted');
    stage.charter = charterWith({}, { choice: CHOICE, ordinary: majority });
    const proposalId = choice(stage, { subjectKey, supersedes: [decisionId] });
    const optionRound = opened(stage, proposalId);
    expect(stage.state.rounds.get(optionRound)?.policy.method).toBe('score');
    choose(stage, optionRound, scores(3, 1));
    expect(firstOf(open(stage, proposalId).events, 'RoundOpened').policy.method).toBe('consent');
  });

  it('follows from its snapshot', () => {
    const stage = stageWith();
    const roundId = opened(stage, choice(stage));
    const { outcome } = firstOf(choose(stage, roundId, scores(3, 1)), 'RoundClosed');
    const snapshot = snapshotOf(stage.state, roundId);
    expect(snapshot && evaluate(snapshot)).toEqual(outcome);
  });
});
