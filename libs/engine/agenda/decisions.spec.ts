import { addHours } from '#kernel';
import type { Id } from '#kernel';
import { waitingFor } from '../testing/agenda-of.js';
import { only, PlayedAlliance } from '../testing/played-alliance.js';

const mandateOf = (played: PlayedAlliance, place: number) => played.mandates[place] ?? '';

async function alliance(charter: object = {}): Promise<PlayedAlliance> {
  const played = await PlayedAlliance.governed(4, charter);
  played.now = '2026-03-04T09:00:00.000Z';
  return played;
}

/** A decision of the first partner's proposal, adopted on the fourteenth of March; the partners given are responsible. */
async function decided(played: PlayedAlliance, more: object = {}, responsible: readonly number[] = []): Promise<Id> {
  const proposalId = await played.proposes(more);
  for (const place of responsible)
    await played.accepts('AcceptResponsibility', { proposalId }, mandateOf(played, place));
  const closesAt = addHours(played.now, 240);
  const opened = await played.accepts('OpenRound', { proposalId, closesAt }, played.facilitator);
  const { roundId } = only(opened, 'RoundOpened');
  for (const place of [0, 1, 2, 3])
    await played.accepts('TakePosition', { roundId, value: 'agree' }, mandateOf(played, place));
  played.now = '2026-03-20T09:00:00.000Z';
  played.tick();
  return played.state.deliberation.proposals.get(proposalId)?.decisionId as Id;
}

const all = (played: PlayedAlliance, day: string) =>
  Promise.all([0, 1, 2, 3].map((place) => waitingFor(played, place, day)));

describe('the review of a decision', () => {
  it('waits for those responsible and for the sponsor, overdue too', async () => {
    const played = await alliance();
    await decided(played, {}, [2]);
    const due = ['review-decision 2026-12-01'];
    expect(await all(played, '2026-10-31')).toEqual([[], [], [], []]);
    expect(await all(played, '2026-11-01')).toEqual([due, [], due, []]);
    expect(await all(played, '2027-01-15')).toEqual([due, [], due, []]);
  });

  it('waits for everybody when nobody that carries it is left', async () => {
    const played = await alliance();
    await decided(played);
    await played.accepts('WithdrawPartner', { partnerId: played.partners[0] }, mandateOf(played, 0));
    const due = ['review-decision 2026-12-01'];
    expect((await all(played, '2027-01-15')).slice(1)).toEqual([due, due, due]);
  });
});

describe('the last day of a decision', () => {
  it('is named from 30 days before on, to those who carry it', async () => {
    const played = await alliance();
    await decided(played, { expiresOn: '2026-09-30' }, [2]);
    const due = ['decision-expires 2026-09-30'];
    expect(await all(played, '2026-09-30')).toEqual([due, [], due, []]);
    expect(await all(played, '2026-10-01')).toEqual([[], [], [], []]);
  });
});

describe('a condition precedent', () => {
  it('waits for those who carry the decision until its last day', async () => {
    const played = await alliance();
    const conditions = [{ kind: 'goods', unit: 'kg', atLeast: '5', by: '2026-06-30' }];
    const requests = [{ partnerIds: [played.partners[3]], kind: 'goods', unit: 'kg', amount: '5' }];
    await decided(played, { conditions, requests }, [2]);
    const due = ['meet-condition 2026-06-30'];
    expect(await all(played, '2026-06-30')).toEqual([due, [], due, ['answer-request']]);
    expect((await all(played, '2026-07-01')).slice(0, 3)).toEqual([[], [], []]);
  });
});

describe('a suspended decision', () => {
  const suspended = async () => {
    const played = await alliance({ repairDays: 20 });
    const roundId = await played.asks([0, 1, 2]);
    const asks = { roundId, value: 'agree', adReferendum: true, ratifyBy: '2026-04-10' };
    const taken = await played.accepts('TakePosition', asks, mandateOf(played, 3));
    played.now = '2026-03-20T09:00:00.000Z';
    played.tick();
    const { positionId } = only(taken, 'PositionTaken');
    await played.accepts('RefusePositionRatification', { positionId }, mandateOf(played, 3));
    return played;
  };

  it('waits for its sponsor until repairDays are over', async () => {
    const played = await suspended();
    const due = [`repair-decision ${addHours(played.now, 20 * 24)}`];
    expect(await all(played, '2026-04-09')).toEqual([due, [], [], []]);
    expect(await all(played, '2026-04-10')).toEqual([[], [], [], []]);
  });

  it('waits for everybody when its sponsor left: whoever sponsors the proposal repairs it', async () => {
    const played = await suspended();
    const until = addHours(played.now, 20 * 24);
    await played.accepts('WithdrawPartner', { partnerId: played.partners[0] }, mandateOf(played, 0));
    expect((await all(played, '2026-03-20')).slice(1)).toEqual([1, 2, 3].map(() => [`repair-decision ${until}`]));
  });
});

describe('a delegation', () => {
  it('is named to its delegates from 30 days before its last day on', async () => {
    const played = await alliance();
    const delegates = [played.partners[1], played.partners[2]];
    const proposalId = await played.proposes();
    const { subjectKey } = played.state.deliberation.proposals.get(proposalId)?.submission ?? { subjectKey: '' };
    const delegation = { delegates, subjects: [subjectKey], ceilings: [], validUntil: '2026-07-31' };
    const as = mandateOf(played, 0);
    const draft = { decisionType: 'delegation', title: 'Déléguer', driver: 'Aller vite' };
    const drafted = only(await played.accepts('DraftProposal', draft, as), 'ProposalDrafted');
    const submitted = { proposalId: drafted.proposalId, text: 'Un texte', reviewOn: '2026-12-01', delegation };
    await played.accepts('SubmitProposal', submitted, as);
    const closesAt = addHours(played.now, 240);
    const opening = { proposalId: drafted.proposalId, closesAt };
    const { roundId } = only(await played.accepts('OpenRound', opening, played.facilitator), 'RoundOpened');
    for (const place of [0, 1, 2, 3])
      await played.accepts('TakePosition', { roundId, value: 'agree' }, mandateOf(played, place));
    played.now = '2026-03-20T09:00:00.000Z';
    played.tick();
    const due = ['delegation-ends 2026-07-31'];
    expect(await all(played, '2026-06-30')).toEqual([[], [], [], []]);
    expect(await all(played, '2026-07-31')).toEqual([[], due, due, []]);
    expect(await all(played, '2026-08-01')).toEqual([[], [], [], []]);
  });
});
