import { addHours, hashedId } from '#kernel';
import type { Instant } from '#kernel';
import { waitingFor } from '../testing/agenda-of.js';
import { only, PlayedAlliance } from '../testing/played-alliance.js';

const objection = {
  value: 'object',
  reason: 'Trop tôt',
  objection: { kind: 'harms-aim', touches: { sort: 'aim' }, reason: 'Trop tôt' },
};
const mandateOf = (played: PlayedAlliance, place: number) => played.mandates[place] ?? '';

async function alliance(charter: object = {}): Promise<PlayedAlliance> {
  const played = await PlayedAlliance.governed(4, charter);
  played.now = '2026-03-04T09:00:00.000Z';
  return played;
}

/** The round of a proposal of the first partner came back, with an objection of the second that qualified. */
async function returned(until: Instant) {
  const played = await alliance({ integrationDays: 10 });
  const roundId = await played.asks([0, 2, 3]);
  const taken = await played.accepts('TakePosition', { roundId, ...objection }, mandateOf(played, 1));
  played.now = until;
  played.tick();
  const { proposalId } = played.state.deliberation.rounds.get(roundId) ?? { proposalId: '' };
  return { played, proposalId, objectionId: only(taken, 'ObjectionRaised').objectionId };
}

describe('a proposal without sponsor', () => {
  it('of a citizen may be sponsored by any partner, without end', async () => {
    const played = await alliance({ register: 'public' });
    const citizen = { kind: 'citizen', person: hashedId('p', 'voisine') } as const;
    const draft = { decisionType: 'ordinary', title: 'Un banc', driver: 'On ne peut pas s’asseoir' };
    const { proposalId } = only(await played.accepts('DraftProposal', draft, citizen), 'ProposalDrafted');
    expect(await waitingFor(played, 2)).toEqual(['sponsor-proposal']);
    await played.accepts('SponsorProposal', { proposalId }, mandateOf(played, 2));
    expect([await waitingFor(played, 2), await waitingFor(played, 3)]).toEqual([[], []]);
  });

  it('whose sponsor recused itself may be sponsored by the others for 72 h', async () => {
    const played = await alliance();
    const roundId = await played.asks([1, 2, 3]);
    await played.accepts('RecusePartner', { roundId }, mandateOf(played, 0));
    expect(await waitingFor(played, 2)).toEqual([`sponsor-proposal ${addHours(played.now, 72)}`]);
    expect(await waitingFor(played, 0)).toEqual([]);
    expect(await waitingFor(played, 2, '2026-03-08')).toEqual([]);
  });

  it('whose sponsor left the alliance in mid-round has 72 h, out of a round no end', async () => {
    const played = await alliance();
    await played.asks([1, 2, 3]);
    const idle = await played.proposes();
    await played.accepts('WithdrawPartner', { partnerId: played.partners[0] }, mandateOf(played, 0));
    const until = addHours(played.now, 72);
    expect(await waitingFor(played, 3)).toEqual([`sponsor-proposal ${until}`, 'sponsor-proposal']);
    await played.accepts('SponsorProposal', { proposalId: idle }, mandateOf(played, 1));
    expect(await waitingFor(played, 3)).toEqual([`sponsor-proposal ${until}`]);
    played.now = addHours(played.now, 73);
    played.tick();
    expect(await waitingFor(played, 3)).toEqual([]);
  });
});

describe('an objection that qualified', () => {
  it('waits for the sponsor to integrate it until integrationDays are over', async () => {
    const { played, proposalId, objectionId } = await returned('2026-03-08T09:00:00.000Z');
    expect(await waitingFor(played, 0)).toEqual(['integrate-objection 2026-03-16T09:00:00.000Z']);
    expect([await waitingFor(played, 1), await waitingFor(played, 0, '2026-03-17')]).toEqual([[], []]);
    const revised = { proposalId, text: 'Un autre texte', integrates: [objectionId] };
    await played.accepts('ReviseProposal', revised, mandateOf(played, 0));
    expect(await waitingFor(played, 0)).toEqual(['confirm-resolution']);
  });

  it('and was abandoned may be brought back by its objector for 72 h', async () => {
    const { played, objectionId } = await returned('2026-03-20T09:00:00.000Z');
    const abandoned = { objectionId, invitedOn: '2026-03-15', reason: 'Sans réponse' };
    await played.accepts('AbandonObjection', abandoned, played.facilitator);
    expect(await waitingFor(played, 1)).toEqual([`contest-abandonment ${addHours(played.now, 72)}`]);
    await played.accepts('ContestAbandonment', { objectionId }, mandateOf(played, 1));
    expect(await waitingFor(played, 1)).toEqual([]);
  });
});

describe('advice', () => {
  it('may be asked for by whoever was not asked, before the last window ends', async () => {
    const played = await alliance();
    const as = mandateOf(played, 0);
    const draft = { decisionType: 'own-domain', title: 'Nos horaires', driver: 'L’hiver' };
    const { proposalId } = only(await played.accepts('DraftProposal', draft, as), 'ProposalDrafted');
    await played.accepts('SubmitProposal', { proposalId, text: 'Un texte' }, as);
    const asked = { proposalId, because: 'knowledge', partnerId: played.partners[1] };
    const { windowEnds } = only(await played.accepts('RequestAdvice', asked, as), 'AdviceRequested');
    expect(await waitingFor(played, 1)).toEqual([`give-advice ${windowEnds}`]);
    expect(await waitingFor(played, 2)).toEqual([`ask-to-advise ${windowEnds}`]);
    expect(await waitingFor(played, 0)).toEqual([]);
    expect(await waitingFor(played, 2, '2026-03-10')).toEqual([]);
  });
});

describe('a round that would be adopted since an objection told on behalf was contested', () => {
  it('may be asked again by its sponsor within repairDays', async () => {
    const played = await alliance();
    const roundId = await played.asks([0, 2, 3]);
    const said = {
      ...{ roundId, partnerId: played.partners[1], ...objection, speakerMandateId: mandateOf(played, 1).slice(8) },
      ...{ statedAt: played.now, means: 'phone', evidenceHash: `${'A'.repeat(43)}=` },
    };
    await played.accepts('TakePosition', { roundId, value: 'agree' }, mandateOf(played, 1));
    played.now = addHours(played.now, 1);
    const told = await played.accepts('RecordPositionOnBehalf', { ...said, statedAt: played.now }, played.facilitator);
    played.now = '2026-03-20T09:00:00.000Z';
    played.tick();
    const { positionId } = only(told, 'PositionRecordedOnBehalf');
    await played.accepts('ContestPosition', { positionId, reason: 'Jamais dit' }, mandateOf(played, 1));
    expect(await waitingFor(played, 0)).toEqual([`ask-again ${addHours(played.now, 30 * 24)}`]);
    expect([await waitingFor(played, 1), await waitingFor(played, 0, '2026-04-20')]).toEqual([[], []]);
  });
});
