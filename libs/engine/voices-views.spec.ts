import { objectionsView, proposalBoardView, roundView } from '#deliberation';
import type { ShownRound } from '#deliberation';
import type { DataFrom, Fields } from '#contracts';
import { addHours } from '#kernel';
import type { Id } from '#kernel';
import { askFrom } from '#views';
import type { View } from '#views';
import { only, PlayedAlliance } from './testing/played-alliance.js';

const object = (reason?: string) => ({
  value: 'object',
  ...(reason === undefined ? {} : { reason }),
  objection: { kind: 'harms-aim', touches: { sort: 'aim' }, ...(reason === undefined ? {} : { reason }) },
});

/** Four partners, and a round of ten days on a proposal of the first. */
async function asking(charter: object = {}) {
  const played = await PlayedAlliance.governed(4, charter);
  played.now = '2026-03-04T09:00:00.000Z';
  const roundId = await played.asks([]);
  const mandate = (place: number) => played.mandates[place] ?? '';
  const takes = (place: number, position: object) =>
    played.accepts('TakePosition', { roundId, ...position }, mandate(place));
  const round = async (): Promise<ShownRound> => {
    const shown = (await shows(played, roundView, { roundId })).round;
    if (!shown) throw new Error('no round');
    return shown;
  };
  return { played, roundId, mandate, takes, round };
}

async function shows<F extends Fields, A>(played: PlayedAlliance, view: View<F, A>, params: DataFrom<F>): Promise<A> {
  const answer = await askFrom(played.entries, view, params, { now: played.now });
  if ('fault' in answer) throw new Error(answer.fault);
  return answer.data;
}

const ofElector = ({ electorate }: ShownRound, place: number) => electorate[place];

describe('an open round', () => {
  it('tells of a position that another replaced that it counts no more, and why', async () => {
    const { takes, round } = await asking();
    await takes(1, object('Trop tôt'));
    await takes(1, { value: 'agree' });
    const { positions, objections } = await round();
    expect(positions.map(({ value, why }) => [value, why])).toEqual([
      ['object', 'later'],
      ['agree', null],
    ]);
    expect(objections.map(({ status, why }) => [status, why])).toEqual([['withdrawn', null]]);
  });

  it('waits again for the giver of a proxy that was struck, and its objection was withdrawn by nobody', async () => {
    const { played, roundId, mandate, takes, round } = await asking();
    const given = await played.accepts('GiveProxy', { holderId: played.partners[2], roundId }, mandate(1));
    await takes(2, { ...object('Trop tôt'), proxyId: only(given, 'ProxyGiven').proxyId });
    expect(ofElector(await round(), 1)).toMatchObject({ value: 'object', answered: true });
    await played.accepts('RecusePartner', { roundId }, mandate(2));
    const shown = await round();
    expect(ofElector(shown, 1)).toMatchObject({ value: null, answered: false, removed: null });
    expect(ofElector(shown, 2)).toMatchObject({ answered: false, recused: true, removed: 'recused' });
    expect(shown.positions[0]).toMatchObject({ holderId: played.partners[2], struck: true, why: 'struck' });
    expect(shown.objections[0]).toMatchObject({ status: 'struck', why: 'struck' });
    const [board] = (await shows(played, proposalBoardView, { status: 'in-round' })).proposals;
    expect(board?.openRound).toMatchObject({ asked: 3, answered: 0 });
  });

  it('counts no more what a partner said that left', async () => {
    const { played, mandate, takes, round } = await asking();
    await takes(1, { value: 'agree' });
    await played.accepts('WithdrawPartner', { partnerId: played.partners[1] }, mandate(1));
    const shown = await round();
    expect(ofElector(shown, 1)).toMatchObject({ answered: false, recused: false, removed: 'withdrew' });
    expect(shown.positions[0]?.why).toBe('removed');
  });

  it('has an objection open again whose replacement was contested', async () => {
    const { played, roundId, mandate, takes, round } = await asking();
    await takes(1, object('Trop tôt'));
    played.now = addHours(played.now, 1);
    const said = {
      ...{ roundId, partnerId: played.partners[1], value: 'agree', speakerMandateId: mandate(1).slice(8) },
      ...{ statedAt: played.now, means: 'phone', evidenceHash: `${'A'.repeat(43)}=` },
    };
    const told = await played.accepts('RecordPositionOnBehalf', said, played.facilitator);
    expect((await round()).objections[0]?.status).toBe('withdrawn');
    const { positionId } = only(told, 'PositionRecordedOnBehalf');
    await played.accepts('ContestPosition', { positionId }, mandate(1));
    const shown = await round();
    expect(shown.objections[0]?.status).toBe('raised');
    expect(shown.positions.map(({ why, means }) => [why, means])).toEqual([
      [null, null],
      ['contested', 'phone'],
    ]);
  });

  it('shows an objection whose position is beaten by the partner’s own answer as not counted, open or closed', async () => {
    const { played, roundId, mandate, takes, round } = await asking();
    const statedAt = played.now;
    played.now = addHours(played.now, 1);
    await takes(1, { value: 'agree' });
    const said = {
      ...{ roundId, partnerId: played.partners[1], speakerMandateId: mandate(1).slice(8), ...object('Trop tôt') },
      ...{ statedAt, means: 'phone', evidenceHash: `${'A'.repeat(43)}=` },
    };
    await played.accepts('RecordPositionOnBehalf', said, played.facilitator);
    const notCounted = { status: 'not-counted', why: 'direct-beats-on-behalf' };
    expect((await round()).objections).toEqual([expect.objectContaining(notCounted)]);
    played.now = addHours(played.now, 24 * 11);
    played.tick();
    expect((await round()).objections).toEqual([expect.objectContaining(notCounted)]);
  });

  it('names places of texts that were written, and none of others', async () => {
    const { takes, round } = await asking();
    await takes(0, { value: 'agree' });
    await takes(1, object('Trop tôt'));
    await takes(2, { value: 'agree-with-concern', concern: 'Le bruit' });
    const { positions, objections } = await round();
    expect(positions.map(({ reason, concern }) => [reason !== null, concern !== null])).toEqual([
      [false, false],
      [true, false],
      [false, true],
    ]);
    expect(objections[0]?.reason).toMatch(/^\d+\/1\/reason$/);
    expect(objections[0]?.suggestedChange).toBeNull();
  });

  it('has the reason that came later, and until when it was due', async () => {
    const policy = { method: 'silent-consent', parameters: {}, collegeCondition: false };
    const { played, mandate, takes, round } = await asking({ policies: { ordinary: policy } });
    const { objectionId } = only(await takes(1, object()), 'ObjectionRaised');
    const reasonDueAt = addHours(played.now, 48);
    expect((await round()).objections[0]).toMatchObject({ reasonGiven: false, reasonDueAt, reason: null });
    await played.accepts('GiveObjectionReason', { objectionId, reason: 'Trop tôt' }, mandate(1));
    const place = `${String(played.entries.at(-1)?.seq ?? 0)}/0/reason`;
    expect((await round()).objections[0]).toMatchObject({ reasonGiven: true, reasonDueAt, reason: place });
  });
});

describe('a late objection', () => {
  it('of a position after the deadline stands in the round and among objections, marked, and never qualifies', async () => {
    const { played, roundId, takes, round } = await asking();
    for (const place of [0, 1, 2]) await takes(place, { value: 'agree' });
    played.now = '2026-03-15T09:00:00.000Z';
    played.tick();
    await takes(3, object('Trop tard'));
    const { objections, positions } = await round();
    expect(objections.map(({ status, late, why }) => [status, late, why])).toEqual([['late', true, 'late']]);
    expect(positions.at(-1)).toMatchObject({ late: true, why: 'late' });
    expect((await shows(played, objectionsView, { roundId, status: 'late' })).objections).toHaveLength(1);
    expect((await shows(played, objectionsView, { status: 'qualified' })).objections).toEqual([]);
  });

  it('filed on a decision stands in its round and among objections', async () => {
    const { played, roundId, mandate, takes, round } = await asking();
    for (const place of [0, 1, 2, 3]) await takes(place, { value: 'agree' });
    played.now = '2026-03-20T09:00:00.000Z';
    played.tick();
    const proposalId = (await round()).proposalId;
    const { decisionId } = played.state.deliberation.proposals.get(proposalId) ?? { decisionId: undefined };
    const filed = { decisionId, kind: 'harms-aim', reason: 'On l’a vu depuis' };
    await played.accepts('FileLateObjection', filed, mandate(2));
    const expected = {
      ...{ decisionId: decisionId as Id, roundId, proposalId, partnerId: played.partners[2], kind: 'harms-aim' },
      ...{ late: true, filedOn: '2026-03-20', seq: played.entries.at(-1)?.seq },
      reason: `${String(played.entries.at(-1)?.seq ?? 0)}/0/reason`,
    };
    expect((await round()).lateObjections).toEqual([expected]);
    expect((await shows(played, objectionsView, {})).lateObjections).toEqual([expected]);
    expect((await shows(played, objectionsView, { roundId })).lateObjections).toEqual([expected]);
    expect((await shows(played, objectionsView, { status: 'raised' })).lateObjections).toEqual([]);
  });
});

describe('an objection that did not qualify', () => {
  it('is a criterion of the decision, which it names', async () => {
    const { played, mandate, takes, round } = await asking();
    for (const place of [0, 2, 3]) await takes(place, { value: 'agree' });
    const { objectionId } = only(await takes(1, object('Trop tôt')), 'ObjectionRaised');
    for (const place of [0, 2, 3]) {
      const contested = { objectionId, says: 'not-qualified', reason: 'Hors sujet' };
      await played.accepts('ContestObjection', contested, mandate(place));
    }
    expect((await round()).objections[0]).toMatchObject({ status: 'raised', criterionOf: null });
    played.now = '2026-03-20T09:00:00.000Z';
    played.tick();
    const { objections, proposalId } = await round();
    const { decisionId } = played.state.deliberation.proposals.get(proposalId) ?? { decisionId: undefined };
    expect(objections[0]).toMatchObject({ status: 'reclassified', criterionOf: decisionId });
    expect(objections[0]?.steps.map(({ text }) => text !== null)).toEqual([true, true, true, false]);
  });
});
