import { charterView, expiringMandatesView, mandatesView, membersView, membership } from '#alliance';
import { contributionFacts, partnerStatement, whoBringsWhatView } from '#contribution';
import {
  decisionRegisterView,
  deliberationFacts,
  objectionsView,
  proposalBoardView,
  reviewCalendarView,
  roundView,
} from '#deliberation';
import { objects } from '#views';
import type { Projection, View } from '#views';
import { agendaView } from './agenda.view.js';

/** Every view that can be asked, by name. */
export const VIEWS: readonly View[] = [
  agendaView,
  charterView,
  decisionRegisterView,
  expiringMandatesView,
  mandatesView,
  membersView,
  objectionsView,
  partnerStatement,
  proposalBoardView,
  reviewCalendarView,
  roundView,
  whoBringsWhatView,
] as readonly unknown[] as readonly View[];

/** Every projection that is kept, the generic one of objects included. */
export const PROJECTIONS: readonly Projection[] = [
  membership,
  deliberationFacts,
  contributionFacts,
  objects,
] as readonly unknown[] as readonly Projection[];

export function viewNamed(name: string): View | undefined {
  return VIEWS.find((view) => view.name === name);
}
