import type { Id } from '#kernel';
import { deliberationAnswers } from '../index.js';
import {
  agree,
  charterWith,
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

type More = NonNullable<Parameters<typeof submitted>[1]>;
type Outcome = NonNullable<More['reviewOutcome']>;

function asked(stage: Stage, more: More) {
  const roundId = opened(stage, submitted(stage, more));
  stage.after(49);
  return { roundId, events: agree(stage, roundId, 'a', 'b', 'c', 'd') };
}

/** A decision in force. */
function adopted(stage: Stage, more: More = {}): Id {
  return firstOf(asked(stage, more).events, 'DecisionAdopted').decisionId;
}

function reviewed(stage: Stage, reviewOf: Id, reviewOutcome: Outcome, more: More = {}) {
  return asked(stage, { reviewOf, reviewOutcome, ...more });
}

function decisionIn(stage: Stage, decisionId: Id) {
  return stage.state.decisions.get(decisionId);
}

/** Why a proposal could not be submitted. */
function refusedSubmission(stage: Stage, more: More, type: Parameters<typeof submitted>[2] = 'ordinary') {
  const drafted = stage.does('a', 'DraftProposal', { decisionType: type });
  const { proposalId } = firstOf(drafted.events, 'ProposalDrafted');
  return stage.does('a', 'SubmitProposal', { proposalId, textHash: 'text', ...more }).refusal;
}

describe('a review (part 1, 4.9)', () => {
  it('is open while its round is: the decision is under review, and in force', () => {
    const stage = new Stage();
    const decisionId = adopted(stage);
    const proposalId = submitted(stage, { reviewOf: decisionId, reviewOutcome: 'renew' });
    expect(decisionIn(stage, decisionId)?.status).toBe('in-force');
    opened(stage, proposalId);
    expect(deliberationAnswers(stage.state).decisionStatus(decisionId)).toBe('under-review');
  });

  it('to renew gives a new review date and makes no decision', () => {
    const stage = new Stage();
    const decisionId = adopted(stage, { reviewOn: '2026-04-30' });
    expect(types(stage.at('2026-05-02T00:00:00.000Z'))).toEqual(['ReviewDue']);
    const { events, roundId } = reviewed(stage, decisionId, 'renew', { reviewOn: '2026-12-31' });
    expect(types(events).slice(-2)).toEqual(['RoundClosed', 'DecisionReviewed']);
    const outcome = { decisionId, roundId, outcome: 'renew', reviewOn: '2026-12-31' };
    expect(firstOf(events, 'DecisionReviewed')).toEqual(outcome);
    expect(decisionIn(stage, decisionId)).toMatchObject({ status: 'in-force', reviewOverdue: false });
    expect(types(stage.at('2026-12-31T23:00:00.000Z'))).toEqual(['ReviewDue']);
  });

  it('to renew before the date has come leaves the new date alone', () => {
    const stage = new Stage();
    const decisionId = adopted(stage, { reviewOn: '2026-04-30' });
    reviewed(stage, decisionId, 'renew', { reviewOn: '2026-12-31' });
    expect(stage.at('2026-12-31T22:59:59.999Z')).toEqual([]);
    expect(types(stage.at('2026-12-31T23:00:00.000Z'))).toEqual(['ReviewDue']);
  });

  it('to revoke ends the decision, frees its subject and makes no decision', () => {
    const stage = new Stage();
    const subjectKey = idOf('subject');
    const decisionId = adopted(stage, { subjectKey });
    const { events } = reviewed(stage, decisionId, 'revoke');
    expect(types(events).slice(-3)).toEqual(['RoundClosed', 'DecisionReviewed', 'DecisionRevoked']);
    expect(decisionIn(stage, decisionId)?.status).toBe('revoked');
    expect(stage.state.holders.get(subjectKey)).toEqual([]);
    expect(stage.at('2028-01-01T00:00:00.000Z')).toEqual([]);
  });

  it('to amend makes a decision that takes its place when it takes effect, until then it is in force', () => {
    const stage = new Stage();
    const decisionId = adopted(stage);
    const { events } = reviewed(stage, decisionId, 'amend', { effectiveFrom: '2026-05-01' });
    expect(types(events).slice(-3)).toEqual(['RoundClosed', 'DecisionReviewed', 'DecisionAdopted']);
    const amended = firstOf(events, 'DecisionAdopted');
    expect(amended.supersedes).toEqual([decisionId]);
    expect(amended.subjectKey).toBe(decisionIn(stage, decisionId)?.subjectKey);
    expect(decisionIn(stage, decisionId)?.status).toBe('in-force');
    expect(types(stage.at('2026-05-01T00:00:00.000Z'))).toEqual(['DecisionTookEffect', 'DecisionSuperseded']);
    expect(decisionIn(stage, decisionId)?.status).toBe('superseded');
  });

  it('that is not adopted changes nothing: outcome none', () => {
    const stage = new Stage();
    const decisionId = adopted(stage);
    const roundId = opened(stage, submitted(stage, { reviewOf: decisionId, reviewOutcome: 'revoke' }));
    objects(stage, 'b', roundId);
    stage.after(49);
    const events = agree(stage, roundId, 'a', 'c', 'd');
    expect(firstOf(events, 'DecisionReviewed')).toEqual({ decisionId, roundId, outcome: 'none' });
    expect(decisionIn(stage, decisionId)?.status).toBe('in-force');
  });

  it('whose date passed meanwhile is due when the review ends without a new one', () => {
    const stage = new Stage();
    const decisionId = adopted(stage, { reviewOn: '2026-03-10' });
    const roundId = opened(stage, submitted(stage, { reviewOf: decisionId, reviewOutcome: 'renew' }));
    agree(stage, roundId, 'a');
    expect(types(stage.after(241))).toEqual(['RoundClosed', 'DecisionReviewed', 'ReviewDue']);
  });

  it.each([
    ['renew', 'suspended', []],
    ['revoke', 'revoked', ['DecisionRevoked']],
  ] as const)('to %s a decision that was suspended meanwhile leaves it %s', (outcome, status, more) => {
    const stage = new Stage();
    stage.adReferendum.add('b');
    const decisionId = adopted(stage);
    stage.adReferendum.clear();
    const roundId = opened(stage, submitted(stage, { reviewOf: decisionId, reviewOutcome: outcome }));
    const pending = stage.ledger.find((one) => one.type === 'PositionTaken' && one.data.adReferendum);
    const { positionId } = firstOf(pending ? [pending] : [], 'PositionTaken');
    const refusal = stage.does('b', 'RefusePositionRatification', { positionId });
    expect(types(refusal.events)).toEqual(['RatificationRefused', 'RoundReevaluated', 'DecisionSuspended']);
    stage.after(49);
    const events = agree(stage, roundId, 'a', 'b', 'c', 'd');
    expect(types(events).slice(-2 - more.length)).toEqual(['RoundClosed', 'DecisionReviewed', ...more]);
    expect(decisionIn(stage, decisionId)?.status).toBe(status);
  });

  /** A decision renewed by a review during which one of its own positions was not ratified. */
  function renewedWhileSuspended(stage: Stage) {
    stage.adReferendum.add('b');
    const proposalId = submitted(stage);
    const first = opened(stage, proposalId);
    const { positionId } = firstOf(
      stage.does('b', 'TakePosition', { roundId: first, value: 'agree' }).events,
      'PositionTaken',
    );
    stage.after(49);
    const { decisionId } = firstOf(agree(stage, first, 'a', 'c', 'd'), 'DecisionAdopted');
    stage.adReferendum.clear();
    const renewal = { reviewOf: decisionId, reviewOutcome: 'renew', reviewOn: '2027-02-01' } as const;
    const roundId = opened(stage, submitted(stage, renewal));
    stage.does('b', 'RefusePositionRatification', { positionId });
    stage.after(49);
    expect(types(agree(stage, roundId, 'a', 'b', 'c', 'd'))).toContain('DecisionReviewed');
    return { decisionId, proposalId };
  }

  it('to renew a suspended decision restores nothing: only its own version does, and keeps the new date', () => {
    const stage = new Stage();
    const { decisionId, proposalId } = renewedWhileSuspended(stage);
    expect(decisionIn(stage, decisionId)?.status).toBe('suspended');
    const again = opened(stage, proposalId);
    stage.after(49);
    expect(types(agree(stage, again, 'a', 'b', 'c', 'd')).slice(-1)).toEqual(['DecisionResumed']);
    expect(decisionIn(stage, decisionId)).toMatchObject({ status: 'in-force', reviewOn: '2027-02-01' });
    expect(types(stage.at('2027-02-02T00:00:00.000Z'))).toEqual(['ReviewDue']);
  });

  it('to renew does not save a suspended decision that nobody asks again within repairDays', () => {
    const stage = new Stage();
    const { decisionId } = renewedWhileSuspended(stage);
    expect(types(stage.after(31 * 24))).toEqual(['DecisionAnnulled']);
    expect(decisionIn(stage, decisionId)?.status).toBe('annulled');
  });

  it('of a decision that expired meanwhile comes too late', () => {
    const stage = new Stage();
    const decisionId = adopted(stage, { expiresOn: '2026-03-05' });
    const roundId = opened(stage, submitted(stage, { reviewOf: decisionId, reviewOutcome: 'renew' }));
    expect(types(stage.after(49))).toEqual(['DecisionExpired']);
    expect(types(agree(stage, roundId, 'a', 'b', 'c', 'd')).slice(-1)).toEqual(['RoundClosed']);
    expect(decisionIn(stage, decisionId)?.status).toBe('expired');
  });

  it('is of a decision in force, of the same type and subject, and says what is to become of it', () => {
    const stage = new Stage();
    const pending = adopted(stage, { effectiveFrom: '2026-12-01' });
    const decisionId = adopted(stage);
    const review = { reviewOf: decisionId, reviewOutcome: 'renew', reviewOn: '2026-12-31' } as const;
    expect(refusedSubmission(stage, { ...review, reviewOf: idOf('none') })).toMatchObject({
      ...{ refused: 'NOT_FOUND', pointer: '/reviewOf' },
    });
    expect(refusedSubmission(stage, { ...review, reviewOutcome: undefined })).toMatchObject({ rule: 'reviewOutcome' });
    expect(refusedSubmission(stage, { ...review, reviewOf: undefined })).toMatchObject({ rule: 'reviewOf' });
    expect(refusedSubmission(stage, review, 'orientation')).toMatchObject({ rule: 'same type' });
    expect(refusedSubmission(stage, { ...review, subjectKey: idOf('other') })).toMatchObject({ rule: 'same subject' });
    expect(refusedSubmission(stage, review)).toBeUndefined();
    const early = submitted(stage, { ...review, reviewOf: pending });
    expect(
      stage.does('a', 'OpenRound', { proposalId: early, closesAt: '2026-03-20T00:00:00.000Z' }).refusal,
    ).toMatchObject({ refused: 'WRONG_STATE', rule: 'reviewOf: pending' });
  });

  it('to renew needs a new date, whatever the method; to revoke needs none', () => {
    const majority = { method: 'simple-majority', parameters: {}, collegeCondition: false } as const;
    const stage = new Stage({ charter: charterWith({}, { ordinary: majority }) });
    const reviewOf = adopted(stage);
    expect(refusedSubmission(stage, { reviewOf, reviewOutcome: 'renew' })?.refused).toBe('REVIEW_DATE');
    expect(refusedSubmission(stage, { reviewOf, reviewOutcome: 'amend' })).toBeUndefined();
    const consent = new Stage();
    const decisionId = adopted(consent);
    expect(refusedSubmission(consent, { reviewOf: decisionId, reviewOutcome: 'amend' })?.refused).toBe('REVIEW_DATE');
    expect(refusedSubmission(consent, { reviewOf: decisionId, reviewOutcome: 'revoke' })).toBeUndefined();
  });

  it('to amend counts among the fifty that a proposal may supersede', () => {
    const stage = new Stage();
    const reviewOf = adopted(stage);
    const others = Array.from({ length: 50 }, () => adopted(stage));
    const more = { reviewOf, reviewOn: '2026-12-31', supersedes: others };
    expect(refusedSubmission(stage, { ...more, reviewOutcome: 'amend' })?.refused).toBe('LIMIT_EXCEEDED');
    expect(refusedSubmission(stage, { ...more, reviewOutcome: 'renew' })).toBeUndefined();
  });

  it.each([
    ['renew', 'simple-majority'],
    ['amend', 'consent'],
    ['revoke', 'consent'],
  ] as const)(
    'to %s a decision that was adopted by consent is asked by %s, where a majority is in force',
    (outcome, method) => {
      const stage = new Stage();
      const reviewOf = adopted(stage);
      stage.charter = charterWith(
        {},
        { ordinary: { method: 'simple-majority', parameters: {}, collegeCondition: false } },
      );
      const roundId = opened(stage, submitted(stage, { reviewOf, reviewOutcome: outcome }));
      expect(stage.state.rounds.get(roundId)?.policy.method).toBe(method);
    },
  );
});

describe('an early review (part 1, 4.9: RequestReview)', () => {
  it('is brought to earlyReviewDays from today, by any partner', () => {
    const stage = new Stage();
    const decisionId = adopted(stage);
    const { events } = stage.does('d', 'RequestReview', { decisionId, sealed: texts('reason') });
    expect(firstOf(events, 'ReviewRequested')).toEqual({ decisionId, reviewOn: '2026-04-03' });
    expect(types(stage.at('2026-04-03T22:00:00.000Z'))).toEqual(['ReviewDue']);
    expect(stage.at('2027-03-01T00:00:00.000Z')).toEqual([]);
  });

  it('of a pending decision is due once it is in force', () => {
    const stage = new Stage();
    const decisionId = adopted(stage, { effectiveFrom: '2026-06-01' });
    expect(stage.does('b', 'RequestReview', { decisionId }).refusal).toBeUndefined();
    expect(stage.at('2026-05-31T21:59:59.999Z')).toEqual([]);
    expect(types(stage.at('2026-06-01T00:00:00.000Z'))).toEqual(['DecisionTookEffect', 'ReviewDue']);
  });

  it('leaves an earlier date as it is', () => {
    const stage = new Stage();
    const decisionId = adopted(stage, { reviewOn: '2026-03-10' });
    const { events } = stage.does('b', 'RequestReview', { decisionId });
    expect(firstOf(events, 'ReviewRequested').reviewOn).toBe('2026-03-10');
  });

  it('is asked for once between two reviews', () => {
    const stage = new Stage();
    const decisionId = adopted(stage);
    const ask = () => stage.does('b', 'RequestReview', { decisionId }).refusal;
    expect(ask()).toBeUndefined();
    expect(ask()).toMatchObject({ refused: 'WRONG_STATE', rule: 'once between two reviews' });
    reviewed(stage, decisionId, 'renew');
    expect(ask()).toBeUndefined();
  });

  it('is asked for of a decision that is pending or in force alone', () => {
    const stage = new Stage();
    expect(stage.does('b', 'RequestReview', { decisionId: idOf('none') }).refusal?.refused).toBe('NOT_FOUND');
    const decisionId = adopted(stage);
    const roundId = opened(stage, submitted(stage, { reviewOf: decisionId, reviewOutcome: 'revoke' }));
    expect(stage.does('b', 'RequestReview', { decisionId }).refusal).toMatchObject({ rule: 'under-review' });
    stage.after(49);
    agree(stage, roundId, 'a', 'b', 'c', 'd');
    expect(stage.does('b', 'RequestReview', { decisionId }).refusal).toMatchObject({ rule: 'revoked' });
  });
});

describe('a late objection (part 1, 4.6: FileLateObjection)', () => {
  const late = { kind: OBJECTION.kind, sealed: texts('reason') } as const;

  it('undoes nothing and is kept as a concern on the decision', () => {
    const stage = new Stage();
    const decisionId = adopted(stage);
    const { events } = stage.does('b', 'FileLateObjection', { decisionId, ...late });
    expect(events.map(({ data }) => data)).toEqual([{ decisionId, partnerId: idOf('b'), kind: 'harms-aim' }]);
    expect(decisionIn(stage, decisionId)).toMatchObject({
      ...{ status: 'in-force', lateObjections: [{ partnerId: idOf('b'), kind: 'harms-aim' }] },
    });
  });

  it('may carry a request for review, which is one like any other', () => {
    const stage = new Stage();
    const decisionId = adopted(stage);
    const file = () => stage.does('b', 'FileLateObjection', { decisionId, ...late, reviewRequest: { sealed: {} } });
    expect(types(file().events)).toEqual(['LateObjectionFiled', 'ReviewRequested']);
    expect(file().refusal).toMatchObject({ rule: 'once between two reviews' });
  });

  it('has a reason, and is about a decision that has not ended', () => {
    const stage = new Stage();
    const decisionId = adopted(stage, { expiresOn: '2026-03-20' });
    const without = stage.does('b', 'FileLateObjection', { decisionId, kind: 'harms-aim' });
    expect(without.refusal?.refused).toBe('REASON_REQUIRED');
    const unknown = stage.does('b', 'FileLateObjection', { decisionId: idOf('none'), ...late });
    expect(unknown.refusal?.refused).toBe('NOT_FOUND');
    stage.at('2026-03-21T00:00:00.000Z');
    expect(stage.does('b', 'FileLateObjection', { decisionId, ...late }).refusal).toMatchObject({ rule: 'expired' });
  });
});
