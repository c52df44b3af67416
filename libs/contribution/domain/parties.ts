import { refuse } from '#kernel';
import type { Day, Id, Refusal } from '#kernel';
import type { World } from './world.js';

export interface Parties {
  /** The partner that declares; the provider of a commitment. */
  readonly declarerId: Id;
  readonly receiverId?: Id | undefined;
  readonly attestorId: Id;
}

/**
 * The attestor is an active partner other than the declarer; a receiver that is a partner other than the declarer
 * attests itself (part 2, 1.5).
 */
export function attestorFault(world: World, { declarerId, receiverId, attestorId }: Parties): Refusal | undefined {
  if (receiverId !== undefined && !world.alliance.partner(receiverId)) {
    return refuse('NOT_FOUND', { pointer: '/receiverId' });
  }
  const fault = activeOtherFault(world, declarerId, attestorId);
  if (fault) return fault;
  const receives = receiverId !== undefined && receiverId !== declarerId;
  return receives && attestorId !== receiverId
    ? refuse('ATTESTOR_NOT_RECEIVER', { pointer: '/attestorId', rule: 'the receiver attests' })
    : undefined;
}

/** Another partner than the declarer, and active: nobody attests its own word. */
export function activeOtherFault(world: World, declarerId: Id, attestorId: Id): Refusal | undefined {
  const pointer = '/attestorId';
  if (attestorId === declarerId) return refuse('SELF_ATTESTATION', { pointer });
  const attestor = world.alliance.partner(attestorId);
  if (!attestor) return refuse('NOT_FOUND', { pointer });
  return attestor.status === 'active' ? undefined : refuse('PARTNER_NOT_ACTIVE', { pointer });
}

export interface Carriage {
  readonly kind: string;
  readonly carrierId?: Id | undefined;
  readonly receiverId?: Id | undefined;
}

/**
 * Money goes to the carrier in force on the day, never to the alliance: none while the alliance is informal, and to
 * its own legal entity, named by nothing, once it is incorporated (part 2, 1.5).
 */
export function carrierFault(world: World, { kind, carrierId, receiverId }: Carriage, day: Day): Refusal | undefined {
  if (kind !== 'money') return undefined;
  const form = world.alliance.legalForm();
  if (form === 'informal') {
    return refuse('MONEY_NEEDS_CARRIER', { pointer: '/carrierId', rule: 'an informal alliance has no carrier' });
  }
  if (form === 'carried' && carrierId === undefined) return refuse('MONEY_NEEDS_CARRIER', { pointer: '/carrierId' });
  const carried = form === 'carried' ? carrierId : undefined;
  if (carried !== carrierId || (carried !== undefined && !world.alliance.isCarrierOn(carried, day))) {
    return refuse('CARRIER_NOT_IN_FORCE', { pointer: '/carrierId' });
  }
  const entity = carried === undefined ? undefined : world.alliance.carrier(carried)?.partnerId;
  return entity === receiverId ? undefined : refuse('RECEIVER_NOT_CARRIER', { pointer: '/receiverId' });
}
