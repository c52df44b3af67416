import { defineView } from '#views';
import { whoBringsWhat } from '../domain/who-brings-what.js';
import { contributionFacts, docsOf, factsIn, partnersIn } from './contribution-facts.projection.js';

/** Who brings what, qui apporte quoi (part 2, 2.3). */
export const whoBringsWhatView = defineView({
  name: 'who-brings-what',
  projections: [contributionFacts],
  params: {},
  answer: async (readers, _params, { trueOn }) => {
    const rows = await docsOf(readers(contributionFacts), { prefix: '' });
    const partners = partnersIn(rows, trueOn).map(({ partnerId }) => partnerId);
    return whoBringsWhat(factsIn(rows), partners, trueOn);
  },
});
