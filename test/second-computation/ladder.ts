import { amountIn, eventsOf, least, optionalText, positive, sum, text } from './events.js';
import type { Data, View } from './events.js';

export interface Line {
  readonly kind: string;
  readonly unit: string;
}

type Standing = 'pending' | 'refused' | 'in-force';

/** Ad referendum: pending until ratified or refused, and "nothing once `ratifyBy` < `trueOn`" (1.4, 2.2). */
function standing(view: View, of: 'Commitment' | 'Guarantee', data: Data): Standing {
  if (data['adReferendum'] !== true) return 'in-force';
  const name = of === 'Commitment' ? 'commitmentId' : 'guaranteeId';
  const id = text(data, name);
  if (eventsOf(view, `${of}Ratified`, name, id).length > 0) return 'in-force';
  if (eventsOf(view, `${of}RatificationRefused`, name, id).length > 0) return 'refused';
  const ratifyBy = optionalText(data, 'ratifyBy');
  return ratifyBy !== undefined && ratifyBy < view.trueOn ? 'refused' : 'pending';
}

export interface Commitment extends Line {
  readonly id: string;
  readonly providerId: string;
  readonly requestId: string | undefined;
  readonly pledgeId: string | undefined;
  readonly amount: bigint;
  readonly standing: Standing;
  readonly dueOn: string;
  readonly released: bigint;
}

export function commitments(view: View): readonly Commitment[] {
  return eventsOf(view, 'CommitmentMade').map(({ data }) => {
    const id = text(data, 'commitmentId');
    const rescheduled = eventsOf(view, 'CommitmentRescheduled', 'commitmentId', id).at(-1);
    const releases = eventsOf(view, 'CommitmentReleased', 'commitmentId', id);
    return {
      id,
      providerId: text(data, 'providerId'),
      requestId: optionalText(data, 'requestId'),
      pledgeId: optionalText(data, 'pledgeId'),
      kind: text(data, 'kind'),
      unit: text(data, 'unit'),
      amount: amountIn(data, 'amount'),
      standing: standing(view, 'Commitment', data),
      dueOn: text(rescheduled?.data ?? data, 'dueOn'),
      released: sum(releases.map((release) => amountIn(release.data, 'amount'))),
    };
  });
}

export interface Pledge extends Line {
  readonly providerId: string;
  readonly requestId: string | undefined;
  readonly open: bigint;
}

/** "Pledge: open = max(0, amount − Σ amounts of commitments naming it that are pending or in force) while standing, else 0" (2.1). */
export function pledges(view: View): readonly Pledge[] {
  return eventsOf(view, 'PledgeMade').map(({ data }) => {
    const id = text(data, 'pledgeId');
    const validUntil = optionalText(data, 'validUntil');
    const lapsed = validUntil !== undefined && validUntil < view.trueOn;
    const withdrawn = eventsOf(view, 'PledgeWithdrawn', 'pledgeId', id).length > 0;
    const naming = commitments(view).filter((one) => one.pledgeId === id && one.standing !== 'refused');
    const left = positive(amountIn(data, 'amount') - sum(naming.map(({ amount }) => amount)));
    return {
      providerId: text(data, 'providerId'),
      requestId: optionalText(data, 'requestId'),
      kind: text(data, 'kind'),
      unit: text(data, 'unit'),
      open: lapsed || withdrawn ? 0n : left,
    };
  });
}

export interface Buckets {
  readonly awaiting: bigint;
  readonly acknowledged: bigint;
  readonly contested: bigint;
}

/** "Takes −delta from awaiting, then contested, then acknowledged" (1.5). */
function lowered({ awaiting, contested, acknowledged }: Buckets, by: bigint): Buckets {
  const fromAwaiting = least(awaiting, by);
  const fromContested = least(contested, by - fromAwaiting);
  return {
    awaiting: awaiting - fromAwaiting,
    contested: contested - fromContested,
    acknowledged: acknowledged - (by - fromAwaiting - fromContested),
  };
}

/** The table of 1.5, event by event. */
function moved(buckets: Buckets, type: string, data: Data): Buckets {
  const { awaiting, acknowledged, contested } = buckets;
  if (type === 'ContributionCorrected') {
    const delta = amountIn(data, 'delta');
    return delta > 0n ? { ...buckets, awaiting: awaiting + delta } : lowered(buckets, -delta);
  }
  const amount = amountIn(data, 'amount');
  switch (type) {
    case 'ContributionAcknowledged':
      return { awaiting: awaiting - amount, acknowledged: acknowledged + amount, contested };
    case 'ContributionContested':
      return data['from'] === 'awaiting'
        ? { awaiting: awaiting - amount, acknowledged, contested: contested + amount }
        : { awaiting, acknowledged: acknowledged - amount, contested: contested + amount };
    default:
      return { awaiting, acknowledged: acknowledged + amount, contested: contested - amount };
  }
}

const MOVEMENTS = [
  ...['ContributionAcknowledged', 'ContributionContested', 'ContestationLifted', 'ContributionCorrected'],
];

export interface Contribution extends Line, Buckets {
  readonly id: string;
  readonly on: string;
  readonly providerId: string | undefined;
  readonly receiverId: string | undefined;
  readonly requestId: string | undefined;
  readonly level: unknown;
  readonly occurredFrom: string | undefined;
  readonly fulfils: readonly string[];
  readonly allotted: readonly { readonly obligationId: string; readonly amount: bigint }[];
  readonly spontaneous: bigint;
}

function bucketsOf(view: View, id: string, declared: bigint): Buckets {
  return view.events
    .filter(({ type, data }) => MOVEMENTS.includes(type) && data['contributionId'] === id)
    .reduce((buckets: Buckets, { type, data }) => moved(buckets, type, data), {
      awaiting: declared,
      acknowledged: 0n,
      contested: 0n,
    });
}

/**
 * "The acknowledged amount is poured into `fulfils` in list order, each entry at most its own amount; what is left, or falls on an
 * obligation not in the view, is `spontaneous`" (1.5).
 */
export function contributions(view: View): readonly Contribution[] {
  const owed = [
    ...commitments(view).filter((one) => one.standing === 'in-force'),
    ...eventsOf(view, 'GuaranteeCalled').map(({ data }) => ({ id: text(data, 'callId') })),
  ].map(({ id }) => id);
  return eventsOf(view, 'ContributionDeclared').map(({ on, data }) => {
    const id = text(data, 'contributionId');
    const buckets = bucketsOf(view, id, amountIn(data, 'amount'));
    let left = buckets.acknowledged;
    const poured = ((data['fulfils'] ?? []) as readonly Data[]).map((entry) => {
      const amount = least(left, amountIn(entry, 'amount'));
      left -= amount;
      return { obligationId: text(entry, 'obligationId'), amount };
    });
    const allotted = poured.filter(({ obligationId }) => owed.includes(obligationId));
    return {
      ...{ id, on, ...buckets, allotted, kind: text(data, 'kind'), unit: text(data, 'unit') },
      providerId: optionalText(data, 'providerId'),
      receiverId: optionalText(data, 'receiverId'),
      requestId: optionalText(data, 'requestId'),
      ...{ level: data['level'], occurredFrom: optionalText(data, 'occurredFrom') },
      fulfils: poured.map(({ obligationId }) => obligationId),
      spontaneous: buckets.acknowledged - sum(allotted.map(({ amount }) => amount)),
    };
  });
}

export interface Obligation extends Line {
  readonly id: string;
  readonly providerId: string;
  readonly requestId: string | undefined;
  readonly dueOn: string;
  readonly amount: bigint;
  readonly isCall: boolean;
  readonly released: bigint;
  readonly fulfilled: bigint;
  readonly open: bigint;
  readonly over: bigint;
  readonly inDefault: bigint;
}

type Owed = Omit<Obligation, 'fulfilled' | 'open' | 'over' | 'inDefault'>;

function calls(view: View): readonly Owed[] {
  return eventsOf(view, 'GuaranteeOffered').flatMap((offer) =>
    eventsOf(view, 'GuaranteeCalled', 'guaranteeId', text(offer.data, 'guaranteeId')).map(({ data }) => ({
      id: text(data, 'callId'),
      providerId: text(offer.data, 'obligorId'),
      ...{ requestId: undefined, kind: 'money', unit: text(offer.data, 'currency'), isCall: true, released: 0n },
      amount: amountIn(data, 'amount'),
      dueOn: text(data, 'dueOn'),
    })),
  );
}

/** Commitments in force and calls, with the figures of 2.1. */
export function obligations(view: View): readonly Obligation[] {
  const promised = commitments(view).filter((one) => one.standing === 'in-force');
  const owed: readonly Owed[] = [...promised.map((one) => ({ ...one, isCall: false })), ...calls(view)];
  const allotted = contributions(view).flatMap((one) => one.allotted);
  return owed.map((one) => {
    const fulfilled = sum(allotted.filter(({ obligationId }) => obligationId === one.id).map(({ amount }) => amount));
    const open = positive(one.amount - one.released - fulfilled);
    const over = positive(fulfilled - (one.amount - one.released));
    return { ...one, fulfilled, open, over, inDefault: one.dueOn < view.trueOn ? open : 0n };
  });
}

export interface Guarantee {
  readonly guaranteeId: string;
  readonly obligorId: string;
  readonly requestId: string | undefined;
  readonly status: string;
  readonly currency: string;
  readonly inForce: boolean;
  readonly share: Data;
  readonly cap: bigint;
  readonly called: bigint;
  readonly paid: bigint;
  readonly released: bigint;
  readonly exposure: bigint;
}

/** "Shown status of a guarantee", the first that applies (1.4). */
function guaranteeStatus(
  {
    adReferendum,
    standing: stands,
    entered,
    expired,
  }: Readonly<Record<'adReferendum' | 'entered' | 'expired', boolean>> & {
    readonly standing: Standing;
  },
  { cap, called, exposure }: Pick<Guarantee, 'cap' | 'called' | 'exposure'>,
): string {
  if (stands === 'refused') return 'refused';
  if (stands === 'pending') return 'offered';
  if (!entered) return adReferendum ? 'ratified' : 'offered';
  if (expired) return 'expired';
  if (called === cap) return 'exhausted';
  if (exposure === 0n) return 'released';
  return called > 0n ? 'partly-called' : 'in-force';
}

/** 1.7: "exposure = max(0, cap − called − released) while in force, else 0". */
export function guarantees(view: View): readonly Guarantee[] {
  return eventsOf(view, 'GuaranteeOffered').map(({ data }) => {
    const guaranteeId = text(data, 'guaranteeId');
    const of = (type: string) => eventsOf(view, type, 'guaranteeId', guaranteeId);
    const stands = standing(view, 'Guarantee', data);
    const entered = of('GuaranteeEnteredIntoForce').length > 0;
    const expired = text(data, 'termOn') < view.trueOn;
    const callIds = of('GuaranteeCalled').map((call) => call.data['callId']);
    const cap = amountIn(data, 'cap');
    const called = sum(of('GuaranteeCalled').map((call) => amountIn(call.data, 'amount')));
    const released = sum(of('GuaranteeReleased').map((release) => amountIn(release.data, 'amount')));
    const inForce = stands === 'in-force' && entered && !expired;
    const exposure = inForce ? positive(cap - called - released) : 0n;
    const facts = { adReferendum: data['adReferendum'] === true, standing: stands, entered, expired };
    return {
      ...{ guaranteeId, obligorId: text(data, 'obligorId'), requestId: optionalText(data, 'requestId') },
      ...{ currency: text(data, 'currency'), share: data['share'] as Data, inForce, cap, called, released, exposure },
      status: guaranteeStatus(facts, { cap, called, exposure }),
      paid: sum(
        obligations(view)
          .filter(({ id }) => callIds.includes(id))
          .map(({ fulfilled }) => fulfilled),
      ),
    };
  });
}
