import { charterView, expiringMandatesView, mandatesView, membersView, membership } from '#alliance';
import {
  accountsView,
  awaitingReceiptView,
  balanceView,
  contributionFacts,
  fundingCeilingView,
  guaranteesView,
  needsView,
  obligationsView,
  partnerStatement,
  toAttestView,
  whoBringsWhatView,
} from '#contribution';
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
import { chronicle } from './chronicle.projection.js';
import { handoverDossierView } from './handover-dossier.view.js';
import { minutesView } from './minutes.view.js';

/** Every view that can be asked, by name. */
export const VIEWS: readonly View[] = [
  accountsView,
  agendaView,
  awaitingReceiptView,
  balanceView,
  charterView,
  decisionRegisterView,
  expiringMandatesView,
  fundingCeilingView,
  guaranteesView,
  handoverDossierView,
  mandatesView,
  membersView,
  minutesView,
  needsView,
  objectionsView,
  obligationsView,
  partnerStatement,
  proposalBoardView,
  reviewCalendarView,
  roundView,
  toAttestView,
  whoBringsWhatView,
] as readonly unknown[] as readonly View[];

/** Every projection that is kept, the generic one of objects included. */
export const PROJECTIONS: readonly Projection[] = [
  membership,
  deliberationFacts,
  contributionFacts,
  chronicle,
  objects,
] as readonly unknown[] as readonly Projection[];

export function viewNamed(name: string): View | undefined {
  return VIEWS.find((view) => view.name === name);
}

export { AGENDA_KINDS, agendaView, inOrder } from './agenda.view.js';
export type { Agenda, AgendaItem, AgendaKind } from './agenda.view.js';
export { attestationView } from './attestation.view.js';
export type { AttestationAnswer, MovementTold } from './attestation.view.js';
export {
  accountsPaperView,
  cerfaPaperView,
  guaranteesPaperView,
  statementPaperView,
  whoBringsWhatPaperView,
} from './export.views.js';
export type { AccountsAnswer, GuaranteesAnswer, StatementAnswer, WhoBringsWhatAnswer } from './export.views.js';
export { handoverPaperView } from './handover-paper.view.js';
export type { HandoverAnswer } from './handover-paper.view.js';
export type { CarrierNamed, DecisionNamed, PaperNames } from './paper-names.js';
export type { ToldEvent } from './chronicle.projection.js';
export { minutesView, proposalMinutesView } from './minutes.view.js';
export type { MinutesAnswer } from './minutes.view.js';
