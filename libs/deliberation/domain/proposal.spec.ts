import { sha256 } from '#kernel';
import { firstOf, idOf, opened, Stage, submitted, types } from './testing.js';

const text = sha256('text');

describe('proposals (part 1, 4.2)', () => {
  it('a partner that drafts is the sponsor', () => {
    const { events } = new Stage().does('a', 'DraftProposal', { decisionType: 'ordinary' });
    expect(firstOf(events, 'ProposalDrafted').sponsorId).toBe(idOf('a'));
  });

  it('a draft of a citizen waits for a sponsor, and only one comes', () => {
    const stage = new Stage();
    const { events } = stage.does('citizen', 'DraftProposal', { decisionType: 'ordinary' });
    const { proposalId, sponsorId } = firstOf(events, 'ProposalDrafted');
    expect(sponsorId).toBeUndefined();
    expect(stage.does('b', 'SubmitProposal', { proposalId, textHash: text }).refusal?.refused).toBe('POWER_MISSING');
    expect(types(stage.does('b', 'SponsorProposal', { proposalId }).events)).toEqual(['ProposalSponsored']);
    expect(stage.does('c', 'SponsorProposal', { proposalId }).refusal?.refused).toBe('WRONG_STATE');
  });

  it('a facilitator as such drafts nothing, nor does a mandate without propose', () => {
    const stage = new Stage();
    stage.powerless.add('b');
    for (const who of ['facilitator', 'b']) {
      const { refusal } = stage.does(who, 'DraftProposal', { decisionType: 'ordinary' });
      expect(refusal?.refused).toBe('POWER_MISSING');
    }
  });

  it.each([
    ['forming', 'CHARTER_MISSING'],
    ['dissolved', 'ALLIANCE_DISSOLVED'],
  ] as const)('nothing is proposed while %s', (phase, code) => {
    const stage = new Stage();
    stage.phase = phase;
    for (const who of ['a', 'citizen']) {
      expect(stage.does(who, 'DraftProposal', { decisionType: 'ordinary' }).refusal?.refused).toBe(code);
    }
    expect(stage.does('a', 'OpenRound', { proposalId: idOf('none'), closesAt: stage.now }).refusal?.refused).toBe(code);
    expect(
      stage.does('facilitator', 'ExtendRound', { roundId: idOf('none'), closesAt: stage.now }).refusal?.refused,
    ).toBe(code);
  });

  it('a partner admitted and not yet active proposes nothing', () => {
    const stage = new Stage();
    stage.becomes('b', 'admitted');
    expect(stage.does('b', 'DraftProposal', { decisionType: 'ordinary' }).refusal?.refused).toBe('PARTNER_NOT_ACTIVE');
  });

  it('submission records the proposal and version 1, with a subject of its own when none is named', () => {
    const stage = new Stage();
    const drafted = stage.does('a', 'DraftProposal', { decisionType: 'ordinary' });
    const { proposalId } = firstOf(drafted.events, 'ProposalDrafted');
    const request = { partnerIds: [idOf('b')], kind: 'money', unit: 'EUR', amount: '10' } as const;
    const args = { proposalId, reviewOn: '2027-01-01', textHash: text, requests: [request] };
    const { events } = stage.does('a', 'SubmitProposal', args);
    expect(types(events)).toEqual(['ProposalSubmitted', 'ProposalVersioned']);
    expect(firstOf(events, 'ProposalSubmitted').subjectKey).toHaveLength(26);
    const version = firstOf(events, 'ProposalVersioned');
    expect(version).toMatchObject({ version: 1, cause: 'first', textHash: text, conditions: [], integrates: [] });
    expect(version.requests).toEqual([{ ...request, requestId: version.requests[0]?.requestId }]);
    expect(stage.does('a', 'SubmitProposal', args).refusal?.refused).toBe('WRONG_STATE');
  });

  it.each([
    ['missing where consent is asked', undefined, 'required'],
    ['today', '2026-03-02', 'after today'],
    ['further than reviewMonths', '2028-03-03', 'reviewMonths'],
  ])('a review date %s is refused', (_case, reviewOn, rule) => {
    const stage = new Stage();
    const drafted = stage.does('a', 'DraftProposal', { decisionType: 'ordinary' });
    const { proposalId } = firstOf(drafted.events, 'ProposalDrafted');
    const { refusal } = stage.does('a', 'SubmitProposal', { proposalId, reviewOn, textHash: text });
    expect(refusal).toMatchObject({ refused: 'REVIEW_DATE', rule });
  });

  it('a review date may be the last day that reviewMonths allows, and is not required under unanimity', () => {
    const stage = new Stage();
    submitted(stage, { reviewOn: '2028-03-02' });
    submitted(stage, { reviewOn: undefined }, 'dissolution');
    expect(stage.state.proposals.size).toBe(2);
  });

  it('ids of what is not in this alliance are not found, each by its pointer', () => {
    const stage = new Stage();
    const drafted = stage.does('a', 'DraftProposal', { decisionType: 'ordinary' });
    const { proposalId } = firstOf(drafted.events, 'ProposalDrafted');
    const base = { proposalId, reviewOn: '2027-01-01', textHash: text };
    const stranger = idOf('stranger');
    const request = { partnerIds: [stranger], kind: 'money', unit: 'EUR', amount: '10' } as const;
    const cases = [
      [{ ...base, proposalId: stranger }, '/proposalId'],
      [{ ...base, supersedes: [stranger] }, '/supersedes/0'],
      [{ ...base, affected: [stranger] }, '/affected/0'],
      [{ ...base, target: { sort: 'partner', id: stranger } }, '/target/id'],
      [{ ...base, requests: [request] }, '/requests/0/partnerIds/0'],
    ] as const;
    for (const [args, pointer] of cases) {
      expect(stage.does('a', 'SubmitProposal', args).refusal).toMatchObject({ refused: 'NOT_FOUND', pointer });
    }
  });

  it.each([
    [{ kind: 'gold' as 'goods', unit: 'kg', amount: '1' }, 'UNKNOWN_KIND', '/requests/0/kind'],
    [{ kind: 'goods', unit: 'hour', amount: '1' }, 'UNIT_NOT_ALLOWED', '/requests/0/unit'],
    [{ kind: 'goods', unit: 'piece', amount: '0.5' }, 'AMOUNT_INVALID', '/requests/0/amount'],
  ] as const)('a version that asks for %j is refused %s, submitted or revised', (line, code, pointer) => {
    const stage = new Stage();
    const drafted = stage.does('a', 'DraftProposal', { decisionType: 'ordinary' });
    const { proposalId } = firstOf(drafted.events, 'ProposalDrafted');
    const args = { proposalId, reviewOn: '2027-01-01', textHash: text };
    const invalid = { ...args, requests: [{ partnerIds: [], ...line }] };
    expect(stage.does('a', 'SubmitProposal', invalid).refusal).toMatchObject({ refused: code, pointer });
    const guarantee = { partnerIds: [], kind: 'guarantee', unit: 'EUR', amount: '100.5' } as const;
    expect(stage.does('a', 'SubmitProposal', { ...args, requests: [guarantee] }).refusal).toBeUndefined();
    const revision = { ...invalid, textHash: sha256('other') };
    expect(stage.does('a', 'ReviseProposal', revision).refusal).toMatchObject({ refused: code, pointer });
  });

  it('more than 50 requests or superseded decisions are too many', () => {
    const stage = new Stage();
    const drafted = stage.does('a', 'DraftProposal', { decisionType: 'ordinary' });
    const { proposalId } = firstOf(drafted.events, 'ProposalDrafted');
    const base = { proposalId, reviewOn: '2027-01-01', textHash: text };
    const requests = Array.from({ length: 51 }, () => ({
      ...({ partnerIds: [], kind: 'money', unit: 'EUR', amount: '1' } as const),
    }));
    const supersedes = Array.from({ length: 51 }, (_, index) => idOf(`decision ${String(index)}`));
    for (const args of [
      { ...base, requests },
      { ...base, supersedes },
    ]) {
      expect(stage.does('a', 'SubmitProposal', args).refusal?.refused).toBe('LIMIT_EXCEEDED');
    }
  });

  it('a last day before the first one, or already over, is refused', () => {
    const stage = new Stage();
    const drafted = stage.does('a', 'DraftProposal', { decisionType: 'ordinary' });
    const { proposalId } = firstOf(drafted.events, 'ProposalDrafted');
    const base = { proposalId, reviewOn: '2027-01-01', textHash: text };
    for (const dates of [{ effectiveFrom: '2026-06-02', expiresOn: '2026-06-01' }, { expiresOn: '2026-03-01' }]) {
      expect(stage.does('a', 'SubmitProposal', { ...base, ...dates }).refusal?.refused).toBe('DATE_INVALID');
    }
  });

  it('a revision has the next number and another text; only the sponsor makes it', () => {
    const stage = new Stage();
    const proposalId = submitted(stage, { textHash: text });
    expect(stage.does('a', 'ReviseProposal', { proposalId, textHash: text }).refusal?.refused).toBe('SAME_VERSION');
    const other = sha256('other');
    expect(stage.does('b', 'ReviseProposal', { proposalId, textHash: other }).refusal?.refused).toBe('POWER_MISSING');
    const { events } = stage.does('a', 'ReviseProposal', { proposalId, textHash: other });
    expect(firstOf(events, 'ProposalVersioned')).toMatchObject({ version: 2, cause: 'revised' });
  });

  it('a withdrawn proposal is over', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    const { events } = stage.does('a', 'WithdrawProposal', { proposalId });
    expect(firstOf(events, 'ProposalWithdrawn').cause).toBe('sponsor');
    for (const name of ['WithdrawProposal', 'AcceptResponsibility', 'SponsorProposal'] as const) {
      expect(stage.does('a', name, { proposalId }).refusal?.refused).toBe('WRONG_STATE');
    }
    expect(stage.does('a', 'ReviseProposal', { proposalId, textHash: text }).refusal?.refused).toBe('WRONG_STATE');
    expect(stage.does('a', 'OpenRound', { proposalId, closesAt: stage.now }).refusal?.refused).toBe('WRONG_STATE');
  });

  it('a partner accepts responsibility once, for itself, before adoption', () => {
    const stage = new Stage();
    const proposalId = submitted(stage);
    const { events } = stage.does('b', 'AcceptResponsibility', { proposalId });
    expect(firstOf(events, 'ResponsibilityAccepted')).toEqual({ proposalId, partnerId: idOf('b') });
    expect(stage.does('b', 'AcceptResponsibility', { proposalId }).refusal?.refused).toBe('WRONG_STATE');
    opened(stage, proposalId);
    expect(stage.does('c', 'AcceptResponsibility', { proposalId }).refusal).toBeUndefined();
  });

  it('responsible are 200 partners at most', () => {
    const stage = new Stage({ partners: 201 });
    const proposalId = submitted(stage);
    const refusals = stage.seats.map(({ name }) => stage.does(name, 'AcceptResponsibility', { proposalId }).refusal);
    expect(refusals.filter((refusal) => refusal !== undefined)).toEqual([{ refused: 'LIMIT_EXCEEDED' }]);
  });
});
