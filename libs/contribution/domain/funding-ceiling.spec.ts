import { B, C, given, idOf } from '../testing/scene.js';
import { event } from '#contracts';
import { fundingCeiling } from './funding-ceiling.js';

const decisionId = idOf('decision');
const goods = { kind: 'goods', unit: 'piece', amount: '10', providerId: B, receiverId: C, attestorId: C } as const;

/** A gift worth 600.00 that answers a need of a decision, and one worth 50.00 that answers none. */
function valued() {
  const scene = given().on('2026-06-01');
  const requestId = idOf('need');
  scene.given(
    event('ResourceRequested', { requestId, decisionId, kind: 'goods', unit: 'piece', amount: '9', partnerIds: [] }),
  );
  const terms = { ...goods, requestId, obligation: 'means', dueOn: '2026-06-30' } as const;
  const obligationId = scene.by(B).make('MakeCommitment', terms);
  const gifts = [
    [{ ...goods, fulfils: [{ obligationId, amount: '10' }] }, '600'],
    [goods, '50'],
  ] as const;
  for (const [gift, value] of gifts) {
    const contributionId = scene.by(B).make('DeclareContribution', gift);
    scene.by(C).make('AcknowledgeContribution', { contributionId, amount: '10' });
    const money = { contributionId, amount: '10', currency: 'EUR', value, bookedById: C } as const;
    scene.make('ValueContribution', { ...money, basis: 'cvn', method: 'grid' });
  }
  return scene;
}

describe('the ceiling of public funding (part 2, 2.5)', () => {
  it.each([
    ['3000', { valued: '0', ceiling: '2400', support: '2400' }],
    ['3000', { valued: '600', ceiling: '2880', support: '2880' }],
    ['1000', { valued: '600', ceiling: '1280', support: '1000' }],
  ])('of a cost of %s is %j', (cost, answer) => {
    const facts = answer.valued === '0' ? given().facts : valued().facts;
    expect(fundingCeiling(facts, { cost, decisionId }, '2026-06-30')).toMatchObject(answer);
  });

  it('counts every value without a decision, and none of another one', () => {
    const { facts } = valued();
    const of = (more: object) => fundingCeiling(facts, { cost: '0', ...more }, '2026-06-30').valued;
    expect([of({}), of({ decisionId: idOf('other') }), of({ currency: 'XPF' })]).toEqual(['650', '0', '0']);
  });

  it('is rounded down to the minor unit', () => {
    const of = (cost: string, more: object) => fundingCeiling(given().facts, { cost, ...more }, '2026-06-30').ceiling;
    expect([of('0.02', {}), of('100', { num: 1, den: 3 }), of('100', { num: 1, den: 3, currency: 'XPF' })]).toEqual([
      '0.01',
      '33.33',
      '33',
    ]);
  });

  it('leaves out a value that is stale', () => {
    const scene = valued();
    const [first] = scene.facts.contributions;
    if (!first) throw new Error('no contribution');
    const contested = {
      contributionId: first.contributionId,
      amount: '1',
      from: 'acknowledged',
      ground: 'defective',
    } as const;
    scene.by(C).make('ContestContribution', contested, { explanation: { __sealed: 'SealedValue' } });
    expect(fundingCeiling(scene.facts, { cost: '3000', decisionId }, '2026-06-30').valued).toBe('0');
  });
});
