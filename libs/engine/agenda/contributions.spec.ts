import { event } from '#contracts';
import type { DomainEvent } from '#contracts';
import type { Day } from '#kernel';
import { AgendaLedger, ann, bob, cleo, id } from '../testing/agenda-ledger.js';

const line = { kind: 'goods', unit: 'piece' } as const;
const ledger = () => new AgendaLedger().governed().on('2026-03-02');
const requested = (partnerIds: readonly (typeof ann)[], neededBy?: Day): DomainEvent =>
  event('ResourceRequested', { requestId: id('need'), ...line, amount: '10', partnerIds, neededBy });
const pledged = (validUntil?: Day): DomainEvent =>
  event('PledgeMade', {
    ...{ pledgeId: id('pledge'), requestId: id('need'), providerId: ann },
    ...line,
    amount: '4',
    validUntil,
  });

describe('a need', () => {
  it('waits for those that it names until they answer, or its day is over', async () => {
    const one = ledger().holds(requested([ann], '2026-06-30'));
    expect([await one.awaits(ann), await one.awaits(bob)]).toEqual([['answer-request 2026-06-30'], []]);
    expect([await one.awaits(ann, '2026-06-30'), await one.awaits(ann, '2026-07-01')]).toEqual([
      ['answer-request 2026-06-30'],
      [],
    ]);
    expect(await one.holds(pledged()).awaits(ann)).toEqual([]);
  });

  it('that names nobody waits for all when it has a day, and for nobody else', async () => {
    expect(await ledger().holds(requested([])).awaits(bob)).toEqual([]);
    const dayed = ledger().holds(requested([], '2026-06-30'));
    expect(await dayed.awaits(bob)).toEqual(['answer-request 2026-06-30']);
    dayed.holds(event('ResourceRequestClosed', { requestId: id('need'), cause: 'cancelled' }));
    expect(await dayed.awaits(bob)).toEqual([]);
  });
});

describe('a pledge', () => {
  it('is named from 30 days before its last day on, as long as it stands', async () => {
    const one = ledger().holds(pledged('2026-06-30'));
    expect(await one.awaits(ann, '2026-05-30')).toEqual([]);
    expect(await one.awaits(ann, '2026-05-31')).toEqual(['pledge-lapses 2026-06-30']);
    expect(await one.awaits(bob, '2026-05-31')).toEqual([]);
    expect(await one.awaits(ann, '2026-07-01')).toEqual([]);
    one.holds(event('PledgeWithdrawn', { pledgeId: id('pledge') }));
    expect(await one.awaits(ann, '2026-05-31')).toEqual([]);
  });
});

describe('a guarantee', () => {
  const offered = (more: object) =>
    ledger().holds(
      event('GuaranteeOffered', {
        ...{
          guaranteeId: id('guarantee'),
          obligorId: ann,
          debtorId: bob,
          currency: 'EUR',
          principal: '100',
          cap: '50',
        },
        ...{ share: { num: 1, den: 2 }, termOn: '2026-12-31', adReferendum: false },
        ...more,
      }),
    );

  it('ad referendum waits for its obligor to ratify it', async () => {
    const one = offered({ adReferendum: true, ratifyBy: '2026-04-30' });
    expect([await one.awaits(ann), await one.awaits(bob)]).toEqual([['ratify-guarantee 2026-04-30'], []]);
    one.holds(event('GuaranteeRatified', { guaranteeId: id('guarantee'), ratifiedOn: '2026-03-02' }));
    expect(await one.awaits(ann)).toEqual([]);
  });

  it('in force is named from 30 days before its term on to who can call it: the creditor, else the debtor', async () => {
    const entered = event('GuaranteeEnteredIntoForce', { guaranteeId: id('guarantee') });
    const outside = offered({}).holds(entered);
    expect(await outside.awaits(bob, '2026-11-30')).toEqual([]);
    expect(await outside.awaits(bob, '2026-12-01')).toEqual(['guarantee-ends 2026-12-31']);
    expect(await outside.awaits(bob, '2027-01-01')).toEqual([]);
    const within = offered({ creditorId: cleo }).holds(entered);
    expect([await within.awaits(bob, '2026-12-01'), await within.awaits(cleo, '2026-12-01')]).toEqual([
      [],
      ['guarantee-ends 2026-12-31'],
    ]);
  });
});

describe('a commitment ad referendum', () => {
  it('waits for its provider to ratify it, to its last day', async () => {
    const one = ledger().holds(
      event('CommitmentMade', {
        ...{ commitmentId: id('promise'), ...line, amount: '10', providerId: ann, receiverId: cleo, attestorId: cleo },
        ...{ obligation: 'result', dueOn: '2026-12-31', adReferendum: true, ratifyBy: '2026-04-30' },
      }),
    );
    expect(await one.awaits(ann, '2026-04-30')).toEqual(['ratify-commitment 2026-04-30']);
    expect(await one.awaits(ann, '2026-05-01')).toEqual([]);
  });
});
