import type { EventOf } from '#contracts';
import type { Id, Recorded } from '#kernel';
import { takesPosition } from './authority.js';
import { dayIn, effectiveDay } from './dates.js';
import { endsAfter } from './deadlines.js';
import type { Folds } from './folds.js';
import { hold, letGo } from './holdings.js';
import type { AllianceState, Mandate } from './state.js';

type MandateEvents =
  | 'MandateGranted'
  | 'MandateSucceeded'
  | 'MandateEnded'
  | 'FacilitatorAppointed'
  | 'FacilitatorEnded'
  | 'AccessGranted'
  | 'AuditOpened'
  | 'AccessEnded'
  | 'AuditReportFiled';

/** Mandates, terms of facilitators and accesses: what persons hold. */
export const mandateFolds: Folds<MandateEvents> = {
  MandateGranted: mandateGranted,
  MandateSucceeded: (state, { data }, recorded) => mandateEnded(state, data.endedMandateId, recorded),
  MandateEnded: (state, { data }, recorded) => {
    const ended = mandateEnded(state, data.mandateId, recorded);
    if (data.cause !== 'partner-left') return ended;
    const leftSeq = recorded.seq;
    return { ...ended, mandates: ended.mandates.change(data.mandateId, (mandate) => ({ ...mandate, leftSeq })) };
  },
  FacilitatorAppointed: (state, { data }, { seq }) => {
    const facilitators = state.facilitators.with(data.facilitatorId, { ...data, ended: false });
    const held = hold({ ...state, facilitators }, data.personRef, { sort: 'facilitator', id: data.facilitatorId });
    return endsAfter(held, 'FacilitatorEnded', { id: data.facilitatorId, validTo: data.validTo }, seq);
  },
  FacilitatorEnded: (state, { data }) => {
    const facilitator = state.facilitators.get(data.facilitatorId);
    if (!facilitator) return state;
    const facilitators = state.facilitators.with(data.facilitatorId, { ...facilitator, ended: true });
    return letGo({ ...state, facilitators }, facilitator.personRef, data.facilitatorId);
  },
  AccessGranted: (state, { data }, { seq }) => accessGiven(state, { ...data, audit: false }, seq),
  AuditOpened: (state, { data }, { seq }) => accessGiven(state, { ...data, audit: true }, seq),
  AccessEnded: (state, { data }) => {
    const access = state.accesses.get(data.accessId);
    if (!access) return state;
    const accesses = state.accesses.with(data.accessId, { ...access, ended: true });
    return letGo({ ...state, accesses }, access.personRef, data.accessId);
  },
  AuditReportFiled: (state) => state,
};

function mandateGranted(
  state: AllianceState,
  { data, occurredOn }: EventOf<'MandateGranted'>,
  recorded: Recorded,
): AllianceState {
  const { mandateId, partnerId } = data;
  const grantedOn = effectiveDay(state, occurredOn, recorded);
  const mandate: Mandate = { ...data, grantedOn, grantedAt: recorded.at, ended: false };
  const mandates = state.mandates.with(mandateId, mandate);
  const partners = state.partners.change(partnerId, (partner) => ({
    ...partner,
    mandates: [...partner.mandates, mandateId],
  }));
  const held = hold({ ...state, mandates, partners }, data.personRef, { sort: 'mandate', id: mandateId });
  const unannounced = takesPosition(held, partnerId, recorded.at)
    ? held.unannounced.filter((id) => id !== partnerId)
    : held.unannounced;
  return endsAfter({ ...held, unannounced }, 'MandateEnded', { id: mandateId, validTo: data.validTo }, recorded.seq);
}

function mandateEnded(state: AllianceState, mandateId: Id, { at }: Recorded): AllianceState {
  const mandate = state.mandates.get(mandateId);
  if (!mandate || mandate.ended) return state;
  const { partnerId } = mandate;
  const rest = (state.partners.get(partnerId)?.mandates ?? []).filter((id) => id !== mandateId);
  const ended: AllianceState = {
    ...letGo(state, mandate.personRef, mandateId),
    mandates: state.mandates.with(mandateId, { ...mandate, ended: true, endedAt: at }),
    partners: state.partners.change(partnerId, (partner) => ({ ...partner, mandates: rest })),
    leavers: rest.length > 0 ? state.leavers : state.leavers.filter((id) => id !== partnerId),
  };
  return lostItsVoice(ended, mandate, at) ? { ...ended, unannounced: [...ended.unannounced, partnerId] } : ended;
}

/** The partner was represented by the mandate that ended, and by none other since (3.3). */
function lostItsVoice(state: AllianceState, ended: Mandate, at: Recorded['at']): boolean {
  const had = ended.powers.includes('take-position') && ended.validFrom <= dayIn(state, at);
  return (
    had &&
    state.partners.get(ended.partnerId)?.status === 'active' &&
    !takesPosition(state, ended.partnerId, at) &&
    !state.unannounced.includes(ended.partnerId)
  );
}

function accessGiven(
  state: AllianceState,
  access: EventOf<'AccessGranted'>['data'] & { readonly audit: boolean },
  seq: number,
): AllianceState {
  const accesses = state.accesses.with(access.accessId, { ...access, ended: false });
  const held = hold({ ...state, accesses }, access.personRef, { sort: 'access', id: access.accessId });
  return endsAfter(held, 'AccessEnded', { id: access.accessId, validTo: access.validTo }, seq);
}
