import { id, optional } from '#contracts';
import { defineView } from '#views';
import { needsOf } from '../domain/needs.js';
import { contributionFacts, docsOf, factsIn } from './contribution-facts.projection.js';

/** Needs, couverture des besoins (part 2, 2.3). */
export const needsView = defineView({
  name: 'needs',
  projections: [contributionFacts],
  params: { decisionId: optional(id()) },
  answer: async (readers, { decisionId }, { trueOn }) => {
    const rows = await docsOf(readers(contributionFacts), { prefix: '' });
    return needsOf(factsIn(rows), decisionId, trueOn);
  },
});
