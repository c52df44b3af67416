import { id, optional } from '#contracts';
import { defineView } from '#views';
import { guaranteesOf } from '../domain/lists.js';
import { contributionFacts, docsOf, factsIn, partnersIn } from './contribution-facts.projection.js';

/** Guarantees, garanties: off balance sheet (part 2, 1.7). */
export const guaranteesView = defineView({
  name: 'guarantees',
  projections: [contributionFacts],
  params: { partnerId: optional(id()) },
  answer: async (readers, { partnerId }, { trueOn }) => {
    const rows = await docsOf(readers(contributionFacts), { prefix: '' });
    const kinds = new Map(partnersIn(rows, trueOn).map((partner) => [partner.partnerId, partner.kind]));
    return guaranteesOf(factsIn(rows), { partnerId, kindOf: (one) => kinds.get(one) }, trueOn);
  },
});
