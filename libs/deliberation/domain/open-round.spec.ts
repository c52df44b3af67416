import { addHours, sha256 } from '#kernel';
import { agree, charterWith, firstOf, idOf, objects, opened, OBJECTION, Stage, submitted, types } from './testing.js';

const CONSENT = { method: 'consent', parameters: {}, collegeCondition: false } as const;

function open(stage: Stage, proposalId: ReturnType<typeof submitted>, hours = 240, who = 'a') {
  return stage.does(who, 'OpenRound', { proposalId, closesAt: addHours(stage.now, hours) });
}

describe('opening a round (part 1, 4.2)', () => {
  it('pins version, policy, charter, electorate and floor', () => {
    const college = { collegeId: idOf('college'), kinds: ['association'] as const };
    const stage = new Stage({ charter: charterWith({ colleges: [college] }) });
    const proposalId = submitted(stage);
    const round = firstOf(open(stage, proposalId).events, 'RoundOpened');
    expect(round).toMatchObject({ proposalId, roundNumber: 1, attempt: 1, version: 1, charterVersion: 1, options: [] });
    expect(round.floor).toEqual({ partners: 3, kinds: 2 });
    expect(round.policy).toEqual({
      ...{ method: 'consent', quorum: { num: 1, den: 2, strict: true }, silence: 'not-counted', maxRounds: 3 },
      collegeCondition: false,
    });
    expect(round.electorate[0]).toEqual({ partnerId: idOf('a'), kind: 'association', collegeId: college.collegeId });
    expect(round.electorate).toHaveLength(4);
    expect(round.minOpenUntil).toBe('2026-03-04T09:00:00.000Z');
    expect(stage.state.openRounds).toEqual([round.roundId]);
  });

  it('the facilitator or the sponsor opens, nobody else', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    expect(open(stage, proposalId, 240, 'b').refusal?.refused).toBe('POWER_MISSING');
    expect(open(stage, proposalId, 240, 'facilitator').refusal).toBeUndefined();
  });

  it('a draft has nothing to ask, and an unknown proposal is not found', () => {
    const stage = new Stage();
    const { events } = stage.does('a', 'DraftProposal', { decisionType: 'ordinary' });
    expect(open(stage, firstOf(events, 'ProposalDrafted').proposalId).refusal?.refused).toBe('WRONG_STATE');
    expect(open(stage, idOf('none'), 240, 'facilitator').refusal?.refused).toBe('NOT_FOUND');
  });

  it('one subject has one open round', () => {
    const stage = new Stage();
    const subjectKey = idOf('subject');
    const first = submitted(stage, { subjectKey });
    const second = submitted(stage, { subjectKey });
    opened(stage, first);
    expect(open(stage, second).refusal?.refused).toBe('SUBJECT_BUSY');
    expect(open(stage, first).refusal?.refused).toBe('SUBJECT_BUSY');
    expect(open(stage, submitted(stage)).refusal).toBeUndefined();
  });

  it('a subject held by a decision needs that decision named', () => {
    const stage = new Stage();
    const subjectKey = idOf('subject');
    const roundId = opened(stage, submitted(stage, { subjectKey }));
    stage.after(49);
    const { decisionId } = firstOf(agree(stage, roundId, 'a', 'b', 'c', 'd'), 'DecisionAdopted');
    const unnamed = submitted(stage, { subjectKey });
    expect(open(stage, unnamed).refusal).toMatchObject({ refused: 'SUBJECT_TAKEN', choices: [decisionId] });
    expect(open(stage, submitted(stage, { subjectKey, supersedes: [decisionId] })).refusal).toBeUndefined();
  });

  it.each([
    ['shorter than minOpenHours', 47],
    ['longer than roundDays', 14 * 24 + 1],
  ])('a round %s is refused', (_case, hours) => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    expect(open(stage, proposalId, hours).refusal?.refused).toBe('ROUND_LENGTH');
  });

  it.each([48, 14 * 24])('a round of exactly %d hours is allowed', (hours) => {
    const stage = new Stage();
    expect(open(stage, submitted(stage), hours).refusal).toBeUndefined();
  });

  it('where silence can count the round lasts noticeDays at least', () => {
    const stage = new Stage({ charter: charterWith({ silence: 'consent-if-notified' }) });
    expect(open(stage, submitted(stage), 7 * 24 - 1).refusal?.refused).toBe('ROUND_LENGTH');
    const round = firstOf(open(stage, submitted(stage), 7 * 24).events, 'RoundOpened');
    expect(round.policy).toMatchObject({ silence: 'consent-if-notified', noticeDays: 7 });
    const admission = submitted(stage, { target: { sort: 'partner', id: idOf('b') } }, 'admission');
    expect(firstOf(open(stage, admission, 48).events, 'RoundOpened').policy.silence).toBe('not-counted');
  });

  it('a version that asks for more than the silence ceiling is opened with silence not counted', () => {
    const silenceCeiling = [{ kind: 'money', unit: 'EUR', amount: '10.5' }] as const;
    const stage = new Stage({ charter: charterWith({ silence: 'consent-if-notified', silenceCeiling }) });
    const request = (amount: string, unit = 'EUR') => ({ partnerIds: [], kind: 'money', unit, amount }) as const;
    const silence = (...requests: ReturnType<typeof request>[]) => {
      const proposalId = submitted(stage, { requests }, 'resource-call');
      return firstOf(open(stage, proposalId).events, 'RoundOpened').policy.silence;
    };
    expect(silence(request('10'), request('0.5'))).toBe('consent-if-notified');
    expect(silence(request('10'), request('0.51'))).toBe('not-counted');
    expect(silence(request('1', 'XPF'))).toBe('not-counted');
  });

  it('an electorate below three partners or two kinds is too small', () => {
    expect(open(...asked(new Stage({ partners: 2 }))).refusal?.refused).toBe('ELECTORATE_TOO_SMALL');
    const stage = new Stage({ partners: 3 });
    for (const seat of stage.seats) Object.assign(seat, { kind: 'company' });
    expect(open(...asked(stage)).refusal?.refused).toBe('ELECTORATE_TOO_SMALL');
  });

  it('the partner whose exclusion is asked is not in the electorate', () => {
    const stage = new Stage();
    const proposalId = submitted(stage, { target: { sort: 'partner', id: idOf('d') } }, 'exclusion');
    const { electorate } = firstOf(open(stage, proposalId).events, 'RoundOpened');
    expect(electorate.map(({ partnerId }) => partnerId)).toEqual(['a', 'b', 'c'].map(idOf));
  });

  it('advice and delegated decisions have no round', () => {
    const advice = { method: 'advice', parameters: {}, collegeCondition: false } as const;
    const mandated = { ...advice, method: 'mandated' } as const;
    const stage = new Stage({ charter: charterWith({}, { 'own-domain': advice, delegated: mandated }) });
    for (const [type, method] of Object.entries({ 'own-domain': 'advice', delegated: 'mandated' } as const)) {
      const { refusal } = open(stage, submitted(stage, {}, type as 'delegated'));
      expect(refusal).toEqual({ refused: 'WRONG_STATE', rule: `${method} has no round` });
    }
  });

  it('while dormant only admission, structuring and dissolution open, by unanimity, with any electorate', () => {
    const stage = new Stage({ partners: 1 });
    stage.standing = 'dormant';
    expect(open(...asked(stage)).refusal?.refused).toBe('ALLIANCE_DORMANT');
    const admission = submitted(stage, { target: { sort: 'partner', id: idOf('a') } }, 'admission');
    const round = firstOf(open(stage, admission).events, 'RoundOpened');
    expect(round.policy).toEqual({ method: 'unanimity', collegeCondition: false });
    expect(round.floor).toEqual({ partners: 1, kinds: 1 });
    stage.after(49);
    expect(types(agree(stage, round.roundId, 'a'))).toContain('DecisionAdopted');
  });

  it('replacing a decision takes the stronger of the charter and of what adopted it', () => {
    const subjectKey = idOf('subject');
    const stage = new Stage();
    const roundId = opened(stage, submitted(stage, { subjectKey }));
    stage.after(49);
    const { decisionId } = firstOf(agree(stage, roundId, 'a', 'b', 'c', 'd'), 'DecisionAdopted');
    const majority = { method: 'simple-majority', parameters: {}, collegeCondition: false } as const;
    stage.charter = charterWith({}, { ordinary: majority });
    const replacing = submitted(stage, { subjectKey, supersedes: [decisionId] });
    expect(firstOf(open(stage, replacing).events, 'RoundOpened').policy.method).toBe('consent');
    expect(firstOf(open(stage, submitted(stage)).events, 'RoundOpened').policy.method).toBe('simple-majority');
  });
});

describe('asking a version again (part 1, 4.2)', () => {
  it('(a) once after a lack of answers, then no more', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    for (const results of ['first', 'second']) {
      opened(stage, proposalId, 2);
      const closed = firstOf(stage.after(49), 'RoundClosed');
      expect([results, closed.outcome.result]).toEqual([results, 'inconclusive:quorum']);
    }
    expect(open(stage, proposalId).refusal?.refused).toBe('VERSION_ALREADY_ASKED');
    stage.does('a', 'ReviseProposal', { proposalId, textHash: sha256('other') });
    expect(open(stage, proposalId).refusal).toBeUndefined();
  });

  it('(b) after a cancelled electorate, which does not use up (a)', () => {
    const stage = new Stage({ partners: 3 });
    const proposalId = submitted(stage);
    opened(stage, proposalId, 2);
    stage.after(49);
    opened(stage, proposalId, 2);
    expect(firstOf(stage.leaves('c'), 'RoundClosed').outcome.result).toBe('cancelled:electorate');
    stage.becomes('c', 'active');
    expect(open(stage, proposalId).refusal).toBeUndefined();
  });

  it('(d) by the fallback at once after a consent round that did not adopt', () => {
    const fallback = { method: 'super-majority', parameters: { num: 2, den: 3 } } as const;
    const stage = new Stage({ charter: charterWith({ maxRounds: 1 }, { ordinary: { ...CONSENT, fallback } }) });
    const proposalId = submitted(stage);
    const roundId = opened(stage, proposalId);
    objects(stage, 'd', roundId);
    stage.after(49);
    expect(firstOf(agree(stage, roundId, 'a', 'b', 'c'), 'RoundClosed').outcome.result).toBe('not-adopted');
    const again = firstOf(open(stage, proposalId).events, 'RoundOpened');
    expect(again.policy).toEqual({
      ...{ method: 'super-majority', num: 2, den: 3, strict: false, basis: 'expressed', collegeCondition: false },
      ...{ quorum: { num: 1, den: 2, strict: true }, minFavour: { least: 2, num: 1, den: 4 } },
    });
    stage.after(49);
    agree(stage, again.roundId, 'a', 'b', 'c');
    const closed = stage.does('d', 'TakePosition', { roundId: again.roundId, value: 'against' });
    expect(firstOf(closed.events, 'RoundClosed').outcome.result).toBe('adopted');
  });

  it('without fallback a consent round that did not adopt closes the proposal', () => {
    const stage = new Stage({ charter: charterWith({ maxRounds: 1 }) });
    const proposalId = submitted(stage);
    const roundId = opened(stage, proposalId);
    stage.after(49);
    agree(stage, roundId, 'a', 'b', 'c');
    stage.does('d', 'TakePosition', { roundId, value: 'object', objection: OBJECTION });
    expect(stage.state.proposals.get(proposalId)?.status).toBe('closed');
    expect(open(stage, proposalId).refusal?.refused).toBe('WRONG_STATE');
  });

  it('a fallback weaker than the decision to be replaced is none', () => {
    const fallback = { method: 'simple-majority', parameters: {} } as const;
    const subjectKey = idOf('subject');
    const stage = new Stage({ charter: charterWith({}, { ordinary: { ...CONSENT, fallback } }) });
    const roundId = opened(stage, submitted(stage, { subjectKey }));
    stage.after(49);
    const { decisionId } = firstOf(agree(stage, roundId, 'a', 'b', 'c', 'd'), 'DecisionAdopted');
    const replacing = submitted(stage, { subjectKey, supersedes: [decisionId] });
    expect(firstOf(open(stage, replacing).events, 'RoundOpened').policy.fallback).toBeUndefined();
    expect(firstOf(open(stage, submitted(stage)).events, 'RoundOpened').policy.fallback).toEqual({
      method: 'simple-majority',
    });
  });
});

function asked(stage: Stage): [Stage, ReturnType<typeof submitted>] {
  return [stage, submitted(stage)];
}
