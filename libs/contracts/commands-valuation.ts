import { omit } from './command-schema.js';
import type { CommandDefinition } from './command-schema.js';
import { valuationEvents as events } from './events-valuation.js';

/** Commands of valuation: part 2, 1.6. */
export const valuationCommands = {
  ValueContribution: {
    context: 'contribution',
    path: 'contributions/{contributionId}/valuations',
    status: 201,
    creates: { collection: 'contributions', field: 'contributionId' },
    who: ['R(speak)', 'R(commit)'],
    public: omit(events.ContributionValued.public, 'valuationId'),
    sealed: events.ContributionValued.sealed,
  },
  AdoptValuationScale: {
    context: 'contribution',
    path: 'valuation-scales',
    status: 201,
    creates: { collection: 'valuation-scales', field: 'scaleId' },
    who: ['D'],
    public: omit(events.ValuationScaleAdopted.public, 'scaleId', 'version'),
    sealed: events.ValuationScaleAdopted.sealed,
  },
} as const satisfies Readonly<Record<string, CommandDefinition>>;
