import type { PartnerKind } from '#contracts';
import type { Day, Id } from '#kernel';
import type { Facts } from './facts.js';
import { readAt } from './reading.js';
import { contributionShown, guaranteeShown, obligationsShown } from './shown.js';
import type { ContributionShown, GuaranteeShown, ObligationShown } from './shown.js';
import { ownOf } from './statement.js';

/** Obligations, engagements: of one provider or of all, in the order of due date, then id. */
export function obligationsOf(
  facts: Facts,
  partnerId: Id | undefined,
  trueOn: Day,
): { readonly obligations: readonly ObligationShown[] } {
  const reading = readAt(facts, trueOn);
  return { obligations: obligationsShown(partnerId === undefined ? reading : ownOf(reading, partnerId)) };
}

/** A declaration whose receipt is open; what it fulfils is not computed here. */
export type Awaited = Omit<ContributionShown, 'fulfils' | 'spontaneous'>;

/** What waits for a partner's attestation, in the order of the ledger. */
export function toAttest(facts: Facts, partnerId: Id, trueOn: Day): { readonly contributions: readonly Awaited[] } {
  return awaitedBy(facts, trueOn, ({ attestorId }) => attestorId === partnerId);
}

/** What a partner declared and nobody has attested whole, in the order of the ledger. */
export function awaitingReceipt(
  facts: Facts,
  partnerId: Id,
  trueOn: Day,
): { readonly contributions: readonly Awaited[] } {
  return awaitedBy(facts, trueOn, ({ providerId, receiverId }) => (providerId ?? receiverId) === partnerId);
}

function awaitedBy(facts: Facts, trueOn: Day, isAsked: (fact: Facts['contributions'][number]) => boolean) {
  const open = readAt(facts, trueOn).given.filter(({ fact, buckets }) => buckets.awaiting > 0n && isAsked(fact));
  return { contributions: open.map(contributionShown).map(({ fulfils: _f, spontaneous: _s, ...awaited }) => awaited) };
}

/** A share above one half, of a public body, is worth a second look (part 2, 1.7). */
export type GuaranteeListed = GuaranteeShown & { readonly warning: 'public-share-over-half' | null };

const PUBLIC_BODIES: readonly (PartnerKind | undefined)[] = ['local-authority', 'state-service', 'other-public'];

/** Guarantees, off balance sheet, in the order of being offered; of one obligor, debtor or creditor, or all. */
export function guaranteesOf(
  facts: Facts,
  { partnerId, kindOf }: { readonly partnerId?: Id | undefined; readonly kindOf: (id: Id) => PartnerKind | undefined },
  trueOn: Day,
): { readonly guarantees: readonly GuaranteeListed[] } {
  const { guarantees, obligations } = readAt(facts, trueOn);
  const asked = guarantees.filter(
    ({ fact }) => partnerId === undefined || [fact.obligorId, fact.debtorId, fact.creditorId].includes(partnerId),
  );
  const listed = asked.map((one): GuaranteeListed => {
    const { num, den } = one.fact.share;
    const isOver = num + num > den && PUBLIC_BODIES.includes(kindOf(one.fact.obligorId));
    return { ...guaranteeShown(one, obligations), warning: isOver ? 'public-share-over-half' : null };
  });
  return { guarantees: listed };
}
