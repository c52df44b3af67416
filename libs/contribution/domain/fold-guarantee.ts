import type { DomainEvent } from '#contracts';
import { comparePlaces } from './facts.js';
import type { GuaranteeFact, Stamp } from './facts.js';

/** The guarantee after an event that concerns it. Total. */
export function evolveGuarantee(
  fact: GuaranteeFact | undefined,
  event: DomainEvent,
  stamp: Stamp,
): GuaranteeFact | undefined {
  if (event.type === 'GuaranteeOffered') {
    return { ...(event.data as GuaranteeFact), ...stamp, calls: [], releases: [] };
  }
  if (!fact) return undefined;
  switch (event.type) {
    case 'GuaranteeRatified':
      return { ...fact, ratified: stamp };
    case 'GuaranteeRatificationRefused':
      return event.data.cause === 'body' ? { ...fact, declined: stamp } : fact;
    case 'GuaranteeEnteredIntoForce':
      return { ...fact, entered: stamp };
    case 'GuaranteeCalled': {
      const { callId, amount, dueOn } = event.data;
      return { ...fact, calls: [...fact.calls, { ...stamp, callId, amount, dueOn }].sort(comparePlaces) };
    }
    case 'GuaranteeReleased':
      return { ...fact, releases: [...fact.releases, { ...stamp, amount: event.data.amount }].sort(comparePlaces) };
    default:
      return fact;
  }
}
