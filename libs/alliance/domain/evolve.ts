import { contextOf } from '#contracts';
import type { AllianceEventType, DomainEvent } from '#contracts';
import type { Recorded } from '#kernel';
import { aimFolds } from './fold-aims.js';
import { legalFormFolds } from './fold-legal-form.js';
import { mandateFolds } from './fold-mandates.js';
import { partnerFolds } from './fold-partners.js';
import type { Fold, Folds } from './folds.js';
import type { AllianceState } from './state.js';

const folds: Folds<AllianceEventType> = { ...partnerFolds, ...mandateFolds, ...aimFolds, ...legalFormFolds };

/** The state after one event. Total: events of other contexts, and of unknown objects, change nothing. */
export function evolve(state: AllianceState, event: DomainEvent, recorded: Recorded): AllianceState {
  if (contextOf(event.type) !== 'alliance') return state;
  const fold = folds[event.type as AllianceEventType] as Fold<DomainEvent> | undefined;
  return fold ? fold(state, event, recorded) : state;
}
