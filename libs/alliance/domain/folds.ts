import type { AllianceEventType, DomainEvent, EventOf } from '#contracts';
import type { Recorded } from '#kernel';
import type { AllianceState } from './state.js';

/** What one type of event changes. */
export type Fold<E extends DomainEvent> = (state: AllianceState, event: E, recorded: Recorded) => AllianceState;
export type Folds<T extends AllianceEventType> = { readonly [K in T]: Fold<EventOf<K>> };
