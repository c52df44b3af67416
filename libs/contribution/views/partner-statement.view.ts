import { id, oneOf, optional, VALUATION_BASES } from '#contracts';
import { defineView } from '#views';
import { statementOf } from '../domain/statement.js';
import {
  contributionFacts,
  docsOf,
  factsIn,
  providerTag,
  receiverTag,
  SCALE_TAG,
} from './contribution-facts.projection.js';

/** Partner statement, situation du partenaire (part 2, 2.2); values on one basis, when asked for (1.6). */
export const partnerStatement = defineView({
  name: 'partner-statement',
  projections: [contributionFacts],
  params: { partnerId: id(), basis: optional(oneOf(...VALUATION_BASES)) },
  answer: async (readers, { partnerId, basis }, { trueOn }) => {
    const reader = readers(contributionFacts);
    const provided = await docsOf(reader, { tag: providerTag(partnerId) });
    const received = await docsOf(reader, { tag: receiverTag(partnerId) });
    const scales = basis === 'alliance-scale' ? await docsOf(reader, { tag: SCALE_TAG }) : [];
    return statementOf(factsIn([...provided, ...received, ...scales]), partnerId, trueOn, basis);
  },
});
