import { sha256 } from '#kernel';
import type { Id } from '#kernel';
import { agree, firstOf, idOf, objects, opened, Stage, submitted, texts, types } from './testing.js';

const AMENDED = sha256('amended');

/** An amendment of partner `b` to version 1. */
function amended(stage: Stage, proposalId: Id, textHash = AMENDED, baseVersion = 1): Id {
  const { events } = stage.does('b', 'SubmitAmendment', { proposalId, baseVersion, textHash });
  return firstOf(events, 'AmendmentSubmitted').amendmentId;
}

function accepts(stage: Stage, amendmentId: Id, integrates?: readonly Id[]) {
  return stage.does('a', 'AcceptAmendment', { amendmentId, integrates, sealed: texts('text', 'textKey') });
}

function rejects(stage: Stage, amendmentId: Id) {
  return stage.does('a', 'RejectAmendment', { amendmentId, sealed: texts('reason') });
}

describe('an amendment (part 1, 4.1)', () => {
  it('is of the current version of a proposal that goes on, by whoever may propose', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    const args = { proposalId, baseVersion: 1, textHash: AMENDED };
    const { events } = stage.does('b', 'SubmitAmendment', args);
    expect(types(events)).toEqual(['AmendmentSubmitted']);
    expect(firstOf(events, 'AmendmentSubmitted')).toMatchObject(args);
    expect(stage.does('facilitator', 'SubmitAmendment', args).refusal?.refused).toBe('POWER_MISSING');
    const none = { ...args, proposalId: idOf('none') };
    expect(stage.does('b', 'SubmitAmendment', none).refusal?.refused).toBe('NOT_FOUND');
    stage.does('a', 'WithdrawProposal', { proposalId });
    expect(stage.does('b', 'SubmitAmendment', args).refusal?.refused).toBe('WRONG_STATE');
  });

  it('of another version than the current one is refused, as is the text that stands already', () => {
    const stage = new Stage();
    const proposalId = submitted(stage, { textHash: sha256('one') });
    stage.does('a', 'ReviseProposal', { proposalId, textHash: sha256('two') });
    const of = (baseVersion: number, text: string) =>
      stage.does('b', 'SubmitAmendment', { proposalId, baseVersion, textHash: sha256(text) }).refusal;
    expect(of(1, 'three')).toEqual({ refused: 'STALE_AMENDMENT', pointer: '/baseVersion' });
    expect(of(3, 'three')?.refused).toBe('STALE_AMENDMENT');
    expect(of(2, 'two')?.refused).toBe('SAME_VERSION');
    expect(of(2, 'one')).toBeUndefined();
  });

  it('that the sponsor accepts is the next version, with the requests and conditions of the one before', () => {
    const stage = new Stage();
    const request = { partnerIds: [idOf('c')], kind: 'money', unit: 'EUR', amount: '10' } as const;
    const condition = { kind: 'money', unit: 'EUR', atLeast: '5', by: '2026-06-01' } as const;
    const proposalId = submitted(stage, { requests: [request], conditions: [condition] });
    const before = stage.state.proposals.get(proposalId)?.versions[0]?.requests[0]?.requestId;
    const amendmentId = amended(stage, proposalId);
    const { events } = accepts(stage, amendmentId);
    expect(types(events)).toEqual(['AmendmentAccepted', 'ProposalVersioned']);
    expect(firstOf(events, 'AmendmentAccepted')).toEqual({ amendmentId, version: 2 });
    const version = firstOf(events, 'ProposalVersioned');
    expect(version).toMatchObject({ version: 2, cause: 'amendment', amendmentId, textHash: AMENDED });
    expect(version).toMatchObject({ requests: [request], conditions: [condition] });
    expect(version.requests[0]?.requestId).not.toBe(before);
  });

  it('seals its text in the version again, so that each version can be read alone', () => {
    const stage = new Stage();
    const { events } = accepts(stage, amended(stage, submitted(stage)));
    const versioned = events.find(({ type }) => type === 'ProposalVersioned');
    expect(Object.keys(versioned?.sealed ?? {}).sort()).toEqual(['text', 'textKey']);
  });

  it('accepted in mid-round closes the round, as any version does', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    const amendmentId = amended(stage, proposalId);
    opened(stage, proposalId);
    const { events } = accepts(stage, amendmentId);
    expect(types(events)).toEqual(['AmendmentAccepted', 'ProposalVersioned', 'RoundClosed']);
    expect(firstOf(events, 'RoundClosed').closing).toBe('version');
  });

  it('may integrate the objections of the round that came back', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    const roundId = opened(stage, proposalId);
    const objectionId = objects(stage, 'b', roundId);
    stage.after(49);
    agree(stage, roundId, 'a', 'c', 'd');
    const answer = accepts(stage, amended(stage, proposalId), [objectionId]);
    expect(types(answer.events)).toEqual(['AmendmentAccepted', 'ProposalVersioned', 'ObjectionIntegrated']);
    const other = accepts(stage, amended(stage, proposalId, sha256('again'), 2), [idOf('none')]);
    expect(other.refusal).toEqual({ refused: 'NOT_FOUND', pointer: '/integrates/0' });
  });

  it('whose version is no longer current cannot be accepted, and can be rejected', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    const amendmentId = amended(stage, proposalId);
    stage.does('a', 'ReviseProposal', { proposalId, textHash: sha256('revised') });
    expect(accepts(stage, amendmentId).refusal?.refused).toBe('STALE_AMENDMENT');
    expect(types(rejects(stage, amendmentId).events)).toEqual(['AmendmentRejected']);
  });

  it('of an option of a choice is of that option, whatever else was added since', () => {
    const stage = new Stage();
    const [one, two] = [idOf('option one'), idOf('option two')];
    const proposalId = submitted(stage, { optionId: one }, 'choice');
    stage.does('a', 'ReviseProposal', { proposalId, optionId: two, textHash: sha256('two') });
    const { events } = accepts(stage, amended(stage, proposalId));
    expect(firstOf(events, 'ProposalVersioned')).toMatchObject({ version: 3, optionId: one });
  });

  it('under a condition whose last day is over brings no version', () => {
    const stage = new Stage();
    const condition = { kind: 'money', unit: 'EUR', atLeast: '5', by: '2026-03-03' } as const;
    const amendmentId = amended(stage, submitted(stage, { conditions: [condition] }));
    stage.after(72);
    expect(accepts(stage, amendmentId).refusal?.refused).toBe('DATE_INVALID');
  });

  it('whose text was erased brings no version, and no proposal', () => {
    const stage = new Stage();
    const amendmentId = amended(stage, submitted(stage));
    const erased = { refused: 'WRONG_STATE', rule: 'text erased' };
    expect(stage.does('a', 'AcceptAmendment', { amendmentId }).refusal).toEqual(erased);
    rejects(stage, amendmentId);
    expect(stage.does('b', 'PromoteAmendment', { amendmentId, textHash: AMENDED }).refusal).toEqual(erased);
  });

  it('is answered by the sponsor alone, and withdrawn by its author alone', () => {
    const stage = new Stage();
    const amendmentId = amended(stage, submitted(stage));
    const sealed = texts('text', 'reason');
    for (const name of ['AcceptAmendment', 'RejectAmendment'] as const) {
      const { refusal } = stage.does('b', name, { amendmentId, sealed });
      expect(refusal).toEqual({ refused: 'POWER_MISSING', rule: 'sponsor' });
    }
    const byOther = stage.does('a', 'WithdrawAmendment', { amendmentId });
    expect(byOther.refusal).toEqual({ refused: 'POWER_MISSING', rule: 'author' });
    expect(types(stage.does('b', 'WithdrawAmendment', { amendmentId }).events)).toEqual(['AmendmentWithdrawn']);
  });

  it('is rejected with a reason', () => {
    const stage = new Stage();
    const amendmentId = amended(stage, submitted(stage));
    const { refusal } = stage.does('a', 'RejectAmendment', { amendmentId });
    expect(refusal).toEqual({ refused: 'REASON_REQUIRED', pointer: '/reason' });
  });

  it.each(['AcceptAmendment', 'RejectAmendment', 'WithdrawAmendment'] as const)(
    'has one outcome: after %s there is no other',
    (first) => {
      const stage = new Stage();
      const amendmentId = amended(stage, submitted(stage));
      const sealed = texts('text', 'reason');
      const who = (name: string) => (name === 'WithdrawAmendment' ? 'b' : 'a');
      expect(stage.does(who(first), first, { amendmentId, sealed }).refusal).toBeUndefined();
      for (const name of ['AcceptAmendment', 'RejectAmendment', 'WithdrawAmendment'] as const) {
        expect(stage.does(who(name), name, { amendmentId, sealed }).refusal?.refused).toBe('WRONG_STATE');
      }
      const unknown = stage.does('a', first, { amendmentId: idOf('none'), sealed });
      expect(unknown.refusal?.refused).toBe('NOT_FOUND');
    },
  );
});

describe('a promoted amendment (part 1, 4.1)', () => {
  const promotion = { textHash: sha256('own'), reviewOn: '2027-01-15', sealed: texts('text', 'title', 'driver') };

  it('is a submitted proposal of its author, of the same type, on the same subject', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    const amendmentId = amended(stage, proposalId);
    rejects(stage, amendmentId);
    const { events } = stage.does('b', 'PromoteAmendment', { amendmentId, ...promotion });
    expect(types(events)).toEqual(['AmendmentPromoted', 'ProposalDrafted', 'ProposalSubmitted', 'ProposalVersioned']);
    const { newProposalId } = firstOf(events, 'AmendmentPromoted');
    const drafted = { proposalId: newProposalId, decisionType: 'ordinary', sponsorId: idOf('b') };
    expect(firstOf(events, 'ProposalDrafted')).toEqual(drafted);
    const { subjectKey } = stage.state.proposals.get(proposalId)?.submission ?? {};
    expect(firstOf(events, 'ProposalSubmitted').subjectKey).toBe(subjectKey);
    expect(firstOf(events, 'ProposalVersioned')).toMatchObject({ version: 1, cause: 'first' });
    expect(stage.state.proposals.get(newProposalId)?.status).toBe('submitted');
    const again = stage.does('b', 'PromoteAmendment', { amendmentId, ...promotion });
    expect(again.refusal).toEqual({ refused: 'WRONG_STATE', rule: 'promoted' });
  });

  it('was rejected before, and is promoted by nobody but its author', () => {
    const stage = new Stage();
    const amendmentId = amended(stage, submitted(stage));
    const early = stage.does('b', 'PromoteAmendment', { amendmentId, ...promotion });
    expect(early.refusal).toEqual({ refused: 'WRONG_STATE', rule: 'submitted' });
    rejects(stage, amendmentId);
    const byOther = stage.does('a', 'PromoteAmendment', { amendmentId, ...promotion });
    expect(byOther.refusal).toEqual({ refused: 'POWER_MISSING', rule: 'author' });
  });

  it('keeps the guards of submission', () => {
    const stage = new Stage();
    const amendmentId = amended(stage, submitted(stage));
    rejects(stage, amendmentId);
    const { refusal } = stage.does('b', 'PromoteAmendment', { amendmentId, ...promotion, reviewOn: undefined });
    expect(refusal?.refused).toBe('REVIEW_DATE');
  });
});
