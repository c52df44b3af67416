import { amountOf, formatAmount } from '#contracts';
import type { Line } from '#contracts';
import type { Day, Id } from '#kernel';
import { declaredOf } from './buckets.js';
import type { GuaranteeAt, GuaranteeStatus } from './guarantees-at.js';
import { paidOf } from './guarantees-at.js';
import { shownStatus } from './obligations.js';
import type { Obligation, OwedFact, ShownStatus } from './obligations.js';
import { pick } from './pick.js';
import type { PledgeStatus, Pledged } from './pledges-at.js';
import type { Given, NotInForce, Reading } from './reading.js';

/** An obligation as a view shows it: a commitment, in force or not, or a call on a guarantee. */
export interface ObligationShown extends Line {
  readonly obligationId: Id;
  readonly providerId: Id;
  readonly requestId?: Id;
  readonly receiverId?: Id;
  readonly attestorId?: Id;
  readonly carrierId?: Id;
  readonly guaranteeId?: Id;
  /** The last day for the ratification that it waits for. */
  readonly ratifyBy?: Day;
  readonly amount: string;
  readonly released: string;
  readonly fulfilled: string;
  readonly open: string;
  readonly over: string;
  readonly dueOn: Day;
  readonly status: ShownStatus;
  /** Nothing is open any more, but something was when it was due. */
  readonly late: boolean;
}

/** Every obligation of a reading, in the order of due date, then id; pending and refused ones have nothing open. */
export function obligationsShown({ obligations, notInForce }: Reading): readonly ObligationShown[] {
  return [...obligations.map(obligationShown), ...notInForce.map(waitingShown)].sort(byDueDate);
}

export function byDueDate(
  a: { readonly dueOn: Day; readonly obligationId: Id },
  b: { readonly dueOn: Day; readonly obligationId: Id },
): number {
  if (a.dueOn !== b.dueOn) return a.dueOn < b.dueOn ? -1 : 1;
  return a.obligationId < b.obligationId ? -1 : 1;
}

const PARTIES = ['requestId', 'receiverId', 'attestorId', 'carrierId', 'guaranteeId'] as const;

function obligationShown(obligation: Obligation): ObligationShown {
  const { fact, dueOn, late } = obligation;
  return {
    ...owedShown(fact),
    released: formatAmount(obligation.released),
    fulfilled: formatAmount(obligation.fulfilled),
    open: formatAmount(obligation.open),
    over: formatAmount(obligation.over),
    dueOn,
    status: shownStatus(obligation),
    late,
  };
}

function owedShown(fact: Omit<OwedFact, 'releases' | 'reschedulings' | 'day'>) {
  const { obligationId, providerId, kind, unit, amount } = fact;
  return { obligationId, providerId, ...pick(fact, PARTIES), kind, unit, amount };
}

function waitingShown({ fact, standing }: NotInForce): ObligationShown {
  const nothing = { released: '0', fulfilled: '0', open: '0', over: '0', late: false };
  const owed = owedShown({ ...fact, obligationId: fact.commitmentId });
  return { ...owed, ...pick(fact, ['ratifyBy']), ...nothing, dueOn: fact.dueOn, status: standing };
}

export interface PledgeShown extends Line {
  readonly pledgeId: Id;
  readonly requestId?: Id;
  readonly amount: string;
  readonly open: string;
  readonly validUntil?: Day;
  readonly status: PledgeStatus;
}

export function pledgeShown({ fact, open, status }: Pledged): PledgeShown {
  const { pledgeId, kind, unit, amount } = fact;
  const named = pick(fact, ['requestId', 'validUntil']);
  return { pledgeId, ...named, kind, unit, amount, open: formatAmount(open), status };
}

/** `contested` and `awaiting` as long as anything is; `void` when it was corrected to nothing. */
export type GiftStatus = 'contested' | 'awaiting' | 'acknowledged' | 'void';

export interface ContributionShown extends Line {
  readonly contributionId: Id;
  readonly providerId?: Id;
  readonly receiverId?: Id;
  readonly attestorId: Id;
  readonly carrierId?: Id;
  readonly requestId?: Id;
  readonly occurredFrom?: Day;
  readonly occurredOn: Day;
  readonly declared: string;
  readonly awaiting: string;
  readonly acknowledged: string;
  readonly contested: string;
  readonly spontaneous: string;
  readonly fulfils: readonly { readonly obligationId: Id; readonly amount: string }[];
  readonly status: GiftStatus;
}

/** `fulfils` shows what of the acknowledged amount falls on each obligation in the view. */
export function contributionShown({ fact, buckets, allotted, spontaneous }: Given): ContributionShown {
  const { contributionId, attestorId, kind, unit, day: occurredOn } = fact;
  return {
    contributionId,
    ...pick(fact, ['providerId', 'receiverId', 'carrierId', 'requestId', 'occurredFrom']),
    attestorId,
    kind,
    unit,
    occurredOn,
    declared: formatAmount(declaredOf(buckets)),
    awaiting: formatAmount(buckets.awaiting),
    acknowledged: formatAmount(buckets.acknowledged),
    contested: formatAmount(buckets.contested),
    spontaneous: formatAmount(spontaneous),
    fulfils: allotted.map(({ obligationId, amount }) => ({ obligationId, amount: formatAmount(amount) })),
    status: giftStatus(buckets),
  };
}

function giftStatus({ awaiting, acknowledged, contested }: Given['buckets']): GiftStatus {
  if (contested > 0n) return 'contested';
  if (awaiting > 0n) return 'awaiting';
  return acknowledged > 0n ? 'acknowledged' : 'void';
}

export interface GuaranteeShown {
  readonly guaranteeId: Id;
  readonly obligorId: Id;
  readonly debtorId: Id;
  /** Absent: outside, such as a bank. */
  readonly creditorId?: Id;
  readonly requestId?: Id;
  readonly status: GuaranteeStatus;
  readonly currency: string;
  readonly principal: string;
  readonly cap: string;
  readonly called: string;
  readonly paid: string;
  readonly released: string;
  readonly exposure: string;
  readonly share: { readonly num: number; readonly den: number };
  readonly termOn: Day;
  readonly ratifyBy?: Day;
}

export function guaranteeShown(guarantee: GuaranteeAt, obligations: readonly Obligation[]): GuaranteeShown {
  const { fact, status } = guarantee;
  const { guaranteeId, obligorId, debtorId, currency, principal, share, termOn } = fact;
  return {
    guaranteeId,
    obligorId,
    debtorId,
    ...pick(fact, ['creditorId', 'requestId', 'ratifyBy']),
    status,
    currency,
    principal,
    cap: formatAmount(amountOf(fact.cap)),
    called: formatAmount(guarantee.called),
    paid: formatAmount(paidOf(fact, obligations)),
    released: formatAmount(guarantee.released),
    exposure: formatAmount(guarantee.exposure),
    share,
    termOn,
  };
}
