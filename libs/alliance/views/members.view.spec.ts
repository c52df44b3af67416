import { event } from '#contracts';
import type { DataOf, PartnerKind } from '#contracts';
import { sha256 } from '#kernel';
import type { Day } from '#kernel';
import { completeCharter } from '../domain/charter.js';
import { membersView } from './members.view.js';
import { idOf, Told, voiceOf } from './testing.js';

const charterHash = sha256('charter');
const [ann, bob, cleo, dan] = [idOf('ann'), idOf('bob'), idOf('cleo'), idOf('dan')];

const invited = (partnerId: typeof ann, kind: PartnerKind, founding: boolean) =>
  event('PartnerInvited', { partnerId, kind, registerScheme: 'siren', registerCode: '123456789', founding });
const granted = (partnerId: typeof ann, name: string, more: Partial<DataOf<'MandateGranted'>> = {}) =>
  event('MandateGranted', {
    ...{ mandateId: idOf(name), partnerId, personRef: idOf(`person of ${name}`), standing: 'titular' },
    ...{ powers: ['take-position'], ceilings: [], validFrom: '2026-03-01', origin: 'appointed' },
    ...{ adReferendum: false, grantedBy: 'admission' },
    ...more,
  });
const ended = (name: string, cause: DataOf<'MandateEnded'>['cause'], more: object = {}) => ({
  ...event('MandateEnded', { mandateId: idOf(name), cause }),
  ...more,
});

/** Three founders of two kinds; the charter is adopted on 3 March. */
function founded(): Told {
  const told = new Told();
  const kinds: readonly [typeof ann, PartnerKind][] = [
    [ann, 'association'],
    [bob, 'company'],
    [cleo, 'association'],
  ];
  for (const [partnerId, kind] of kinds) told.tells(invited(partnerId, kind, true));
  for (const [partnerId] of kinds) {
    told.tells(event('PartnerAdmitted', { partnerId }), granted(partnerId, `mandate of ${partnerId}`));
  }
  told
    .on('2026-03-02')
    .tells(event('CharterDrafted', { charterVersion: 1, charterHash, charter: completeCharter({}) }));
  for (const [index, [partnerId]] of kinds.entries()) {
    if (index === 2) told.on('2026-03-03');
    told.by(voiceOf(partnerId), event('CharterSigned', { charterVersion: 1, charterHash }));
  }
  return told.tells(event('CharterAdopted', { charterVersion: 1, charterHash }));
}

/** As of a day; at the last day the live rows, told once or twice, must come out alike. */
async function shown(told: Told, trueOn: Day) {
  const answer = await told.shows(membersView, {}, trueOn);
  if (trueOn !== LAST) return answer;
  expect(await told.showsLive(membersView, {}, trueOn)).toEqual(answer);
  expect(await told.showsLive(membersView, {}, trueOn, 2)).toEqual(answer);
  return answer;
}
const LAST: Day = '2026-12-31';
const statuses = async (told: Told, day: Day) =>
  (await shown(told, day)).partners.map(({ status, since }) => `${status} ${since}`);

describe('members', () => {
  it('shows a partner with its public details, the place of its name, and its mandates', async () => {
    const { partners } = await shown(founded(), LAST);
    expect(partners[0]).toEqual({
      ...{ partnerId: ann, kind: 'association', registerScheme: 'siren', registerCode: '123456789' },
      ...{ legalName: '0/0/legalName', founding: true, status: 'active', since: '2026-03-03', unrepresented: false },
      mandates: [
        {
          ...{ id: idOf(`mandate of ${ann}`), inForce: true, validFrom: '2026-03-01', validTo: null },
          ...{ endedOn: null, cause: null, data: granted(ann, `mandate of ${ann}`).data },
        },
      ],
    });
  });

  it('stand in the order of admission, those invited behind them', async () => {
    const told = founded()
      .on('2026-03-05')
      .tells(invited(dan, 'other', false));
    const ids = async () => (await shown(told, LAST)).partners.map(({ partnerId }) => partnerId);
    expect(await ids()).toEqual([ann, bob, cleo, dan]);
  });

  it('of the foundation are admitted first, and active from the adoption of the charter', async () => {
    const told = founded();
    expect(await statuses(told, '2026-03-02')).toEqual(Array(3).fill('admitted 2026-03-01'));
    expect(await statuses(told, LAST)).toEqual(Array(3).fill('active 2026-03-03'));
    told.on('2026-05-01').by(voiceOf(ann), event('CharterSigned', { charterVersion: 2, charterHash: sha256('next') }));
    expect(await statuses(told, LAST)).toEqual(Array(3).fill('active 2026-03-03'));
  });

  it('who join later are active from their signature; who leave and come back begin again', async () => {
    const told = founded()
      .on('2026-03-05')
      .tells(invited(dan, 'other', false));
    told.on('2026-03-06').tells(event('PartnerAdmitted', { partnerId: dan }));
    told.on('2026-03-08').by(voiceOf(dan), event('CharterSigned', { charterVersion: 1, charterHash }));
    told.on('2026-04-01').tells(event('PartnerWithdrew', { partnerId: dan }));
    told.on('2026-05-01').tells(invited(dan, 'other', false));
    const on = async (day: Day) => (await statuses(told, day))[3];
    expect(await on('2026-03-05')).toBe('invited 2026-03-05');
    expect(await on('2026-03-07')).toBe('admitted 2026-03-06');
    expect(await on('2026-03-31')).toBe('active 2026-03-08');
    expect(await on('2026-04-30')).toBe('withdrawn 2026-04-01');
    expect(await on(LAST)).toBe('invited 2026-05-01');
  });

  it('who were excluded, or whose invitation was closed, are shown as such', async () => {
    const told = founded()
      .on('2026-03-05')
      .tells(invited(dan, 'other', false));
    told.on('2026-03-09').tells(event('InvitationClosed', { partnerId: dan, cause: 'declined' }));
    told.tells(event('PartnerExcluded', { partnerId: cleo, decisionId: idOf('decision') }));
    expect((await statuses(told, LAST)).slice(2)).toEqual(['excluded 2026-03-09', 'closed 2026-03-09']);
  });

  it('have the details of the day, in whatever order corrections were recorded', async () => {
    const corrected = (kind: PartnerKind, occurredOn: Day) =>
      event('PartnerDetailsCorrected', { partnerId: ann, kind, registerScheme: 'none', corrects: ann }, { occurredOn });
    const [first, second] = [corrected('company', '2026-04-01'), corrected('foundation', '2026-05-01')];
    for (const order of [
      [first, second],
      [second, first],
    ]) {
      const told = founded()
        .on('2026-06-01')
        .tells(...order);
      const kindOn = async (day: Day) => (await shown(told, day)).partners[0]?.kind;
      expect([await kindOn('2026-03-31'), await kindOn('2026-04-30')]).toEqual(['association', 'company']);
      expect(await kindOn(LAST)).toBe('foundation');
    }
  });

  it('are unrepresented while no mandate with the power to answer is in force', async () => {
    const told = founded().on('2026-04-01');
    told.tells(ended(`mandate of ${ann}`, 'revoked'));
    told.on('2026-05-01').tells(granted(ann, 'speaks', { powers: ['speak'] }));
    told.on('2026-06-01').tells(granted(ann, 'answers'));
    const on = async (day: Day) => (await shown(told, day)).partners[0]?.unrepresented;
    expect([await on('2026-03-31'), await on('2026-04-01'), await on('2026-05-15')]).toEqual([false, true, true]);
    expect(await on(LAST)).toBe(false);
  });
});

describe('a mandate', () => {
  const inForce = async (told: Told, name: string, day: Day) =>
    (await shown(told, day)).partners[0]?.mandates.find(({ id }) => id === idOf(name))?.inForce;

  it('is in force from its first day to its last, whenever its end is recorded', async () => {
    const told = founded().tells(granted(ann, 'term', { validFrom: '2026-04-01', validTo: '2026-04-30' }));
    told.on('2026-07-01').tells(ended('term', 'term', { dueAt: '2026-04-30T22:00:00.000Z' }));
    const days: readonly Day[] = ['2026-03-31', '2026-04-01', '2026-04-30', '2026-05-01'];
    expect(await Promise.all(days.map((day) => inForce(told, 'term', day)))).toEqual([false, true, true, false]);
    expect(await inForce(told, 'term', LAST)).toBe(false);
    const { mandates = [] } = (await shown(told, LAST)).partners[0] ?? {};
    expect(mandates.find(({ id }) => id === idOf('term'))).toMatchObject({ cause: 'term', endedOn: null });
  });

  it('that was ended is not in force on the day of its end', async () => {
    const told = founded().tells(granted(ann, 'ended'));
    told.on('2026-04-10').tells(ended('ended', 'revoked', { occurredOn: '2026-04-05' }));
    expect([await inForce(told, 'ended', '2026-04-04'), await inForce(told, 'ended', '2026-04-05')]).toEqual([
      true,
      false,
    ]);
    expect(await inForce(told, 'ended', LAST)).toBe(false);
  });

  it('that was succeeded ends with its successor', async () => {
    const told = founded().on('2026-04-01');
    const names = { endedMandateId: idOf(`mandate of ${ann}`), newMandateId: idOf('next') };
    told.tells(event('MandateSucceeded', names), granted(ann, 'next', { validFrom: '2026-04-01' }));
    const mandates = (await shown(told, LAST)).partners[0]?.mandates ?? [];
    expect(mandates.map(({ cause, endedOn, inForce: force }) => [cause, endedOn, force])).toEqual([
      ['succeeded', '2026-04-01', false],
      [null, null, true],
    ]);
  });
});

describe('the alliance', () => {
  const standing = async (told: Told, day: Day) => (await shown(told, day)).standing;

  it('is forming until its charter is adopted, and dormant when a third partner is missing', async () => {
    const told = founded()
      .on('2026-04-01')
      .tells(event('PartnerWithdrew', { partnerId: cleo }));
    expect(await standing(told, '2026-03-02')).toBe('forming');
    expect([await standing(told, '2026-03-03'), await standing(told, '2026-03-31')]).toEqual(['active', 'active']);
    expect(await standing(told, LAST)).toBe('dormant');
  });

  it('is dormant when all that are left are of one kind', async () => {
    const told = founded()
      .on('2026-03-05')
      .tells(invited(dan, 'association', false), event('PartnerAdmitted', { partnerId: dan }));
    told.by(voiceOf(dan), event('CharterSigned', { charterVersion: 1, charterHash }));
    told.on('2026-04-01').tells(event('PartnerWithdrew', { partnerId: bob }));
    expect((await shown(told, LAST)).partners.filter(({ status }) => status === 'active')).toHaveLength(3);
    expect([await standing(told, '2026-03-31'), await standing(told, LAST)]).toEqual(['active', 'dormant']);
  });

  it('shows who leads its rounds and who looks on', async () => {
    const dates = { validFrom: '2026-03-01', validTo: '2026-04-30' } as const;
    const told = founded();
    told.tells(event('FacilitatorAppointed', { facilitatorId: idOf('lead'), personRef: idOf('fay'), ...dates }));
    told.tells(event('AccessGranted', { accessId: idOf('look'), personRef: idOf('olga'), role: 'observer', ...dates }));
    told.on('2026-04-05').tells(event('AccessEnded', { accessId: idOf('look') }));
    const { facilitators, accesses } = await shown(told, '2026-04-04');
    expect(facilitators).toMatchObject([
      { id: idOf('lead'), personRef: idOf('fay'), inForce: true, validTo: '2026-04-30' },
    ]);
    expect(accesses).toMatchObject([{ id: idOf('look'), role: 'observer', personRef: idOf('olga'), inForce: true }]);
    const later = await shown(told, LAST);
    expect([later.facilitators[0]?.inForce, later.accesses[0]?.inForce]).toEqual([false, false]);
  });
});
