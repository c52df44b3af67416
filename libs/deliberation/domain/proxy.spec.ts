import type { ArgumentsOf } from '#contracts';
import type { Id } from '#kernel';
import { snapshotOf } from '../index.js';
import { agree, charterWith, countOf, firstOf, idOf, OBJECTION, opened, Stage, types } from './testing.js';

type Span = Pick<ArgumentsOf<'GiveProxy'>, 'roundId' | 'validFrom' | 'validTo'>;

function give(stage: Stage, giver: string, holder: string, span: Span) {
  return stage.does(giver, 'GiveProxy', { holderId: idOf(holder), ...span });
}

function given(stage: Stage, giver: string, holder: string, span: Span): Id {
  return firstOf(give(stage, giver, holder, span).events, 'ProxyGiven').proxyId;
}

const MARCH = { validFrom: '2026-03-02', validTo: '2026-03-20' };
const code = ({ refusal }: ReturnType<Stage['does']>) => refusal?.refused;

describe('giving a proxy (part 1, 4.8)', () => {
  it('is for one round or between two dates, by a mandate with take-position', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    expect(firstOf(give(stage, 'd', 'c', { roundId }).events, 'ProxyGiven')).toMatchObject({
      ...{ giverId: idOf('d'), holderId: idOf('c'), roundId },
    });
    expect(give(stage, 'b', 'a', MARCH).refusal).toBeUndefined();
    for (const span of [
      {},
      { roundId, ...MARCH },
      { roundId, validTo: '2026-03-20' },
      { validFrom: '2026-03-02' },
      { validTo: '2026-03-20' },
    ])
      expect(code(give(stage, 'b', 'c', span))).toBe('DATE_INVALID');
    stage.powerless.add('a');
    for (const who of ['a', 'facilitator']) expect(code(give(stage, who, 'c', { roundId }))).toBe('POWER_MISSING');
  });

  it('begins today or later and does not end before it begins', () => {
    const stage = new Stage();
    const from = (validFrom: string, validTo: string) => give(stage, 'd', 'c', { validFrom, validTo }).refusal;
    expect(from('2026-03-01', '2026-03-20')).toMatchObject({ refused: 'DATE_INVALID', pointer: '/validFrom' });
    expect(from('2026-03-10', '2026-03-09')).toMatchObject({ refused: 'DATE_INVALID', pointer: '/validTo' });
    expect(from('2026-03-02', '2026-03-02')).toBeUndefined();
  });

  it('is between partners of E of an open round, and to an active partner', () => {
    const stage = new Stage();
    const roundId = opened(stage, undefined, 2);
    stage.seats.push({ name: 'e', kind: 'academic', status: 'active' });
    expect(code(give(stage, 'e', 'c', { roundId }))).toBe('NOT_IN_ELECTORATE');
    const toLate = give(stage, 'c', 'e', { roundId }).refusal;
    expect(toLate).toMatchObject({ refused: 'NOT_IN_ELECTORATE', pointer: '/holderId' });
    expect(code(give(stage, 'c', 'd', { roundId: idOf('none') }))).toBe('NOT_FOUND');
    stage.becomes('e', 'withdrawn');
    expect(code(give(stage, 'c', 'e', MARCH))).toBe('PARTNER_NOT_ACTIVE');
    stage.after(49);
    expect(code(give(stage, 'c', 'd', { roundId }))).toBe('ROUND_CLOSED');
  });

  it('a partner holds at most one per round, and gives at most one', () => {
    const stage = new Stage();
    const [roundId, other] = [opened(stage), opened(stage)];
    given(stage, 'd', 'c', { roundId });
    expect(give(stage, 'b', 'c', { roundId }).refusal).toMatchObject({ refused: 'PROXY_LIMIT', rule: 'holder' });
    expect(give(stage, 'd', 'b', { roundId }).refusal).toMatchObject({ refused: 'PROXY_LIMIT', rule: 'giver' });
    expect(code(give(stage, 'b', 'c', MARCH))).toBe('PROXY_LIMIT');
    expect(code(give(stage, 'b', 'c', { roundId: other }))).toBeUndefined();
    expect(code(give(stage, 'b', 'c', { validFrom: '2026-03-13', validTo: '2026-03-14' }))).toBeUndefined();
  });

  it('two between dates meet on a day that both have', () => {
    const stage = new Stage();
    given(stage, 'd', 'c', { validFrom: '2026-03-05', validTo: '2026-03-09' });
    const days = (validFrom: string, validTo: string) => code(give(stage, 'b', 'c', { validFrom, validTo }));
    expect(days('2026-03-09', '2026-03-12')).toBe('PROXY_LIMIT');
    expect(days('2026-03-02', '2026-03-05')).toBe('PROXY_LIMIT');
    expect(days('2026-03-10', '2026-03-12')).toBeUndefined();
    expect(days('2026-03-02', '2026-03-04')).toBeUndefined();
  });

  it('whoever holds one gives none and the reverse, and nobody holds its own', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    given(stage, 'd', 'c', { roundId });
    expect(code(give(stage, 'c', 'b', { roundId }))).toBe('PROXY_CHAIN');
    expect(code(give(stage, 'a', 'd', { roundId }))).toBe('PROXY_CHAIN');
    expect(code(give(stage, 'c', 'b', MARCH))).toBe('PROXY_CHAIN');
    expect(code(give(stage, 'b', 'b', { roundId }))).toBe('PROXY_CHAIN');
    expect(code(give(stage, 'b', 'a', { roundId }))).toBeUndefined();
  });

  it('is refused for a round in which the giver has spoken itself', () => {
    const stage = new Stage();
    const [roundId, other] = [opened(stage), opened(stage)];
    agree(stage, roundId, 'd');
    expect(code(give(stage, 'd', 'c', { roundId }))).toBe('OWN_POSITION_EXISTS');
    expect(code(give(stage, 'd', 'c', { roundId: other }))).toBeUndefined();
  });

  it('at most forty between two dates wait at a time', () => {
    const stage = new Stage();
    for (let day = 1; day <= 40; day++) {
      const date = new Date(Date.UTC(2026, 3, day)).toISOString().slice(0, 10);
      expect(code(give(stage, 'd', 'c', { validFrom: date, validTo: date }))).toBeUndefined();
    }
    expect(code(give(stage, 'd', 'c', { validFrom: '2027-01-01', validTo: '2027-01-01' }))).toBe('LIMIT_EXCEEDED');
    expect(code(give(stage, 'd', 'c', { roundId: opened(stage) }))).toBeUndefined();
    expect(code(give(stage, 'b', 'a', { validFrom: '2027-01-01', validTo: '2027-01-01' }))).toBeUndefined();
  });
});

describe('a position by proxy', () => {
  const take = (stage: Stage, who: string, roundId: Id, proxyId: Id) =>
    stage.does(who, 'TakePosition', { roundId, proxyId, value: 'agree' });

  it('is a separate act of the holder, and is the position of the giver', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const proxyId = given(stage, 'd', 'c', { roundId });
    agree(stage, roundId, 'a', 'b', 'c');
    expect(firstOf(take(stage, 'c', roundId, proxyId).events, 'PositionTaken')).toMatchObject({
      ...{ partnerId: idOf('d'), channel: 'proxy', proxyId, value: 'agree', late: false },
    });
    const { outcome } = firstOf(stage.after(49), 'RoundClosed');
    expect(outcome).toMatchObject({ result: 'adopted', participation: 4 });
  });

  it('is taken by nobody but its holder', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const proxyId = given(stage, 'd', 'c', { roundId });
    for (const who of ['a', 'd', 'facilitator']) expect(code(take(stage, who, roundId, proxyId))).toBe('POWER_MISSING');
    expect(code(take(stage, 'c', roundId, idOf('none')))).toBe('NOT_FOUND');
  });

  it('needs a proxy in force for that round', () => {
    const stage = new Stage();
    const [roundId, other] = [opened(stage), opened(stage)];
    const forOne = given(stage, 'd', 'c', { roundId });
    expect(code(take(stage, 'c', other, forOne))).toBe('NOT_IN_FORCE');
    const later = given(stage, 'b', 'a', { validFrom: '2026-03-04', validTo: '2026-03-05' });
    expect(code(take(stage, 'a', roundId, later))).toBe('NOT_IN_FORCE');
    stage.at('2026-03-03T23:00:00.000Z');
    expect(code(take(stage, 'a', roundId, later))).toBeUndefined();
    stage.at('2026-03-05T22:59:59.999Z');
    expect(code(take(stage, 'a', roundId, later))).toBeUndefined();
    stage.does('d', 'RevokeProxy', { proxyId: forOne });
    expect(code(take(stage, 'c', roundId, forOne))).toBe('NOT_IN_FORCE');
  });

  it('the objection of a position by proxy is that of the giver, which withdraws it by its own position', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const proxyId = given(stage, 'd', 'c', { roundId });
    const taken = stage.does('c', 'TakePosition', { roundId, proxyId, value: 'object', objection: OBJECTION });
    const { objectionId, partnerId } = firstOf(taken.events, 'ObjectionRaised');
    expect(partnerId).toBe(idOf('d'));
    const contested = { objectionId, says: 'not-qualified', sealed: OBJECTION.sealed } as const;
    expect(code(stage.does('d', 'ContestObjection', contested))).toBe('NOT_CONTESTABLE');
    expect(code(stage.does('c', 'ContestObjection', contested))).toBeUndefined();
    const own = agree(stage, roundId, 'd');
    expect(types(own)).toEqual(['PositionTaken', 'ObjectionWithdrawn', 'ProxyRevoked']);
    expect(firstOf(own, 'ProxyRevoked')).toEqual({ proxyId, cause: 'own-position' });
    agree(stage, roundId, 'a', 'b', 'c');
    const { outcome } = firstOf(stage.after(49), 'RoundClosed');
    expect(outcome).toMatchObject({ result: 'adopted', notCounted: [{ why: 'own-beats-proxy' }] });
  });

  it('of a proxy between two dates, the own position of the giver ends it for that round alone', () => {
    const stage = new Stage();
    const [roundId, other] = [opened(stage), opened(stage)];
    const proxyId = given(stage, 'd', 'c', MARCH);
    expect(countOf(agree(stage, roundId, 'd'), 'ProxyRevoked')).toBe(0);
    expect(code(take(stage, 'c', roundId, proxyId))).toBe('OWN_POSITION_EXISTS');
    expect(code(take(stage, 'c', other, proxyId))).toBeUndefined();
  });

  it('one after the other, proxies between dates make neither two in one round nor a chain', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const [first, second] = [
      given(stage, 'd', 'c', { validFrom: '2026-03-02', validTo: '2026-03-03' }),
      given(stage, 'b', 'c', { validFrom: '2026-03-04', validTo: '2026-03-05' }),
    ];
    const third = given(stage, 'c', 'a', { validFrom: '2026-03-06', validTo: '2026-03-07' });
    expect(code(take(stage, 'c', roundId, first))).toBeUndefined();
    stage.at('2026-03-04T09:00:00.000Z');
    expect(code(take(stage, 'c', roundId, second))).toBe('PROXY_LIMIT');
    stage.at('2026-03-06T09:00:00.000Z');
    expect(code(take(stage, 'a', roundId, third))).toBe('PROXY_CHAIN');
  });

  it('a partner whose own position was taken by proxy uses none in that round', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const first = given(stage, 'c', 'a', { validFrom: '2026-03-02', validTo: '2026-03-03' });
    const second = given(stage, 'd', 'c', { validFrom: '2026-03-04', validTo: '2026-03-05' });
    take(stage, 'a', roundId, first);
    stage.at('2026-03-04T09:00:00.000Z');
    expect(code(take(stage, 'c', roundId, second))).toBe('PROXY_CHAIN');
  });

  it('neither the giver nor the holder may have left E', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const proxyId = given(stage, 'd', 'c', MARCH);
    stage.does('d', 'RecusePartner', { roundId });
    expect(code(take(stage, 'c', roundId, proxyId))).toBe('NOT_IN_ELECTORATE');
    const other = opened(stage);
    const joined = new Stage();
    joined.seats.push({ name: 'e', kind: 'academic', status: 'admitted' });
    const before = opened(joined);
    joined.becomes('e', 'active');
    const held = given(joined, 'd', 'e', MARCH);
    expect(take(joined, 'e', before, held).refusal).toMatchObject({
      refused: 'NOT_IN_ELECTORATE',
      rule: 'proxy holder',
    });
    expect(code(take(stage, 'c', other, proxyId))).toBeUndefined();
  });

  it('binds only after ratification where the mandate that gave it or the one that uses it says so', () => {
    for (const who of ['c', 'd']) {
      const stage = new Stage();
      const roundId = opened(stage);
      stage.adReferendum.add(who);
      const proxyId = given(stage, 'd', 'c', { roundId });
      expect(firstOf(take(stage, 'c', roundId, proxyId).events, 'PositionTaken').adReferendum).toBe(true);
    }
  });

  it('is presence: a partner that speaks by proxy is counted, and is not deemed', () => {
    const stage = new Stage({ charter: charterWith({ silence: 'consent-if-notified' }) });
    const roundId = opened(stage);
    const proxyId = given(stage, 'd', 'c', { roundId });
    take(stage, 'c', roundId, proxyId);
    agree(stage, roundId, 'a', 'b');
    const { outcome } = firstOf(stage.after(241), 'RoundClosed');
    expect(outcome).toMatchObject({ participation: 3, deemed: 0, silent: 1 });
  });
});

describe('the end of a proxy', () => {
  it('its giver revokes it; what the holder took before stands', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    const proxyId = given(stage, 'd', 'c', { roundId });
    stage.does('c', 'TakePosition', { roundId, proxyId, value: 'agree' });
    for (const who of ['c', 'a', 'facilitator'])
      expect(code(stage.does(who, 'RevokeProxy', { proxyId }))).toBe('POWER_MISSING');
    const { events } = stage.does('d', 'RevokeProxy', { proxyId });
    expect(firstOf(events, 'ProxyRevoked')).toEqual({ proxyId, cause: 'giver' });
    expect(code(stage.does('d', 'RevokeProxy', { proxyId }))).toBe('WRONG_STATE');
    expect(code(stage.does('d', 'RevokeProxy', { proxyId: idOf('none') }))).toBe('NOT_FOUND');
    expect(snapshotOf(stage.state, roundId)?.positions).toMatchObject([{ channel: 'proxy', struck: false }]);
  });

  it('at 00:00 after its last day it ends by the clock', () => {
    const stage = new Stage();
    const proxyId = given(stage, 'd', 'c', MARCH);
    expect(stage.at('2026-03-20T22:59:59.999Z')).toEqual([]);
    expect(stage.at('2026-03-20T23:00:00.000Z')).toMatchObject([
      { type: 'ProxyRevoked', data: { proxyId, cause: 'expired' } },
    ]);
  });

  it('one revoked before does not end again, nor one of a closed round', () => {
    const stage = new Stage();
    const dated = given(stage, 'd', 'c', MARCH);
    stage.does('d', 'RevokeProxy', { proxyId: dated });
    const roundId = opened(stage, undefined, 2);
    const proxyId = given(stage, 'd', 'c', { roundId });
    expect(countOf(stage.after(1000), 'ProxyRevoked')).toBe(0);
    expect(code(stage.does('d', 'RevokeProxy', { proxyId }))).toBe('WRONG_STATE');
    expect(countOf(stage.leaves('c'), 'ProxyRevoked')).toBe(0);
  });

  it('with the partner that leaves the alliance go those that it holds and those that it gave', () => {
    const holder = new Stage();
    given(holder, 'd', 'c', MARCH);
    expect(firstOf(holder.leaves('c'), 'ProxyRevoked').cause).toBe('holder-left');
    const giver = new Stage();
    given(giver, 'd', 'c', MARCH);
    expect(firstOf(giver.leaves('d'), 'ProxyRevoked').cause).toBe('giver');
  });

  it('a holder that recuses itself holds none for that round any more, a giver only that of the round', () => {
    const stage = new Stage();
    const roundId = opened(stage);
    given(stage, 'd', 'c', MARCH);
    const given2 = given(stage, 'b', 'a', { roundId });
    expect(firstOf(stage.does('c', 'RecusePartner', { roundId }).events, 'ProxyRevoked').cause).toBe('holder-left');
    const other = new Stage({ partners: 5 });
    const round = opened(other);
    given(other, 'd', 'c', { validFrom: '2026-03-02', validTo: '2026-03-31' });
    expect(countOf(other.does('d', 'RecusePartner', { roundId: round }).events, 'ProxyRevoked')).toBe(0);
    expect(stage.state.liveProxies).toEqual([given2]);
  });
});
