import { event } from '#contracts';
import { A, B, C, D, given, idOf, mandateOf, ZONE } from '../testing/scene.js';
import type { Scene } from '../testing/scene.js';
import { startOfDay } from '#kernel';
import type { Id } from '#kernel';

const c1 = idOf('c1');
const pledge = { kind: 'skills', unit: 'hour', amount: '80', obligation: 'means', dueOn: '2026-06-30' } as const;
const fromB = { ...pledge, providerId: B, receiverId: C, attestorId: C };
const money = { ...fromB, kind: 'money', unit: 'EUR', carrierId: c1 } as const;

const start = (): Scene => given().on('2026-01-20');

describe('MakeCommitment', () => {
  it('records the promise of the provider under its own mandate', () => {
    const scene = start().by(B);
    expect(scene.when('MakeCommitment', fromB)).toEqual([
      event('CommitmentMade', { commitmentId: idOf('made 1'), ...fromB, adReferendum: false }, { sealed: {} }),
    ]);
  });

  it('before the charter and after the dissolution nothing is promised', () => {
    const scene = start().by(B);
    scene.neighbours.phase = 'forming';
    expect(scene.refusal('MakeCommitment', fromB)).toBe('CHARTER_MISSING');
    scene.neighbours.phase = 'dissolved';
    expect(scene.refusal('MakeCommitment', fromB)).toBe('ALLIANCE_DISSOLVED');
  });

  it('an act carries no day of its own', () => {
    expect(
      start()
        .by(B)
        .refusal('MakeCommitment', { ...fromB, occurredOn: '2026-01-19' }),
    ).toBe('OCCURRED_ON_NOT_ALLOWED');
  });

  // Each row breaks one guard; every later row stays broken beside it, so the order is tried too.
  const guards: readonly [string, (args: object, scene: Scene) => object][] = [
    ['MANDATE_NOT_IN_FORCE', (args, scene) => (scene.neighbours.ended.add(B), args)],
    ['POWER_MISSING', (args, scene) => (scene.neighbours.powers.set(B, ['speak', 'propose']), args)],
    ['NOT_PROVIDER_MANDATE', (args) => ({ ...args, providerId: A })],
    ['UNKNOWN_KIND', (args) => ({ ...args, kind: 'gold' })],
    ['UNIT_NOT_ALLOWED', (args) => ({ ...args, unit: 'piece' })],
    ['AMOUNT_INVALID', (args) => ({ ...args, amount: '0.001' })],
    ['SELF_ATTESTATION', (args) => ({ ...args, attestorId: B })],
    ['PARTNER_NOT_ACTIVE', (args, scene) => (scene.neighbours.status.set(D, 'withdrawn'), { ...args, attestorId: D })],
    ['ATTESTOR_NOT_RECEIVER', (args) => ({ ...args, attestorId: D })],
    ['MONEY_NEEDS_CARRIER', (args) => ({ ...args, carrierId: undefined })],
    ['CARRIER_NOT_IN_FORCE', (args) => ({ ...args, carrierId: idOf('other') })],
    ['RECEIVER_NOT_CARRIER', (args) => ({ ...args, receiverId: A, attestorId: A })],
    ['DUE_BEFORE_COMMITMENT', (args) => ({ ...args, dueOn: '2026-01-19' })],
    ['REQUEST_CLOSED', (args) => ({ ...args, requestId: idOf('closed request') })],
    ['UNIT_MISMATCH', (args) => ({ ...args, requestId: idOf('other line') })],
    [
      'DECISION_NOT_RATIFIED',
      (args, scene) => ((scene.neighbours.awaited = [B]), { ...args, requestId: idOf('decided') }),
    ],
    ['PLEDGE_NOT_STANDING', (args) => ({ ...args, pledgeId: idOf('pledge of A') })],
    [
      'OVER_CEILING',
      (args, scene) => (scene.neighbours.mandates.set(mandateOf(B), { ceilings: [], adReferendum: false }), args),
    ],
    ['DATE_INVALID', (args) => ({ ...args, ratifyBy: '2026-02-01' })],
  ];

  const withRequests = (): Scene => {
    const [closed, other] = [idOf('closed request'), idOf('other line')];
    const line = { kind: 'money', unit: 'EUR', amount: '10', partnerIds: [] as Id[] } as const;
    return start()
      .given(event('ResourceRequested', { requestId: closed, ...line }))
      .given(event('ResourceRequestClosed', { requestId: closed, cause: 'cancelled' }))
      .given(event('ResourceRequested', { requestId: other, ...line, kind: 'skills', unit: 'hour' }))
      .given(event('ResourceRequested', { requestId: idOf('decided'), decisionId: idOf('decision'), ...line }))
      .given(event('PledgeMade', { pledgeId: idOf('pledge of A'), providerId: A, ...line }))
      .by(B);
  };

  it.each(guards.map(([code], place) => [code, place] as const))(
    '%s comes before what stands behind it',
    (code, place) => {
      const scene = withRequests();
      // From the last to the first, so that where two breaks touch one field the earlier guard's break stands.
      const args = guards.slice(place).reduceRight<object>((broken, [, broke]) => broke(broken, scene), money);
      expect(scene.refusal('MakeCommitment', args as typeof money)).toBe(code);
    },
  );

  it('each break alone is refused with its own code, and without any the promise passes', () => {
    for (const [code, broke] of guards) {
      const scene = withRequests();
      expect(scene.refusal('MakeCommitment', broke(money, scene) as typeof money)).toBe(code);
    }
    expect(withRequests().refusal('MakeCommitment', money)).toBeUndefined();
  });

  it('nobody but the provider binds it: facilitator, citizen, auditor, operator', () => {
    const person = idOf('person');
    for (const kind of ['facilitator', 'citizen', 'auditor', 'account'] as const) {
      expect(start().as({ kind, person }).refusal('MakeCommitment', fromB)).toBe('NOT_PROVIDER_MANDATE');
    }
    expect(start().as({ kind: 'system' }).refusal('MakeCommitment', fromB)).toBe('NOT_PROVIDER_MANDATE');
    expect(start().by(C).refusal('MakeCommitment', fromB)).toBe('NOT_PROVIDER_MANDATE');
  });

  it('a guarantee is not a commitment, an unknown partner or request is not there', () => {
    const scene = start().by(B);
    expect(scene.refusal('MakeCommitment', { ...fromB, kind: 'guarantee', unit: 'EUR' })).toBe('GUARANTEE_BY_OFFER');
    expect(scene.refusal('MakeCommitment', { ...fromB, attestorId: idOf('Z') })).toBe('NOT_FOUND');
    expect(scene.refusal('MakeCommitment', { ...fromB, receiverId: idOf('Z') })).toBe('NOT_FOUND');
    expect(scene.refusal('MakeCommitment', { ...fromB, requestId: idOf('Z') })).toBe('NOT_FOUND');
  });

  it('the ceiling is of its line alone and is itself allowed', () => {
    const scene = start().by(B);
    const ceilings = [
      { kind: 'skills', unit: 'day', amount: '500' },
      { kind: 'skills', unit: 'hour', amount: '80' },
    ];
    scene.neighbours.mandates.set(mandateOf(B), { ceilings, adReferendum: false });
    expect(scene.refusal('MakeCommitment', { ...fromB, amount: '80.05' })).toBe('OVER_CEILING');
    expect(scene.refusal('MakeCommitment', fromB)).toBeUndefined();
  });

  describe('money', () => {
    it('while the alliance is informal no money line passes, whatever it names', () => {
      const scene = start().by(B);
      scene.neighbours.legalForm = 'informal';
      for (const carrierId of [c1, undefined]) {
        expect(scene.refusal('MakeCommitment', { ...money, carrierId })).toBe('MONEY_NEEDS_CARRIER');
      }
      expect(scene.refusal('MakeCommitment', fromB)).toBeUndefined();
    });

    it('a carrier that is no partner receives in nobody’s name; any other partner attests', () => {
      const scene = start().by(B);
      scene.neighbours.carriers = [{ carrierId: c1, partnerId: undefined, from: '2026-01-10', to: '2026-12-31' }];
      expect(scene.refusal('MakeCommitment', money)).toBe('RECEIVER_NOT_CARRIER');
      expect(scene.refusal('MakeCommitment', { ...money, receiverId: undefined, attestorId: A })).toBeUndefined();
    });

    it('once incorporated, carrier and receiver are null and stand for its legal entity', () => {
      const scene = start().by(B);
      scene.neighbours.legalForm = 'incorporated';
      expect(scene.refusal('MakeCommitment', money)).toBe('CARRIER_NOT_IN_FORCE');
      expect(scene.refusal('MakeCommitment', { ...money, carrierId: undefined })).toBe('RECEIVER_NOT_CARRIER');
      expect(
        scene.refusal('MakeCommitment', { ...money, carrierId: undefined, receiverId: undefined }),
      ).toBeUndefined();
    });
  });
});

describe('RescheduleCommitment and ReleaseCommitment', () => {
  const decisionId = idOf('decision');
  const promised = (): { scene: Scene; commitmentId: ReturnType<typeof idOf> } => {
    const scene = start().by(B);
    return { scene, commitmentId: scene.make('MakeCommitment', fromB) };
  };

  it('the creditor alone reschedules, to a later day', () => {
    const { scene, commitmentId } = promised();
    const later = { commitmentId, dueOn: '2026-07-31' };
    expect(scene.refusal('RescheduleCommitment', later)).toBe('NOT_CREDITOR_MANDATE');
    expect(scene.by(A).refusal('RescheduleCommitment', later)).toBe('NOT_CREDITOR_MANDATE');
    scene.by(C);
    expect(scene.refusal('RescheduleCommitment', { commitmentId, dueOn: '2026-06-30' })).toBe('NOT_LATER');
    expect(scene.refusal('RescheduleCommitment', { commitmentId: idOf('Z'), dueOn: '2026-07-31' })).toBe('NOT_FOUND');
    expect(scene.refusal('RescheduleCommitment', { ...later, decisionId: idOf('Z') })).toBe('NOT_FOUND');
    expect(scene.refusal('RescheduleCommitment', later)).toBeUndefined();
    expect(scene.refusal('RescheduleCommitment', later)).toBe('NOT_LATER');
    scene.neighbours.powers.set(C, ['speak']);
    expect(scene.refusal('RescheduleCommitment', { ...later, dueOn: '2026-08-31' })).toBe('POWER_MISSING');
  });

  it('the facilitator records it with an adopted decision', () => {
    const { scene, commitmentId } = promised();
    const later = { commitmentId, dueOn: '2026-07-31' };
    scene.byFacilitator();
    expect(scene.refusal('RescheduleCommitment', later)).toBe('NOT_CREDITOR_MANDATE');
    expect(scene.refusal('RescheduleCommitment', { ...later, decisionId })).toBe('NOT_FOUND');
    scene.neighbours.decisions.set(decisionId, { type: 'resource-call', status: 'expired' });
    expect(scene.refusal('RescheduleCommitment', { ...later, decisionId })).toBe('DECISION_REQUIRED');
    scene.neighbours.decisions.set(decisionId, { type: 'resource-call', status: 'pending' });
    scene.neighbours.facilitates = false;
    expect(scene.refusal('RescheduleCommitment', { ...later, decisionId })).toBe('MANDATE_NOT_IN_FORCE');
    scene.neighbours.facilitates = true;
    expect(scene.refusal('RescheduleCommitment', { ...later, decisionId })).toBeUndefined();
  });

  it('a release is at most what is open, and an amount of its unit', () => {
    const { scene, commitmentId } = promised();
    const release = { commitmentId, amount: '80', reason: 'agreement' } as const;
    expect(scene.refusal('ReleaseCommitment', release)).toBe('NOT_CREDITOR_MANDATE');
    scene.by(C);
    expect(scene.refusal('ReleaseCommitment', { ...release, commitmentId: idOf('Z') })).toBe('NOT_FOUND');
    expect(scene.refusal('ReleaseCommitment', { ...release, amount: '0.01' })).toBe('AMOUNT_INVALID');
    expect(scene.refusal('ReleaseCommitment', { ...release, amount: '80.05' })).toBe('RELEASE_OVER_OPEN');
    expect(scene.refusal('ReleaseCommitment', release)).toBeUndefined();
    expect(scene.refusal('ReleaseCommitment', { ...release, amount: '0.05' })).toBe('RELEASE_OVER_OPEN');
  });

  it('the provider frees itself when the decision behind the request ended', () => {
    const scene = start();
    const requestId = idOf('request');
    scene.neighbours.decisions.set(decisionId, { type: 'resource-call', status: 'in-force' });
    scene.given(event('ResourceRequested', { requestId, decisionId, ...line(), partnerIds: [] }));
    const commitmentId = scene.by(B).make('MakeCommitment', { ...fromB, requestId });
    const release = { commitmentId, amount: '80', reason: 'decision-ended' } as const;
    expect(scene.refusal('ReleaseCommitment', release)).toBe('NOT_CREDITOR_MANDATE');
    scene.neighbours.decisions.set(decisionId, { type: 'resource-call', status: 'superseded' });
    expect(scene.refusal('ReleaseCommitment', { ...release, reason: 'agreement' })).toBe('NOT_CREDITOR_MANDATE');
    expect(scene.by(D).refusal('ReleaseCommitment', release)).toBe('NOT_CREDITOR_MANDATE');
    expect(scene.by(B).refusal('ReleaseCommitment', { ...release, decisionId })).toBeUndefined();
  });

  it('the provider frees itself when a dissolution is in force', () => {
    const { scene, commitmentId } = promised();
    const release = { commitmentId, amount: '80', reason: 'dissolution' } as const;
    expect(scene.refusal('ReleaseCommitment', release)).toBe('NOT_CREDITOR_MANDATE');
    scene.given(adopted({ decisionId, decisionType: 'dissolution' }));
    scene.neighbours.decisions.set(decisionId, { type: 'dissolution', status: 'pending' });
    expect(scene.refusal('ReleaseCommitment', release)).toBe('NOT_CREDITOR_MANDATE');
    scene.neighbours.decisions.set(decisionId, { type: 'dissolution', status: 'in-force' });
    expect(scene.refusal('ReleaseCommitment', release)).toBeUndefined();
  });
});

describe('CommitmentDefaulted', () => {
  const dueOn = '2026-03-28'; // the clock changes on the day after, in Paris
  const promise = { ...fromB, dueOn };
  const contribute = { ...fromB, dueOn: undefined, obligation: undefined };

  it('is noticed at 00:00 after the due day, not before, once, with what was open then', () => {
    const scene = start().by(B);
    const obligationId = scene.make('MakeCommitment', promise);
    scene.at = '2026-03-28T22:59:59.999Z';
    expect(scene.tick()).toEqual([]);
    scene.at = '2026-03-28T23:00:00.000Z';
    const dueAt = startOfDay('2026-03-29', ZONE);
    expect(scene.tick()).toEqual([
      { ...event('CommitmentDefaulted', { obligationId, dueOn, openAmount: '80' }), dueAt },
    ]);
    expect(scene.on('2026-12-31').tick()).toEqual([]);
  });

  it('a late clock tells of the due day', () => {
    const scene = start().by(B);
    scene.make('MakeCommitment', promise);
    expect(scene.on('2026-09-01').tick()).toMatchObject([{ dueAt: '2026-03-28T23:00:00.000Z', data: { dueOn } }]);
  });

  it('nothing open, nothing in default; a new due date has its own notice', () => {
    const scene = start().by(B);
    const commitmentId = scene.make('MakeCommitment', promise);
    scene.on('2026-04-10').tick();
    scene.by(C).make('RescheduleCommitment', { commitmentId, dueOn: '2026-04-30' });
    expect(scene.on('2026-05-01').tick()).toMatchObject([{ data: { dueOn: '2026-04-30', openAmount: '80' } }]);
    scene.by(C).make('RescheduleCommitment', { commitmentId, dueOn: '2026-05-31' });
    scene.by(C).make('ReleaseCommitment', { commitmentId, amount: '80', reason: 'taken-over' });
    expect(scene.on('2026-06-01').tick()).toEqual([]);
  });

  it('a later day that is itself over is told with what was open then, as then known', () => {
    const scene = start().by(B);
    const commitmentId = scene.make('MakeCommitment', promise);
    const fulfils = [{ obligationId: commitmentId, amount: '30' }];
    const contributionId = scene.on('2026-03-20').make('DeclareContribution', { ...contribute, amount: '30', fulfils });
    scene.on('2026-05-01').by(C).make('AcknowledgeContribution', { contributionId, amount: '30' });
    scene.make('RescheduleCommitment', { commitmentId, dueOn: '2026-04-10' });
    expect(scene.tick()).toMatchObject([{ data: { dueOn: '2026-04-10', openAmount: '80' } }]);
  });

  it('after the dissolution nothing falls due', () => {
    const scene = start().by(B);
    scene.make('MakeCommitment', promise);
    scene.given(event('AllianceDissolved', { decisionId: idOf('Z'), openCommitments: 1, headHash: '' }));
    expect(scene.on('2026-12-31').tick()).toEqual([]);
  });
});

function line() {
  return { kind: 'skills', unit: 'hour', amount: '80' } as const;
}

function adopted(more: { decisionId: ReturnType<typeof idOf>; decisionType: 'dissolution' }) {
  const empty = {
    supersedes: [],
    responsible: [],
    conditions: [],
    dissent: [],
    awaitingRatification: [],
    criteria: [],
  };
  const place = {
    subjectKey: idOf('subject'),
    effectiveFrom: '2026-01-20',
    textHash: '',
    method: 'unanimity',
  } as const;
  return event('DecisionAdopted', { ...more, ...place, ...empty });
}
