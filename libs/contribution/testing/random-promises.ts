import { formatAmount } from '#contracts';
import { addDays } from '#kernel';
import type { Day } from '#kernel';
import { bucketsOf } from '../domain/buckets.js';
import { guaranteeAt } from '../domain/guarantees-at.js';
import { part, PARTNERS, pickFrom } from './random-steps.js';
import type { Sent, Step } from './random-steps.js';
import { A, B, C, D } from './scene.js';
import type { Scene } from './scene.js';

const PLEDGED = [
  { kind: 'money', unit: 'EUR' },
  { kind: 'skills', unit: 'hour' },
  { kind: 'goods', unit: 'piece' },
] as const;

/** Steps around pledges, ratifications, guarantees and values; `other` for the rest. */
export function furtherCommandOf(scene: Scene, step: Step, day: Day): Sent | undefined | 'other' {
  switch (step.act) {
    case 'pledge':
      return pledge(scene, step, day);
    case 'withdraw': {
      const fact = pickFrom(scene.facts.pledges, step.pick);
      return fact && as(scene.by(fact.providerId), 'WithdrawPledge', { pledgeId: fact.pledgeId });
    }
    case 'ratify':
      return ratify(scene, step, day);
    case 'offer':
      return offer(scene, step, day);
    case 'enter':
    case 'call':
    case 'limit':
      return withGuarantee(scene, step, day);
    case 'value':
      return value(scene, step);
    default:
      return 'other';
  }
}

function as(_actor: Scene, name: Sent['name'], args: object): Sent {
  return { name, args };
}

function pledge(scene: Scene, { pick, other, percent }: Step, day: Day): Sent {
  const providerId = PARTNERS[pick % PARTNERS.length] ?? A;
  const until = other % 2 === 0 ? { validUntil: addDays(day, other % 40) } : {};
  const line = PLEDGED[other % PLEDGED.length];
  return as(scene.by(providerId), 'MakePledge', { providerId, ...line, amount: String(percent), ...until });
}

function ratify(scene: Scene, { pick, other }: Step, day: Day): Sent | undefined {
  const pending = scene.facts.commitments.filter((one) => one.adReferendum && !one.ratified && !one.declined);
  const awaited = scene.facts.guarantees.filter((one) => one.adReferendum && !one.ratified && !one.declined);
  const ratifiedOn = other % 3 === 0 ? {} : { ratifiedOn: day };
  const guarantee = pickFrom(awaited, pick);
  if (guarantee && other % 5 < 3) {
    const name = other % 3 === 0 ? 'RefuseGuaranteeRatification' : 'RatifyGuarantee';
    return as(scene.by(guarantee.obligorId), name, { guaranteeId: guarantee.guaranteeId, ...ratifiedOn });
  }
  const commitment = pickFrom(pending, pick);
  const name = other % 3 === 0 ? 'RefuseCommitmentRatification' : 'RatifyCommitment';
  return (
    commitment && as(scene.by(commitment.providerId), name, { commitmentId: commitment.commitmentId, ...ratifiedOn })
  );
}

function offer(scene: Scene, { pick, other, percent }: Step, day: Day): Sent {
  const obligorId = [A, B, D][pick % 3] ?? A;
  const debt = { debtorId: C, currency: 'EUR', principal: String(2 * percent), cap: String(percent) };
  const ratification = other % 3 === 0 ? { adReferendum: true, ratifyBy: addDays(day, other % 90) } : {};
  const terms = { share: { num: 1, den: 2 }, termOn: addDays(day, other % 300), ...ratification };
  return as(scene.by(obligorId), 'OfferGuarantee', { obligorId, ...debt, ...terms });
}

function withGuarantee(scene: Scene, step: Step, day: Day): Sent | undefined {
  const { act, pick, other, percent } = step;
  const { guarantees } = scene.facts;
  const chosen =
    act === 'enter' ? guarantees.filter(({ entered }) => !entered) : guarantees.filter(({ entered }) => entered);
  const fact = pickFrom(chosen, pick);
  if (!fact) return undefined;
  const { guaranteeId } = fact;
  scene.by(C);
  const told = toldLate(step, day, (fact.entered ?? fact.ratified ?? fact).day);
  if (act === 'enter') return as(scene, 'EnterGuarantee', { guaranteeId, ...told });
  const amount = part(guaranteeAt(fact, day).exposure, percent, 'EUR');
  return act === 'limit'
    ? as(scene, 'ReleaseGuarantee', { guaranteeId, amount })
    : as(scene, 'CallGuarantee', { guaranteeId, amount, dueOn: addDays(day, other % 30), ...told });
}

/** Half the time, a day before the act is told of, not before what makes it possible. */
function toldLate({ other, earlier }: Step, day: Day, causeDay: Day): { readonly occurredOn?: Day } {
  const occurredOn = addDays(day, -earlier);
  return other % 2 === 0 ? {} : { occurredOn: occurredOn < causeDay ? causeDay : occurredOn };
}

function value(scene: Scene, { pick, percent, other }: Step): Sent | undefined {
  const valuable = scene.facts.contributions.filter(
    (one) => one.kind !== 'money' && one.providerId && bucketsOf(one).acknowledged > 0n,
  );
  const fact = pickFrom(valuable, pick);
  if (!fact?.providerId) return undefined;
  const amount = formatAmount(bucketsOf(fact).acknowledged);
  const money = { contributionId: fact.contributionId, amount, currency: 'EUR', value: String(percent) };
  return other % 2 === 0
    ? as(scene.by(C), 'ValueContribution', { ...money, basis: 'cvn', method: 'grid', bookedById: C })
    : as(scene.by(fact.providerId), 'ValueContribution', { ...money, basis: 'donor-cost', method: 'actual-cost' });
}
