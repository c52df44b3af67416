import { amountOf } from '#contracts';
import { addDays, isRefusal } from '#kernel';
import type { Day, Id } from '#kernel';
import type { ContributionFact, GuaranteeFact } from '../domain/facts.js';
import { bucketsOf } from '../domain/buckets.js';
import { obligationNow } from '../domain/standing-facts.js';
import { furtherCommandOf } from './random-promises.js';
import { part, PARTNERS, pickFrom } from './random-steps.js';
import type { Sent, Step } from './random-steps.js';
import { A, B, C, D, given, idOf, sealedText } from './scene.js';
import type { Scene } from './scene.js';

const LINES = [
  { kind: 'money', unit: 'EUR', carrierId: idOf('c1') },
  { kind: 'skills', unit: 'hour' },
  { kind: 'goods', unit: 'piece' },
] as const;
export interface Played {
  readonly scene: Scene;
  readonly lastDay: Day;
  readonly sent: number;
  readonly accepted: number;
}

/** Plays steps; `clock` false: nothing falls due until the end. `after` is told of each entry. */
export function play(script: readonly Step[], clock = true, after?: (scene: Scene) => void): Played {
  const scene = given();
  let day = '2026-02-01';
  let [sent, accepted] = [0, 0];
  for (const one of script) {
    day = addDays(day, one.days);
    if (clock && scene.on(day).tick().length > 0) after?.(scene);
    const command = commandOf(scene.on(day), one, day);
    if (!command) continue;
    sent++;
    if (isRefusal(scene.send(command.name, command.args, { explanation: sealedText }))) continue;
    accepted++;
    after?.(scene);
  }
  scene.on(addDays(day, 1)).tick();
  return { scene, lastDay: day, sent, accepted };
}

function commandOf(scene: Scene, one: Step, day: Day): Sent | undefined {
  const more = furtherCommandOf(scene, one, day);
  if (more !== 'other') return more;
  const commitment = pickFrom(scene.facts.commitments, one.pick);
  const contribution = pickFrom(scene.facts.contributions, one.pick);
  if (one.act === 'promise') return promise(scene, one, day);
  if (one.act === 'give') return give(scene, one, day);
  if (one.act === 'release' || one.act === 'reschedule') {
    if (!commitment) return undefined;
    const { commitmentId, unit, attestorId } = commitment;
    scene.by(attestorId);
    if (one.act === 'reschedule')
      return { name: 'RescheduleCommitment', args: { commitmentId, dueOn: addDays(day, one.percent) } };
    const amount = part(obligationNow(scene.state, commitmentId)?.open ?? 0n, one.percent, unit);
    return { name: 'ReleaseCommitment', args: { commitmentId, amount, reason: 'agreement' } };
  }
  return contribution && attest(scene, one, contribution);
}

function attest(scene: Scene, { act, percent, other }: Step, fact: ContributionFact): Sent {
  const { contributionId, attestorId, unit } = fact;
  const buckets = bucketsOf(fact);
  scene.by(attestorId);
  if (act === 'acknowledge') {
    return { name: 'AcknowledgeContribution', args: { contributionId, amount: part(buckets.awaiting, percent, unit) } };
  }
  if (act === 'lift') {
    return { name: 'LiftContestation', args: { contributionId, amount: part(buckets.contested, percent, unit) } };
  }
  if (act === 'contest') {
    const from = buckets.awaiting > 0n ? 'awaiting' : 'acknowledged';
    const amount = part(buckets[from], percent, unit);
    return { name: 'ContestContribution', args: { contributionId, amount, from, ground: 'defective' } };
  }
  scene.by(fact.providerId ?? fact.receiverId ?? attestorId);
  const size = part(amountOf(fact.amount), percent, unit);
  const delta = other % 3 === 0 ? size : `-${size}`;
  return { name: 'CorrectContribution', args: { contributionId, corrects: contributionId, delta, cause: 'recount' } };
}

function promise(scene: Scene, { pick, other, percent }: Step, day: Day): Sent {
  const providerId = pickOf(PARTNERS, pick);
  scene.by(providerId);
  const line = pickOf(LINES, other);
  const pledge = scene.facts.pledges.find((one) => one.providerId === providerId && one.kind === line.kind);
  const terms = {
    amount: String(percent),
    dueOn: addDays(day, other % 60),
    obligation: 'means',
    ...(other % 3 === 0 ? { adReferendum: true, ratifyBy: addDays(day, other % 80) } : {}),
    ...(pledge && pick % 2 === 0 ? { pledgeId: pledge.pledgeId } : {}),
  };
  return { name: 'MakeCommitment', args: { ...parties(providerId, other), ...line, ...terms } };
}

function give(scene: Scene, { pick, other, percent, earlier }: Step, day: Day): Sent {
  const promised = pickFrom(scene.facts.commitments, pick);
  const called = pickFrom(
    scene.facts.guarantees.filter(({ calls }) => calls.length > 0),
    pick,
  );
  if (called && other % 3 === 0) return payCall(scene, called, percent);
  const occurredOn = addDays(day, -earlier) < '2026-01-10' ? day : addDays(day, -earlier);
  const amount = String(percent);
  if (!promised || other % 5 === 0) return fromNobody(scene, { pick, other, amount, occurredOn });
  const { providerId, kind, unit } = promised;
  scene.by(providerId);
  const carrierId = kind === 'money' ? { carrierId: idOf('c1') } : {};
  const fulfils = [{ obligationId: promised.commitmentId, amount: String(Math.max(1, percent - (other % 7))) }];
  const gift = { ...parties(providerId, other), kind, unit, ...carrierId, amount, fulfils, occurredOn };
  return { name: 'DeclareContribution', args: gift };
}

/** Money that the obligor of a guarantee pays for a call, or too much of it. */
function payCall(scene: Scene, { obligorId, calls }: GuaranteeFact, percent: number): Sent {
  scene.by(obligorId);
  const [call] = calls;
  const money = { kind: 'money', unit: 'EUR', carrierId: idOf('c1'), amount: String(percent) };
  const fulfils = [{ obligationId: call?.callId, amount: String(percent) }];
  return { name: 'DeclareContribution', args: { ...parties(obligorId, 0), ...money, fulfils } };
}

/** A gift without promise: of a partner, or of someone outside, whom C declares. */
function fromNobody(scene: Scene, of: { pick: number; other: number; amount: string; occurredOn: Day }): Sent {
  const { pick, other, amount, occurredOn } = of;
  const outside = pick % 2 === 0;
  const providerId = outside ? C : pickOf(PARTNERS, pick);
  scene.by(providerId);
  const { providerId: _hidden, ...received } = parties(C, other);
  const from = outside ? received : parties(providerId, other);
  return { name: 'DeclareContribution', args: { ...from, ...pickOf(LINES, other), amount, occurredOn } };
}

function parties(providerId: Id, other: number) {
  return { providerId, receiverId: C, attestorId: providerId === C ? pickOf([A, B, D], other) : C };
}

function pickOf<T>(items: readonly [T, ...T[]] | readonly T[], pick: number): T {
  const item = items[pick % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
