import { event } from '#contracts';
import type { DataOf } from '#contracts';
import { AgendaLedger, ann, bob, id, voiceOf } from './testing/agenda-ledger.js';

const offered = (guaranteeId: string, more: Partial<DataOf<'GuaranteeOffered'>> = {}) =>
  event('GuaranteeOffered', {
    ...{
      guaranteeId: id(guaranteeId),
      obligorId: ann,
      debtorId: bob,
      currency: 'EUR',
      principal: '16000',
      cap: '8000',
    },
    ...{ share: { num: 1, den: 2 }, termOn: '2027-12-31', adReferendum: true, ratifyBy: '2026-04-30', ...more },
  });

describe('a guarantee offered ad referendum', () => {
  const ledger = () => new AgendaLedger().governed().on('2026-04-01').by(voiceOf(ann), offered('guarantee'));

  it("waits for its obligor's ratification up to the last day for it, and for nobody else", async () => {
    const one = ledger();
    expect(await one.awaits(ann, '2026-03-31')).toEqual([]);
    expect(await one.awaits(ann)).toEqual(['ratify-guarantee 2026-04-30']);
    expect(await one.awaits(ann, '2026-04-30')).toEqual(['ratify-guarantee 2026-04-30']);
    expect(await one.awaits(ann, '2026-05-01')).toEqual([]);
    expect(await one.awaits(bob)).toEqual([]);
  });

  it.each([
    event('GuaranteeRatified', { guaranteeId: id('guarantee'), ratifiedOn: '2026-04-02' }),
    event('GuaranteeRatificationRefused', { guaranteeId: id('guarantee'), cause: 'body' }),
  ])('waits no more once it is answered: $type', async (answer) => {
    const one = ledger().on('2026-04-02').by(voiceOf(ann), answer);
    expect(await one.awaits(ann, '2026-04-02')).toEqual([]);
    expect(await one.awaits(ann, '2026-04-01')).toEqual(['ratify-guarantee 2026-04-30']);
  });

  it('alone waits: one that binds at once is never to be ratified', async () => {
    const { ratifyBy: _by, ...bound } = offered('bound', { adReferendum: false }).data;
    const one = new AgendaLedger().governed().on('2026-04-01').by(voiceOf(ann), event('GuaranteeOffered', bound));
    expect(await one.awaits(ann)).toEqual([]);
  });
});

describe('a commitment made ad referendum', () => {
  const made = event('CommitmentMade', {
    ...{ commitmentId: id('commitment'), providerId: ann, attestorId: bob, kind: 'goods', unit: 'piece', amount: '3' },
    ...{ dueOn: '2026-12-31', obligation: 'means', adReferendum: true, ratifyBy: '2026-04-30' },
  });

  it("waits for its provider's ratification up to the last day for it, and no more once ratified", async () => {
    const one = new AgendaLedger().governed().on('2026-04-01').by(voiceOf(ann), made);
    expect(await one.awaits(ann)).toEqual(['ratify-commitment 2026-04-30']);
    expect(await one.awaits(ann, '2026-05-01')).toEqual([]);
    expect(await one.awaits(bob)).toEqual([]);
    const ratified = event('CommitmentRatified', { commitmentId: id('commitment'), ratifiedOn: '2026-04-02' });
    one.on('2026-04-02').by(voiceOf(ann), ratified);
    expect(await one.awaits(ann, '2026-04-02')).toEqual([]);
  });
});
