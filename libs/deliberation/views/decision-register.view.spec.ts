import { event } from '#contracts';
import type { DataOf, DecisionType, DomainEvent } from '#contracts';
import { sha256 } from '#kernel';
import type { Day, Id } from '#kernel';
import { decisionRegisterView } from './decision-register.view.js';
import { idOf, Told } from './testing.js';

const LAST: Day = '2027-12-31';
const SEALED = { __sealed: 'SealedValue' } as const;
const [ann, bob] = [idOf('ann'), idOf('bob')];
const outcome = { result: 'adopted' } as DataOf<'RoundClosed'>['outcome'];

const drafted = (name: string, decisionType: DecisionType = 'ordinary'): DomainEvent[] => [
  event('ProposalDrafted', { proposalId: idOf(name), decisionType, sponsorId: ann }, { sealed: { title: SEALED } }),
];
const versioned = (name: string, version: number): DomainEvent =>
  event(
    'ProposalVersioned',
    {
      ...{ proposalId: idOf(name), version, textHash: sha256(`text ${version}`) },
      ...{ cause: version === 1 ? 'first' : 'revised', integrates: [], requests: [], conditions: [] },
    },
    { sealed: { text: SEALED } },
  );
const opened = (name: string, round: string, roundNumber: number, version: number): DomainEvent =>
  event('RoundOpened', {
    ...{ roundId: idOf(round), proposalId: idOf(name), roundNumber, attempt: 1, version },
  } as DataOf<'RoundOpened'>);
const closed = (round: string, closing: 'complete' | 'deadline'): DomainEvent =>
  event('RoundClosed', {
    roundId: idOf(round),
    closing,
    closedAt: '2026-03-20T09:00:00.000Z',
    outcome,
  } as DataOf<'RoundClosed'>);
const adopted = (name: string, more: Partial<DataOf<'DecisionAdopted'>> = {}): DomainEvent =>
  event('DecisionAdopted', {
    ...{ decisionId: idOf(`decision ${name}`), proposalId: idOf(name), version: 1, roundId: idOf('round') },
    ...{ decisionType: 'ordinary', method: 'consent', subjectKey: idOf(`subject ${name}`), supersedes: [] },
    ...{ effectiveFrom: '2026-03-20', responsible: [bob], criteria: [] },
    ...more,
  } as DataOf<'DecisionAdopted'>);

/** A proposal asked twice, in two versions, and adopted at the second. */
function asked(): Told {
  const told = new Told()
    .on('2026-03-01')
    .tells(...drafted('paths'))
    .tells(versioned('paths', 1));
  told.on('2026-03-05').tells(opened('paths', 'first', 1, 1));
  told.on('2026-03-10').tells(closed('first', 'deadline')).tells(versioned('paths', 2));
  told.on('2026-03-12').tells(event('ProposalSponsored', { proposalId: idOf('paths'), partnerId: bob }));
  told.on('2026-03-15').tells(opened('paths', 'second', 2, 2));
  return told
    .on('2026-03-20')
    .tells(closed('second', 'complete'), adopted('paths', { version: 2, reviewOn: '2026-09-30' }));
}

type Params = Parameters<typeof decisionRegisterView.answer>[1];

/** As of a day; the live rows, told once or twice, must come out alike. */
async function shown(told: Told, trueOn: Day, params: Params = {}) {
  const answer = await told.shows(decisionRegisterView, params, trueOn);
  expect(await told.showsLive(decisionRegisterView, params, trueOn)).toEqual(answer);
  expect(await told.showsLive(decisionRegisterView, params, trueOn, 2)).toEqual(answer);
  return answer.decisions;
}

describe('the decision register', () => {
  it('shows a decision with its proposal, its dates and the rounds that led there', async () => {
    const told = asked();
    expect(await shown(told, LAST)).toEqual([
      {
        ...{ decisionId: idOf('decision paths'), decisionType: 'ordinary', method: 'consent', status: 'in-force' },
        ...{ reviewOverdue: true, adoptedOn: '2026-03-20', effectiveFrom: '2026-03-20', reviewOn: '2026-09-30' },
        ...{ expiresOn: null, enablingId: null, proposalId: idOf('paths'), sponsorId: bob, version: 2 },
        ...{ title: '0/0/title', text: '4/0/text', subjectKey: idOf('subject paths'), supersedes: [] },
        ...{ supersededBy: null, responsible: [bob], criteria: [], seq: 7, repairUntil: null, lateObjections: [] },
        links: {
          ...{ proposal: idOf('paths'), round: idOf('round'), supersedes: [], supersededBy: null },
          ...{ amends: null, amendedBy: [], renewedBy: [], revokedBy: [], reviews: [] },
          minutes: `decisions/${idOf('decision paths')}/minutes`,
        },
        rounds: [
          {
            ...{ roundId: idOf('first'), roundNumber: 1, version: 1, openedOn: '2026-03-05' },
            ...{ closedOn: '2026-03-10', closing: 'deadline', outcome, reevaluated: null },
          },
          {
            ...{ roundId: idOf('second'), roundNumber: 2, version: 2, openedOn: '2026-03-15' },
            ...{ closedOn: '2026-03-20', closing: 'complete', outcome, reevaluated: null },
          },
        ],
      },
    ]);
  });

  it('lists nothing before it is adopted', async () => {
    expect(await shown(asked(), '2026-03-19')).toEqual([]);
    expect(await shown(asked(), '2026-03-20')).toHaveLength(1);
  });

  it('stands in the order of adoption', async () => {
    const told = new Told().on('2026-03-20').tells(adopted('second')).tells(adopted('first')).tells(adopted('third'));
    const order = (await shown(told, LAST)).map(({ decisionId }) => decisionId);
    expect(order).toEqual(['second', 'first', 'third'].map((name) => idOf(`decision ${name}`)));
  });

  it('is of the sponsor at the adoption, whoever sponsors the proposal afterwards', async () => {
    const told = asked()
      .on('2026-04-01')
      .tells(event('ProposalSponsored', { proposalId: idOf('paths'), partnerId: ann }));
    expect((await shown(told, LAST))[0]?.sponsorId).toBe(bob);
  });

  it('holds decisions that had no proposal', async () => {
    const bare = { proposalId: undefined, version: undefined, roundId: undefined } as never;
    const told = new Told().on('2026-03-20').tells(adopted('bare', bare));
    expect((await shown(told, LAST))[0]).toMatchObject({
      ...{ proposalId: null, version: null, title: null, text: null, sponsorId: null, rounds: [] },
    });
  });

  it('is narrowed by status and by type', async () => {
    const told = new Told().on('2026-03-20');
    told.tells(adopted('plain'), adopted('call', { decisionType: 'resource-call' }));
    told.tells(adopted('over', { expiresOn: '2026-04-30' }));
    const names = async (params: Params) => (await shown(told, LAST, params)).map(({ decisionId }) => decisionId);
    const ids = (...of: readonly string[]): Id[] => of.map((name) => idOf(`decision ${name}`));
    expect(await names({})).toEqual(ids('plain', 'call', 'over'));
    expect(await names({ decisionType: 'resource-call' })).toEqual(ids('call'));
    expect(await names({ status: 'expired' })).toEqual(ids('over'));
    expect(await names({ status: 'in-force', decisionType: 'ordinary' })).toEqual(ids('plain'));
  });
});

describe('the status of a decision', () => {
  const on = async (told: Told, ...days: readonly Day[]) =>
    Promise.all(days.map(async (day) => (await shown(told, day))[0]?.status));

  it('follows from its dates, first and last day included, whenever the clock tells', async () => {
    const told = new Told().on('2026-03-20');
    told.tells(adopted('path', { effectiveFrom: '2026-04-01', expiresOn: '2026-04-30' }));
    const days: readonly Day[] = ['2026-03-31', '2026-04-01', '2026-04-30', '2026-05-01'];
    expect(await on(told, ...days)).toEqual(['pending', 'in-force', 'in-force', 'expired']);
    const decisionId = idOf('decision path');
    const late = (one: DomainEvent): DomainEvent => ({ ...one, dueAt: '2026-04-30T22:00:00.000Z' });
    told
      .on('2026-08-01')
      .tells(late(event('DecisionTookEffect', { decisionId })), late(event('DecisionExpired', { decisionId })));
    expect(await on(told, ...days, LAST)).toEqual(['pending', 'in-force', 'in-force', 'expired', 'expired']);
  });

  it('is superseded from the day on which another took its place, which it names', async () => {
    const told = new Told().on('2026-03-20').tells(adopted('path', { expiresOn: '2026-12-31' }));
    const names = { decisionId: idOf('decision path'), byDecisionId: idOf('decision other') };
    told.on('2026-06-01').tells(event('DecisionSuperseded', names));
    expect(await on(told, '2026-05-31', '2026-06-01', LAST)).toEqual(['in-force', 'superseded', 'superseded']);
    expect((await shown(told, '2026-05-31'))[0]?.supersededBy).toBeNull();
    expect((await shown(told, LAST))[0]?.supersededBy).toBe(idOf('decision other'));
  });

  it('is overdue for review from the day after, while it is in force', async () => {
    const told = new Told()
      .on('2026-03-20')
      .tells(adopted('path', { reviewOn: '2026-06-30', expiresOn: '2026-09-30' }));
    const overdue = async (day: Day) => (await shown(told, day))[0]?.reviewOverdue;
    expect([await overdue('2026-06-30'), await overdue('2026-07-01'), await overdue('2026-10-01')]).toEqual([
      ...[false, true, false],
    ]);
  });

  it('with conditions is in force from the day on which it took effect, not from its date', async () => {
    const conditions = [{ kind: 'goods', unit: 'kg', atLeast: '5', by: '2026-06-30' }] as const;
    const told = new Told().on('2026-03-20').tells(adopted('path', { conditions, expiresOn: '2026-04-30' }));
    expect(await on(told, '2026-03-20', '2026-05-31')).toEqual(['pending', 'pending']);
    const decisionId = idOf('decision path');
    const lapsed = new Told().on('2026-03-20').tells(adopted('path', { conditions }));
    lapsed.on('2026-07-01').tells(event('DecisionLapsed', { decisionId }));
    expect(await on(lapsed, '2026-06-30', '2026-07-01')).toEqual(['pending', 'lapsed']);
    told.on('2026-04-10').tells(event('DecisionTookEffect', { decisionId }));
    expect(await on(told, '2026-04-09', '2026-04-10', '2026-05-01')).toEqual(['pending', 'in-force', 'expired']);
  });

  it('is suspended until it is adopted again, or annulled', async () => {
    const decisionId = idOf('decision path');
    const told = new Told().on('2026-03-20').tells(adopted('path'));
    told.on('2026-04-01').tells(event('DecisionSuspended', { decisionId, cause: 'contested' }));
    told.on('2026-04-10').tells(event('DecisionResumed', { decisionId, cause: 're-adopted' }));
    told.on('2026-05-01').tells(event('DecisionSuspended', { decisionId, cause: 'ratification-refused' }));
    told.on('2026-06-01').tells(event('DecisionAnnulled', { decisionId }));
    const days: readonly Day[] = ['2026-03-31', '2026-04-01', '2026-04-10', '2026-05-01', '2026-06-01'];
    expect(await on(told, ...days)).toEqual(['in-force', 'suspended', 'in-force', 'suspended', 'annulled']);
  });

  it('is under review while a round on its review is open, and its review date is the last that was set', async () => {
    const decisionId = idOf('decision path');
    const told = new Told().on('2026-03-20').tells(adopted('path', { reviewOn: '2026-12-31' }));
    told.on('2026-03-25').tells(event('ReviewRequested', { decisionId, reviewOn: '2026-04-20' }));
    const review = { proposalId: idOf('review'), subjectKey: idOf('subject path'), supersedes: [], affected: [] };
    told
      .on('2026-04-01')
      .tells(event('ProposalSubmitted', { ...review, reviewOf: decisionId, reviewOutcome: 'renew' }));
    told.on('2026-04-02').tells(opened('review', 'r1', 1, 1));
    const renewed = { decisionId, roundId: idOf('r1'), outcome: 'renew', reviewOn: '2027-01-31' } as const;
    told.on('2026-05-02').tells(closed('r1', 'complete'), event('DecisionReviewed', renewed));
    expect(await on(told, '2026-04-01', '2026-04-02', '2026-05-01', '2026-05-02')).toEqual([
      ...['in-force', 'under-review', 'under-review', 'in-force'],
    ]);
    const dates = async (day: Day) => {
      const [decision] = await shown(told, day);
      return [decision?.reviewOn, decision?.reviewOverdue];
    };
    expect(await dates('2026-03-24')).toEqual(['2026-12-31', false]);
    expect(await dates('2026-04-21')).toEqual(['2026-04-20', true]);
    expect(await dates('2026-05-02')).toEqual(['2027-01-31', false]);
    told.on('2026-06-01').tells(event('DecisionRevoked', { decisionId }));
    expect(await on(told, '2026-06-01')).toEqual(['revoked']);
  });

  it('of a round that is still open on that day is open', async () => {
    const told = asked()
      .on('2026-04-01')
      .tells(opened('paths', 'third', 3, 2));
    expect((await shown(told, '2026-04-01'))[0]?.rounds[2]).toMatchObject({
      closedOn: null,
      closing: null,
      ...{ outcome: null, reevaluated: null },
    });
    const known = { cause: 'contested', positionId: idOf('x'), outcome, evaluatorVersion: 1, inputHash: '' } as const;
    const again = new Told()
      .on('2026-03-20')
      .tells(adopted('paths'), opened('paths', 'r', 1, 1), closed('r', 'complete'));
    again.on('2026-03-25').tells(event('RoundReevaluated', { roundId: idOf('r'), ...known }));
    expect((await shown(again, '2026-03-24'))[0]?.rounds[0]?.reevaluated).toBeNull();
    expect((await shown(again, '2026-03-25'))[0]?.rounds[0]?.reevaluated).toEqual(outcome);
    told.on('2026-04-10').tells(closed('third', 'deadline'));
    expect((await shown(told, '2026-04-09'))[0]?.rounds[2]?.closedOn).toBeNull();
    expect((await shown(told, LAST))[0]?.rounds[2]?.closedOn).toBe('2026-04-10');
  });
});
