import { code, dec, id, int, optional } from '#contracts';
import { defineView } from '#views';
import { fundingCeiling } from '../domain/funding-ceiling.js';
import { contributionFacts, docsOf, factsIn } from './contribution-facts.projection.js';

const CURRENCY = /^[A-Z]{3}$/;

/** Public funding ceiling, plafond de financement public (part 2, 2.5). */
export const fundingCeilingView = defineView({
  name: 'funding-ceiling',
  projections: [contributionFacts],
  params: {
    cost: dec(),
    num: optional(int(1, 10_000)),
    den: optional(int(1, 10_000)),
    decisionId: optional(id()),
    currency: optional(code(CURRENCY, 3)),
  },
  answer: async (readers, asked, { trueOn }) => {
    const rows = await docsOf(readers(contributionFacts), { prefix: '' });
    return fundingCeiling(factsIn(rows), asked, trueOn);
  },
});
