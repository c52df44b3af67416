import type { AllianceCommandName } from '#contracts';
import { refuse } from '#kernel';
import { endAccess, fileAuditReport, grantAccess, openAudit } from './accesses.js';
import {
  declarePartnerObjective,
  defineTerritory,
  identifyStake,
  publishDiagnosis,
  retireStake,
  setCommonGoal,
  withdrawPartnerObjective,
} from './aims.js';
import { draftCharter, signCharter } from './charter-acts.js';
import { appointFacilitator, endFacilitator } from './facilitators.js';
import { formAlliance } from './formation.js';
import { designateCarrier, dissolveAlliance, endCarrier, structureAlliance } from './legal-form.js';
import { endMandate, grantMandate, succeedMandate } from './mandates.js';
import {
  admitPartner,
  closeInvitation,
  correctPartnerDetails,
  excludePartner,
  invitePartner,
  withdrawPartner,
} from './partners.js';
import type { Rule } from './world.js';

/** The rule of every command of this context, by name. */
export const decide: { readonly [N in AllianceCommandName]: Rule<N> } = {
  FormAlliance: formAlliance,
  DraftCharter: whileItGoesOn(draftCharter),
  SignCharter: whileItGoesOn(signCharter),
  InvitePartner: whileItGoesOn(invitePartner),
  CloseInvitation: whileItGoesOn(closeInvitation),
  AdmitPartner: whileItGoesOn(admitPartner),
  CorrectPartnerDetails: whileItGoesOn(correctPartnerDetails),
  WithdrawPartner: whileItGoesOn(withdrawPartner),
  ExcludePartner: whileItGoesOn(excludePartner),
  GrantMandate: whileItGoesOn(grantMandate),
  SucceedMandate: whileItGoesOn(succeedMandate),
  EndMandate: whileItGoesOn(endMandate),
  AppointFacilitator: whileItGoesOn(appointFacilitator),
  EndFacilitator: whileItGoesOn(endFacilitator),
  GrantAccess: whileItGoesOn(grantAccess),
  OpenAudit: whileItGoesOn(openAudit),
  EndAccess: whileItGoesOn(endAccess),
  // The one command of the auditor, open in a dissolved alliance too.
  FileAuditReport: fileAuditReport,
  DefineTerritory: whileItGoesOn(defineTerritory),
  PublishDiagnosis: whileItGoesOn(publishDiagnosis),
  IdentifyStake: whileItGoesOn(identifyStake),
  RetireStake: whileItGoesOn(retireStake),
  SetCommonGoal: whileItGoesOn(setCommonGoal),
  DeclarePartnerObjective: whileItGoesOn(declarePartnerObjective),
  WithdrawPartnerObjective: whileItGoesOn(withdrawPartnerObjective),
  DesignateCarrier: whileItGoesOn(designateCarrier),
  EndCarrier: whileItGoesOn(endCarrier),
  StructureAlliance: whileItGoesOn(structureAlliance),
  DissolveAlliance: whileItGoesOn(dissolveAlliance),
};

/** Whoever sends it: nothing is decided before there is an alliance, nor after its dissolution (3.4). */
function whileItGoesOn<N extends AllianceCommandName>(rule: Rule<N>): Rule<N> {
  return (world, args, act) => {
    if (world.state.phase === 'none') return refuse('NOT_FOUND');
    if (world.state.phase === 'dissolved') return refuse('ALLIANCE_DISSOLVED');
    return rule(world, args, act);
  };
}
