import { event } from '#contracts';
import { A, C, D, idOf } from '../testing/scene.js';
import { inForce, offer, shown, start } from '../testing/guarantee.js';
import { contributionAnswers } from './answers.js';
import { statementOf } from './statement.js';

describe('a guarantee', () => {
  it('entered and called before it was told of counts from those days', () => {
    const scene = start();
    const guaranteeId = scene.make('OfferGuarantee', { ...offer, termOn: '2026-05-31' });
    scene.on('2026-05-20').by(C).make('EnterGuarantee', { guaranteeId, occurredOn: '2026-04-20' });
    expect(scene.log.at(-1)?.event).toMatchObject({ type: 'GuaranteeEnteredIntoForce', occurredOn: '2026-04-20' });
    const call = { guaranteeId, amount: '3000', dueOn: '2026-05-15', occurredOn: '2026-05-10' };
    const callId = scene.on('2026-06-05').make('CallGuarantee', call);
    expect(scene.log.at(-1)?.event).toMatchObject({ type: 'GuaranteeCalled', occurredOn: '2026-05-10' });
    expect(['2026-04-19', '2026-04-20', '2026-05-09', '2026-05-10'].map((day) => shown(scene, day))).toMatchObject([
      { status: 'offered', exposure: '0', called: '0' },
      { status: 'in-force', exposure: '8000', called: '0' },
      { status: 'in-force', exposure: '8000', called: '0' },
      { status: 'partly-called', exposure: '5000', called: '3000' },
    ]);
    const owed = (trueOn: string) => statementOf(scene.facts, D, trueOn).rows;
    expect(owed('2026-05-09')).toEqual([]);
    expect(owed('2026-05-15')).toMatchObject([{ called: '3000', inDefault: '0' }]);
    expect(owed('2026-05-16')).toMatchObject([{ called: '3000', inDefault: '3000' }]);
    expect(scene.tick()).toEqual([]);
    expect(contributionAnswers(scene.state).openCommitments(D)).toMatchObject([{ obligationId: callId, open: '3000' }]);
  });

  it('is of no later day than today, and of none before what makes it possible', () => {
    const scene = start();
    const offered = scene.make('OfferGuarantee', { ...offer, adReferendum: true, ratifyBy: '2026-05-01' });
    scene.on('2026-04-20').make('RatifyGuarantee', { guaranteeId: offered, ratifiedOn: '2026-04-18' });
    scene.on('2026-04-25').by(C);
    const enter = (occurredOn: string) => scene.refusal('EnterGuarantee', { guaranteeId: offered, occurredOn });
    expect(enter('2026-04-26')).toBe('FUTURE_FACT');
    expect(enter('2026-04-14')).toBe('OCCURRED_BEFORE_CAUSE');
    expect(enter('2026-04-19')).toBe('OCCURRED_BEFORE_CAUSE');
    expect(scene.refusal('CallGuarantee', { guaranteeId: offered, amount: '1', dueOn: '2026-05-01' })).toBe(
      'NOT_IN_FORCE',
    );
    expect(enter('2026-04-20')).toBeUndefined();
    const call = (occurredOn: string, dueOn = '2026-05-01') =>
      scene.refusal('CallGuarantee', { guaranteeId: offered, amount: '1', dueOn, occurredOn });
    expect(call('2026-04-26')).toBe('FUTURE_FACT');
    expect(call('2026-04-19')).toBe('OCCURRED_BEFORE_CAUSE');
    expect(call('2026-04-21', '2026-04-20')).toBe('DUE_BEFORE_COMMITMENT');
    scene.by(A);
    expect(call('2026-04-26')).toBe('FUTURE_FACT');
    expect(call('2026-04-20')).toBe('NOT_CREDITOR_MANDATE');
    scene.by(C);
    expect(call('2026-04-20', '2026-04-20')).toBeUndefined();
  });

  it('that needs no ratification is entered on the day of its offer at the earliest; the day of telling is not written', () => {
    const scene = start();
    const guaranteeId = scene.make('OfferGuarantee', offer);
    scene.on('2026-04-20').by(C);
    expect(scene.refusal('EnterGuarantee', { guaranteeId, occurredOn: '2026-04-14' })).toBe('OCCURRED_BEFORE_CAUSE');
    scene.make('EnterGuarantee', { guaranteeId, occurredOn: '2026-04-20' });
    expect(scene.log.at(-1)?.event).not.toHaveProperty('occurredOn');
  });

  it('called on its last day or before may be told of later, never beyond what is left of the cap', () => {
    const scene = start();
    const guaranteeId = inForce(scene, { termOn: '2026-05-31' });
    scene.on('2026-05-20').make('ReleaseGuarantee', { guaranteeId, amount: '6000' });
    scene.on('2026-06-10').tick();
    const call = { guaranteeId, amount: '1500', dueOn: '2026-07-31', occurredOn: '2026-05-10' };
    expect(scene.refusal('CallGuarantee', { ...call, occurredOn: '2026-06-01' })).toBe('CALL_AFTER_TERM');
    expect(scene.refusal('CallGuarantee', call)).toBeUndefined();
    expect(scene.refusal('CallGuarantee', { ...call, occurredOn: '2026-05-31' })).toBe('CALL_OVER_EXPOSURE');
    expect(scene.refusal('CallGuarantee', { ...call, amount: '500', occurredOn: '2026-05-31' })).toBeUndefined();
    expect(shown(scene, '2026-05-31')).toMatchObject({ exposure: '0', called: '2000', released: '6000' });
  });

  it('entered before its term and told of after it never counts for a decision, and no notice of its end comes', () => {
    const scene = start();
    const [requestId, decisionId] = [idOf('need'), idOf('decision')];
    const asked = { requestId, decisionId, kind: 'guarantee', unit: 'EUR', amount: '10000', partnerIds: [] } as const;
    scene.given(event('ResourceRequested', asked)).by(D);
    const guaranteeId = scene.make('OfferGuarantee', { ...offer, requestId, termOn: '2026-05-31' });
    scene.on('2026-06-02').by(C).make('EnterGuarantee', { guaranteeId, occurredOn: '2026-05-30' });
    expect(contributionAnswers(scene.state).committed(decisionId, 'guarantee', 'EUR')).toBe('0');
    expect(scene.on('2026-07-01').tick()).toEqual([]);
    expect(shown(scene, '2026-05-31')).toMatchObject({ status: 'in-force', exposure: '8000' });
  });
});
