import type { Id } from '#kernel';
import { askFrom } from '#views';
import { handoverDossierView } from './handover-dossier.view.js';
import type { HandoverDossier } from './handover-dossier.view.js';
import { only, PlayedAlliance } from './testing/played-alliance.js';

async function dossierOf(played: PlayedAlliance, index: number): Promise<HandoverDossier> {
  const partnerId = played.partners[index] as Id;
  const answer = await askFrom(played.entries, handoverDossierView, { partnerId }, { now: played.now });
  if ('fault' in answer || !answer.data.dossier) throw new Error('no dossier');
  return answer.data.dossier;
}

/** Three partners, a decision that the second joined with a concern, and a round still open. */
async function played(): Promise<PlayedAlliance> {
  const one = await PlayedAlliance.governed();
  one.now = '2026-03-05T09:00:00.000Z';
  const roundId = await one.asks([0, 2]);
  await one.accepts(
    'TakePosition',
    { roundId, value: 'agree-with-concern', concern: 'Le bruit' },
    one.mandates[1] ?? '',
  );
  one.now = '2026-03-20T09:00:00.000Z';
  one.tick();
  await one.asks([0]);
  const promise = {
    attestorId: one.partners[0],
    kind: 'volunteer-time',
    unit: 'hour',
    amount: '10',
    obligation: 'means',
  };
  const dates = { providerId: one.partners[1], dueOn: '2026-09-01' };
  await one.accepts('MakeCommitment', { ...promise, ...dates, adReferendum: true }, one.mandates[1] ?? '');
  return one;
}

describe('the handover dossier of a partner', () => {
  it('has its charter, mandates, decisions with its own position and concern, and open rounds', async () => {
    const one = await played();
    const dossier = await dossierOf(one, 1);
    expect(dossier.charter).toMatchObject({ version: 1, signedOn: '2026-03-02' });
    expect(dossier.mandates.map(({ inForce, powers }) => [inForce, powers.length])).toEqual([[true, 6]]);
    expect(dossier.decisions).toEqual([
      expect.objectContaining({
        status: 'in-force',
        position: 'agree-with-concern',
        dissent: false,
        responsible: false,
      }),
    ]);
    expect(dossier.decisions[0]?.concern).toMatch(/^\d+\/0\/concern$/);
    expect(dossier.openRounds.map(({ value }) => value)).toEqual([null]);
    expect((await dossierOf(one, 0)).openRounds.map(({ value }) => value)).toEqual(['agree']);
    expect((await dossierOf(one, 0)).decisions[0]).toMatchObject({ position: 'agree', concern: null });
  });

  it('has what it promised and must ratify, and nothing of others', async () => {
    const one = await played();
    const { ratifications, obligations, statement } = await dossierOf(one, 1);
    expect(ratifications.map(({ what }) => what)).toEqual(['ratify-commitment']);
    expect(obligations.map(({ status, amount }) => [status, amount])).toEqual([['pending', '10']]);
    expect(statement).toHaveLength(1);
    expect(await dossierOf(one, 2)).toMatchObject({ ratifications: [], obligations: [], statement: [] });
  });

  it('is null for a partner that there is not, and the same twice', async () => {
    const one = await played();
    const nobody = { partnerId: 'a'.repeat(26) as Id };
    expect(await askFrom(one.entries, handoverDossierView, nobody, { now: one.now })).toMatchObject({
      data: { dossier: null },
    });
    expect(JSON.stringify(await dossierOf(one, 1))).toBe(JSON.stringify(await dossierOf(one, 1)));
  });

  it('leaves out an objective that was withdrawn', async () => {
    const one = await PlayedAlliance.governed();
    const declare = { partnerId: one.partners[1], goalIds: [], statement: 'Former des jeunes' };
    const { objectiveId } = only(
      await one.accepts('DeclarePartnerObjective', declare, one.mandates[1] ?? ''),
      'PartnerObjectiveDeclared',
    );
    expect((await dossierOf(one, 1)).objectives.map((each) => each.objectiveId)).toEqual([objectiveId]);
    await one.accepts('WithdrawPartnerObjective', { objectiveId }, one.mandates[1] ?? '');
    expect((await dossierOf(one, 1)).objectives).toEqual([]);
  });
});
