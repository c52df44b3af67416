import { consequence } from '#engine';
import { HOUR_MS } from '#kernel';
import { MAX_ENTRY_BYTES } from '#ledger';
import { bytesOf, Crowd } from './crowd.js';

const DEEP = process.env['DEEP'] === '1';

/** The entries recorded by what `act` does. */
async function recordedBy(crowd: Crowd, act: () => Promise<unknown>) {
  const before = crowd.world.entries.length;
  await act();
  return crowd.world.entries.slice(before);
}

/** A crowd with fifty decisions that the next one can supersede. */
async function decided(size: number) {
  const crowd = await Crowd.of(size);
  for (let made = 0; made < 50; made++) {
    const roundId = await crowd.ask();
    for (const partnerId of crowd.partners) await crowd.take(roundId, crowd.mandateOf(partnerId));
  }
  crowd.passDeadline();
  return {
    crowd,
    superseded: [...crowd.world.state.deliberation.decisions.values()].map(({ decisionId }) => decisionId),
  };
}

describe.each(DEEP ? [4, 10, 30, 100, 200] : [12])('with %i partners', (size) => {
  it('a round closes by its deadline, however many positions were taken and whatever hangs on it', async () => {
    const { crowd, superseded } = await decided(size);
    expect(superseded).toHaveLength(50);
    const line = { partnerIds: Array(30).fill(crowd.partners[0]), kind: 'goods', unit: 'piece', amount: '1' };
    const roundId = await crowd.ask({ supersedes: superseded, requests: Array(50).fill(line) });
    const proposalId = crowd.world.state.deliberation.rounds.get(roundId)?.proposalId;
    for (const partnerId of crowd.partners) {
      await crowd.world.send('AcceptResponsibility', { proposalId }, crowd.mandateOf(partnerId));
    }
    const taken = { times: 0 };
    for (const partnerId of crowd.partners) {
      const voices = [crowd.mandateOf(partnerId), await crowd.substituteOf(partnerId)];
      for (let refused = false; !refused; taken.times++) {
        refused = !(await crowd.take(roundId, voices[taken.times % 2] ?? '', 'agree-with-concern'));
      }
    }
    expect(crowd.world.refusals.get('POSITION_LIMIT')).toBe(crowd.partners.length);
    const closing = await recordedBy(crowd, async () => {
      crowd.passDeadline();
    });
    expect(crowd.world.state.deliberation.rounds.get(roundId)?.closed?.closing).toBe('deadline');
    const events = closing.flatMap((entry) => entry.events.map(({ type }) => type));
    expect(events.filter((type) => type === 'DecisionSuperseded')).toHaveLength(50);
    expect(events.filter((type) => type === 'ResourceRequested')).toHaveLength(50);
    process.stdout.write(
      `${String(size)} partners, ${String(taken.times)} positions, entries of ${closing.map(bytesOf).join(', ')} bytes\n`,
    );
    expect(await crowd.fault()).toBeUndefined();
  }, 600_000);
});

describe.each(DEEP ? [4, 30, 200] : [12])('with %i partners whose bodies all have to ratify', (size) => {
  it('the decision stands in the commit of its closing, with all that it waits for', async () => {
    const crowd = await Crowd.of(size);
    const line = { kind: 'goods', unit: 'piece' };
    const conditions = Array(20).fill({ ...line, atLeast: '999999999999', by: '2026-12-01' });
    const roundId = await crowd.ask({ conditions, requests: [{ partnerIds: [], ...line, amount: '1' }] });
    for (const partnerId of crowd.partners) {
      for (let refused = false; !refused;) {
        const taken = await crowd.take(roundId, crowd.mandateOf(partnerId), 'agree-with-concern', {
          adReferendum: true,
        });
        refused = !taken;
      }
    }
    const [closing] = await recordedBy(crowd, async () => {
      crowd.passDeadline();
    });
    expect(closing?.events.map(({ type }) => type)).toEqual(['RoundClosed', 'DecisionAdopted', 'ResourceRequested']);
    const refusal = await recordedBy(crowd, async () => {
      crowd.world.wait(91 * 24 * HOUR_MS);
      crowd.world.tick();
    });
    const types = refusal.flatMap((entry) => entry.events.map(({ type }) => type));
    expect(types.filter((type) => type === 'DecisionSuspended')).toHaveLength(1);
    expect(types.filter((type) => type === 'RoundReevaluated')).toHaveLength(size);
    expect(types.filter((type) => type === 'RatificationRefused').length).toBeGreaterThan(size);
    expect(await crowd.fault()).toBeUndefined();
  }, 600_000);
});

describe('a partner who leaves', () => {
  it.each(DEEP ? [70, 199, 200] : [70])(
    'in the middle of %i rounds that only waited for it closes them all',
    async (rounds) => {
      const crowd = await Crowd.of(4, { minOpenHours: 1 });
      const leaver = crowd.partners[3];
      for (let made = 0; made < rounds; made++) {
        const roundId = await crowd.ask();
        for (const partnerId of crowd.partners.slice(0, 3)) await crowd.take(roundId, crowd.mandateOf(partnerId));
      }
      crowd.world.wait(2 * HOUR_MS);
      const leaving = await recordedBy(crowd, () =>
        crowd.world.send('WithdrawPartner', { partnerId: leaver }, crowd.mandateOf(leaver)),
      );
      expect(crowd.world.state.deliberation.openRounds).toEqual([]);
      expect(leaving.length).toBeGreaterThan(1);
      expect(Math.max(...leaving.map(bytesOf))).toBeLessThanOrEqual(MAX_ENTRY_BYTES);
      expect(consequence(crowd.world.state, crowd.world.state.head.at)).toBeUndefined();
      expect(await crowd.fault()).toBeUndefined();
    },
    600_000,
  );

  const losingItsVoice = async (rounds: number) => {
    const crowd = await Crowd.of(4);
    for (let made = 0; made < rounds; made++) await crowd.ask();
    const as = crowd.mandateOf(crowd.partners[3]);
    const mandateId = as.slice('mandate/'.length);
    const losing = await recordedBy(crowd, () => crowd.world.send('EndMandate', { mandateId }, as));
    const types = losing.flatMap((entry) => entry.events.map(({ type }) => type));
    expect(types.slice(0, 2)).toEqual(['MandateEnded', 'PartnerBecameUnrepresented']);
    expect(types.slice(2)).toEqual(Array(rounds).fill('RoundExtended'));
    expect(await crowd.fault()).toBeUndefined();
  };

  it(
    'or loses its last voice in the middle of 200 rounds is named with all of them',
    () => losingItsVoice(200),
    600_000,
  );

  it('finds no more than 200: the next round is refused', async () => {
    const crowd = await Crowd.of(4);
    for (let made = 0; made < 200; made++) await crowd.ask();
    await expect(crowd.ask()).rejects.toThrow();
    expect(crowd.world.refusals.get('LIMIT_EXCEEDED')).toBe(1);
    expect(crowd.world.state.deliberation.openRounds).toHaveLength(200);
  }, 600_000);
});
