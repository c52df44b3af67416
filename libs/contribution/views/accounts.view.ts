import { ACCOUNT_EDITIONS, code, id, oneOf, optional } from '#contracts';
import { defineView } from '#views';
import { accountsAt, periodOf } from '../domain/accounts.js';
import { contributionFacts, docsOf, factsIn, providerTag, receiverTag } from './contribution-facts.projection.js';

/** A year, or first and last day with `/` between them. */
const PERIOD = /^\d{4}(?:-\d{2}-\d{2}\/\d{4}-\d{2}-\d{2})?$/;

/** Accounts 86 and 87 of one booking partner, comptes 86 et 87 (part 2, 2.6): what it received, or gave as its own time. */
export const accountsView = defineView({
  name: 'accounts',
  projections: [contributionFacts],
  params: { partnerId: id(), period: code(PERIOD, 21), edition: optional(oneOf(...ACCOUNT_EDITIONS)) },
  answer: async (readers, { partnerId, period, edition }, { trueOn }) => {
    const reader = readers(contributionFacts);
    const provided = await docsOf(reader, { tag: providerTag(partnerId) });
    const received = await docsOf(reader, { tag: receiverTag(partnerId) });
    const asked = { partnerId, period: periodOf(period), edition };
    return accountsAt(factsIn([...provided, ...received]), asked, trueOn);
  },
});
