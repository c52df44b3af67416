import { event } from '#contracts';
import type { DataOf, DomainEvent } from '#contracts';
import { sha256 } from '#kernel';
import type { Day, Id, Instant } from '#kernel';
import { charterWith } from '../domain/testing-charter.js';
import { decisionRegisterView } from './decision-register.view.js';
import { reviewCalendarView } from './review-calendar.view.js';
import { idOf, Told } from './testing.js';

const LAST: Day = '2027-12-31';

const adopted = (name: string, more: Partial<DataOf<'DecisionAdopted'>> = {}): DomainEvent =>
  event('DecisionAdopted', {
    ...{ decisionId: idOf(name), proposalId: idOf(`proposal ${name}`), version: 1, roundId: idOf(`round ${name}`) },
    ...{ decisionType: 'ordinary', method: 'consent', subjectKey: idOf('subject'), supersedes: [] },
    ...{ effectiveFrom: '2026-03-20', responsible: [], criteria: [], conditions: [] },
    ...more,
  } as unknown as DataOf<'DecisionAdopted'>);
const at = (dueAt: Instant, one: DomainEvent): DomainEvent => ({ ...one, dueAt });
const reviewing = (name: string, reviewOutcome: 'amend' | 'renew' | 'revoke'): DomainEvent =>
  event('ProposalSubmitted', {
    ...{ proposalId: idOf(`proposal ${name}`), subjectKey: idOf('subject'), supersedes: [], affected: [] },
    ...{ reviewOf: idOf('first'), reviewOutcome },
  });

/** The same as of a day, from the live rows, and from rows told twice. */
async function registered(told: Told, trueOn: Day = LAST) {
  const { decisions } = await told.shows(decisionRegisterView, {}, trueOn);
  expect((await told.showsLive(decisionRegisterView, {}, trueOn, 2)).decisions).toEqual(decisions);
  return decisions;
}
const orderOf = async (told: Told): Promise<Id[]> => (await registered(told)).map(({ decisionId }) => decisionId);

describe('the order of decisions', () => {
  it('is that in which they were adopted, also within one late entry', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const order of [names, names.toReversed()]) {
      const late = order.map((name, place) => at(`2026-03-0${String(place + 1)}T00:00:00.000Z`, adopted(name)));
      expect(await orderOf(new Told().on('2026-03-20').tells(...late))).toEqual(order.map((name) => idOf(name)));
    }
  });

  it('of one instant is that of the ledger', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const told = new Told().on('2026-03-20').tells(...names.map((name) => adopted(name)));
    expect(await orderOf(told)).toEqual(names.map((name) => idOf(name)));
  });
});

describe('the links of a decision', () => {
  it('name its proposal, its round and its minutes', async () => {
    const [first] = await registered(new Told().on('2026-03-20').tells(adopted('first')));
    expect(first?.links).toEqual({
      ...{ proposal: idOf('proposal first'), round: idOf('round first'), supersedes: [], supersededBy: null },
      ...{ amends: null, amendedBy: [], renewedBy: [], revokedBy: [], reviews: [] },
      minutes: `decisions/${idOf('first')}/minutes`,
    });
  });

  it('name the decision that amends it, on both sides, from its adoption on', async () => {
    const told = new Told().on('2026-03-20').tells(adopted('first')).on('2026-04-01').tells(reviewing('next', 'amend'));
    told.on('2026-04-20').tells(adopted('next', { supersedes: [idOf('first')] }));
    const [first, next] = await registered(told);
    expect(first?.links).toMatchObject({ amendedBy: [idOf('next')], reviews: [idOf('proposal next')] });
    expect(next?.links).toMatchObject({ amends: idOf('first'), supersedes: [idOf('first')] });
    expect((await registered(told, '2026-04-19'))[0]?.links).toMatchObject({
      ...{ amendedBy: [], reviews: [idOf('proposal next')] },
    });
    expect((await registered(told, '2026-03-31'))[0]?.links.reviews).toEqual([]);
  });

  it('name the proposals that renewed and revoked it, and not those that were not adopted', async () => {
    const told = new Told().on('2026-03-20').tells(adopted('first'));
    for (const [name, outcome] of [
      ['kept', 'none'],
      ['again', 'renew'],
      ['ended', 'revoke'],
    ] as const) {
      const opened = { roundId: idOf(`round ${name}`), proposalId: idOf(`proposal ${name}`) } as DataOf<'RoundOpened'>;
      const reviewed = { decisionId: idOf('first'), roundId: idOf(`round ${name}`), outcome };
      told
        .on('2026-04-01')
        .tells(reviewing(name, outcome === 'revoke' ? 'revoke' : 'renew'), event('RoundOpened', opened))
        .tells(event('DecisionReviewed', reviewed));
    }
    const [first] = await registered(told);
    expect(first?.links).toMatchObject({
      ...{ renewedBy: [idOf('proposal again')], revokedBy: [idOf('proposal ended')] },
      reviews: ['kept', 'again', 'ended'].map((name) => idOf(`proposal ${name}`)),
    });
  });
});

describe('the repair of a suspended decision', () => {
  const suspended = () => {
    const drafted = (name: string, repairDays: number): DomainEvent =>
      event('CharterDrafted', {
        ...{ charterVersion: 1, charterHash: sha256(name), charter: charterWith({ repairDays }) },
      });
    const inForce = (name: string): DomainEvent =>
      event('CharterAdopted', { charterVersion: 1, charterHash: sha256(name) });
    return new Told()
      .on('2026-03-01')
      .tells(drafted('zero', 5), drafted('one', 10), drafted('two', 40))
      .tells(inForce('zero'))
      .tells(inForce('one'))
      .tells(adopted('first'))
      .on('2026-04-01')
      .tells(event('DecisionSuspended', { decisionId: idOf('first'), cause: 'contested' }))
      .on('2026-04-02')
      .tells(inForce('two'));
  };
  const repairs = async (told: Told, trueOn: Day) => {
    const { items } = await told.shows(reviewCalendarView, {}, trueOn);
    return items.filter(({ what }) => what === 'repair').map(({ day, overdue }) => [day, overdue]);
  };

  it('ends after the repairDays of the charter in force when it was suspended, in the register and the calendar', async () => {
    expect((await registered(suspended(), '2026-04-05'))[0]?.repairUntil).toBe('2026-04-10T23:00:00.000Z');
    expect(await repairs(suspended(), '2026-03-31')).toEqual([]);
    expect(await repairs(suspended(), '2026-04-05')).toEqual([['2026-04-11', false]]);
    expect(await repairs(suspended(), '2026-04-12')).toEqual([['2026-04-11', true]]);
  });

  it('is over when the decision is annulled, or adopted again', async () => {
    const decisionId = idOf('first');
    const annulled = suspended().on('2026-04-11').tells(event('DecisionAnnulled', { decisionId }));
    expect(await repairs(annulled, '2026-04-12')).toEqual([]);
    const again = suspended()
      .on('2026-04-08')
      .tells(event('DecisionResumed', { decisionId, cause: 're-adopted' }));
    expect((await registered(again, '2026-04-09'))[0]?.repairUntil).toBeNull();
  });
});
