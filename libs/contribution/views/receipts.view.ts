import { id } from '#contracts';
import { defineView } from '#views';
import { awaitingReceipt, toAttest } from '../domain/lists.js';
import {
  attestorTag,
  contributionFacts,
  docsOf,
  factsIn,
  providerTag,
  receiverTag,
} from './contribution-facts.projection.js';

/** What waits for a partner's attestation, à attester. */
export const toAttestView = defineView({
  name: 'to-attest',
  projections: [contributionFacts],
  params: { partnerId: id() },
  answer: async (readers, { partnerId }, { trueOn }) => {
    const rows = await docsOf(readers(contributionFacts), { tag: attestorTag(partnerId) });
    return toAttest(factsIn(rows), partnerId, trueOn);
  },
});

/** What a partner gave, or received from outside, that nobody has attested: en attente d'attestation. */
export const awaitingReceiptView = defineView({
  name: 'awaiting-receipt',
  projections: [contributionFacts],
  params: { partnerId: id() },
  answer: async (readers, { partnerId }, { trueOn }) => {
    const reader = readers(contributionFacts);
    const provided = await docsOf(reader, { tag: providerTag(partnerId) });
    const received = await docsOf(reader, { tag: receiverTag(partnerId) });
    return awaitingReceipt(factsIn([...provided, ...received]), partnerId, trueOn);
  },
});
