import { addDays } from '#kernel';
import type { Id } from '#kernel';
import { verifyLedger } from '#transparency';
import { Crowd } from '../properties/crowd.js';
import { found } from '../properties/world.js';
import { eventIn, forge, seqOf } from '../testing/forge.js';

const GOODS = { kind: 'goods', unit: 'piece' } as const;

/** Four partners, and a decision of all that asks for 20 pieces; the first partner agreed as `more` says. */
async function decided(conditions: readonly object[], more: object = {}) {
  const crowd = await Crowd.of(4, { minOpenHours: 1 });
  const roundId = await crowd.ask({ requests: [{ partnerIds: [], ...GOODS, amount: '20' }], conditions });
  const [first, ...others] = crowd.partners;
  const taken = await crowd.take(roundId, crowd.mandateOf(first), 'agree', more);
  for (const partnerId of others) await crowd.take(roundId, crowd.mandateOf(partnerId));
  crowd.passDeadline();
  const [decision] = [...crowd.world.state.deliberation.decisions.values()];
  if (!decision) throw new Error('no decision');
  const [requestId] = crowd.world.state.contribution.requestsOf.get(decision.decisionId) ?? [];
  return { crowd, requestId, ...decision, positionId: found(taken, 'PositionTaken')?.data.positionId };
}

function commit(crowd: Crowd, provider: number, requestId: Id | undefined, more: object = {}) {
  const [providerId, attestorId] = [crowd.partners[provider], crowd.partners[provider + 1]];
  const terms = { ...GOODS, amount: '20', obligation: 'means', dueOn: addDays(crowd.today, 30), ...more };
  return crowd.world.send(
    'MakeCommitment',
    { ...terms, requestId, providerId, attestorId },
    crowd.mandateOf(providerId),
  );
}

describe('a decision and what partners promise to it', () => {
  it('takes effect in the commit in which the last missing promise is ratified, not when it was made', async () => {
    const condition = { ...GOODS, atLeast: '20', by: '2026-06-01' };
    const { crowd, requestId, decisionId } = await decided([condition]);
    const status = () => crowd.world.state.deliberation.decisions.get(decisionId)?.status;
    const made = await commit(crowd, 1, requestId, { adReferendum: true });
    expect(made?.map(({ type }) => type)).toEqual(['CommitmentMade']);
    expect(status()).toBe('pending');
    const commitmentId = found(made, 'CommitmentMade')?.data.commitmentId;
    const ratified = await crowd.world.send(
      'RatifyCommitment',
      { commitmentId, ratifiedOn: crowd.today },
      crowd.mandateOf(crowd.partners[1]),
    );
    expect(ratified?.map(({ type }) => type)).toEqual(['CommitmentRatified', 'DecisionTookEffect']);
    expect(status()).toBe('in-force');
    expect(await crowd.fault()).toBeUndefined();
  });

  it('that lapses closes its requests in the same commit', async () => {
    const { crowd } = await decided([{ ...GOODS, atLeast: '20', by: '2026-06-01' }]);
    crowd.world.wait(300 * 86_400_000);
    const before = crowd.world.entries.length;
    crowd.world.tick();
    const lapsing = crowd.world.entries.slice(before).find(({ events }) => events[0]?.type === 'DecisionLapsed');
    expect(lapsing?.events.slice(0, 2).map(({ type }) => type)).toEqual(['DecisionLapsed', 'ResourceRequestClosed']);
    expect(await crowd.fault()).toBeUndefined();
  });

  it('binds no partner whose own body has not ratified: it promises ad referendum, or once ratified', async () => {
    const { crowd, requestId, positionId } = await decided([], { adReferendum: true });
    expect(await commit(crowd, 0, requestId)).toBeUndefined();
    expect(crowd.world.refusals.get('DECISION_NOT_RATIFIED')).toBe(1);
    expect(await commit(crowd, 0, requestId, { adReferendum: true })).toBeDefined();
    await crowd.world.send('RatifyPosition', { positionId }, crowd.mandateOf(crowd.partners[0]));
    await commit(crowd, 0, requestId);
    expect(crowd.world.refusals.get('DECISION_NOT_RATIFIED')).toBe(1);
    expect(await crowd.fault()).toBeUndefined();
  });

  it('is taken away by a refused ratification, whose result nobody can write otherwise', async () => {
    const { crowd, positionId, decisionId } = await decided([], { adReferendum: true });
    await crowd.world.send('RefusePositionRatification', { positionId }, crowd.mandateOf(crowd.partners[0]));
    expect(crowd.world.state.deliberation.decisions.get(decisionId)?.status).toBe('suspended');
    const bodies = crowd.world.entries.map(({ body }) => body);
    const seq = seqOf(bodies, 'RoundReevaluated');
    const forged = forge(bodies, (drafts) => {
      const outcome = eventIn(drafts[seq], 'RoundReevaluated')['outcome'] as { result: string };
      outcome.result = 'adopted';
    });
    const { fault } = await verifyLedger(forged.map((body) => ({ body })));
    expect(fault).toMatchObject({ seq, word: 'outcome-differs' });
  });
});
