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

/**
 * The worked example of part 2, 2.7, without its pledges, guarantee and values: K4 is made without ratification, and
 * X6, which fulfilled a call on the guarantee, fulfils nothing.
 */
export class WorkedExample {
  readonly scene: Scene = given();
  readonly ids: Record<string, Id> = {};

  constructor() {
    const register = { registerScheme: 'none', kind: 'company', founding: true } as const;
    for (const partnerId of [A, B, C, D]) this.scene.given(event('PartnerAdmitted', { partnerId, ...register }));
    this.needs();
    this.promises();
    this.winter();
    this.spring();
    this.june();
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
    this.promise('2026-01-20', 'K1', D, EUR, '5000', 'N1', '2026-03-31');
    this.promise('2026-01-22', 'K2', B, SKILLS, '80', 'N4', '2026-06-30');
    this.promise('2026-01-25', 'K3', A, PREMISES, '60', 'N3', '2026-06-30');
    this.promise('2026-01-25', 'K4', A, EUR, '2000', 'N1', '2026-05-31');
    this.promise('2026-01-30', 'K5', C, TIME, '240', 'N2', '2026-06-30');
    this.promise('2026-02-05', 'K6', B, GOODS, '12', 'N5', '2026-02-28');
  }

  private winter(): void {
    this.gift('2026-02-10', 'X1', B, GOODS, '12', 'K6');
    this.attest('2026-02-12', 'X1', C, '10');
    this.contest('X1');
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
    const contributionId = this.id('X3');
    const correction = { contributionId, corrects: contributionId, delta: '-10', cause: 'recount' } as const;
    this.scene.on('2026-04-20').by(C).make('CorrectContribution', correction);
    const release = { commitmentId: this.id('K3'), amount: '15', reason: 'agreement' } as const;
    this.scene.on('2026-05-20').by(C).make('ReleaseCommitment', release);
    this.gift('2026-05-28', 'X8', A, EUR, '1500', 'K4');
    this.attest('2026-05-29', 'X8', C, '1500');
  }

  private june(): void {
    this.gift('2026-06-25', 'X6', D, EUR, '2000');
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

  id(name: string): Id {
    return this.ids[name] ?? idOf(name);
  }

  private promise(...[day, name, by, line, amount, need, dueOn]: [string, string, Id, LineOf, string, string, string]) {
    const terms = { ...parties(by), ...line, amount, dueOn, obligation: 'means', requestId: this.id(need) } as const;
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
