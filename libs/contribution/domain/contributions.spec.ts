import { event } from '#contracts';
import type { Id } from '#kernel';
import { A, B, C, D, given, idOf, sealedText } from '../testing/scene.js';
import type { Scene } from '../testing/scene.js';
import { bucketsOf } from './buckets.js';

const c1 = idOf('c1');
const fromB = { kind: 'skills', unit: 'hour', amount: '30', providerId: B, receiverId: C, attestorId: C } as const;
const money = { ...fromB, kind: 'money', unit: 'EUR', carrierId: c1 } as const;
const outside = { ...fromB, providerId: undefined, attestorId: A } as const;
const promise = { ...fromB, amount: '80', obligation: 'means', dueOn: '2026-06-30' } as const;
const explained = { explanation: sealedText };

const start = (): Scene => given().on('2026-03-31').by(B);

function buckets(scene: Scene, id: Id): string {
  const fact = scene.state.contributions.get(id)?.fact;
  const { awaiting, acknowledged, contested } = bucketsOf(fact ?? { amount: '0', movements: [] });
  return [awaiting, acknowledged, contested].map((amount) => (amount / 1000n).toString()).join(' ');
}

describe('DeclareContribution', () => {
  it('records a past fact with its own day, and leaves the day of recording out', () => {
    const data = { contributionId: idOf('made 1'), ...fromB, fulfils: [] };
    expect(start().when('DeclareContribution', { ...fromB, occurredOn: '2026-03-30' })).toEqual([
      event('ContributionDeclared', data, { sealed: {}, occurredOn: '2026-03-30' }),
    ]);
    expect(start().when('DeclareContribution', { ...fromB, occurredOn: '2026-03-31' })).toEqual([
      event('ContributionDeclared', data, { sealed: {} }),
    ]);
  });

  const guards: readonly [string, (args: object, scene: Scene) => object][] = [
    ['MANDATE_NOT_IN_FORCE', (args, scene) => (scene.neighbours.ended.add(B), args)],
    ['POWER_MISSING', (args, scene) => (scene.neighbours.powers.set(B, ['propose', 'take-position']), args)],
    ['FUTURE_FACT', (args) => ({ ...args, occurredOn: '2026-04-01' })],
    ['NOT_PROVIDER_MANDATE', (args) => ({ ...args, providerId: A })],
    ['UNKNOWN_KIND', (args) => ({ ...args, kind: 'gold' })],
    ['UNIT_NOT_ALLOWED', (args) => ({ ...args, unit: 'piece' })],
    ['AMOUNT_INVALID', (args) => ({ ...args, amount: '0.001' })],
    ['SELF_ATTESTATION', (args) => ({ ...args, attestorId: B })],
    ['PARTNER_NOT_ACTIVE', (args, scene) => (scene.neighbours.status.set(D, 'excluded'), { ...args, attestorId: D })],
    ['ATTESTOR_NOT_RECEIVER', (args) => ({ ...args, attestorId: D })],
    ['MONEY_NEEDS_CARRIER', (args) => ({ ...args, carrierId: undefined })],
    ['CARRIER_NOT_IN_FORCE', (args) => ({ ...args, carrierId: idOf('other') })],
    ['RECEIVER_NOT_CARRIER', (args) => ({ ...args, receiverId: A, attestorId: A })],
    ['OCCURRED_BEFORE_CAUSE', (args) => ({ ...args, occurredFrom: '2026-04-02' })],
    ['OVER_ALLOCATED', (args) => ({ ...args, fulfils: [{ obligationId: idOf('Z'), amount: '31' }] })],
    ['NOT_FOUND', (args) => ({ ...args, fulfils: [{ obligationId: idOf('Z'), amount: '30' }] })],
    ['NOT_OWN_OBLIGATION', (args) => ({ ...args, fulfils: [{ obligationId: idOf('of A'), amount: '30' }] })],
    ['UNIT_MISMATCH', (args) => ({ ...args, fulfils: [{ obligationId: idOf('of B'), amount: '30' }] })],
    ['UNIT_MISMATCH', (args) => ({ ...args, requestId: idOf('other line') })],
  ];

  const withObligations = (): Scene => {
    const terms = { ...promise, adReferendum: false };
    const request = { requestId: idOf('other line'), ...fromB, partnerIds: [] };
    return start()
      .given(event('CommitmentMade', { commitmentId: idOf('of A'), ...terms, providerId: A }))
      .given(event('CommitmentMade', { commitmentId: idOf('of B'), ...terms }))
      .given(event('ResourceRequested', request));
  };

  it.each(guards.map(([code], place) => [code, place] as const))(
    '%s (%i) comes before what stands behind it',
    (code, place) => {
      const scene = withObligations();
      const args = guards.slice(place).reduceRight<object>((broken, [, broke]) => broke(broken, scene), money);
      expect(scene.refusal('DeclareContribution', args as typeof money)).toBe(code);
    },
  );

  it('each break alone is refused with its own code, and without any the fact passes', () => {
    for (const [code, broke] of guards) {
      const scene = withObligations();
      expect(scene.refusal('DeclareContribution', broke(money, scene) as typeof money)).toBe(code);
    }
    expect(withObligations().refusal('DeclareContribution', money)).toBeUndefined();
  });

  it('a share is an amount of the line', () => {
    const fulfils = [{ obligationId: idOf('of B'), amount: '0.01' }];
    expect(withObligations().refusal('DeclareContribution', { ...fromB, fulfils })).toBe('AMOUNT_INVALID');
  });

  it('to speak is enough to state, and so is to commit', () => {
    for (const powers of [['speak'], ['commit']] as const) {
      const scene = start();
      scene.neighbours.powers.set(B, powers);
      expect(scene.refusal('DeclareContribution', fromB)).toBeUndefined();
    }
  });

  it('a gift from outside is declared by the partner that received it, and attested by another', () => {
    const scene = start();
    expect(scene.refusal('DeclareContribution', outside)).toBe('NOT_RECEIVER_MANDATE');
    expect(scene.refusal('DeclareContribution', { ...outside, receiverId: undefined })).toBe('NOT_RECEIVER_MANDATE');
    scene.by(C);
    expect(scene.refusal('DeclareContribution', { ...outside, attestorId: C })).toBe('SELF_ATTESTATION');
    expect(scene.refusal('DeclareContribution', outside)).toBeUndefined();
  });

  it('a gift from outside fulfils nobody’s obligation', () => {
    const fulfils = [{ obligationId: idOf('of B'), amount: '1' }];
    expect(
      withObligations()
        .by(C)
        .refusal('DeclareContribution', { ...outside, fulfils }),
    ).toBe('NOT_OWN_OBLIGATION');
  });

  it('the carrier is that of the day of the fact, first and last day included', () => {
    const scene = start();
    scene.neighbours.carriers = [{ carrierId: c1, partnerId: C, from: '2026-02-01', to: '2026-02-28' }];
    const on = (occurredOn: string) => scene.refusal('DeclareContribution', { ...money, occurredOn });
    expect([on('2026-01-31'), on('2026-02-01'), on('2026-02-28'), on('2026-03-01')]).toEqual([
      'CARRIER_NOT_IN_FORCE',
      undefined,
      undefined,
      'CARRIER_NOT_IN_FORCE',
    ]);
  });

  it('today is that of the alliance’s time zone', () => {
    const scene = start();
    scene.at = '2026-03-31T22:30:00.000Z';
    expect(scene.refusal('DeclareContribution', { ...fromB, occurredOn: '2026-04-01' })).toBeUndefined();
    expect(scene.refusal('DeclareContribution', { ...fromB, occurredOn: '2026-04-02' })).toBe('FUTURE_FACT');
  });

  it('an informal alliance takes no money', () => {
    const scene = start();
    scene.neighbours.legalForm = 'informal';
    expect(scene.refusal('DeclareContribution', money)).toBe('MONEY_NEEDS_CARRIER');
    expect(scene.refusal('DeclareContribution', { ...money, carrierId: undefined })).toBe('MONEY_NEEDS_CARRIER');
  });
});

describe('attestation', () => {
  const declared = (): { scene: Scene; contributionId: Id } => {
    const scene = start();
    return { scene, contributionId: scene.make('DeclareContribution', fromB) };
  };
  const contest = { from: 'awaiting', ground: 'defective' } as const;

  it('the attestor alone acknowledges, never more than awaits', () => {
    const { scene, contributionId } = declared();
    const yes = { contributionId, amount: '20' };
    expect(scene.refusal('AcknowledgeContribution', yes)).toBe('NOT_ATTESTOR');
    expect(scene.by(A).refusal('AcknowledgeContribution', yes)).toBe('NOT_ATTESTOR');
    expect(scene.byFacilitator().refusal('AcknowledgeContribution', yes)).toBe('NOT_ATTESTOR');
    scene.by(C);
    expect(scene.refusal('AcknowledgeContribution', { contributionId: idOf('Z'), amount: '1' })).toBe('NOT_FOUND');
    expect(scene.refusal('AcknowledgeContribution', { contributionId, amount: '0.01' })).toBe('AMOUNT_INVALID');
    expect(scene.refusal('AcknowledgeContribution', { contributionId, amount: '30.05' })).toBe('OVER_ATTESTED');
    expect(scene.refusal('AcknowledgeContribution', yes)).toBeUndefined();
    expect(scene.refusal('AcknowledgeContribution', yes)).toBe('OVER_ATTESTED');
    expect(buckets(scene, contributionId)).toBe('10 20 0');
    scene.neighbours.powers.set(C, ['propose']);
    expect(scene.refusal('AcknowledgeContribution', yes)).toBe('POWER_MISSING');
    scene.neighbours.ended.add(C);
    expect(scene.refusal('AcknowledgeContribution', yes)).toBe('MANDATE_NOT_IN_FORCE');
  });

  it('the attestor contests what awaits or what it acknowledged, and says why', () => {
    const { scene, contributionId } = declared();
    scene.by(C).make('AcknowledgeContribution', { contributionId, amount: '20' });
    const ten = { contributionId, amount: '10', ...contest };
    expect(scene.by(B).refusal('ContestContribution', ten, explained)).toBe('NOT_ATTESTOR');
    scene.by(C);
    expect(scene.refusal('ContestContribution', { ...ten, amount: '0' }, explained)).toBe('AMOUNT_INVALID');
    expect(scene.refusal('ContestContribution', { ...ten, amount: '11' }, explained)).toBe('OVER_ATTESTED');
    expect(scene.refusal('ContestContribution', ten)).toBe('REASON_REQUIRED');
    expect(scene.refusal('ContestContribution', ten, explained)).toBeUndefined();
    expect(scene.refusal('ContestContribution', { ...ten, from: 'acknowledged' }, explained)).toBeUndefined();
    expect(buckets(scene, contributionId)).toBe('0 10 20');
  });

  it('the attestor lifts a contestation, or the facilitator with an adopted decision', () => {
    const { scene, contributionId } = declared();
    const decisionId = idOf('decision');
    scene.by(C).make('ContestContribution', { contributionId, amount: '10', ...contest }, explained);
    const four = { contributionId, amount: '4' };
    expect(scene.by(B).refusal('LiftContestation', four)).toBe('NOT_ATTESTOR');
    expect(scene.byFacilitator().refusal('LiftContestation', four)).toBe('NOT_ATTESTOR');
    expect(scene.refusal('LiftContestation', { ...four, decisionId })).toBe('NOT_FOUND');
    scene.neighbours.decisions.set(decisionId, { type: 'resource-call', status: 'in-force' });
    expect(scene.refusal('LiftContestation', { ...four, decisionId })).toBeUndefined();
    expect(scene.by(C).refusal('LiftContestation', { ...four, amount: '7' })).toBe('OVER_ATTESTED');
    expect(scene.refusal('LiftContestation', { ...four, amount: '6' })).toBeUndefined();
    expect(buckets(scene, contributionId)).toBe('20 10 0');
  });

  it('an attestor that is no longer active is replaced by the facilitator, with another active partner', () => {
    const { scene, contributionId } = declared();
    const commitmentId = scene.by(B).make('MakeCommitment', promise);
    const by = (attestorId: Id) => scene.refusal('ReplaceAttestor', { contributionId, commitmentId, attestorId });
    expect(by(A)).toBe('POWER_MISSING');
    scene.byFacilitator();
    expect(by(A)).toBe('WRONG_STATE');
    scene.neighbours.status.set(C, 'withdrawn').set(D, 'excluded');
    expect([by(B), by(D), by(idOf('Z'))]).toEqual(['SELF_ATTESTATION', 'PARTNER_NOT_ACTIVE', 'NOT_FOUND']);
    expect(scene.refusal('ReplaceAttestor', { attestorId: A })).toBe('NOT_FOUND');
    expect(scene.refusal('ReplaceAttestor', { contributionId: idOf('Z'), attestorId: A })).toBe('NOT_FOUND');
    expect(scene.refusal('ReplaceAttestor', { commitmentId: idOf('Z'), attestorId: A })).toBe('NOT_FOUND');
    expect(by(A)).toBeUndefined();
    scene.neighbours.facilitates = false;
    expect(by(A)).toBe('MANDATE_NOT_IN_FORCE');
    expect(scene.by(A).refusal('AcknowledgeContribution', { contributionId, amount: '30' })).toBeUndefined();
    const release = { commitmentId, amount: '80', reason: 'agreement' } as const;
    expect(scene.by(C).refusal('ReleaseCommitment', release)).toBe('NOT_CREDITOR_MANDATE');
    expect(scene.by(A).refusal('ReleaseCommitment', release)).toBeUndefined();
  });

  it('the subject of a replacement is the object that it changes', () => {
    const { scene, contributionId } = declared();
    const commitmentId = scene.by(B).make('MakeCommitment', promise);
    scene.neighbours.status.set(C, 'withdrawn');
    scene.byFacilitator();
    expect(scene.when('ReplaceAttestor', { commitmentId, attestorId: A })).toMatchObject([
      { subject: `commitment/${commitmentId}` },
    ]);
    expect(scene.when('ReplaceAttestor', { contributionId, attestorId: A })).toMatchObject([
      { subject: `contribution/${contributionId}` },
    ]);
  });
});

describe('CorrectContribution', () => {
  const declared = () => {
    const scene = start();
    const contributionId = scene.make('DeclareContribution', fromB);
    const correction = { contributionId, corrects: contributionId, cause: 'recount' } as const;
    return { scene, contributionId, correction };
  };

  it('is the declarer’s own, of this contribution, never below 0', () => {
    const { scene, correction } = declared();
    expect(scene.by(C).refusal('CorrectContribution', { ...correction, delta: '-1' })).toBe('NOT_PROVIDER_MANDATE');
    expect(scene.byFacilitator().refusal('CorrectContribution', { ...correction, delta: '-1' })).toBe(
      'NOT_PROVIDER_MANDATE',
    );
    scene.by(B);
    expect(scene.refusal('CorrectContribution', { ...correction, contributionId: idOf('Z'), delta: '1' })).toBe(
      'NOT_FOUND',
    );
    expect(scene.refusal('CorrectContribution', { ...correction, delta: '0' })).toBe('AMOUNT_INVALID');
    expect(scene.refusal('CorrectContribution', { ...correction, corrects: idOf('Z'), delta: '-1' })).toBe(
      'CORRECTS_NOTHING',
    );
    expect(scene.refusal('CorrectContribution', { ...correction, delta: '-30.05' })).toBe('CORRECTED_BELOW_ZERO');
    expect(scene.refusal('CorrectContribution', { ...correction, delta: '-30' })).toBeUndefined();
    scene.neighbours.powers.set(B, ['propose']);
    expect(scene.refusal('CorrectContribution', { ...correction, delta: '1' })).toBe('POWER_MISSING');
  });

  it('of a gift from outside is the receiver’s', () => {
    const scene = start().by(C);
    const contributionId = scene.make('DeclareContribution', outside);
    const correction = { contributionId, corrects: contributionId, cause: 'typing', delta: '1' } as const;
    expect(scene.by(A).refusal('CorrectContribution', correction)).toBe('NOT_RECEIVER_MANDATE');
    expect(scene.by(C).refusal('CorrectContribution', correction)).toBeUndefined();
  });

  it('a cut takes from what awaits, then what is contested, then what was acknowledged; a raise awaits', () => {
    const { scene, contributionId, correction } = declared();
    scene.by(C).make('AcknowledgeContribution', { contributionId, amount: '15' });
    scene.make(
      'ContestContribution',
      { contributionId, amount: '5', from: 'awaiting', ground: 'defective' },
      explained,
    );
    const seen = ['-4', '-8', '-6', '10'].map((delta) => {
      scene.by(B).make('CorrectContribution', { ...correction, delta });
      return buckets(scene, contributionId);
    });
    expect(seen).toEqual(['6 15 5', '0 15 3', '0 12 0', '10 12 0']);
  });

  it('correcting a correction restores the declared amount exactly; the raise awaits', () => {
    const { scene, contributionId, correction } = declared();
    scene.by(C).make('AcknowledgeContribution', { contributionId, amount: '30' });
    const first = scene.by(B).make('CorrectContribution', { ...correction, delta: '-10' });
    scene.make('CorrectContribution', { ...correction, corrects: first, delta: '10' });
    expect(buckets(scene, contributionId)).toBe('10 20 0');
  });
});
