import { id, optional } from '#contracts';
import { defineView } from '#views';
import { obligationsOf } from '../domain/lists.js';
import { contributionFacts, docsOf, factsIn, providerTag } from './contribution-facts.projection.js';

/** Obligations, engagements et appels en garantie: of one partner, or of all. */
export const obligationsView = defineView({
  name: 'obligations',
  projections: [contributionFacts],
  params: { partnerId: optional(id()) },
  answer: async (readers, { partnerId }, { trueOn }) => {
    const asked = partnerId === undefined ? { prefix: '' } : { tag: providerTag(partnerId) };
    return obligationsOf(factsIn(await docsOf(readers(contributionFacts), asked)), partnerId, trueOn);
  },
});
