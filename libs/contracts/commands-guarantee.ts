import { omit } from './command-schema.js';
import type { CommandDefinition } from './command-schema.js';
import { guaranteeEvents as events } from './events-guarantee.js';
import { flag, id, optional } from './schema.js';

const guarantee = { context: 'contribution', who: ['R(commit)'] } as const;

/** Commands of guarantees: part 2, 1.7. */
export const guaranteeCommands = {
  OfferGuarantee: {
    ...guarantee,
    path: 'guarantees',
    status: 201,
    creates: { collection: 'guarantees', field: 'guaranteeId' },
    public: {
      ...omit(events.GuaranteeOffered.public, 'guaranteeId', 'adReferendum'),
      adReferendum: optional(flag()),
    },
    sealed: events.GuaranteeOffered.sealed,
  },
  RatifyGuarantee: {
    ...guarantee,
    path: 'guarantees/{guaranteeId}/ratification',
    status: 200,
    public: events.GuaranteeRatified.public,
    sealed: events.GuaranteeRatified.sealed,
  },
  RefuseGuaranteeRatification: {
    ...guarantee,
    path: 'guarantees/{guaranteeId}/ratification-refusal',
    status: 200,
    public: { guaranteeId: id() },
    sealed: {},
  },
  EnterGuarantee: {
    ...guarantee,
    path: 'guarantees/{guaranteeId}/entry-into-force',
    status: 200,
    public: events.GuaranteeEnteredIntoForce.public,
    sealed: events.GuaranteeEnteredIntoForce.sealed,
    fact: true,
  },
  CallGuarantee: {
    ...guarantee,
    path: 'guarantees/{guaranteeId}/calls',
    status: 201,
    creates: { collection: 'guarantees', field: 'guaranteeId' },
    public: omit(events.GuaranteeCalled.public, 'callId'),
    sealed: events.GuaranteeCalled.sealed,
    fact: true,
  },
  ReleaseGuarantee: {
    ...guarantee,
    path: 'guarantees/{guaranteeId}/releases',
    status: 201,
    creates: { collection: 'guarantees', field: 'guaranteeId' },
    public: events.GuaranteeReleased.public,
    sealed: events.GuaranteeReleased.sealed,
  },
} as const satisfies Readonly<Record<string, CommandDefinition>>;
