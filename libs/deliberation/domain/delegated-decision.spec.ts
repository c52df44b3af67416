import type { ArgumentsOf } from '#contracts';
import { addHours, sha256 } from '#kernel';
import type { Id } from '#kernel';
import { agree, firstOf, idOf, opened, Stage, submitted, types } from './testing.js';
import type { Answer } from './testing.js';

const SUBJECT = idOf('delegated subject');
const EUROS = { kind: 'money', unit: 'EUR' } as const;
const HOURS = { kind: 'volunteer-time', unit: 'hour' } as const;

type Delegation = NonNullable<ArgumentsOf<'SubmitProposal'>['delegation']>;

/** `b` and `c` may decide on one subject, of 100 euros at most, until the end of April. */
const DELEGATION: Delegation = {
  delegates: [idOf('b'), idOf('c')],
  subjects: [SUBJECT, idOf('another subject')],
  ceilings: [{ ...EUROS, amount: '100' }],
  validUntil: '2026-04-30',
};

type More = NonNullable<Parameters<typeof submitted>[1]>;

/** A decision of type delegation, adopted. */
function enabled(stage: Stage, delegation: Partial<Delegation> = {}, more: More = {}): Id {
  const proposalId = submitted(stage, { delegation: { ...DELEGATION, ...delegation }, ...more }, 'delegation');
  const roundId = opened(stage, proposalId);
  stage.after(49);
  return firstOf(agree(stage, roundId, 'a', 'b', 'c', 'd'), 'DecisionAdopted').decisionId;
}

type Taken = Partial<ArgumentsOf<'TakeDelegatedDecision'>>;

/** The last of those named sends what all of them signed. */
function decides(stage: Stage, enablingId: Id, names: string, more: Taken = {}): Answer {
  const [sender = '', ...others] = names.split('').reverse();
  const signedBy = others.reverse().map((name) => idOf(`mandate ${name}`));
  const args = { enablingId, subjectKey: SUBJECT, amounts: [], textHash: sha256('text'), signedBy, ...more };
  return stage.does(sender, 'TakeDelegatedDecision', args);
}

const codeOf = ({ refusal }: Answer) => refusal?.refused;

function refusedSubmission(
  stage: Stage,
  delegation: Partial<Delegation>,
  type: 'delegation' | 'ordinary' = 'delegation',
) {
  const drafted = stage.does('a', 'DraftProposal', { decisionType: type });
  const { proposalId } = firstOf(drafted.events, 'ProposalDrafted');
  const args = { proposalId, reviewOn: '2027-01-15', textHash: 'text', delegation: { ...DELEGATION, ...delegation } };
  return stage.does('a', 'SubmitProposal', args).refusal;
}

describe('a delegation (part 1, 4.5, M11)', () => {
  it('needs all delegates when it does not say how many', () => {
    const stage = new Stage();
    const needsOf = (delegation: Partial<Delegation>) => {
      const proposalId = submitted(stage, { delegation: { ...DELEGATION, ...delegation } }, 'delegation');
      return stage.state.proposals.get(proposalId)?.submission?.delegation?.needs;
    };
    expect(needsOf({})).toBe(2);
    expect(needsOf({ needs: 1 })).toBe(1);
  });

  it.each([
    ['a delegate that is no partner', { delegates: [idOf('b'), idOf('z')] }, 'NOT_FOUND', '/delegation/delegates/1'],
    ['a delegate named twice', { delegates: [idOf('b'), idOf('b')] }, 'NOT_FOUND', '/delegation/delegates/1'],
    ['nobody', { delegates: [] }, 'LIMIT_EXCEEDED', '/delegation/needs'],
    ['more signatures than delegates', { needs: 3 }, 'LIMIT_EXCEEDED', '/delegation/needs'],
    ['a last day that is over', { validUntil: '2026-03-01' }, 'DATE_INVALID', '/delegation/validUntil'],
    [
      'a ceiling of no amount',
      { ceilings: [{ ...EUROS, amount: '0.001' }] },
      'AMOUNT_INVALID',
      '/delegation/ceilings/0/amount',
    ],
  ] as const)('with %s is refused', (_case, delegation, refused, pointer) => {
    expect(refusedSubmission(new Stage(), delegation)).toMatchObject({ refused, pointer });
  });

  it('may end today, and stands in a decision of its type alone', () => {
    expect(refusedSubmission(new Stage(), { validUntil: '2026-03-02' })).toBeUndefined();
    const fault = { refused: 'WRONG_STATE', pointer: '/delegation', rule: 'delegation' };
    expect(refusedSubmission(new Stage(), {}, 'ordinary')).toEqual(fault);
  });
});

describe('a decision by delegation (part 1, 4.5, M11)', () => {
  it('enters the register in the same commit, in force at once, with what enables it', () => {
    const stage = new Stage();
    const enablingId = enabled(stage);
    const amounts = [{ ...EUROS, amount: '40' }];
    const { events } = decides(stage, enablingId, 'bc', { amounts });
    expect(types(events)).toEqual(['DelegatedDecisionTaken', 'DecisionAdopted', 'DecisionTookEffect']);
    const signedBy = [idOf('mandate b'), idOf('mandate c')];
    const taken = { enablingId, subjectKey: SUBJECT, textHash: sha256('text'), signedBy, amounts };
    expect(firstOf(events, 'DelegatedDecisionTaken')).toEqual(taken);
    const adopted = firstOf(events, 'DecisionAdopted');
    expect(adopted).toMatchObject({ enablingId, textHash: sha256('text'), decisionType: 'delegated' });
    expect(adopted).toMatchObject({ method: 'mandated', subjectKey: SUBJECT, effectiveFrom: '2026-03-04' });
    expect(adopted).not.toHaveProperty('proposalId');
    expect(stage.state.decisions.get(adopted.decisionId)?.status).toBe('in-force');
  });

  it('records each signature once, that of its sender last', () => {
    const stage = new Stage();
    const [b, c] = [idOf('mandate b'), idOf('mandate c')];
    const { events } = decides(stage, enabled(stage), 'c', { signedBy: [c, b, b] });
    expect(firstOf(events, 'DelegatedDecisionTaken').signedBy).toEqual([b, c]);
  });

  it('needs an enabling decision in force, which it is under review too', () => {
    const stage = new Stage();
    const ordinary = firstOf(ordinaryDecision(stage), 'DecisionAdopted').decisionId;
    expect(codeOf(decides(stage, idOf('none'), 'bc'))).toBe('NOT_FOUND');
    expect(codeOf(decides(stage, ordinary, 'bc'))).toBe('ENABLING_NOT_IN_FORCE');
    const later = enabled(stage, {}, { effectiveFrom: '2026-04-20' });
    expect(codeOf(decides(stage, later, 'bc'))).toBe('ENABLING_NOT_IN_FORCE');
    const enablingId = enabled(stage, {}, { expiresOn: '2026-04-10' });
    opened(stage, submitted(stage, { reviewOf: enablingId, reviewOutcome: 'renew' }, 'delegation'), 5);
    expect(stage.state.decisions.get(enablingId)?.status).toBe('under-review');
    expect(codeOf(decides(stage, enablingId, 'bc'))).toBeUndefined();
    stage.at('2026-04-11T09:00:00.000Z');
    expect(codeOf(decides(stage, enablingId, 'bc'))).toBe('ENABLING_NOT_IN_FORCE');
  });

  it('is taken until the last day of the delegation, inclusive', () => {
    const stage = new Stage();
    const enablingId = enabled(stage);
    stage.at('2026-04-30T21:59:59.999Z');
    expect(codeOf(decides(stage, enablingId, 'bc'))).toBeUndefined();
    stage.at('2026-04-30T22:00:00.000Z');
    expect(codeOf(decides(stage, enablingId, 'bc'))).toBe('DELEGATION_EXPIRED');
  });

  it('is signed by delegates alone', () => {
    const stage = new Stage();
    const enablingId = enabled(stage, { needs: 1 });
    expect(codeOf(decides(stage, enablingId, 'd'))).toBe('NOT_THE_DELEGATE');
    expect(codeOf(decides(stage, enablingId, 'db'))).toBe('NOT_THE_DELEGATE');
    expect(codeOf(decides(stage, enablingId, 'b'))).toBeUndefined();
  });

  it('is signed by as many as it needs, each counted once', () => {
    const stage = new Stage();
    const enablingId = enabled(stage);
    const { refusal } = decides(stage, enablingId, 'b');
    expect(refusal).toEqual({ refused: 'NOT_ENOUGH_DELEGATES', rule: '1 of 2', choices: [idOf('c')] });
    expect(codeOf(decides(stage, enablingId, 'bb'))).toBe('NOT_ENOUGH_DELEGATES');
  });

  it('is signed by mandates that are still in force when it is sent, of partners that are active', () => {
    const stage = new Stage();
    const enablingId = enabled(stage);
    stage.mandatesEnded.set('b', stage.now);
    expect(codeOf(decides(stage, enablingId, 'bc'))).toBe('MANDATE_NOT_IN_FORCE');
    stage.mandatesEnded.clear();
    stage.becomes('b', 'excluded');
    expect(codeOf(decides(stage, enablingId, 'bc'))).toBe('PARTNER_NOT_ACTIVE');
    stage.becomes('b', 'active');
    stage.powerless.add('c');
    expect(codeOf(decides(stage, enablingId, 'bc'))).toBe('POWER_MISSING');
  });

  it('is about a subject that was delegated', () => {
    const stage = new Stage();
    const outside = decides(stage, enabled(stage), 'bc', { subjectKey: idOf('elsewhere') });
    expect(outside.refusal).toEqual({ refused: 'OUTSIDE_OBJECT', pointer: '/subjectKey' });
  });

  it('stays, with all acts before it, within the ceiling of each kind and unit; what has none is 0', () => {
    const stage = new Stage();
    const enablingId = enabled(stage, {
      ceilings: [
        { ...EUROS, amount: '60' },
        { ...EUROS, amount: '40' },
      ],
    });
    const takes = (subject: string, ...amounts: NonNullable<Taken['amounts']>) =>
      codeOf(decides(stage, enablingId, 'bc', { subjectKey: idOf(subject), amounts }));
    expect(takes('delegated subject', { ...EUROS, amount: '100.01' })).toBe('ABOVE_CEILING');
    expect(takes('delegated subject', { ...EUROS, amount: '60' }, { ...EUROS, amount: '41' })).toBe('ABOVE_CEILING');
    expect(takes('delegated subject', { ...HOURS, amount: '1' })).toBe('ABOVE_CEILING');
    expect(takes('delegated subject', { ...EUROS, amount: '60' })).toBeUndefined();
    expect(takes('another subject', { ...EUROS, amount: '40.01' })).toBe('ABOVE_CEILING');
    expect(takes('another subject', { ...EUROS, amount: '40' })).toBeUndefined();
  });

  it('takes amounts that there are', () => {
    const stage = new Stage();
    const amounts = [{ ...EUROS, amount: '0.001' }];
    const { refusal } = decides(stage, enabled(stage), 'bc', { amounts });
    expect(refusal).toMatchObject({ refused: 'AMOUNT_INVALID', pointer: '/amounts/0/amount' });
  });

  it('names the first of several faults in the order of the page', () => {
    const amounts = [{ ...HOURS, amount: '1' }];
    const wrong = { amounts, subjectKey: idOf('elsewhere') };
    const stage = new Stage();
    const enablingId = enabled(stage, {}, { expiresOn: '2026-05-10' });
    const codes = [
      codeOf(decides(stage, enablingId, 'bc', { amounts })),
      codeOf(decides(stage, enablingId, 'bc', wrong)),
      codeOf(decides(stage, enablingId, 'b', wrong)),
      codeOf(decides(stage, enablingId, 'd', wrong)),
    ];
    stage.at('2026-05-02T09:00:00.000Z');
    codes.push(codeOf(decides(stage, enablingId, 'd', wrong)));
    stage.at('2026-05-12T09:00:00.000Z');
    codes.push(codeOf(decides(stage, enablingId, 'd', wrong)));
    expect(codes.reverse()).toEqual([
      'ENABLING_NOT_IN_FORCE',
      'DELEGATION_EXPIRED',
      'NOT_THE_DELEGATE',
      'NOT_ENOUGH_DELEGATES',
      'OUTSIDE_OBJECT',
      'ABOVE_CEILING',
    ]);
  });

  it('leaves a subject alone that a decision holds or a round asks about, and an alliance that is dormant', () => {
    const stage = new Stage();
    const enablingId = enabled(stage);
    const roundId = opened(stage, submitted(stage, { subjectKey: idOf('another subject') }));
    const onOther = { subjectKey: idOf('another subject') };
    expect(codeOf(decides(stage, enablingId, 'bc', onOther))).toBe('SUBJECT_BUSY');
    expect(stage.state.rounds.get(roundId)?.closed).toBeUndefined();
    const { decisionId } = firstOf(decides(stage, enablingId, 'bc').events, 'DecisionAdopted');
    const again = decides(stage, enablingId, 'bc');
    expect(again.refusal).toMatchObject({ refused: 'SUBJECT_TAKEN', choices: [decisionId] });
    stage.standing = 'dormant';
    expect(codeOf(decides(stage, enablingId, 'bc'))).toBe('ALLIANCE_DORMANT');
  });

  it('stands when what enabled it ends, and is superseded by any method', () => {
    const stage = new Stage();
    const enablingId = enabled(stage, {}, { expiresOn: '2026-04-10' });
    const { decisionId } = firstOf(decides(stage, enablingId, 'bc').events, 'DecisionAdopted');
    stage.at('2026-04-12T09:00:00.000Z');
    expect(stage.state.decisions.get(enablingId)?.status).toBe('expired');
    expect(stage.state.decisions.get(decisionId)?.status).toBe('in-force');
    const next = opened(stage, submitted(stage, { subjectKey: SUBJECT, supersedes: [decisionId] }));
    stage.after(49);
    agree(stage, next, 'a', 'b', 'c', 'd');
    expect(stage.state.decisions.get(decisionId)?.status).toBe('superseded');
  });
});

function ordinaryDecision(stage: Stage) {
  const proposalId = submitted(stage);
  const answer = stage.does('a', 'OpenRound', { proposalId, closesAt: addHours(stage.now, 240) });
  stage.after(49);
  return agree(stage, firstOf(answer.events, 'RoundOpened').roundId, 'a', 'b', 'c', 'd');
}
