import type { AllianceEventType, DataOf, EventOf, SealedValues } from '#contracts';
import { definitionOf, event } from '#contracts';
import type { Day } from '#kernel';

/** Makes an event of this context with those of the sealed values that its type has. */
export function record<T extends AllianceEventType>(
  type: T,
  data: DataOf<T>,
  sealed: SealedValues = {},
  occurredOn?: Day,
): EventOf<T> {
  const names = Object.keys(definitionOf(type).sealed).filter((name) => sealed[name] !== undefined);
  const kept: SealedValues = Object.fromEntries(names.map((name) => [name, sealed[name]]));
  return event(type, data, { ...(names.length > 0 ? { sealed: kept } : {}), occurredOn });
}
