import { event } from '#contracts';
import { A, B, C, given, idOf, mandateOf } from '../testing/scene.js';
import type { Scene } from '../testing/scene.js';
import { statementOf } from './statement.js';

const line = { kind: 'skills', unit: 'hour' } as const;
const pledge = { ...line, providerId: B, amount: '100' } as const;
const terms = { receiverId: C, attestorId: C, obligation: 'means', dueOn: '2026-06-30' } as const;
const start = (): Scene => given().on('2026-01-20').by(B);
const pledged = (scene: Scene, trueOn: string) => statementOf(scene.facts, B, trueOn).pledges;

describe('MakePledge', () => {
  // Each row breaks one guard; every later row stays broken beside it, so the order is tried too.
  const guards: readonly [string, (args: object, scene: Scene) => object][] = [
    ['MANDATE_NOT_IN_FORCE', (args, scene) => (scene.neighbours.ended.add(B), args)],
    ['POWER_MISSING', (args, scene) => (scene.neighbours.powers.set(B, ['propose']), args)],
    ['NOT_PROVIDER_MANDATE', (args) => ({ ...args, providerId: A })],
    ['GUARANTEE_BY_OFFER', (args) => ({ ...args, kind: 'guarantee' })],
    ['UNIT_NOT_ALLOWED', (args) => ({ ...args, unit: 'piece' })],
    ['AMOUNT_INVALID', (args) => ({ ...args, amount: '0.02' })],
    ['REQUEST_CLOSED', (args) => ({ ...args, requestId: idOf('closed') })],
    ['UNIT_MISMATCH', (args) => ({ ...args, requestId: idOf('other') })],
    ['DATE_INVALID', (args) => ({ ...args, validUntil: '2026-01-19' })],
  ];
  const withRequests = (): Scene => {
    const asked = { ...line, amount: '10', partnerIds: [] };
    return start()
      .given(event('ResourceRequested', { requestId: idOf('closed'), ...asked }))
      .given(event('ResourceRequestClosed', { requestId: idOf('closed'), cause: 'cancelled' }))
      .given(event('ResourceRequested', { requestId: idOf('other'), ...asked, unit: 'day' }))
      .by(B);
  };

  it.each(guards.map(([code], place) => [code, place] as const))(
    '%s comes before what stands behind it',
    (code, place) => {
      const scene = withRequests();
      const args = guards.slice(place).reduceRight<object>((broken, [, broke]) => broke(broken, scene), pledge);
      expect(scene.refusal('MakePledge', args as typeof pledge)).toBe(code);
    },
  );

  it('each break alone is refused with its own code, and without any the pledge passes', () => {
    for (const [code, broke] of guards) {
      const scene = withRequests();
      expect(scene.refusal('MakePledge', broke(pledge, scene) as typeof pledge)).toBe(code);
    }
    const scene = withRequests();
    scene.neighbours.powers.set(B, ['speak']);
    expect(scene.refusal('MakePledge', { ...pledge, validUntil: '2026-01-20' })).toBeUndefined();
  });
});

describe('a pledge', () => {
  it('is withdrawn freely by its provider, once', () => {
    const scene = start();
    const pledgeId = scene.make('MakePledge', pledge);
    expect(scene.by(A).refusal('WithdrawPledge', { pledgeId })).toBe('NOT_PROVIDER_MANDATE');
    expect(scene.byFacilitator().refusal('WithdrawPledge', { pledgeId })).toBe('NOT_PROVIDER_MANDATE');
    expect(scene.by(B).refusal('WithdrawPledge', { pledgeId: idOf('Z') })).toBe('NOT_FOUND');
    scene.on('2026-01-22').make('WithdrawPledge', { pledgeId });
    expect(scene.refusal('WithdrawPledge', { pledgeId })).toBe('ALREADY_WITHDRAWN');
    expect(pledged(scene, '2026-01-21')).toMatchObject([{ status: 'standing', open: '100' }]);
    expect(pledged(scene, '2026-01-22')).toMatchObject([{ status: 'withdrawn', open: '0' }]);
  });

  it('lapses when its last day is over, whether or not the clock noticed', () => {
    const scene = start();
    const pledgeId = scene.make('MakePledge', { ...pledge, validUntil: '2026-02-01' });
    expect(pledged(scene, '2026-02-01')).toMatchObject([{ status: 'standing', open: '100' }]);
    expect(pledged(scene, '2026-02-02')).toMatchObject([{ status: 'lapsed', open: '0' }]);
    expect(scene.on('2026-02-01').tick()).toEqual([]);
    const lapsed = { ...event('PledgeLapsed', { pledgeId }), dueAt: '2026-02-01T23:00:00.000Z' };
    expect(scene.on('2026-02-02').tick()).toEqual([lapsed]);
    expect(scene.tick()).toEqual([]);
    expect(scene.by(B).refusal('WithdrawPledge', { pledgeId })).toBe('PLEDGE_NOT_STANDING');
    expect(scene.refusal('MakeCommitment', { ...pledge, ...terms, pledgeId })).toBe('PLEDGE_NOT_STANDING');
  });

  it('does not lapse once it was withdrawn or turned into commitments', () => {
    const scene = start();
    const validUntil = '2026-02-01';
    scene.make('WithdrawPledge', { pledgeId: scene.make('MakePledge', { ...pledge, validUntil }) });
    const pledgeId = scene.make('MakePledge', { ...pledge, validUntil });
    scene.make('MakeCommitment', { ...pledge, ...terms, pledgeId });
    expect(scene.on('2026-02-02').tick()).toEqual([]);
  });

  it('is converted by commitments that name it, which may exceed it', () => {
    const scene = start();
    const pledgeId = scene.make('MakePledge', pledge);
    scene.make('MakeCommitment', { ...pledge, ...terms, pledgeId, amount: '80' });
    expect(pledged(scene, '2026-01-20')).toMatchObject([{ status: 'standing', open: '20' }]);
    scene.make('MakeCommitment', { ...pledge, ...terms, pledgeId, amount: '50' });
    expect(pledged(scene, '2026-01-20')).toMatchObject([{ status: 'converted', open: '0' }]);
    expect(scene.refusal('MakeCommitment', { ...pledge, ...terms, pledgeId })).toBe('PLEDGE_NOT_STANDING');
    expect(scene.refusal('WithdrawPledge', { pledgeId })).toBe('PLEDGE_NOT_STANDING');
  });

  it('is named by its own provider, on its own line, alone', () => {
    const scene = start();
    const pledgeId = scene.make('MakePledge', pledge);
    expect(scene.refusal('MakeCommitment', { ...pledge, ...terms, pledgeId, unit: 'day' })).toBe('PLEDGE_NOT_STANDING');
    expect(scene.refusal('MakeCommitment', { ...pledge, ...terms, pledgeId: idOf('Z') })).toBe('NOT_FOUND');
    const fromA = { ...pledge, ...terms, providerId: A, pledgeId };
    expect(scene.by(A).refusal('MakeCommitment', fromA)).toBe('PLEDGE_NOT_STANDING');
  });

  it('behind a refused commitment is open again', () => {
    const scene = start();
    const pledgeId = scene.make('MakePledge', pledge);
    const promise = { ...pledge, ...terms, pledgeId, adReferendum: true, ratifyBy: '2026-02-10' };
    scene.make('MakeCommitment', promise);
    expect(pledged(scene, '2026-02-10')).toMatchObject([{ status: 'converted', open: '0' }]);
    expect(pledged(scene, '2026-02-11')).toMatchObject([{ status: 'standing', open: '100' }]);
    scene.on('2026-02-11').tick();
    scene.neighbours.mandates.set(mandateOf(B), { ceilings: [], adReferendum: true });
    const second = scene.by(B).make('MakeCommitment', { ...pledge, ...terms, pledgeId });
    scene.make('RefuseCommitmentRatification', { commitmentId: second });
    expect(pledged(scene, '2026-02-11')).toMatchObject([{ status: 'standing', open: '100' }]);
  });

  it('is shown as promised and never covers a need', () => {
    const scene = start();
    const requestId = scene.by(A).make('RequestResource', { ...line, amount: '10' });
    scene.by(B).make('MakePledge', { ...pledge, requestId });
    scene.byFacilitator().make('CloseRequest', { requestId });
    expect(scene.log.at(-1)?.event).toMatchObject({ data: { cause: 'cancelled' } });
    expect(statementOf(scene.facts, B, '2026-01-20').rows).toMatchObject([{ pledged: '100', committed: '0' }]);
  });
});
