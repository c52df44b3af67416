import { id } from '#contracts';
import { defineView } from '#views';
import { statementOf } from '../domain/statement.js';
import { contributionFacts, docsOf, factsIn, providerTag, receiverTag } from './contribution-facts.projection.js';

/** Partner statement, situation du partenaire (part 2, 2.2). */
export const partnerStatement = defineView({
  name: 'partner-statement',
  projections: [contributionFacts],
  params: { partnerId: id() },
  answer: async (readers, { partnerId }, { trueOn }) => {
    const reader = readers(contributionFacts);
    const provided = await docsOf(reader, { tag: providerTag(partnerId) });
    const received = await docsOf(reader, { tag: receiverTag(partnerId) });
    return statementOf(factsIn([...provided, ...received]), partnerId, trueOn);
  },
});
