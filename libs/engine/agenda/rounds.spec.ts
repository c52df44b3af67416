import { addHours } from '#kernel';
import type { Id } from '#kernel';
import { waitingFor } from '../testing/agenda-of.js';
import { only, PlayedAlliance } from '../testing/played-alliance.js';

const object = (kind: string, reason?: string) => ({
  value: 'object',
  ...(reason === undefined ? {} : { reason }),
  objection: { kind, touches: { sort: 'aim' }, ...(reason === undefined ? {} : { reason }) },
});

/** Four partners; a proposal of the first is asked on the fourth of March at nine, for ten days. */
async function asking(charter: object = {}) {
  const played = await PlayedAlliance.governed(4, charter);
  played.now = '2026-03-04T09:00:00.000Z';
  const roundId = await played.asks([]);
  const mandate = (place: number) => played.mandates[place] ?? '';
  const takes = (place: number, position: object) =>
    played.accepts('TakePosition', { roundId, ...position }, mandate(place));
  return { played, roundId, mandate, takes, waits: (place: number) => waitingFor(played, place) };
}

describe('a proxy', () => {
  it('asks its holder for the position of the giver, and the giver too until it is taken', async () => {
    const { played, roundId, mandate, takes, waits } = await asking();
    await takes(2, { value: 'agree' });
    expect(await waits(2)).toEqual([]);
    const given = await played.accepts('GiveProxy', { holderId: played.partners[2], roundId }, mandate(1));
    expect(await waits(2)).toEqual(['take-position-by-proxy 2026-03-14']);
    expect(await waits(1)).toEqual(['take-position 2026-03-14']);
    await takes(2, { value: 'agree', proxyId: only(given, 'ProxyGiven').proxyId });
    expect([await waits(1), await waits(2)]).toEqual([[], []]);
  });

  it('that was struck leaves the round waiting for its giver again', async () => {
    const { played, roundId, mandate, takes, waits } = await asking();
    const given = await played.accepts('GiveProxy', { holderId: played.partners[2], roundId }, mandate(1));
    await takes(2, { value: 'agree', proxyId: only(given, 'ProxyGiven').proxyId });
    expect(await waits(1)).toEqual([]);
    await played.accepts('RecusePartner', { roundId }, mandate(2));
    expect(await waits(1)).toEqual(['take-position 2026-03-14']);
    expect(await waits(2)).toEqual([]);
  });

  it('between two dates asks its holder on those days alone', async () => {
    const { played, mandate, waits } = await asking();
    const days = { validFrom: '2026-03-05', validTo: '2026-03-06' };
    await played.accepts('GiveProxy', { holderId: played.partners[2], ...days }, mandate(1));
    const on = async (day: string) => (await waitingFor(played, 2, day)).map((one) => one.split(' ')[0]);
    expect(await waits(2)).toEqual(['take-position 2026-03-14']);
    expect(await on('2026-03-06')).toEqual(['take-position', 'take-position-by-proxy']);
    expect(await on('2026-03-07')).toEqual(['take-position']);
  });
});

describe('an objection', () => {
  it('may be judged by each other partner, once, until the closing', async () => {
    const { played, mandate, takes, waits } = await asking();
    for (const place of [0, 2, 3]) await takes(place, { value: 'agree' });
    const { objectionId } = only(await takes(1, object('harms-aim', 'Trop tôt')), 'ObjectionRaised');
    expect(await waits(2)).toEqual(['contest-objection 2026-03-14']);
    expect(await waits(1)).toEqual([]);
    const contested = { objectionId, says: 'not-qualified', reason: 'Hors sujet' };
    await played.accepts('ContestObjection', contested, mandate(2));
    expect([await waits(2), await waits(3)]).toEqual([[], ['contest-objection 2026-03-14']]);
  });

  it('of own limits is judged by nobody', async () => {
    const { takes, waits } = await asking();
    await takes(1, object('exceeds-our-limits', 'Trop cher'));
    expect(await waits(2)).toEqual(['take-position 2026-03-14']);
  });

  it('whose objector left may be adopted for 72 h by whoever is asked still', async () => {
    const { played, roundId, mandate, takes, waits } = await asking();
    for (const place of [0, 2, 3]) await takes(place, { value: 'agree' });
    await takes(1, object('harms-aim', 'Trop tôt'));
    await played.accepts('RecusePartner', { roundId }, mandate(1));
    const until = addHours(played.now, 72);
    expect(await waits(3)).toEqual([`adopt-objection ${until}`]);
    expect(await waits(1)).toEqual([]);
    expect(await waitingFor(played, 3, '2026-03-08')).toEqual([]);
  });

  it('under silent consent owes its reason for 48 h', async () => {
    const policy = { method: 'silent-consent', parameters: {}, collegeCondition: false };
    const { played, mandate, takes, waits } = await asking({ policies: { ordinary: policy } });
    const { objectionId } = only(await takes(1, object('harms-aim')), 'ObjectionRaised');
    expect(await waits(1)).toEqual([`give-reason ${addHours(played.now, 48)}`]);
    expect(await waits(2)).toEqual(['take-position 2026-03-14']);
    await played.accepts('GiveObjectionReason', { objectionId, reason: 'Trop tôt' }, mandate(1));
    expect(await waits(1)).toEqual([]);
  });
});

describe('a position on behalf', () => {
  it('may be contested for seven days from when its partner was told, and before that without end', async () => {
    const { played, roundId, mandate, waits } = await asking();
    const said = {
      ...{ roundId, partnerId: played.partners[1], value: 'agree', speakerMandateId: mandate(1).slice(8) },
      ...{ statedAt: played.now, means: 'phone', evidenceHash: 'A'.repeat(43) + '=' },
    };
    played.now = addHours(played.now, 1);
    const { positionId } = only(
      await played.accepts('RecordPositionOnBehalf', said, played.facilitator),
      'PositionRecordedOnBehalf',
    );
    expect(await waits(1)).toEqual(['contest-position']);
    const told = {
      roundId,
      partnerId: said.partnerId as Id,
      positionId,
      channel: 'in-app-opened',
      status: 'delivered',
    };
    await played.accepts('RecordNotification', told, mandate(1));
    expect(await waits(1)).toEqual([`contest-position ${addHours(played.now, 7 * 24)}`]);
    expect(await waitingFor(played, 1, '2026-03-11')).toHaveLength(1);
    expect(await waitingFor(played, 1, '2026-03-12')).toEqual([]);
    await played.accepts('ContestPosition', { positionId, reason: 'Jamais dit' }, mandate(1));
    expect(await waits(1)).toEqual(['take-position 2026-03-14']);
  });
});
