import { int, oneOf, optional } from '#contracts';
import { defineView } from '#views';
import { balanceOf, GRANULARITIES } from '../domain/balance.js';
import { contributionFacts, docsOf, factsIn, partnersIn } from './contribution-facts.projection.js';

/** Balance over time, équilibre des apports (part 2, 2.4). */
export const balanceView = defineView({
  name: 'balance',
  projections: [contributionFacts],
  params: { granularity: optional(oneOf(...GRANULARITIES)), thresholdBp: optional(int(0, 10_000)) },
  answer: async (readers, params, { trueOn }) => {
    const rows = await docsOf(readers(contributionFacts), { prefix: '' });
    const partners = partnersIn(rows, trueOn).map(({ partnerId }) => partnerId);
    return balanceOf(factsIn(rows), { partners, ...params }, trueOn);
  },
});
