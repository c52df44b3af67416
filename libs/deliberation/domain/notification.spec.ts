import { addHours } from '#kernel';
import { snapshotOf } from '../index.js';
import { agree, charterWith, firstOf, idOf, opened, Stage, START, texts } from './testing.js';

const SILENCE_IS_CONSENT = charterWith({ silence: 'consent-if-notified', noticeDays: 7 });

/** The facilitator says that a partner was told by letter. */
function told(stage: Stage, roundId: ReturnType<typeof opened>, name: string, deliveredAt?: string) {
  const args = { roundId, partnerId: idOf(name), channel: 'letter-received', status: 'delivered' } as const;
  return stage.does('facilitator', 'RecordNotification', { ...args, deliveredAt });
}

describe('notifications of a round (part 1, 4.4 and 5.2)', () => {
  it('a partner that opened the round is notified now, by its own representative alone', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const args = { roundId, partnerId: idOf('b'), channel: 'in-app-opened', status: 'delivered' } as const;
    for (const who of ['a', 'facilitator', 'citizen'])
      expect(stage.does(who, 'RecordNotification', args).refusal?.refused).toBe('POWER_MISSING');
    const { events } = stage.does('b', 'RecordNotification', args);
    expect(firstOf(events, 'PartnerNotified')).toEqual({ ...args, deliveredAt: stage.now });
    expect(stage.state.rounds.get(roundId)?.deliveredAt).toEqual({ [idOf('b')]: stage.now });
  });

  it('what was opened was opened now: no other instant is taken', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    stage.after(5);
    const args = { roundId, partnerId: idOf('b'), channel: 'in-app-opened', status: 'delivered' } as const;
    const refused = { refused: 'DATE_INVALID', pointer: '/deliveredAt' };
    expect(stage.does('b', 'RecordNotification', { ...args, deliveredAt: START }).refusal).toMatchObject(refused);
    expect(stage.does('b', 'RecordNotification', { ...args, deliveredAt: stage.now }).refusal).toBeUndefined();
  });

  it('a letter and a meeting are told by the facilitator alone, an e-mail by nobody who signs in', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const args = { roundId, partnerId: idOf('b'), status: 'delivered' } as const;
    for (const channel of ['letter-received', 'meeting'] as const)
      expect(stage.does('b', 'RecordNotification', { ...args, channel }).refusal?.refused).toBe('POWER_MISSING');
    for (const who of ['b', 'facilitator']) {
      const { refusal } = stage.does(who, 'RecordNotification', { ...args, channel: 'email-accepted' });
      expect(refusal).toMatchObject({ refused: 'POWER_MISSING', rule: 'notifier' });
    }
    const sealed = texts('address');
    const meeting = stage.does('facilitator', 'RecordNotification', { ...args, channel: 'meeting', sealed });
    expect(meeting.events).toMatchObject([{ type: 'PartnerNotified', sealed }]);
  });

  it('what was received was received while the round was open, and not in the future', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    stage.after(5);
    expect(told(stage, roundId, 'b', '2026-03-02T08:59:59.999Z').refusal?.refused).toBe('DATE_INVALID');
    expect(told(stage, roundId, 'b', addHours(stage.now, 1)).refusal?.refused).toBe('DATE_INVALID');
    expect(told(stage, roundId, 'b', START).refusal).toBeUndefined();
    const failed = { roundId, partnerId: idOf('c'), channel: 'letter-received', status: 'failed' } as const;
    const dated = stage.does('facilitator', 'RecordNotification', { ...failed, deliveredAt: START });
    expect(dated.refusal?.refused).toBe('DATE_INVALID');
  });

  it('the first delivered one counts, in whatever order they are told; one that failed does not', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    stage.after(30);
    const failed = { roundId, partnerId: idOf('b'), channel: 'letter-received', status: 'failed' } as const;
    expect(stage.does('facilitator', 'RecordNotification', failed).refusal).toBeUndefined();
    expect(snapshotOf(stage.state, roundId)?.electorate[1]).not.toHaveProperty('deliveredAt', expect.anything());
    told(stage, roundId, 'b', addHours(START, 20));
    told(stage, roundId, 'b', addHours(START, 10));
    told(stage, roundId, 'b', addHours(START, 25));
    expect(snapshotOf(stage.state, roundId)?.electorate[1]?.deliveredAt).toBe(addHours(START, 10));
  });

  it('only a partner of E is told, of an open round', () => {
    const stage = new Stage();
    const roundId = opened(stage, undefined, 2);
    expect(told(stage, roundId, 'z').refusal).toMatchObject({ refused: 'NOT_IN_ELECTORATE', pointer: '/partnerId' });
    expect(told(stage, idOf('none'), 'b').refusal?.refused).toBe('NOT_FOUND');
    stage.after(49);
    expect(told(stage, roundId, 'b').refusal).toMatchObject({ refused: 'ROUND_CLOSED', rule: 'deadline' });
  });

  it('a partner told noticeDays before the closing is deemed to consent, one told a moment later is not', () => {
    const stage = new Stage({ charter: SILENCE_IS_CONSENT });
    const roundId = opened(stage, undefined, 10);
    agree(stage, roundId, 'a', 'b', 'c');
    stage.after(3 * 24);
    told(stage, roundId, 'd');
    const closed = firstOf(stage.after(8 * 24), 'RoundClosed');
    expect(closed.outcome).toMatchObject({ result: 'adopted', participation: 3, deemed: 1, silent: 0 });

    const late = new Stage({ charter: SILENCE_IS_CONSENT });
    const other = opened(late, undefined, 10);
    agree(late, other, 'a', 'b', 'c');
    late.at(addHours(START, 3 * 24).replace('.000Z', '.001Z'));
    told(late, other, 'd');
    const { outcome } = firstOf(late.after(8 * 24), 'RoundClosed');
    expect(outcome).toMatchObject({ result: 'inconclusive:silence', deemed: 0, silent: 1 });
  });

  it('deemed consent never makes the quorum, and without notice nobody is deemed', () => {
    const stage = new Stage({ charter: SILENCE_IS_CONSENT });
    const roundId = opened(stage, undefined, 10);
    for (const name of ['b', 'c', 'd']) told(stage, roundId, name);
    agree(stage, roundId, 'a');
    const { outcome } = firstOf(stage.after(241), 'RoundClosed');
    expect(outcome).toMatchObject({ result: 'inconclusive:quorum', participation: 1, deemed: 3 });
  });
});
