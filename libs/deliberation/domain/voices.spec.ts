import fc from 'fast-check';
import { event } from '#contracts';
import type { PositionValue } from '#contracts';
import { addHours, canonicalJson, DAY_MS, msBetween, sha256 } from '#kernel';
import type { Id, Json } from '#kernel';
import { evaluate, inputHash, snapshotOf } from '../index.js';
import { electors } from './round.js';
import type { Round } from './state.js';
import { charterWith, idOf, OBJECTION, opened, Stage, texts } from './testing.js';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
const NOTICE_DAYS = 3;
const CHARTER = charterWith({ silence: 'consent-if-notified', noticeDays: NOTICE_DAYS });

const act = fc.record({
  who: fc.constantFrom(...NAMES),
  other: fc.constantFrom(...NAMES),
  what: fc.constantFrom(
    ...(['agree', 'agree', 'object', 'notify', 'notify', 'letter', 'recuse', 'leave', 'unrepresented'] as const),
    ...(['give', 'give', 'give-dated', 'by-proxy', 'by-proxy', 'by-proxy', 'revoke', 'substitute'] as const),
    ...(['on-behalf', 'on-behalf', 'objects-on-behalf', 'contest', 'contest', 'notify-position', 'extend'] as const),
    ...(['revise', 'contest-objection', 'adopt'] as const),
  ),
  hours: fc.constantFrom(0, 0, 0, 0, 1, 1, 5, 9, 30),
});
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;
const story = fc.noBias(fc.array(act, { minLength: 25, maxLength: 45, size: 'max' }));

/** A story of one round that is open for six days, and of what is done after it; `pass` lets the hours go by. */
function play(acts: readonly Act[], pass: (stage: Stage, hours: number) => void, seen?: (round: Round) => void) {
  const stage = new Stage({ partners: NAMES.length, charter: CHARTER });
  const roundId = opened(stage, undefined, 6);
  for (const one of acts) {
    pass(stage, one.hours);
    perform(stage, roundId, one);
    const round = stage.state.rounds.get(roundId);
    if (round) seen?.(round);
  }
  return { stage, roundId };
}

const rings = (stage: Stage, hours: number) => {
  stage.after(hours);
};

function perform(stage: Stage, roundId: Id, { who, other, what }: Act): void {
  stage.after(0);
  const round = stage.state.rounds.get(roundId);
  const partnerId = idOf(who);
  const proxyId = stage.state.liveProxies.at(-1) ?? idOf('none');
  const held = stage.state.proxies.get(proxyId);
  const holder = NAMES.find((name) => idOf(name) === held?.holderId) ?? who;
  const spoken = round?.positions.findLast(({ channel }) => channel === 'on-behalf');
  const speaker = NAMES.find((name) => idOf(name) === spoken?.partnerId) ?? who;
  const positionId = spoken?.positionId ?? idOf('none');
  const objectionId = round?.objections.at(-1) ?? idOf('none');
  const day = stage.now.slice(0, 10);
  const delivered = { roundId, channel: 'in-app-opened', status: 'delivered' } as const;
  const take = (value: PositionValue, more: object = {}) =>
    stage.does(who, 'TakePosition', { roundId, value, ...more });
  const record = (value: PositionValue, more: object = {}) =>
    stage.does(other === who ? 'facilitator' : other, 'RecordPositionOnBehalf', {
      ...{ roundId, partnerId, value, speakerMandateId: idOf(`mandate ${who}`), statedAt: addHours(stage.now, -1) },
      ...{ means: 'phone', evidenceHash: sha256('note'), ...more },
    });
  const acts: Readonly<Record<Act['what'], () => unknown>> = {
    agree: () => take('agree'),
    object: () => take('object', { objection: OBJECTION }),
    notify: () => stage.does(who, 'RecordNotification', { ...delivered, partnerId }),
    letter: () =>
      stage.does('facilitator', 'RecordNotification', { ...delivered, partnerId, channel: 'letter-received' }),
    'notify-position': () =>
      stage.does(speaker, 'RecordNotification', { ...delivered, partnerId: idOf(speaker), positionId }),
    recuse: () => stage.does(who, 'RecusePartner', { roundId }),
    leave: () => stage.seats.some(({ name, status }) => name === who && status === 'active') && stage.leaves(who),
    unrepresented: () => stage.happens(event('MandateEnded', { mandateId: idOf(`mandate ${who}`), cause: 'resigned' })),
    give: () => stage.does(who, 'GiveProxy', { holderId: idOf(other), roundId }),
    'give-dated': () => stage.does(who, 'GiveProxy', { holderId: idOf(other), validFrom: day, validTo: '2026-03-06' }),
    'by-proxy': () => stage.does(holder, 'TakePosition', { roundId, proxyId, value: 'agree' }),
    revoke: () => stage.does(who, 'RevokeProxy', { proxyId }),
    substitute: () => stage.substitutes.add(who),
    'on-behalf': () => record('agree'),
    'objects-on-behalf': () => record('object', { objection: OBJECTION }),
    contest: () => stage.does(speaker, 'ContestPosition', { positionId }),
    extend: () => {
      const closesAt = addHours(round?.closesAt ?? stage.now, 20);
      stage.does('facilitator', 'ExtendRound', { roundId, closesAt, sealed: texts('reason') });
    },
    revise: () =>
      other === 'f' &&
      stage.does(who, 'ReviseProposal', { proposalId: round?.proposalId ?? idOf('none'), textHash: sha256(stage.now) }),
    'contest-objection': () =>
      stage.does(who, 'ContestObjection', { objectionId, says: 'not-qualified', sealed: texts('reason') }),
    adopt: () => stage.does(who, 'AdoptObjection', { objectionId }),
  };
  acts[what]();
}

/** The round of a story that is over, with its positions as they were at the closing. */
function closedRound({ state }: Stage, roundId: Id) {
  const round = state.rounds.get(roundId);
  if (!round?.closed) throw new Error('the round never closed');
  return { round: { ...round, positions: round.closed.positions }, closed: round.closed };
}

/** Who may be deemed, told from the acts recorded: invariant 8, in other words than those of `evaluate`. */
function mayBeDeemed({ ledger }: Stage, round: Round): readonly Id[] {
  const { closed, closesAt } = round;
  const until = closed?.closedAt ?? closesAt;
  const toldInTime = ledger.flatMap((one) => {
    if (one.type !== 'PartnerNotified' || one.data.positionId !== undefined) return [];
    const { partnerId, deliveredAt } = one.data;
    const inTime = deliveredAt !== undefined && msBetween(deliveredAt, until) >= NOTICE_DAYS * DAY_MS;
    return inTime ? [partnerId] : [];
  });
  const disputed = round.positions.filter(({ contested, struck }) => contested || struck);
  return electors(round)
    .map(({ partnerId }) => partnerId)
    .filter((id) => toldInTime.includes(id) && !closed?.unrepresented.includes(id))
    .filter((id) => !disputed.some(({ partnerId }) => partnerId === id));
}

describe('however partners are told, speak for each other and leave (part 1, 6.1)', () => {
  it('2, 8, 13: one counted position each, nobody deemed that may not be, nothing late counted', () => {
    fc.assert(
      fc.property(story, (acts) => {
        const { stage, roundId } = play(acts, rings);
        stage.after(1000);
        const { round, closed } = closedRound(stage, roundId);
        const { counted, deemed } = closed.outcome;
        const positions = counted.map((id) => round.positions.find(({ positionId }) => positionId === id));
        const partners = positions.map((position) => position?.partnerId);
        expect(new Set(partners).size).toBe(counted.length);
        for (const position of positions) {
          expect(position).toMatchObject({ late: false, contested: false, struck: false });
          expect((position?.recordedAt ?? '') <= closed.closedAt).toBe(true);
        }
        const silent = mayBeDeemed(stage, round).filter((id) => !partners.includes(id));
        const judged = !/^(cancelled|superseded)/.test(closed.result);
        expect(deemed).toBe(judged ? silent.length : 0);
      }),
    );
  });

  it('3, 4: E only shrinks, and the outcome is that of the recorded snapshot until a position is contested', () => {
    fc.assert(
      fc.property(story, (acts) => {
        const sizes: number[] = [];
        const { stage, roundId } = play(acts, rings, (round) => sizes.push(electors(round).length));
        expect(sizes).toEqual(sizes.toSorted((one, other) => other - one));
        const closedAt = stage.ledger.findIndex(({ type }) => type === 'RoundClosed');
        const closed = stage.ledger[closedAt];
        const contested = stage.ledger.slice(closedAt + 1).some(({ type }) => type === 'PositionContested');
        if (closed?.type !== 'RoundClosed' || contested) return;
        const snapshot = snapshotOf(stage.state, roundId);
        expect(snapshot && evaluate(snapshot)).toEqual(closed.data.outcome);
        expect(snapshot && inputHash(snapshot)).toBe(closed.data.inputHash);
      }),
    );
  });

  it('14: neither facilitator nor citizen has a position, a proxy or a partner to recuse', () => {
    fc.assert(
      fc.property(story, fc.constantFrom('facilitator', 'citizen'), (acts, who) => {
        const { stage, roundId } = play(acts, rings);
        const holderId = idOf('a');
        const refusals = [
          stage.does(who, 'TakePosition', { roundId, value: 'agree' }),
          stage.does(who, 'RecusePartner', { roundId }),
          stage.does(who, 'GiveProxy', { holderId, roundId }),
          stage.does(who, 'RevokeProxy', { proxyId: stage.state.liveProxies[0] ?? idOf('none') }),
          stage.does(who, 'ContestPosition', { positionId: idOf('none') }),
        ].map(({ refusal }) => refusal?.refused);
        expect(new Set(refusals)).toEqual(new Set(['POWER_MISSING']));
      }),
      { numRuns: 20 },
    );
  });

  it('a partner speaks in the round for one other at most, and not if another spoke for it', () => {
    fc.assert(
      fc.property(story, (acts) => {
        const { stage, roundId } = play(acts, rings);
        const used = (stage.state.rounds.get(roundId)?.positions ?? []).flatMap(
          ({ proxyId }) => stage.state.proxies.get(proxyId) ?? [],
        );
        const pairs = [...new Set(used.map(({ giverId, holderId }) => `${giverId} ${holderId}`))];
        const [givers, holders] = [0, 1].map((side) => pairs.map((pair) => pair.split(' ')[side] ?? ''));
        expect(new Set(holders).size).toBe(holders?.length);
        expect(givers?.filter((giver) => holders?.includes(giver))).toEqual([]);
      }),
    );
  });

  it('an objection asks for something while its position counts, and one withdrawn counts no more', () => {
    fc.assert(
      fc.property(story, (acts) => {
        const { stage, roundId } = play(acts, rings);
        const round = stage.state.rounds.get(roundId);
        const snapshot = snapshotOf(stage.state, roundId);
        if (!round || !snapshot || round.closed) return;
        const { counted } = evaluate(snapshot);
        for (const objectionId of round.objections) {
          const objection = stage.state.objections.get(objectionId);
          const counts = counted.includes(objection?.positionId ?? idOf('none'));
          if (counts) expect(objection?.status).toBe('raised');
          if (objection?.status === 'withdrawn') expect(counts).toBe(false);
        }
      }),
    );
  });

  it('20: the same acts at the same instants give the same state whatever the ticks between them', () => {
    const ringsOften = (stage: Stage, hours: number) => {
      for (let passed = 0; passed < hours; passed += 2) stage.after(Math.min(2, hours - passed));
    };
    const hasNoClock = (stage: Stage, hours: number) => {
      stage.now = addHours(stage.now, hours);
    };
    const shown = ({ state }: Stage) => canonicalJson(JSON.parse(JSON.stringify({ ...state, due: undefined })) as Json);
    fc.assert(
      fc.property(story, (acts) => {
        const [often, never] = [play(acts, ringsOften).stage, play(acts, hasNoClock).stage];
        often.after(1000);
        never.after(1000);
        expect(shown(often)).toBe(shown(never));
      }),
    );
  });

  it('these stories reach what they are about', () => {
    const seen = new Map<string, number>();
    const note = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
    fc.assert(
      fc.property(story, (acts) => {
        const { stage, roundId } = play(acts, rings);
        stage.after(1000);
        for (const one of stage.ledger) note(one.type === 'ProxyRevoked' ? `revoked ${one.data.cause}` : one.type);
        const closed = stage.state.rounds.get(roundId)?.closed;
        for (const { why } of closed?.outcome.notCounted ?? []) note(why);
        if ((closed?.outcome.deemed ?? 0) > 0) note('deemed');
        if (closed) note(closed.result);
      }),
      { numRuns: 300, seed: 7 },
    );
    const wanted = [
      ...['PartnerRecused', 'PositionContested', 'PositionRecordedOnBehalf', 'ObjectionOrphaned', 'ObjectionWithdrawn'],
      ...['revoked giver', 'revoked own-position', 'revoked holder-left', 'revoked expired', 'removed', 'contested'],
      ...['struck', 'own-beats-proxy', 'direct-beats-on-behalf', 'titular-beats-substitute', 'later', 'deemed'],
      ...['adopted', 'returned-for-integration', 'cancelled:electorate'],
    ];
    expect(wanted.filter((what) => (seen.get(what) ?? 0) < 5)).toEqual([]);
  });
});
