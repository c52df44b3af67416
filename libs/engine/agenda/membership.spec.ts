import { waitingFor } from '../testing/agenda-of.js';
import { only, PlayedAlliance } from '../testing/played-alliance.js';

describe('an invitation', () => {
  it('is named with the last day on which the partner can be admitted on it', async () => {
    const played = await PlayedAlliance.governed();
    const invited = { kind: 'association', registerScheme: 'none', legalName: 'Un quatrième' };
    played.partners.push(
      only(await played.accepts('InvitePartner', invited, played.facilitator), 'PartnerInvited').partnerId,
    );
    expect(await waitingFor(played, 3)).toEqual(['invitation-lapses 2026-05-31']);
    played.now = '2026-06-01T09:00:00.000Z';
    played.tick();
    expect(await waitingFor(played, 3)).toEqual([]);
  });
});

describe('the last facilitator', () => {
  it('is named to every partner from 30 days before the end of the term on', async () => {
    const played = await PlayedAlliance.governed();
    expect(await waitingFor(played, 1, '2027-01-29')).toEqual([]);
    expect(await waitingFor(played, 1, '2027-01-30')).toEqual(['facilitator-ends 2027-03-01']);
    expect(await waitingFor(played, 2, '2027-03-01')).toEqual(['facilitator-ends 2027-03-01']);
    expect(await waitingFor(played, 2, '2027-03-02')).toEqual([]);
  });
});
