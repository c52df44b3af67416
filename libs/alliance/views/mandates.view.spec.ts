import { event } from '#contracts';
import type { DataOf } from '#contracts';
import { sha256 } from '#kernel';
import type { Day } from '#kernel';
import { completeCharter } from '../domain/charter.js';
import { expiringMandatesView } from './expiring-mandates.view.js';
import { mandatesView } from './mandates.view.js';
import { idOf, Told, voiceOf } from './testing.js';

const charterHash = sha256('charter');
const [ann, bob] = [idOf('ann'), idOf('bob')];
const granted = (partnerId: typeof ann, name: string, more: Partial<DataOf<'MandateGranted'>> = {}) =>
  event('MandateGranted', {
    ...{ mandateId: idOf(name), partnerId, personRef: idOf(`person of ${name}`), standing: 'titular' },
    ...{ powers: ['take-position'], ceilings: [], validFrom: '2026-03-01', origin: 'appointed' },
    ...{ adReferendum: false, grantedBy: 'admission' },
    ...more,
  });
const admitted = (partnerId: typeof ann) => [
  event('PartnerInvited', { partnerId, kind: 'company', registerScheme: 'none', founding: true }),
  event('PartnerAdmitted', { partnerId }),
];

/** Ann has a mandate without end and one until 30 April; Bob's was revoked on 20 March. */
function told(): Told {
  return new Told()
    .on('2026-03-01')
    .tells(
      ...admitted(ann),
      granted(ann, 'lasting'),
      granted(ann, 'short', { validTo: '2026-04-30', adReferendum: true }),
    )
    .tells(...admitted(bob), granted(bob, 'only'))
    .tells(
      event('FacilitatorAppointed', {
        ...{ facilitatorId: idOf('fay'), personRef: idOf('person of fay') },
        ...{ validFrom: '2026-03-01', validTo: '2026-05-15' },
      }),
    )
    .tells(event('CharterDrafted', { charterVersion: 1, charterHash, charter: completeCharter({}) }))
    .by(voiceOf(ann), event('CharterSigned', { charterVersion: 1, charterHash }))
    .by(voiceOf(bob), event('CharterSigned', { charterVersion: 1, charterHash }))
    .tells(event('CharterAdopted', { charterVersion: 1, charterHash }))
    .on('2026-03-20')
    .tells(event('MandateEnded', { mandateId: idOf('only'), cause: 'revoked' }));
}

describe('mandates', () => {
  const shown = (day: Day, params = {}) => told().shows(mandatesView, params, day);

  it('are shown with powers, ceilings and dates, past ones included', async () => {
    const { mandates } = await shown('2026-04-01');
    expect(mandates.map(({ mandateId, inForce }) => [mandateId, inForce])).toEqual(
      expect.arrayContaining([
        [idOf('lasting'), true],
        [idOf('short'), true],
        [idOf('only'), false],
      ]),
    );
    expect(mandates.find(({ mandateId }) => mandateId === idOf('short'))).toMatchObject({
      ...{ partnerId: ann, powers: ['take-position'], adReferendum: true, validTo: '2026-04-30', endedOn: null },
    });
    expect(mandates.find(({ mandateId }) => mandateId === idOf('only'))).toMatchObject({
      ...{ endedOn: '2026-03-20', cause: 'revoked' },
    });
  });

  it('are chosen by partner and by whether they are in force', async () => {
    expect((await shown('2026-04-01', { partnerId: bob })).mandates).toHaveLength(1);
    expect((await shown('2026-04-01', { inForce: true })).mandates).toHaveLength(2);
    expect((await shown('2026-05-01', { inForce: true })).mandates).toHaveLength(1);
  });
});

describe('expiring mandates', () => {
  const shown = (day: Day) => told().shows(expiringMandatesView, {}, day);

  it('end within 60 days, the last day included, by date; facilitators among them', async () => {
    expect((await shown('2026-03-01')).terms.map(({ id }) => id)).toEqual([idOf('short')]);
    expect((await shown('2026-03-16')).terms).toEqual([
      { what: 'mandate', id: idOf('short'), partnerId: ann, personRef: idOf('person of short'), validTo: '2026-04-30' },
      {
        what: 'facilitator',
        id: idOf('fay'),
        partnerId: null,
        personRef: idOf('person of fay'),
        validTo: '2026-05-15',
      },
    ]);
    expect((await shown('2026-05-01')).terms.map(({ id }) => id)).toEqual([idOf('fay')]);
  });

  it('never tell of a mandate without end; partners without anybody are told before', async () => {
    const { terms, unrepresented } = await shown('2026-03-21');
    expect(terms.map(({ id }) => id)).not.toContain(idOf('lasting'));
    expect(unrepresented).toEqual([bob]);
    expect((await shown('2026-03-19')).unrepresented).toEqual([]);
  });
});
