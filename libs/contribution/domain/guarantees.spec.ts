import fc from 'fast-check';
import { amountOf, event } from '#contracts';
import { isRefusal } from '#kernel';
import type { Id } from '#kernel';
import { A, B, C, D, idOf, mandateOf } from '../testing/scene.js';
import type { Scene } from '../testing/scene.js';
import { inForce, offer, shown, start } from '../testing/guarantee.js';
import { contributionAnswers } from './answers.js';
import { needsOf } from './needs.js';
import { statementOf } from './statement.js';
import { whoBringsWhat } from './who-brings-what.js';

describe('OfferGuarantee', () => {
  // Each row breaks one guard; every later row stays broken beside it, so the order is tried too.
  const guards: readonly [string, (args: object, scene: Scene) => object][] = [
    ['MANDATE_NOT_IN_FORCE', (args, scene) => (scene.neighbours.ended.add(D), args)],
    ['POWER_MISSING', (args, scene) => (scene.neighbours.powers.set(D, ['speak', 'propose']), args)],
    ['NOT_PROVIDER_MANDATE', (args) => ({ ...args, obligorId: B })],
    ['UNIT_NOT_ALLOWED', (args) => ({ ...args, currency: 'XYZ' })],
    ['AMOUNT_INVALID', (args) => ({ ...args, principal: '16000.001' })],
    ['CARRIER_NOT_IN_FORCE', (args) => ({ ...args, debtorId: A })],
    ['OBLIGOR_IS_PARTY', (args) => ({ ...args, creditorId: D })],
    ['NOT_FOUND', (args) => ({ ...args, creditorId: idOf('Z') })],
    ['CAP_OVER_SHARE', (args) => ({ ...args, cap: '8000.01' })],
    ['DATE_INVALID', (args) => ({ ...args, termOn: '2026-04-14' })],
    ['REQUEST_CLOSED', (args) => ({ ...args, requestId: idOf('closed') })],
    ['UNIT_MISMATCH', (args) => ({ ...args, requestId: idOf('other') })],
    [
      'DECISION_NOT_RATIFIED',
      (args, scene) => ((scene.neighbours.awaited = [D]), { ...args, requestId: idOf('decided') }),
    ],
    [
      'OVER_CEILING',
      (args, scene) => (scene.neighbours.mandates.set(mandateOf(D), { ceilings: [], adReferendum: false }), args),
    ],
  ];
  const withRequests = (): Scene => {
    const asked = { kind: 'guarantee', unit: 'EUR', amount: '10', partnerIds: [] as Id[] } as const;
    return start()
      .given(event('ResourceRequested', { requestId: idOf('closed'), ...asked }))
      .given(event('ResourceRequestClosed', { requestId: idOf('closed'), cause: 'cancelled' }))
      .given(event('ResourceRequested', { requestId: idOf('other'), ...asked, kind: 'money' }))
      .given(event('ResourceRequested', { requestId: idOf('decided'), decisionId: idOf('decision'), ...asked }))
      .by(D);
  };

  it.each(guards.map(([code], place) => [code, place] as const))(
    '%s comes before what stands behind it',
    (code, place) => {
      const scene = withRequests();
      const args = guards.slice(place).reduceRight<object>((broken, [, broke]) => broke(broken, scene), offer);
      expect(scene.refusal('OfferGuarantee', args as typeof offer)).toBe(code);
    },
  );

  it('each break alone is refused with its own code, and without any the offer passes', () => {
    for (const [code, broke] of guards) {
      const scene = withRequests();
      expect(scene.refusal('OfferGuarantee', broke(offer, scene) as typeof offer)).toBe(code);
    }
    expect(withRequests().refusal('OfferGuarantee', offer)).toBeUndefined();
    const owing = withRequests();
    owing.neighbours.carriers = [{ carrierId: idOf('c1'), partnerId: D, from: '2026-01-10', to: '9999-12-31' }];
    expect(owing.refusal('OfferGuarantee', { ...offer, debtorId: D })).toBe('OBLIGOR_IS_PARTY');
  });

  it('a share is at most the whole, and no debt of the incorporated entity is guaranteed', () => {
    const scene = start();
    expect(scene.refusal('OfferGuarantee', { ...offer, share: { num: 3, den: 2 } })).toBe('CAP_OVER_SHARE');
    expect(scene.refusal('OfferGuarantee', { ...offer, share: { num: 1, den: 1 }, cap: '16000' })).toBeUndefined();
    scene.neighbours.legalForm = 'incorporated';
    expect(scene.refusal('OfferGuarantee', offer)).toBe('CARRIER_NOT_IN_FORCE');
  });
});

describe('a guarantee', () => {
  it('ad referendum enters into force once ratified, never pending or refused', () => {
    const scene = start();
    const offered = (ratifyBy: string) =>
      scene.by(D).make('OfferGuarantee', { ...offer, adReferendum: true, ratifyBy });
    const guaranteeId = offered('2026-05-01');
    expect(scene.by(C).refusal('EnterGuarantee', { guaranteeId })).toBe('WRONG_STATE');
    expect(scene.refusal('RatifyGuarantee', { guaranteeId, ratifiedOn: '2026-04-15' })).toBe('NOT_PROVIDER_MANDATE');
    scene.by(D).make('RatifyGuarantee', { guaranteeId, ratifiedOn: '2026-04-15' });
    expect(scene.refusal('RatifyGuarantee', { guaranteeId, ratifiedOn: '2026-04-15' })).toBe('NOT_PENDING');
    expect(shown(scene, '2026-04-15')?.status).toBe('ratified');
    scene.by(C).make('EnterGuarantee', { guaranteeId });
    expect(scene.refusal('EnterGuarantee', { guaranteeId })).toBe('WRONG_STATE');
    const refused = offered('2026-05-01');
    scene.make('RefuseGuaranteeRatification', { guaranteeId: refused });
    expect(scene.by(C).refusal('EnterGuarantee', { guaranteeId: refused })).toBe('WRONG_STATE');
    const forgotten = offered('2026-05-01');
    const notice = event('GuaranteeRatificationRefused', { guaranteeId: forgotten, cause: 'deadline' });
    expect(scene.on('2026-05-02').tick()).toEqual([{ ...notice, dueAt: '2026-05-01T22:00:00.000Z' }]);
    expect(scene.by(D).refusal('RatifyGuarantee', { guaranteeId: forgotten, ratifiedOn: '2026-05-01' })).toBe(
      'RATIFICATION_LATE',
    );
  });

  it('is entered, called and released by the creditor, or by the debtor when the creditor is outside', () => {
    const scene = start();
    const outside = scene.make('OfferGuarantee', offer);
    const inside = scene.make('OfferGuarantee', { ...offer, creditorId: A });
    for (const [guaranteeId, party, others] of [
      [outside, C, [A, B, D]],
      [inside, A, [B, C, D]],
    ] as const) {
      for (const other of others) {
        scene.by(other);
        expect(scene.refusal('EnterGuarantee', { guaranteeId })).toBe('NOT_CREDITOR_MANDATE');
      }
      scene.by(party);
      expect(scene.refusal('CallGuarantee', { guaranteeId, amount: '1', dueOn: '2026-05-01' })).toBe('NOT_IN_FORCE');
      expect(scene.refusal('ReleaseGuarantee', { guaranteeId, amount: '1' })).toBe('NOT_IN_FORCE');
      scene.make('EnterGuarantee', { guaranteeId });
      for (const other of others) {
        scene.by(other);
        const call = { guaranteeId, amount: '1', dueOn: '2026-05-01' };
        expect(scene.refusal('CallGuarantee', call)).toBe('NOT_CREDITOR_MANDATE');
        expect(scene.refusal('ReleaseGuarantee', { guaranteeId, amount: '1' })).toBe('NOT_CREDITOR_MANDATE');
      }
    }
    expect(scene.byFacilitator().refusal('EnterGuarantee', { guaranteeId: outside })).toBe('NOT_CREDITOR_MANDATE');
  });

  it('a call is owed by the obligor as money, and paid by what the debtor received', () => {
    const scene = start();
    const guaranteeId = inForce(scene);
    const call = { guaranteeId, amount: '3000', dueOn: '2026-06-30' };
    expect(scene.refusal('CallGuarantee', { ...call, amount: '8000.01' })).toBe('CALL_OVER_EXPOSURE');
    expect(scene.refusal('CallGuarantee', { ...call, dueOn: '2026-04-14' })).toBe('DUE_BEFORE_COMMITMENT');
    expect(scene.refusal('CallGuarantee', { ...call, amount: '0.001' })).toBe('AMOUNT_INVALID');
    const callId = scene.make('CallGuarantee', call);
    const money = { kind: 'money', unit: 'EUR', amount: '2000', carrierId: idOf('c1') } as const;
    const paid = { ...money, receiverId: C, attestorId: C, fulfils: [{ obligationId: callId, amount: '2000' }] };
    expect(scene.by(B).refusal('DeclareContribution', { ...paid, providerId: B })).toBe('NOT_OWN_OBLIGATION');
    const contributionId = scene.by(D).make('DeclareContribution', { ...paid, providerId: D });
    scene.by(C).make('AcknowledgeContribution', { contributionId, amount: '2000' });
    expect(shown(scene, '2026-04-15')).toMatchObject({
      status: 'partly-called',
      called: '3000',
      paid: '2000',
      exposure: '5000',
    });
    const { rows, obligations } = statementOf(scene.facts, D, '2026-07-01');
    expect(rows).toMatchObject([
      { kind: 'money', committed: '0', called: '3000', fulfilled: '2000', inDefault: '1000' },
    ]);
    expect(obligations).toMatchObject([{ obligationId: callId, guaranteeId, status: 'defaulted' }]);
    const { totals, guarantees } = whoBringsWhat(scene.facts, [A, B, C, D], '2026-04-15');
    expect(totals).toEqual([
      { kind: 'money', unit: 'EUR', pledged: '0', committed: '3000', open: '1000', given: '2000' },
    ]);
    expect(guarantees).toMatchObject([{ guaranteeId, exposure: '5000' }]);
    const defaulted = event('CommitmentDefaulted', { obligationId: callId, dueOn: '2026-06-30', openAmount: '1000' });
    expect(scene.on('2026-07-01').tick()).toEqual([{ ...defaulted, dueAt: '2026-06-30T22:00:00.000Z' }]);
    expect(contributionAnswers(scene.state).openCommitments(D)).toMatchObject([
      { obligationId: callId, kind: 'money', open: '1000' },
      { obligationId: guaranteeId, kind: 'guarantee', open: '5000', dueOn: '2027-12-31' },
    ]);
  });

  it('what somebody else than the debtor received pays no call while the debtor carries', () => {
    const scene = start();
    const callId = scene.make('CallGuarantee', { guaranteeId: inForce(scene), amount: '3000', dueOn: '2026-06-30' });
    const [first] = scene.neighbours.carriers;
    if (!first) throw new Error('no carrier');
    const next = { carrierId: idOf('c2'), partnerId: A, from: '2026-05-01', to: '9999-12-31' };
    scene.neighbours.carriers = [{ ...first, to: '2026-05-01' }, next];
    const money = { kind: 'money', unit: 'EUR', amount: '1', carrierId: idOf('c2'), providerId: D } as const;
    const paid = { ...money, receiverId: A, attestorId: A, fulfils: [{ obligationId: callId, amount: '1' }] };
    scene.on('2026-05-02').by(D);
    expect(scene.refusal('DeclareContribution', { ...paid, occurredOn: '2026-05-01' })).toBe('RECEIVER_NOT_CARRIER');
    const old = { ...paid, carrierId: idOf('c1'), receiverId: C, attestorId: C };
    expect(scene.refusal('DeclareContribution', old)).toBe('CARRIER_NOT_IN_FORCE');
    expect(scene.refusal('DeclareContribution', { ...old, occurredOn: '2026-05-01' })).toBeUndefined();
    const contributionId = scene.make('DeclareContribution', paid);
    scene.by(A).make('AcknowledgeContribution', { contributionId, amount: '1' });
    expect(shown(scene, '2026-05-02')).toMatchObject({ called: '3000', paid: '1' });
  });

  it('once the alliance is incorporated a call is paid to its legal entity, as all money', () => {
    const scene = start();
    const callId = scene.make('CallGuarantee', { guaranteeId: inForce(scene), amount: '3000', dueOn: '2026-06-30' });
    scene.neighbours.legalForm = 'incorporated';
    const money = { kind: 'money', unit: 'EUR', amount: '3000', providerId: D, attestorId: C } as const;
    const contributionId = scene
      .by(D)
      .make('DeclareContribution', { ...money, fulfils: [{ obligationId: callId, amount: '3000' }] });
    scene.by(C).make('AcknowledgeContribution', { contributionId, amount: '3000' });
    expect(statementOf(scene.facts, D, '2026-07-01').rows).toMatchObject([{ fulfilled: '3000', inDefault: '0' }]);
  });

  it('after its term is refused further calls, has no exposure, and its calls stay due', () => {
    const scene = start();
    const guaranteeId = inForce(scene, { termOn: '2026-05-31' });
    scene.make('CallGuarantee', { guaranteeId, amount: '3000', dueOn: '2026-07-31' });
    const last = { guaranteeId, amount: '1', dueOn: '2026-07-31' };
    expect(scene.on('2026-05-31').refusal('CallGuarantee', last)).toBeUndefined();
    for (const day of ['2026-06-01', '2026-06-02']) {
      expect(scene.on(day).refusal('CallGuarantee', last)).toBe('CALL_AFTER_TERM');
      expect(scene.refusal('ReleaseGuarantee', { guaranteeId, amount: '1' })).toBe('RELEASE_OVER_EXPOSURE');
    }
    expect(scene.log.filter(({ event: { type } }) => type === 'GuaranteeExpired')).toHaveLength(1);
    expect(shown(scene, '2026-06-01')).toMatchObject({ status: 'expired', exposure: '0', called: '3001' });
    expect(statementOf(scene.facts, D, '2026-06-01').rows).toMatchObject([{ called: '3001', open: '3001' }]);
    const never = scene.by(D).make('OfferGuarantee', { ...offer, termOn: '2026-06-02' });
    expect(scene.on('2026-06-03').by(C).refusal('EnterGuarantee', { guaranteeId: never })).toBe('WRONG_STATE');
  });

  it.each([
    ['in-force', [], '8000'],
    ['partly-called', [['CallGuarantee', '1']], '7999'],
    ['exhausted', [['CallGuarantee', '8000']], '0'],
    ['released', [['ReleaseGuarantee', '8000']], '0'],
    [
      'released',
      [
        ['CallGuarantee', '3000'],
        ['ReleaseGuarantee', '5000'],
      ],
      '0',
    ],
  ] as const)('shows %s after %j', (status, acts, exposure) => {
    const scene = start();
    const guaranteeId = inForce(scene);
    for (const [name, amount] of acts) {
      const args = { guaranteeId, amount, ...(name === 'CallGuarantee' ? { dueOn: '2026-05-01' } : {}) };
      expect(isRefusal(scene.send(name, args) as object)).toBe(false);
    }
    expect(shown(scene, '2026-04-15')).toMatchObject({ status, exposure });
  });

  it('exposure + called + released = cap while in force, whatever is called and released', () => {
    const act = fc.record({ isCall: fc.boolean(), amount: fc.integer({ min: 1, max: 500_000 }) });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        const scene = start();
        const guaranteeId = inForce(scene);
        for (const { isCall, amount } of acts) {
          const cents = `${String(Math.trunc(amount / 100))}${
            amount % 100 === 0
              ? ''
              : `.${String(amount % 100)
                  .padStart(2, '0')
                  .replace(/0$/, '')}`
          }`;
          if (isCall) scene.when('CallGuarantee', { guaranteeId, amount: cents, dueOn: '2026-05-01' });
          else scene.when('ReleaseGuarantee', { guaranteeId, amount: cents });
          const { exposure = '', called = '', released = '' } = shown(scene, '2026-04-15') ?? {};
          expect(amountOf(exposure) + amountOf(called) + amountOf(released)).toBe(amountOf(offer.cap));
          expect(amountOf(exposure) >= 0n).toBe(true);
        }
      }),
    );
  });

  it('covers a need for a guarantee while in force, and counts for its decision', () => {
    const scene = start();
    const [requestId, decisionId] = [idOf('need'), idOf('decision')];
    const asked = { requestId, decisionId, kind: 'guarantee', unit: 'EUR', amount: '10000', partnerIds: [] } as const;
    scene.given(event('ResourceRequested', asked)).by(D);
    const guaranteeId = inForce(scene, { requestId });
    scene.make('ReleaseGuarantee', { guaranteeId, amount: '500' });
    const need = (trueOn: string) => needsOf(scene.facts, decisionId, trueOn).needs[0];
    expect(need('2026-04-15')).toMatchObject({ committed: '7500', covered: '7500', uncovered: '2500' });
    expect(need('2028-01-01')).toMatchObject({ committed: '0', covered: '0', uncovered: '10000' });
    expect(contributionAnswers(scene.state).committed(decisionId, 'guarantee', 'EUR')).toBe('7500');
    expect(contributionAnswers(scene.state).committed(decisionId, 'guarantee', 'XPF')).toBe('0');
    scene.on('2028-01-01').tick();
    expect(contributionAnswers(scene.state).committed(decisionId, 'guarantee', 'EUR')).toBe('0');
  });
});
