import { sha256 } from '#kernel';
import type { ArgumentsOf, Charter } from '#contracts';
import { agree, charterWith, firstOf, idOf, OBJECTION, opened, Stage, submitted, types } from './testing.js';
import { deliberationAnswers } from '../index.js';

const SUPER_MAJORITY = { method: 'super-majority', parameters: { num: 2, den: 3 } } as const;
const CONSENSUS = { method: 'consensus', parameters: {}, collegeCondition: false, fallback: SUPER_MAJORITY } as const;
const MINUS_ONE = { ...CONSENSUS, method: 'consensus-minus-n', parameters: { n: 1 } } as const;

type Block = ArgumentsOf<'TakePosition'>['objection'];
const BLOCK: Block = { ...OBJECTION, kind: 'harms-common-goal' };

function stageUnder(ordinary: Charter['policies']['ordinary'], partners = 4): Stage {
  return new Stage({ partners, charter: charterWith({}, { ordinary }) });
}

function blocks(stage: Stage, name: string, roundId: ReturnType<typeof opened>, objection = BLOCK) {
  return stage.does(name, 'TakePosition', { roundId, value: 'block', ...(objection && { objection }) });
}

describe('a round by consensus (part 1, 4.5, M2)', () => {
  it('a block prevents, rests on one of its own kinds and has a reason', () => {
    const stage = stageUnder(CONSENSUS);
    const roundId = opened(stage);
    expect(blocks(stage, 'd', roundId, OBJECTION).refusal).toMatchObject({
      refused: 'POSITION_NOT_ALLOWED',
      pointer: '/objection/kind',
    });
    expect(blocks(stage, 'd', roundId, { ...OBJECTION, kind: 'grave-harm', sealed: {} }).refusal).toMatchObject({
      refused: 'REASON_REQUIRED',
    });
    const raised = firstOf(blocks(stage, 'd', roundId).events, 'ObjectionRaised');
    expect(raised).toMatchObject({ form: 'block', kind: 'harms-common-goal' });
    stage.after(49);
    const closed = firstOf(agree(stage, roundId, 'a', 'b', 'c'), 'RoundClosed');
    expect(closed.outcome).toMatchObject({ result: 'blocked', tallies: { block: 1 }, dissent: [] });
    expect(stage.state.objections.get(raised.objectionId)?.status).toBe('qualified');
  });

  it('an objection is no position of it, and standing aside prevents nothing', () => {
    const stage = stageUnder(CONSENSUS);
    const roundId = opened(stage);
    const objecting = stage.does('d', 'TakePosition', { roundId, value: 'object', objection: OBJECTION });
    expect(objecting.refusal).toMatchObject({ refused: 'POSITION_NOT_ALLOWED', rule: 'consensus' });
    stage.does('d', 'TakePosition', { roundId, value: 'stand-aside' });
    stage.after(49);
    expect(firstOf(agree(stage, roundId, 'a', 'b', 'c'), 'RoundClosed').outcome.result).toBe('adopted');
  });

  it('a block that all others contest is a stand-aside, and stands among the criteria of the decision', () => {
    const stage = stageUnder(CONSENSUS);
    const roundId = opened(stage);
    const { objectionId } = firstOf(blocks(stage, 'd', roundId).events, 'ObjectionRaised');
    const sealed = OBJECTION.sealed;
    for (const name of ['a', 'b', 'c']) {
      stage.does(name, 'ContestObjection', { objectionId, says: 'not-qualified', sealed });
    }
    stage.after(49);
    const events = agree(stage, roundId, 'a', 'b', 'c');
    expect(firstOf(events, 'RoundClosed').outcome).toMatchObject({ result: 'adopted', tallies: { standAside: 1 } });
    expect(firstOf(events, 'DecisionAdopted').criteria).toEqual([objectionId]);
    expect(firstOf(events, 'ObjectionReclassified')).toEqual({ objectionId, cause: 'all-others' });
  });

  it('(d) a blocked version is asked again by the fallback once resolutionDays have passed, not before', () => {
    const stage = stageUnder(CONSENSUS);
    const proposalId = submitted(stage);
    const roundId = opened(stage, proposalId);
    blocks(stage, 'd', roundId);
    stage.after(49);
    agree(stage, roundId, 'a', 'b', 'c');
    const open = () => stage.does('a', 'OpenRound', { proposalId, closesAt: '2026-04-01T00:00:00.000Z' });
    stage.after(14 * 24);
    expect(open().refusal?.refused).toBe('VERSION_ALREADY_ASKED');
    stage.after(1);
    expect(firstOf(open().events, 'RoundOpened').policy).toMatchObject({ method: 'super-majority', num: 2, den: 3 });
  });

  it('without fallback a blocked proposal waits for a new version', () => {
    const { fallback: _none, ...plain } = CONSENSUS;
    const stage = stageUnder(plain);
    const proposalId = submitted(stage);
    const roundId = opened(stage, proposalId);
    blocks(stage, 'd', roundId);
    stage.after(49);
    agree(stage, roundId, 'a', 'b', 'c');
    stage.after(1000);
    const open = () => stage.does('a', 'OpenRound', { proposalId, closesAt: '2026-04-20T00:00:00.000Z' });
    expect(open().refusal?.refused).toBe('VERSION_ALREADY_ASKED');
    stage.does('a', 'ReviseProposal', { proposalId, textHash: sha256('other') });
    expect(firstOf(open().events, 'RoundOpened').policy.method).toBe('consensus');
  });
});

describe('a round by consensus minus n (part 1, 4.5, M3)', () => {
  function adoptedAgainst(name: string, reviewOn: string) {
    const stage = stageUnder(MINUS_ONE);
    const roundId = opened(stage, submitted(stage, { reviewOn }));
    const block = firstOf(blocks(stage, name, roundId).events, 'ObjectionRaised');
    stage.after(49);
    const events = agree(stage, roundId, 'a', 'b', 'c');
    return { stage, events, block, decision: firstOf(events, 'DecisionAdopted') };
  }

  it('adopts in spite of n blocks, names who dissented and keeps what they said', () => {
    const { stage, decision, block } = adoptedAgainst('d', '2026-08-01');
    expect(decision).toMatchObject({ method: 'consensus-minus-n', dissent: [idOf('d')], reviewOn: '2026-08-01' });
    expect(decision.criteria).toEqual([block.objectionId]);
    const answers = deliberationAnswers(stage.state);
    const asked = ['d', 'a'].map((name) => answers.mayBeAsked(decision.decisionId, idOf(name)));
    expect(asked).toEqual([false, true]);
  });

  it('brings the review to 6 calendar months after such an adoption at most', () => {
    expect(adoptedAgainst('d', '2027-01-15').decision.reviewOn).toBe('2026-09-04');
  });

  it('leaves the review where it is when nobody dissented', () => {
    const stage = stageUnder(MINUS_ONE);
    const roundId = opened(stage);
    stage.after(49);
    expect(firstOf(agree(stage, roundId, 'a', 'b', 'c', 'd'), 'DecisionAdopted').reviewOn).toBe('2027-01-15');
  });

  it('judges an electorate of fewer than 2n + 2 by consensus', () => {
    const stage = stageUnder(MINUS_ONE, 3);
    const roundId = opened(stage);
    blocks(stage, 'c', roundId);
    stage.after(49);
    const events = agree(stage, roundId, 'a', 'b');
    expect(types(events)).toEqual(['PositionTaken', 'PositionTaken', 'RoundClosed']);
    expect(firstOf(events, 'RoundClosed').outcome).toMatchObject({ result: 'blocked', appliedMethod: 'consensus' });
  });
});
