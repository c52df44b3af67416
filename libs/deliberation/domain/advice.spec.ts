import type { ArgumentsOf } from '#contracts';
import { addMs, DAY_MS, sha256 } from '#kernel';
import type { Id } from '#kernel';
import { charterWith, firstOf, idOf, opened, Stage, submitted, texts, types } from './testing.js';

const plain = { parameters: {}, collegeCondition: false } as const;
const BY_ADVICE = { 'own-domain': { ...plain, method: 'advice' } } as const;

function stageByAdvice(): Stage {
  return new Stage({ charter: charterWith({}, BY_ADVICE) });
}

type More = NonNullable<Parameters<typeof submitted>[1]>;
const own = (stage: Stage, more: More = {}): Id => submitted(stage, more, 'own-domain');

/** The sponsor asks a partner. */
function asks(stage: Stage, proposalId: Id, name: string, more: Partial<ArgumentsOf<'RequestAdvice'>> = {}): Id {
  const args = { proposalId, partnerId: idOf(name), because: 'affected', ...more } as const;
  const { events } = stage.does('a', 'RequestAdvice', args);
  return firstOf(events, 'AdviceRequested').adviceId;
}

function refusedToAsk(stage: Stage, proposalId: Id, name: string, more: Partial<ArgumentsOf<'RequestAdvice'>> = {}) {
  const args = { proposalId, partnerId: idOf(name), because: 'affected', ...more } as const;
  return stage.does(more.because === 'own-request' ? name : 'a', 'RequestAdvice', args).refusal;
}

function advised(stage: Stage, adviceId: Id, name: string): void {
  stage.does(name, 'GiveAdvice', { adviceId, sealed: texts('text') });
  stage.does('a', 'AnswerAdvice', { adviceId, followUp: 'partly' });
}

const decides = (stage: Stage, proposalId: Id) => stage.does('a', 'TakeAdviceDecision', { proposalId });

describe('advice asked for (part 1, 4.5, M9)', () => {
  it('has a window of adviceDays at least, which is its length when none is named', () => {
    const stage = stageByAdvice();
    const proposalId = own(stage);
    const least = addMs(stage.now, 5 * DAY_MS);
    const { events } = stage.does('a', 'RequestAdvice', { proposalId, partnerId: idOf('b'), because: 'knowledge' });
    expect(firstOf(events, 'AdviceRequested')).toMatchObject({ because: 'knowledge', windowEnds: least });
    const short = refusedToAsk(stage, proposalId, 'c', { windowEnds: addMs(least, -1) });
    expect(short).toEqual({ refused: 'DATE_INVALID', pointer: '/windowEnds', rule: 'adviceDays' });
    expect(refusedToAsk(stage, proposalId, 'c', { windowEnds: addMs(least, DAY_MS) })).toBeUndefined();
  });

  it('is of an active partner other than the sponsor', () => {
    const stage = stageByAdvice();
    const proposalId = own(stage);
    expect(refusedToAsk(stage, proposalId, 'a')).toMatchObject({ refused: 'WRONG_STATE', rule: 'sponsor' });
    expect(refusedToAsk(stage, proposalId, 'z')).toEqual({ refused: 'NOT_FOUND', pointer: '/partnerId' });
    stage.leaves('b');
    expect(refusedToAsk(stage, proposalId, 'b')?.refused).toBe('PARTNER_NOT_ACTIVE');
  });

  it('is asked by the sponsor, on a proposal that its policy lets it decide alone', () => {
    const stage = stageByAdvice();
    const args = { proposalId: own(stage), partnerId: idOf('c'), because: 'affected' } as const;
    expect(stage.does('b', 'RequestAdvice', args).refusal).toEqual({ refused: 'POWER_MISSING', rule: 'sponsor' });
    const ordinary = submitted(stage);
    expect(refusedToAsk(stage, ordinary, 'b')).toEqual({ refused: 'WRONG_STATE', rule: 'advice' });
    const withdrawn = own(stage);
    stage.does('a', 'WithdrawProposal', { proposalId: withdrawn });
    expect(refusedToAsk(stage, withdrawn, 'b')).toEqual({ refused: 'WRONG_STATE', rule: 'withdrawn' });
  });

  it('is asked of a partner again only once it has answered or its window is over', () => {
    const stage = stageByAdvice();
    const proposalId = own(stage);
    const adviceId = asks(stage, proposalId, 'b');
    expect(refusedToAsk(stage, proposalId, 'b')).toMatchObject({ refused: 'WRONG_STATE', rule: 'asked already' });
    advised(stage, adviceId, 'b');
    expect(refusedToAsk(stage, proposalId, 'b')).toBeUndefined();
  });

  it('is asked for 200 times at most, and a partner may still ask to be asked', () => {
    const stage = stageByAdvice();
    const proposalId = own(stage);
    for (let times = 0; times < 200; times++) advised(stage, asks(stage, proposalId, 'b'), 'b');
    expect(refusedToAsk(stage, proposalId, 'b')?.refused).toBe('LIMIT_EXCEEDED');
    expect(refusedToAsk(stage, proposalId, 'c', { because: 'own-request' })).toBeUndefined();
  });

  it('is had at its own request by any partner until the last window has ended, for the shortest window', () => {
    const stage = stageByAdvice();
    const proposalId = own(stage);
    const windowEnds = firstOf(
      stage.does('b', 'RequestAdvice', { proposalId, partnerId: idOf('b'), because: 'own-request' }).events,
      'AdviceRequested',
    ).windowEnds;
    expect(windowEnds).toBe(addMs(stage.now, 5 * DAY_MS));
    const longer = { because: 'own-request', windowEnds: addMs(windowEnds, DAY_MS) } as const;
    expect(refusedToAsk(stage, proposalId, 'c', longer)?.refused).toBe('DATE_INVALID');
    stage.at(windowEnds);
    expect(refusedToAsk(stage, proposalId, 'c', { because: 'own-request' })).toBeUndefined();
    stage.after(5 * 24);
    expect(refusedToAsk(stage, proposalId, 'd', { because: 'own-request' })).toBeUndefined();
    stage.at(addMs(stage.now, 5 * DAY_MS + 1));
    const tooLate = refusedToAsk(stage, proposalId, 'b', { because: 'own-request' });
    expect(tooLate).toEqual({ refused: 'WRONG_STATE', rule: 'last window' });
  });

  it('at its own request is had once, and by the partner itself', () => {
    const stage = stageByAdvice();
    const proposalId = own(stage);
    advised(stage, asks(stage, proposalId, 'b'), 'b');
    const again = refusedToAsk(stage, proposalId, 'b', { because: 'own-request' });
    expect(again).toMatchObject({ refused: 'WRONG_STATE', rule: 'asked already' });
    const forAnother = { proposalId, partnerId: idOf('c'), because: 'own-request' } as const;
    const { refusal } = stage.does('b', 'RequestAdvice', forAnother);
    expect(refusal).toEqual({ refused: 'POWER_MISSING', pointer: '/partnerId', rule: 'own-request' });
  });
});

describe('advice given (part 1, 4.5, M9)', () => {
  it('is given once, by the partner asked', () => {
    const stage = stageByAdvice();
    const adviceId = asks(stage, own(stage), 'b');
    expect(stage.does('c', 'GiveAdvice', { adviceId }).refusal).toEqual({ refused: 'POWER_MISSING', rule: 'asked' });
    expect(types(stage.does('b', 'GiveAdvice', { adviceId, sealed: texts('text') }).events)).toEqual(['AdviceGiven']);
    expect(stage.does('b', 'GiveAdvice', { adviceId }).refusal).toEqual({ refused: 'WRONG_STATE', rule: 'given' });
    expect(stage.does('b', 'GiveAdvice', { adviceId: idOf('none') }).refusal?.refused).toBe('NOT_FOUND');
  });

  it('is answered once, by the sponsor, after it was given', () => {
    const stage = stageByAdvice();
    const adviceId = asks(stage, own(stage), 'b');
    const answer = { adviceId, followUp: 'followed' } as const;
    expect(stage.does('a', 'AnswerAdvice', answer).refusal).toEqual({ refused: 'WRONG_STATE', rule: 'not given' });
    stage.does('b', 'GiveAdvice', { adviceId });
    expect(stage.does('b', 'AnswerAdvice', answer).refusal).toEqual({ refused: 'POWER_MISSING', rule: 'sponsor' });
    expect(firstOf(stage.does('a', 'AnswerAdvice', answer).events, 'AdviceAnswered')).toEqual(answer);
    expect(stage.does('a', 'AnswerAdvice', answer).refusal).toEqual({ refused: 'WRONG_STATE', rule: 'answered' });
  });

  it('is not given or answered once it is decided', () => {
    const stage = stageByAdvice();
    const proposalId = own(stage);
    const adviceId = asks(stage, proposalId, 'b');
    stage.at(addMs(stage.now, 5 * DAY_MS + 1));
    expect(decides(stage, proposalId).refusal).toBeUndefined();
    expect(stage.does('b', 'GiveAdvice', { adviceId }).refusal).toEqual({ refused: 'WRONG_STATE', rule: 'adopted' });
  });
});

describe('a decision in the sponsor’s own domain (part 1, 4.5, M9)', () => {
  it('enters the register in the same commit, and takes effect', () => {
    const stage = stageByAdvice();
    const subjectKey = idOf('subject');
    const proposalId = own(stage, { subjectKey, textHash: sha256('own'), reviewOn: undefined });
    stage.does('b', 'AcceptResponsibility', { proposalId });
    advised(stage, asks(stage, proposalId, 'b'), 'b');
    const { events } = decides(stage, proposalId);
    expect(types(events)).toEqual(['AdviceDecisionTaken', 'DecisionAdopted', 'DecisionTookEffect']);
    expect(firstOf(events, 'AdviceDecisionTaken')).toEqual({ proposalId, version: 1 });
    const adopted = firstOf(events, 'DecisionAdopted');
    expect(adopted).toMatchObject({ proposalId, version: 1, textHash: sha256('own'), decisionType: 'own-domain' });
    expect(adopted).toMatchObject({ method: 'advice', subjectKey, effectiveFrom: '2026-03-02', dissent: [] });
    expect(adopted).toMatchObject({ responsible: [idOf('b')], supersedes: [], criteria: [] });
    expect(adopted).not.toHaveProperty('roundId');
    expect(stage.state.proposals.get(proposalId)?.status).toBe('adopted');
    expect(decides(stage, proposalId).refusal).toEqual({ refused: 'WRONG_STATE', rule: 'adopted' });
  });

  it('is refused when nobody was asked', () => {
    const stage = stageByAdvice();
    expect(decides(stage, own(stage)).refusal?.refused).toBe('ADVICE_NOBODY_ASKED');
  });

  it('is refused until every affected partner was asked; those that left and the sponsor need not be', () => {
    const stage = stageByAdvice();
    const proposalId = own(stage, { affected: [idOf('a'), idOf('b'), idOf('c'), idOf('d')] });
    asks(stage, proposalId, 'b');
    stage.leaves('d');
    const { refusal } = decides(stage, proposalId);
    expect(refusal).toEqual({ refused: 'ADVICE_AFFECTED_NOT_ASKED', choices: [idOf('c')] });
    asks(stage, proposalId, 'c');
    expect(decides(stage, proposalId).refusal?.refused).toBe('ADVICE_PENDING');
  });

  it.each([
    ['of another', ['b'], true],
    ['of itself and another', ['a', 'b'], true],
    ['of whoever gives', [], true],
    ['of itself', ['a'], false],
  ] as const)('asks resources %s', (_case, names, isBeyond) => {
    const stage = stageByAdvice();
    const request = { partnerIds: names.map((name) => idOf(name)), kind: 'money', unit: 'EUR', amount: '1' } as const;
    const proposalId = own(stage, { requests: [request] });
    asks(stage, proposalId, 'b');
    expect(decides(stage, proposalId).refusal?.refused).toBe(isBeyond ? 'BEYOND_OWN_DOMAIN' : 'ADVICE_PENDING');
  });

  it('waits until each partner asked has answered or its window is over, the last instant included', () => {
    const stage = stageByAdvice();
    const proposalId = own(stage);
    asks(stage, proposalId, 'b');
    const adviceId = asks(stage, proposalId, 'c');
    advised(stage, adviceId, 'c');
    const pending = { refused: 'ADVICE_PENDING', choices: [idOf('b')] };
    stage.at(addMs(stage.now, 5 * DAY_MS));
    expect(decides(stage, proposalId).refusal).toEqual(pending);
    stage.at(addMs(stage.now, 1));
    expect(types(decides(stage, proposalId).events)[0]).toBe('AdviceDecisionTaken');
  });

  it('does not wait for a partner that left', () => {
    const stage = stageByAdvice();
    const proposalId = own(stage);
    asks(stage, proposalId, 'b');
    stage.leaves('b');
    expect(decides(stage, proposalId).refusal).toBeUndefined();
  });

  it('is refused until the follow-up of every advice is stated, one given late included', () => {
    const stage = stageByAdvice();
    const proposalId = own(stage);
    const adviceId = asks(stage, proposalId, 'b');
    stage.after(6 * 24);
    stage.does('b', 'GiveAdvice', { adviceId });
    const { refusal } = decides(stage, proposalId);
    expect(refusal).toEqual({ refused: 'ADVICE_UNANSWERED', choices: [adviceId] });
    stage.does('a', 'AnswerAdvice', { adviceId, followUp: 'not-followed' });
    expect(decides(stage, proposalId).refusal).toBeUndefined();
  });

  it('names the first of several faults in the order of the page', () => {
    const stage = stageByAdvice();
    const request = { partnerIds: [idOf('b')], kind: 'money', unit: 'EUR', amount: '1' } as const;
    const proposalId = own(stage, { affected: [idOf('c')], requests: [request] });
    const codes = [decides(stage, proposalId).refusal?.refused];
    const adviceId = asks(stage, proposalId, 'b');
    codes.push(decides(stage, proposalId).refusal?.refused);
    asks(stage, proposalId, 'c');
    codes.push(decides(stage, proposalId).refusal?.refused);
    stage.does('a', 'ReviseProposal', { proposalId, textHash: sha256('without') });
    stage.does('b', 'GiveAdvice', { adviceId });
    codes.push(decides(stage, proposalId).refusal?.refused);
    stage.after(6 * 24);
    codes.push(decides(stage, proposalId).refusal?.refused);
    expect(codes).toEqual([
      'ADVICE_NOBODY_ASKED',
      'ADVICE_AFFECTED_NOT_ASKED',
      'BEYOND_OWN_DOMAIN',
      'ADVICE_PENDING',
      'ADVICE_UNANSWERED',
    ]);
  });

  it('is the sponsor’s, where the policy of the type is advice, in an alliance that is not dormant', () => {
    const stage = stageByAdvice();
    const proposalId = own(stage);
    advised(stage, asks(stage, proposalId, 'b'), 'b');
    const byOther = stage.does('b', 'TakeAdviceDecision', { proposalId });
    expect(byOther.refusal).toEqual({ refused: 'POWER_MISSING', rule: 'sponsor' });
    expect(decides(stage, submitted(stage)).refusal).toEqual({ refused: 'WRONG_STATE', rule: 'advice' });
    stage.standing = 'dormant';
    expect(decides(stage, proposalId).refusal?.refused).toBe('ALLIANCE_DORMANT');
  });

  it('leaves a subject alone that a round asks about, or that an unnamed decision holds', () => {
    const stage = stageByAdvice();
    const subjectKey = idOf('subject');
    const proposalId = own(stage, { subjectKey });
    advised(stage, asks(stage, proposalId, 'b'), 'b');
    const ordinary = submitted(stage, { subjectKey });
    opened(stage, ordinary);
    expect(decides(stage, proposalId).refusal?.refused).toBe('SUBJECT_BUSY');
    stage.does('a', 'WithdrawProposal', { proposalId: ordinary });
    const first = firstOf(decides(stage, proposalId).events, 'DecisionAdopted').decisionId;
    const next = own(stage, { subjectKey });
    advised(stage, asks(stage, next, 'b'), 'b');
    expect(decides(stage, next).refusal).toMatchObject({ refused: 'SUBJECT_TAKEN', choices: [first] });
    const naming = own(stage, { subjectKey, supersedes: [first] });
    advised(stage, asks(stage, naming, 'b'), 'b');
    const { events } = decides(stage, naming);
    expect(types(events).at(-1)).toBe('DecisionSuperseded');
    expect(stage.state.decisions.get(first)?.status).toBe('superseded');
  });

  it('does not replace what a stronger method decided: that is asked in a round', () => {
    const stage = stageByAdvice();
    const subjectKey = idOf('subject');
    const roundId = opened(stage, submitted(stage, { subjectKey }));
    stage.after(49);
    for (const name of ['a', 'b', 'c', 'd']) stage.does(name, 'TakePosition', { roundId, value: 'agree' });
    const [decisionId] = stage.state.holders.get(subjectKey) ?? [];
    const proposalId = own(stage, { subjectKey, supersedes: decisionId ? [decisionId] : [] });
    expect(refusedToAsk(stage, proposalId, 'b')).toEqual({ refused: 'WRONG_STATE', rule: 'advice' });
    expect(decides(stage, proposalId).refusal).toEqual({ refused: 'WRONG_STATE', rule: 'advice' });
    expect(
      firstOf(stage.does('a', 'OpenRound', openedFor(stage, proposalId)).events, 'RoundOpened').policy.method,
    ).toBe('consent');
  });

  it.each([
    ['renew', ['AdviceDecisionTaken', 'DecisionReviewed'], 'in-force'],
    ['revoke', ['AdviceDecisionTaken', 'DecisionReviewed', 'DecisionRevoked'], 'revoked'],
    [
      'amend',
      ['AdviceDecisionTaken', 'DecisionReviewed', 'DecisionAdopted', 'DecisionTookEffect', 'DecisionSuperseded'],
      'superseded',
    ],
  ] as const)('is reviewed to %s in the same way, without round', (reviewOutcome, recorded, status) => {
    const stage = stageByAdvice();
    const proposalId = own(stage, { reviewOn: '2026-05-01' });
    advised(stage, asks(stage, proposalId, 'b'), 'b');
    const { decisionId } = firstOf(decides(stage, proposalId).events, 'DecisionAdopted');
    const review = own(stage, { reviewOf: decisionId, reviewOutcome, reviewOn: '2026-12-01' });
    advised(stage, asks(stage, review, 'b'), 'b');
    const { events } = decides(stage, review);
    expect(types(events)).toEqual(recorded);
    const renewed = reviewOutcome === 'renew' ? { reviewOn: '2026-12-01' } : {};
    expect(firstOf(events, 'DecisionReviewed')).toEqual({ decisionId, outcome: reviewOutcome, ...renewed });
    expect(stage.state.decisions.get(decisionId)?.status).toBe(status);
  });

  it('ended cannot be reviewed', () => {
    const stage = stageByAdvice();
    const proposalId = own(stage, { expiresOn: '2026-03-05' });
    advised(stage, asks(stage, proposalId, 'b'), 'b');
    const { decisionId } = firstOf(decides(stage, proposalId).events, 'DecisionAdopted');
    const review = own(stage, { reviewOf: decisionId, reviewOutcome: 'revoke' });
    advised(stage, asks(stage, review, 'b'), 'b');
    stage.after(5 * 24);
    expect(decides(stage, review).refusal).toEqual({ refused: 'WRONG_STATE', rule: 'reviewOf: expired' });
  });
});

function openedFor(stage: Stage, proposalId: Id) {
  return { proposalId, closesAt: addMs(stage.now, 10 * DAY_MS) };
}
