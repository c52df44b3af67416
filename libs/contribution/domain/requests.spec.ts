import { event } from '#contracts';
import type { DataOf, DomainEvent } from '#contracts';
import type { Id } from '#kernel';
import { A, B, C, D, given, idOf } from '../testing/scene.js';
import { contributionAnswers } from './answers.js';

const need = { kind: 'skills', unit: 'hour', amount: '80' } as const;
const [n1, n2, decisionId, proposalId] = ['n1', 'n2', 'decision', 'proposal'].map(idOf) as [Id, Id, Id, Id];

const version = event('ProposalVersioned', {
  proposalId,
  version: 2,
  textHash: '',
  cause: 'revised',
  integrates: [],
  requests: [
    { requestId: n1, ...need, partnerIds: [B] },
    { requestId: n2, ...need, kind: 'money', unit: 'EUR', partnerIds: [] },
  ],
  conditions: [],
});
const none = { supersedes: [], responsible: [], conditions: [], dissent: [], awaitingRatification: [], criteria: [] };
const adoption: DataOf<'DecisionAdopted'> = {
  decisionId,
  proposalId,
  version: 2,
  textHash: '',
  decisionType: 'resource-call',
  method: 'consent',
  subjectKey: idOf('subject'),
  effectiveFrom: '2026-01-10',
  ...none,
};
const adopted = event('DecisionAdopted', adoption);

describe('requests of an adopted decision', () => {
  it('are opened in the commit of its adoption, with the same ids, and commit nobody', () => {
    const scene = given().given(version).given(adopted);
    expect(scene.log.slice(-3).map(({ event: one }) => one)).toEqual([
      adopted,
      event('ResourceRequested', { requestId: n1, decisionId, ...need, partnerIds: [B] }),
      event('ResourceRequested', { requestId: n2, decisionId, ...need, kind: 'money', unit: 'EUR', partnerIds: [] }),
    ]);
    expect(scene.state.commitments.size).toBe(0);
    expect(contributionAnswers(scene.state).committed(decisionId, 'skills', 'hour')).toBe('0');
  });

  it('are those of the version that was adopted', () => {
    const scene = given()
      .given(version)
      .given(event('DecisionAdopted', { ...adoption, version: 1 }));
    expect(scene.state.requests.size).toBe(0);
  });

  it.each<readonly [string, DomainEvent]>([
    ['expired', event('DecisionExpired', { decisionId })],
    ...(['DecisionLapsed', 'DecisionAnnulled', 'DecisionRevoked'] as const).map(
      (type) => [type, { type, data: { decisionId } }] as const,
    ),
    ['superseded', event('DecisionSuperseded', { decisionId, byDecisionId: idOf('other') })],
  ])('are closed when the decision is %s, those still open alone', (_status, ended) => {
    const scene = given().given(version).given(adopted).byFacilitator();
    scene.when('CloseRequest', { requestId: n1 });
    scene.given(ended);
    expect(scene.log.slice(-2).map(({ event: one }) => one)).toEqual([
      ended,
      event('ResourceRequestClosed', { requestId: n2, cause: 'decision-ended' }),
    ]);
    expect(scene.given(ended).log.at(-1)?.event).toEqual(ended);
  });

  it('after the dissolution nothing is opened or closed', () => {
    const dissolved = event('AllianceDissolved', { decisionId, openCommitments: 0, headHash: '' });
    const scene = given().given(version).given(adopted).given(dissolved);
    expect(scene.given(event('DecisionExpired', { decisionId })).log.at(-1)?.event.type).toBe('DecisionExpired');
  });
});

describe('RequestResource', () => {
  it('is a partner’s with power to propose, without decision', () => {
    const scene = given().by(A);
    expect(scene.when('RequestResource', need)).toEqual([
      event('ResourceRequested', { requestId: idOf('made 1'), ...need, partnerIds: [] }, { sealed: {} }),
    ]);
    expect(scene.byFacilitator().refusal('RequestResource', need)).toBe('POWER_MISSING');
    scene.by(B).neighbours.powers.set(B, ['speak', 'commit']);
    expect(scene.refusal('RequestResource', need)).toBe('POWER_MISSING');
    scene.neighbours.ended.add(B);
    expect(scene.refusal('RequestResource', need)).toBe('MANDATE_NOT_IN_FORCE');
  });

  it('names a line, an amount and active partners', () => {
    const scene = given().by(A);
    scene.neighbours.status.set(D, 'withdrawn');
    expect(scene.refusal('RequestResource', { ...need, kind: 'gold' as 'goods' })).toBe('UNKNOWN_KIND');
    expect(scene.refusal('RequestResource', { ...need, unit: 'kg' })).toBe('UNIT_NOT_ALLOWED');
    expect(scene.refusal('RequestResource', { ...need, amount: '1.50' })).toBe('AMOUNT_INVALID');
    expect(scene.refusal('RequestResource', { ...need, partnerIds: [B, D] })).toBe('PARTNER_NOT_ACTIVE');
    expect(scene.refusal('RequestResource', { ...need, partnerIds: [idOf('Z')] })).toBe('NOT_FOUND');
    expect(scene.refusal('RequestResource', { ...need, kind: 'guarantee', unit: 'EUR' })).toBeUndefined();
  });
});

describe('CloseRequest', () => {
  it('is for the facilitator, or the partner that asked without decision, once', () => {
    const scene = given().given(version).given(adopted).by(A);
    const requestId = scene.make('RequestResource', need);
    expect(scene.by(B).refusal('CloseRequest', { requestId })).toBe('POWER_MISSING');
    expect(scene.by(B).refusal('CloseRequest', { requestId: n1 })).toBe('POWER_MISSING');
    expect(scene.refusal('CloseRequest', { requestId: idOf('Z') })).toBe('NOT_FOUND');
    expect(scene.by(A).refusal('CloseRequest', { requestId })).toBeUndefined();
    expect(scene.refusal('CloseRequest', { requestId })).toBe('REQUEST_CLOSED');
    scene.byFacilitator().neighbours.facilitates = false;
    expect(scene.refusal('CloseRequest', { requestId: n1 })).toBe('MANDATE_NOT_IN_FORCE');
    scene.neighbours.facilitates = true;
    expect(scene.when('CloseRequest', { requestId: n1 })).toMatchObject([{ data: { cause: 'cancelled' } }]);
  });

  it('is covered when promises and what came without one reach what was asked', () => {
    const gift = { ...need, providerId: B, receiverId: C, attestorId: C };
    const scene = given().on('2026-02-01').by(A);
    const requestId = scene.make('RequestResource', need);
    const promise = { ...gift, amount: '50', requestId, obligation: 'means', dueOn: '2026-06-30' } as const;
    const obligationId = scene.by(B).make('MakeCommitment', promise);
    const fulfils = [{ obligationId, amount: '50' }];
    const contributionId = scene.make('DeclareContribution', { ...gift, requestId, fulfils });
    scene.by(C).make('AcknowledgeContribution', { contributionId, amount: '79.95' });
    const close = () => scene.by(A).when('CloseRequest', { requestId });
    const { state } = scene;
    expect(close()).toMatchObject([{ data: { cause: 'cancelled' } }]);
    scene.state = state;
    scene.by(C).make('AcknowledgeContribution', { contributionId, amount: '0.05' });
    expect(close()).toMatchObject([{ data: { cause: 'covered' } }]);
  });
});

describe('answers to other contexts', () => {
  const promise = { ...need, providerId: B, receiverId: C, attestorId: C, obligation: 'means' } as const;

  it('open commitments stand in the order of due date, then id, with what is open', () => {
    const scene = given().on('2026-02-01').by(B);
    const later = scene.make('MakeCommitment', { ...promise, dueOn: '2026-06-30' });
    const sooner = scene.make('MakeCommitment', { ...promise, dueOn: '2026-05-31' });
    const done = scene.make('MakeCommitment', { ...promise, dueOn: '2026-04-30' });
    scene.by(C).make('ReleaseCommitment', { commitmentId: done, amount: '80', reason: 'agreement' });
    scene.make('ReleaseCommitment', { commitmentId: later, amount: '30', reason: 'agreement' });
    const answers = contributionAnswers(scene.state);
    expect(answers.openCommitments()).toMatchObject([
      { obligationId: sooner, open: '80', dueOn: '2026-05-31' },
      { obligationId: later, open: '50', dueOn: '2026-06-30' },
    ]);
    expect(answers.openCommitments(B)).toEqual(answers.openCommitments());
    expect(answers.openCommitments(C)).toEqual([]);
  });

  it('committed counts commitments less releases, of that line, for that decision', () => {
    const scene = given().given(version).given(adopted).on('2026-02-01').by(B);
    const commitmentId = scene.make('MakeCommitment', { ...promise, requestId: n1, dueOn: '2026-06-30' });
    scene.make('MakeCommitment', { ...promise, dueOn: '2026-06-30' });
    scene.by(C).make('ReleaseCommitment', { commitmentId, amount: '15', reason: 'agreement' });
    const answers = contributionAnswers(scene.state);
    expect(answers.committed(decisionId, 'skills', 'hour')).toBe('65');
    expect(answers.committed(decisionId, 'money', 'EUR')).toBe('0');
    expect(answers.committed(idOf('Z'), 'skills', 'hour')).toBe('0');
  });
});

describe('a partner that a decision may not ask', () => {
  const opened = (spared: readonly Id[]) => {
    const scene = given();
    spared.forEach((partnerId) => scene.neighbours.spared.add(partnerId));
    scene.given(version).given(adopted);
    return scene.log.flatMap(({ event: one }) => (one.type === 'ResourceRequested' ? [one.data.partnerIds] : []));
  };

  it('leaves the list; a list for all becomes one of the others, and so does one that nobody is left on', () => {
    expect(opened([])).toEqual([[B], []]);
    expect(opened([A])).toEqual([[B], [B, C, D]]);
    expect(opened([B])).toEqual([
      [A, C, D],
      [A, C, D],
    ]);
  });
});
