import { event } from '#contracts';
import type { Id } from '#kernel';
import { A, B, C, D, given, idOf, sealedText } from './scene.js';
import type { Scene } from './scene.js';

const EUR = { kind: 'money', unit: 'EUR', carrierId: idOf('c1') } as const;
const GOODS = { kind: 'goods', unit: 'piece' } as const;
const PREMISES = { kind: 'premises-use', unit: 'day' } as const;
const SKILLS = { kind: 'skills', unit: 'hour' } as const;
const TIME = { kind: 'volunteer-time', unit: 'hour' } as const;
type LineOf = typeof EUR | typeof GOODS | typeof PREMISES | typeof SKILLS | typeof TIME;

/** Ids of the worked example by their names on the page. */
export type Named = Readonly<Record<string, Id>>;

/** The worked example of part 2, 2.7. */
export class WorkedExample {
  readonly scene: Scene = given();
  readonly ids: Record<string, Id> = {};

  constructor() {
    const register = { registerScheme: 'none', kind: 'company', founding: true } as const;
    for (const partnerId of [A, B, C, D]) this.scene.given(event('PartnerAdmitted', { partnerId, ...register }));
    this.scale();
    this.needs();
    this.pledges();
    this.promises();
    this.winter();
    this.spring();
    this.guarantee();
    this.june();
    this.book();
  }

  private scale(): void {
    const decisionId = idOf('scale decision');
    this.scene.neighbours.decisions.set(decisionId, { type: 'resource-call', status: 'in-force' });
    const lines = [
      { ...GOODS, rate: '110' },
      { ...PREMISES, rate: '80.5' },
      { ...SKILLS, rate: '45' },
      { ...TIME, rate: '12.02' },
    ];
    const scale = { decisionId, validFrom: '2026-01-01', currency: 'EUR', lines };
    this.scene.on('2026-01-10').byFacilitator().make('AdoptValuationScale', scale);
  }

  private pledges(): void {
    const pledges = [
      ['P1', D, EUR, '6000', 'N1'],
      ['P2', B, SKILLS, '100', 'N4'],
      ['P3', A, EUR, '2000', 'N1'],
    ] as const;
    this.scene.on('2026-01-12');
    for (const [name, providerId, { kind, unit }, amount, need] of pledges) {
      const pledge = { providerId, kind, unit, amount, requestId: this.id(need) };
      this.ids[name] = this.scene.by(providerId).make('MakePledge', pledge);
    }
  }

  private needs(): void {
    const needs = [
      ['N1', EUR, '10000'],
      ['N2', TIME, '300'],
      ['N3', PREMISES, '60'],
      ['N4', SKILLS, '80'],
      ['N5', GOODS, '20'],
    ] as const;
    this.scene.on('2026-01-10').by(A);
    for (const [name, { kind, unit }, amount] of needs) {
      this.ids[name] = this.scene.make('RequestResource', { kind, unit, amount });
    }
  }

  private promises(): void {
    this.promise('2026-01-20', 'K1', D, EUR, '5000', 'N1', '2026-03-31', { pledgeId: this.id('P1') });
    this.promise('2026-01-22', 'K2', B, SKILLS, '80', 'N4', '2026-06-30', { pledgeId: this.id('P2') });
    this.promise('2026-01-25', 'K3', A, PREMISES, '60', 'N3', '2026-06-30');
    this.promise('2026-01-25', 'K4', A, EUR, '2000', 'N1', '2026-05-31', {
      pledgeId: this.id('P3'),
      adReferendum: true,
      ratifyBy: '2026-03-15',
    });
    this.promise('2026-01-30', 'K5', C, TIME, '240', 'N2', '2026-06-30');
    this.promise('2026-02-05', 'K6', B, GOODS, '12', 'N5', '2026-02-28');
  }

  private winter(): void {
    this.gift('2026-02-10', 'X1', B, GOODS, '12', 'K6');
    this.attest('2026-02-12', 'X1', C, '10');
    this.contest('X1');
    const ratified = { commitmentId: this.id('K4'), ratifiedOn: '2026-02-20' };
    this.scene.on('2026-02-20').by(A).make('RatifyCommitment', ratified);
    this.gift('2026-03-30', 'X2', D, EUR, '5000', 'K1');
    this.attest('2026-03-31', 'X2', C, '5000');
    this.gift('2026-03-31', 'X3', C, TIME, '130', 'K5');
    this.gift('2026-03-31', 'X4', B, SKILLS, '30', 'K2');
    this.gift('2026-03-31', 'X5', A, PREMISES, '25', 'K3');
  }

  private spring(): void {
    this.attest('2026-04-05', 'X3', A, '130');
    this.attest('2026-04-05', 'X4', C, '30');
    this.attest('2026-04-05', 'X5', C, '25');
  }

  private guarantee(): void {
    const terms = { currency: 'EUR', principal: '16000', cap: '8000', share: { num: 1, den: 2 } };
    const offer = { obligorId: D, debtorId: C, ...terms, termOn: '2027-12-31' };
    this.ids['G1'] = this.scene.on('2026-04-15').by(D).make('OfferGuarantee', offer);
    const contributionId = this.id('X3');
    const correction = { contributionId, corrects: contributionId, delta: '-10', cause: 'recount' } as const;
    this.scene.on('2026-04-20').by(C).make('CorrectContribution', correction);
    const guaranteeId = this.id('G1');
    this.scene.on('2026-05-02').make('EnterGuarantee', { guaranteeId });
    const release = { commitmentId: this.id('K3'), amount: '15', reason: 'agreement' } as const;
    this.scene.on('2026-05-20').by(C).make('ReleaseCommitment', release);
    this.gift('2026-05-28', 'X8', A, EUR, '1500', 'K4');
    this.attest('2026-05-29', 'X8', C, '1500');
    const call = { guaranteeId, amount: '3000', dueOn: '2026-06-30' };
    this.ids['L1'] = this.scene.on('2026-06-10').by(C).make('CallGuarantee', call);
  }

  private june(): void {
    this.gift('2026-06-25', 'X6', D, EUR, '2000', 'L1');
    this.attest('2026-06-26', 'X6', C, '2000');
    this.gift('2026-06-27', 'X7', A, PREMISES, '20', 'K3', { occurredOn: '2026-06-20' });
    this.gift('2026-06-27', 'X9', B, SKILLS, '60', 'K2', { occurredOn: '2026-06-20' });
    this.gift('2026-06-27', 'X10', C, TIME, '90', 'K5', { occurredOn: '2026-06-20' });
    this.gift('2026-06-27', 'X11', D, SKILLS, '6', undefined, { occurredOn: '2026-06-22', requestId: this.id('N4') });
    this.attest('2026-06-28', 'X7', C, '20');
    this.attest('2026-06-28', 'X9', C, '55');
    this.attest('2026-06-28', 'X10', A, '90');
    this.attest('2026-06-28', 'X11', C, '6');
  }

  /** C books what it received, and its own volunteers. */
  private book(): void {
    const booked = [
      ['X1', '10', '95', '950'],
      ['X3', '120', '12.02', '1442.4'],
      ['X4', '30', '45', '1350'],
      ['X5', '25', '80.5', '2012.5'],
      ['X7', '20', '80.5', '1610'],
      ['X9', '55', '45', '2475'],
      ['X10', '90', '12.02', '1081.8'],
      ['X11', '6', '45', '270'],
    ] as const;
    this.scene.on('2026-06-29').by(C);
    for (const [name, amount, rate, value] of booked) {
      const money = { contributionId: this.id(name), amount, rate, value, currency: 'EUR' };
      this.scene.make('ValueContribution', { ...money, basis: 'cvn', method: 'grid', bookedById: C });
    }
  }

  id(name: string): Id {
    return this.ids[name] ?? idOf(name);
  }

  private promise(
    ...[day, name, by, line, amount, need, dueOn, more]: [string, string, Id, LineOf, string, string, string, object?]
  ) {
    const terms = {
      ...parties(by),
      ...line,
      amount,
      dueOn,
      obligation: 'means',
      requestId: this.id(need),
      ...more,
    } as const;
    this.ids[name] = this.scene.on(day).by(by).make('MakeCommitment', terms);
  }

  private gift(
    ...[day, name, by, line, amount, obligation, more]: [string, string, Id, LineOf, string, string?, object?]
  ): void {
    const fulfils = obligation === undefined ? [] : [{ obligationId: this.id(obligation), amount }];
    const gift = { ...parties(by), ...line, amount, fulfils, ...more };
    this.ids[name] = this.scene.on(day).by(by).make('DeclareContribution', gift);
  }

  private attest(...[day, name, by, amount]: [string, string, Id, string]): void {
    this.scene
      .on(day)
      .by(by)
      .make('AcknowledgeContribution', { contributionId: this.id(name), amount });
  }

  private contest(name: string): void {
    const contested = { contributionId: this.id(name), amount: '2', from: 'awaiting', ground: 'defective' } as const;
    this.scene.make('ContestContribution', contested, { explanation: sealedText });
  }
}

/** Everything goes to C, which attests; what C gives itself, A attests. */
function parties(providerId: Id) {
  return { providerId, receiverId: C, attestorId: providerId === C ? A : C };
}
