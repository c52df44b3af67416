import { event } from '#contracts';
import { A, B, C, given, idOf, mandateOf } from '../testing/scene.js';
import type { Scene } from '../testing/scene.js';
import { contributionAnswers } from './answers.js';
import { statementOf } from './statement.js';

const promise = { kind: 'skills', unit: 'hour', amount: '80', providerId: B, attestorId: C } as const;
const terms = { ...promise, obligation: 'means', dueOn: '2026-06-30' } as const;
const start = (): Scene => given().on('2026-01-25').by(B);
const pending = (scene: Scene, ratifyBy = '2026-03-15') =>
  scene.make('MakeCommitment', { ...terms, adReferendum: true, ratifyBy });
const row = (scene: Scene, trueOn: string) => statementOf(scene.facts, B, trueOn).rows[0];
const status = (scene: Scene, trueOn: string) => statementOf(scene.facts, B, trueOn).obligations[0]?.status;

describe('a commitment ad referendum', () => {
  it('is so when the mandate says so, above any ceiling, and has ratifyDays unless less is said', () => {
    const scene = start();
    scene.neighbours.ratifyDays = 30;
    scene.neighbours.mandates.set(mandateOf(B), { ceilings: [], adReferendum: true });
    scene.make('MakeCommitment', terms);
    expect(scene.log.at(-1)?.event.data).toMatchObject({ adReferendum: true, ratifyBy: '2026-02-24' });
    expect(scene.refusal('MakeCommitment', { ...terms, ratifyBy: '2026-02-25' })).toBe('DATE_INVALID');
    expect(scene.refusal('MakeCommitment', { ...terms, ratifyBy: '2026-01-24' })).toBe('DATE_INVALID');
    expect(scene.refusal('MakeCommitment', { ...terms, ratifyBy: '2026-01-25' })).toBeUndefined();
  });

  it('is pending, and nothing is owed, until its body ratified', () => {
    const scene = start();
    const commitmentId = pending(scene);
    scene.on('2026-02-20').make('RatifyCommitment', { commitmentId, ratifiedOn: '2026-02-18' });
    expect(row(scene, '2026-02-10')).toMatchObject({ pending: '80', committed: '0', open: '0' });
    expect(status(scene, '2026-02-10')).toBe('pending');
    expect(row(scene, '2026-02-20')).toMatchObject({ pending: '0', committed: '80', open: '80' });
    expect(status(scene, '2026-02-20')).toBe('in-force');
  });

  it('is ratified on the last day, and late the day after, whether or not the clock noticed', () => {
    const onTime = start();
    const commitmentId = pending(onTime);
    const ratify = { commitmentId, ratifiedOn: '2026-03-15' };
    expect(onTime.on('2026-03-15').refusal('RatifyCommitment', ratify)).toBeUndefined();
    for (const clock of [true, false]) {
      const scene = start();
      const late = { ...ratify, commitmentId: pending(scene) };
      scene.on('2026-03-16');
      if (clock) scene.tick();
      const refused = { refused: 'RATIFICATION_LATE' };
      expect(scene.send('RatifyCommitment', late)).toEqual(refused);
      expect(scene.send('RefuseCommitmentRatification', { commitmentId: late.commitmentId })).toEqual(refused);
    }
  });

  it('unanswered is refused by the clock, once', () => {
    const scene = start();
    const commitmentId = pending(scene);
    expect(scene.on('2026-03-15').tick()).toEqual([]);
    const refused = event('CommitmentRatificationRefused', { commitmentId, cause: 'deadline' });
    expect(scene.on('2026-03-16').tick()).toEqual([{ ...refused, dueAt: '2026-03-15T23:00:00.000Z' }]);
    expect(scene.on('2026-07-02').tick()).toEqual([]);
    expect(row(scene, '2026-03-16')).toBeUndefined();
    expect(status(scene, '2026-03-16')).toBe('refused');
  });

  it('answered is not refused by the clock', () => {
    const scene = start();
    scene.make('RatifyCommitment', { commitmentId: pending(scene), ratifiedOn: '2026-01-25' });
    scene.make('RefuseCommitmentRatification', { commitmentId: pending(scene) });
    expect(scene.on('2026-03-16').tick()).toEqual([]);
  });

  it('is answered by its provider with commit, once, and not of the future', () => {
    const scene = start();
    const commitmentId = pending(scene);
    const ratify = { commitmentId, ratifiedOn: '2026-01-25' };
    expect(scene.by(C).refusal('RatifyCommitment', ratify)).toBe('NOT_PROVIDER_MANDATE');
    expect(scene.byFacilitator().refusal('RatifyCommitment', ratify)).toBe('NOT_PROVIDER_MANDATE');
    expect(scene.refusal('RefuseCommitmentRatification', { commitmentId })).toBe('NOT_PROVIDER_MANDATE');
    scene.by(B).neighbours.powers.set(B, ['speak']);
    expect(scene.refusal('RatifyCommitment', ratify)).toBe('POWER_MISSING');
    scene.neighbours.powers.delete(B);
    expect(scene.refusal('RatifyCommitment', { ...ratify, ratifiedOn: '2026-01-26' })).toBe('FUTURE_FACT');
    expect(scene.refusal('RatifyCommitment', { ...ratify, commitmentId: idOf('Z') })).toBe('NOT_FOUND');
    scene.make('RatifyCommitment', ratify);
    expect(scene.refusal('RatifyCommitment', ratify)).toBe('NOT_PENDING');
    expect(scene.refusal('RefuseCommitmentRatification', { commitmentId })).toBe('NOT_PENDING');
    const plain = scene.make('MakeCommitment', terms);
    expect(scene.refusal('RatifyCommitment', { ...ratify, commitmentId: plain })).toBe('NOT_PENDING');
    const refused = pending(scene);
    scene.make('RefuseCommitmentRatification', { commitmentId: refused });
    expect(scene.refusal('RatifyCommitment', { ...ratify, commitmentId: refused })).toBe('NOT_PENDING');
  });

  it('pending is neither fulfilled, rescheduled nor released', () => {
    const scene = start();
    const commitmentId = pending(scene);
    const fulfils = [{ obligationId: commitmentId, amount: '5' }];
    expect(scene.refusal('DeclareContribution', { ...promise, fulfils })).toBe('NOT_IN_FORCE');
    scene.by(C);
    expect(scene.refusal('RescheduleCommitment', { commitmentId, dueOn: '2026-07-01' })).toBe('NOT_IN_FORCE');
    const release = { commitmentId, amount: '1', reason: 'agreement' } as const;
    expect(scene.refusal('ReleaseCommitment', release)).toBe('NOT_IN_FORCE');
  });

  it('what was given before the ratification counts for it from the ratification on', () => {
    const scene = start();
    const commitmentId = pending(scene);
    scene.on('2026-02-20').make('RatifyCommitment', { commitmentId, ratifiedOn: '2026-02-20' });
    const fulfils = [{ obligationId: commitmentId, amount: '5' }];
    const gift = { ...promise, amount: '5', fulfils, occurredOn: '2026-02-01' };
    const contributionId = scene.make('DeclareContribution', gift);
    scene.by(C).make('AcknowledgeContribution', { contributionId, amount: '5' });
    expect(row(scene, '2026-02-10')).toMatchObject({ pending: '80', fulfilled: '0', spontaneous: '5', given: '5' });
    expect(row(scene, '2026-02-20')).toMatchObject({ pending: '0', fulfilled: '5', spontaneous: '0', open: '75' });
  });

  it('counts for a decision from its ratification on', () => {
    const scene = start();
    const decisionId = idOf('decision');
    scene.neighbours.decisions.set(decisionId, { type: 'resource-call', status: 'in-force' });
    const asked = {
      requestId: idOf('need'),
      decisionId,
      kind: 'skills',
      unit: 'hour',
      amount: '80',
      partnerIds: [],
    } as const;
    scene.given(event('ResourceRequested', asked)).by(B);
    const requestId = asked.requestId;
    const commitmentId = scene.make('MakeCommitment', { ...terms, requestId, adReferendum: true });
    const answers = () => contributionAnswers(scene.state);
    expect(answers().committed(decisionId, 'skills', 'hour')).toBe('0');
    expect(answers().openCommitments()).toEqual([]);
    scene.make('RatifyCommitment', { commitmentId, ratifiedOn: '2026-01-25' });
    expect(answers().committed(decisionId, 'skills', 'hour')).toBe('80');
    expect(answers().openCommitments(B)).toMatchObject([{ obligationId: commitmentId, open: '80' }]);
    expect(answers().openCommitments(A)).toEqual([]);
  });
});

describe('while the own position on a decision awaits ratification', () => {
  it('a promise for it is refused, but ad referendum', () => {
    const scene = start();
    const requestId = idOf('need');
    const asked = { requestId, kind: 'skills', unit: 'hour', amount: '80', partnerIds: [] } as const;
    scene.given(event('ResourceRequested', { ...asked, decisionId: idOf('decision') })).by(B);
    scene.neighbours.awaited = [B];
    expect(scene.refusal('MakeCommitment', { ...terms, requestId })).toBe('DECISION_NOT_RATIFIED');
    expect(scene.refusal('MakeCommitment', { ...terms, requestId, adReferendum: true })).toBeUndefined();
    scene.neighbours.awaited = [A];
    expect(scene.refusal('MakeCommitment', { ...terms, requestId })).toBeUndefined();
  });
});
