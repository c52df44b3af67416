import { event, optional, oneOf } from '#contracts';
import type { DomainEvent } from '#contracts';
import { addDays, hashedId } from '#kernel';
import type { Day, Id } from '#kernel';
import { defineView } from '../view.js';
import { TOY_DAY } from './toy-ledger.js';
import type { Projection } from '../view.js';

interface ToyDoc {
  readonly declaredOn?: Day;
  readonly declared: number;
  readonly acknowledged: number;
}

/** Per contribution: what was declared and when, what was acknowledged. Removed by a correction to zero. */
export const toyGifts: Projection<ToyDoc> = {
  name: 'toy-gifts',
  version: 1,
  touches: (one) =>
    one.type === 'ContributionDeclared' || one.type === 'ContributionAcknowledged' ? [one.data.contributionId] : [],
  evolve: (row, one, { effectiveDay }) => {
    const doc = row?.doc ?? { declared: 0, acknowledged: 0 };
    const next =
      one.type === 'ContributionDeclared'
        ? {
            ...doc,
            declaredOn: earliest(effectiveDay, doc.declaredOn),
            declared: doc.declared + Number(one.data.amount),
          }
        : one.type === 'ContributionAcknowledged'
          ? { ...doc, acknowledged: doc.acknowledged + Number(one.data.amount) }
          : doc;
    return { doc: next, tags: [next.acknowledged >= next.declared ? 'settled' : 'open'] };
  },
};

function earliest(day: Day, other: Day = day): Day {
  return day < other ? day : other;
}

/** Active partners: a row comes with the admission and goes with the withdrawal. */
export const toyPartners: Projection<{ readonly since: number }> = {
  name: 'toy-partners',
  version: 1,
  touches: (one) => (one.type === 'PartnerAdmitted' || one.type === 'PartnerWithdrew' ? [one.data.partnerId] : []),
  evolve: (row, one, { seq }) =>
    one.type === 'PartnerAdmitted' ? { doc: { since: Math.min(seq, row?.doc.since ?? seq) }, tags: [] } : undefined,
};

export const toyView = defineView({
  name: 'toy',
  projections: [toyGifts, toyPartners],
  params: { status: optional(oneOf('open', 'settled')) },
  answer: async (readers, { status }, { trueOn }) => {
    const gifts = await readers(toyGifts).list(status ? { tag: status } : { prefix: '' }, 1_000);
    const partners = await readers(toyPartners).list({ prefix: '' }, 1_000);
    return {
      gifts: gifts.map(({ key, doc }) => ({
        key,
        ...doc,
        isOld: doc.declaredOn !== undefined && doc.declaredOn < trueOn,
      })),
      partners: partners.map(({ key, doc }) => ({ key, ...doc })),
    };
  },
});

export function toyId(word: string, number: number): Id {
  return hashedId('toy', word, number);
}

export function declared(number: number, amount: number, occurredOn?: Day): DomainEvent {
  const data = {
    contributionId: toyId('contribution', number),
    attestorId: toyId('partner', 0),
    kind: 'money' as const,
    unit: 'EUR',
    amount: String(amount),
    fulfils: [],
  };
  return event('ContributionDeclared', data, { occurredOn });
}

export function acknowledged(number: number, amount: number): DomainEvent {
  return event('ContributionAcknowledged', {
    contributionId: toyId('contribution', number),
    amount: String(amount),
  });
}

export function admitted(number: number): DomainEvent {
  return event('PartnerAdmitted', { partnerId: toyId('partner', number) });
}

export function withdrew(number: number): DomainEvent {
  return event('PartnerWithdrew', { partnerId: toyId('partner', number) });
}

/** Events that follow from the seed alone, in the order of recording; days of facts go back up to three days. */
export function toyHistory(seed: number, length: number): DomainEvent[] {
  let state = seed * 2_654_435_761 + 1;
  const draw = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  let gifts = 0;
  return Array.from({ length }, () => {
    const kind = draw(10);
    if (gifts === 0 || kind < 4) {
      gifts += 1;
      return declared(gifts, 1 + draw(9), draw(2) === 0 ? undefined : addDays(TOY_DAY, -draw(4)));
    }
    if (kind < 8) return acknowledged(1 + draw(gifts), 1 + draw(5));
    return kind === 8 ? admitted(draw(4)) : withdrew(draw(4));
  });
}
