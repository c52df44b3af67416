import { refuse, statedDay } from '#kernel';
import type { Act, Refusal } from '#kernel';
import { facilitatorOnly, facilitatorOrProposer } from './authority.js';
import { dayIn, factFault, termFault, termHolds } from './dates.js';
import { record } from './record.js';
import type { Access, AllianceState } from './state.js';
import type { Rule } from './world.js';

/** F gives a person dated read access (3.1). */
export const grantAccess: Rule<'GrantAccess'> = ({ state }, { sealed, occurredOn: _none, ...access }, act) => {
  const fault = facilitatorOnly(state, act) ?? termFault(access, dayIn(state, act.at));
  if (fault) return fault;
  const { role, personRef, validFrom, validTo } = access;
  return [record('AccessGranted', { accessId: act.newId('accessId'), role, personRef, validFrom, validTo }, sealed)];
};

/** F, or R(propose) of any partner, opens an audit: dated read access to the whole ledger (5.1). */
export const openAudit: Rule<'OpenAudit'> = ({ state }, { personRef, validFrom, validTo, sealed }, act) => {
  const fault = facilitatorOrProposer(state, act) ?? termFault({ validFrom, validTo }, dayIn(state, act.at));
  if (fault) return fault;
  const accessId = act.newId('accessId');
  return [record('AuditOpened', { accessId, role: 'auditor', personRef, validFrom, validTo }, sealed)];
};

/** F ends any access, R(propose) that of an audit (5.1). */
export const endAccess: Rule<'EndAccess'> = ({ state }, { accessId }, act) => {
  const powerless = facilitatorOrProposer(state, act);
  if (powerless) return powerless;
  const access = state.accesses.get(accessId);
  if (!access) return refuse('NOT_FOUND', { pointer: '/accessId' });
  if (!access.audit && act.actor.kind !== 'facilitator') return refuse('POWER_MISSING');
  return access.ended ? refuse('WRONG_STATE') : [record('AccessEnded', { accessId })];
};

/** The auditor files a report under its engagement in force, on entries that there are (5.1). Open after dissolution. */
export const fileAuditReport: Rule<'FileAuditReport'> = ({ state }, args, act) => {
  const { accessId, fromSeq, toSeq, differences, reportHash, occurredOn, sealed } = args;
  const access = state.accesses.get(accessId);
  const today = dayIn(state, act.at);
  const fault =
    notEngaged(state, access, act) ?? factFault(occurredOn, today) ?? rangeFault({ fromSeq, toSeq }, act.seq - 1);
  if (fault) return fault;
  const data = { accessId, fromSeq, toSeq, differences, reportHash };
  return [record('AuditReportFiled', data, sealed, statedDay(occurredOn, today))];
};

function notEngaged(state: AllianceState, access: Access | undefined, act: Act): Refusal | undefined {
  if (act.actor.kind !== 'auditor') return refuse('POWER_MISSING');
  if (!access) return refuse('NOT_FOUND', { pointer: '/accessId' });
  if (access.role !== 'auditor' || access.personRef !== act.actor.person) return refuse('POWER_MISSING');
  return !access.ended && termHolds(access, dayIn(state, act.at)) ? undefined : refuse('NOT_IN_FORCE');
}

function rangeFault({ fromSeq, toSeq }: { fromSeq: number; toSeq: number }, head: number): Refusal | undefined {
  if (toSeq < fromSeq) return refuse('NOT_LATER', { pointer: '/toSeq' });
  return toSeq > head ? refuse('NOT_FOUND', { pointer: '/toSeq' }) : undefined;
}
