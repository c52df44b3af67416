import {
  ASKED_OF_ALL,
  askedTag,
  attestorTag,
  callerTag,
  contributionFacts,
  docsOf,
  factsIn,
  providerTag,
  readAt,
} from '#contribution';
import type { Facts } from '#contribution';
import type { Id } from '#kernel';
import type { AsOf, Readers } from '#views';
import { dated, isNear } from './agenda-item.js';
import type { AgendaItem } from './agenda-item.js';

/** Requests to answer, promises to keep, contributions to attest, guarantees to call (part 2, 1.4 to 1.7). */
export async function ofContributions(readers: Readers, partnerId: Id, asOf: AsOf): Promise<readonly AgendaItem[]> {
  const rows = readers(contributionFacts);
  const tags = [attestorTag(partnerId), providerTag(partnerId), callerTag(partnerId)];
  const own = factsIn((await Promise.all(tags.map((tag) => docsOf(rows, { tag })))).flat());
  const asked = await Promise.all([askedTag(partnerId), ASKED_OF_ALL].map((tag) => docsOf(rows, { tag })));
  return [
    ...toAnswer(factsIn(asked.flat()).requests, own, asOf),
    ...ofPromises(own, partnerId, asOf),
    ...ofGuarantees(own, partnerId, asOf),
  ];
}

/** A need that names the partner, or has a day and names nobody, until the partner answered it or its day is over. */
function toAnswer(
  requests: Facts['requests'],
  { pledges, commitments }: Facts,
  { trueOn }: AsOf,
): readonly AgendaItem[] {
  const answered = new Set([...pledges, ...commitments].map(({ requestId }) => requestId));
  return requests
    .filter(({ requestId, neededBy = '9999' }) => !answered.has(requestId) && trueOn <= neededBy)
    .filter(({ partnerIds, neededBy }) => partnerIds.length > 0 || neededBy !== undefined)
    .map(({ requestId, neededBy }) => dated('answer-request', requestId, neededBy ?? null));
}

function ofPromises(facts: Facts, partnerId: Id, asOf: AsOf): readonly AgendaItem[] {
  const { given, obligations, notInForce, pledges } = readAt(facts, asOf.trueOn);
  const toAttest = given.filter(({ fact, buckets }) => fact.attestorId === partnerId && buckets.awaiting > 0n);
  const owed = obligations.filter(
    ({ fact, open, dueOn }) => fact.providerId === partnerId && open > 0n && isNear(dueOn, asOf),
  );
  const pending = notInForce.filter(({ fact, standing }) => fact.providerId === partnerId && standing === 'pending');
  return [
    ...pledges.flatMap(({ fact, open }) =>
      open > 0n && isNear(fact.validUntil, asOf) ? [dated('pledge-lapses', fact.pledgeId, fact.validUntil)] : [],
    ),
    ...pending.map(({ fact }) => dated('ratify-commitment', fact.commitmentId, fact.ratifyBy ?? null)),
    ...toAttest.map(({ fact }) => dated('attest-contribution', fact.contributionId, null)),
    ...owed.map(({ fact, dueOn }) => dated('fulfil-commitment', fact.obligationId, dueOn)),
  ];
}

/** The obligor ratifies; the creditor, or the debtor when the creditor is outside, calls to the last day of the term. */
function ofGuarantees(facts: Facts, partnerId: Id, asOf: AsOf): readonly AgendaItem[] {
  return readAt(facts, asOf.trueOn).guarantees.flatMap(({ fact, status, exposure }): readonly AgendaItem[] => {
    const { guaranteeId, obligorId, creditorId, debtorId, adReferendum, ratifyBy, termOn } = fact;
    const isOffered = obligorId === partnerId && adReferendum && status === 'offered';
    const isCalled = (creditorId ?? debtorId) === partnerId && exposure > 0n && isNear(termOn, asOf);
    return [
      ...(isOffered ? [dated('ratify-guarantee', guaranteeId, ratifyBy ?? null)] : []),
      ...(isCalled ? [dated('guarantee-ends', guaranteeId, termOn)] : []),
    ];
  });
}
