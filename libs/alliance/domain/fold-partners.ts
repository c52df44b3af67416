import type { EventOf } from '#contracts';
import type { Id, Recorded } from '#kernel';
import { takesPosition } from './authority.js';
import { dayIn } from './dates.js';
import { lapseOf, lapsesAfter } from './deadlines.js';
import type { Folds } from './folds.js';
import type { AllianceState, Partner, PartnerStatus } from './state.js';

type PartnerEvents =
  | 'AllianceFormed'
  | 'CharterDrafted'
  | 'CharterSigned'
  | 'CharterAdopted'
  | 'PartnerInvited'
  | 'InvitationClosed'
  | 'PartnerAdmitted'
  | 'PartnerDetailsCorrected'
  | 'PartnerWithdrew'
  | 'PartnerExcluded'
  | 'PartnerBecameUnrepresented';

/** Formation, charter and memberships. */
export const partnerFolds: Folds<PartnerEvents> = {
  AllianceFormed: (state, { data }) => ({ ...state, phase: 'forming', timeZone: data.timeZone }),
  CharterDrafted: (state, { data }) => {
    const draft = { version: data.charterVersion, hash: data.charterHash, charter: data.charter };
    return { ...state, drafts: state.phase === 'forming' ? [draft] : [...state.drafts, draft] };
  },
  CharterSigned: charterSigned,
  CharterAdopted: charterAdopted,
  PartnerInvited: partnerInvited,
  InvitationClosed: (state, { data }) => withStatus(state, data.partnerId, 'closed'),
  PartnerAdmitted: (state, { data }, { seq }) => ({
    ...state,
    members: [...state.members, data.partnerId],
    partners: state.partners.change(data.partnerId, (partner) => ({
      ...partner,
      status: 'admitted',
      admittedSeq: seq,
      founding: state.phase === 'forming',
      signedHash: undefined,
    })),
  }),
  PartnerDetailsCorrected: (state, { data }) => {
    const { partnerId, kind, registerScheme, registerCode } = data;
    return {
      ...state,
      partners: state.partners.change(partnerId, (partner) => ({ ...partner, kind, registerScheme, registerCode })),
    };
  },
  PartnerWithdrew: (state, { data }) => left(state, data.partnerId, 'withdrawn'),
  PartnerExcluded: (state, { data }) => left(state, data.partnerId, 'excluded'),
  PartnerBecameUnrepresented: (state, { data }) => ({
    ...state,
    unannounced: state.unannounced.filter((id) => id !== data.partnerId),
  }),
};

function withStatus(state: AllianceState, partnerId: Id, status: PartnerStatus): AllianceState {
  return { ...state, partners: state.partners.change(partnerId, (partner) => ({ ...partner, status })) };
}

function partnerInvited(state: AllianceState, { data }: EventOf<'PartnerInvited'>, recorded: Recorded): AllianceState {
  const { partnerId, kind, registerScheme, registerCode } = data;
  const lapsesAt = lapseOf(recorded.at);
  const partner: Partner = {
    ...(state.partners.get(partnerId) ?? { admittedSeq: -1, founding: false, mandates: [] }),
    ...{ partnerId, kind, registerScheme, registerCode, lapsesAt },
    status: 'invited',
    invitedOn: dayIn(state, recorded.at),
  };
  return lapsesAfter(
    { ...state, partners: state.partners.with(partnerId, partner) },
    partnerId,
    lapsesAt,
    recorded.seq,
  );
}

/** A founder stays admitted until the adoption; a partner admitted later is active from its signature. */
function charterSigned(
  state: AllianceState,
  { data }: EventOf<'CharterSigned'>,
  { at, actor }: Recorded,
): AllianceState {
  if (actor.kind !== 'representative') return state;
  const signedHash = data.charterHash;
  const signed = state.partners.change(actor.partner, (partner) => ({ ...partner, signedHash }));
  const next = { ...state, partners: signed };
  return state.phase === 'governed' ? activated(next, actor.partner, at) : next;
}

function charterAdopted(state: AllianceState, { data }: EventOf<'CharterAdopted'>, { at }: Recorded): AllianceState {
  const charterInForce = state.drafts.find(({ hash }) => hash === data.charterHash) ?? state.charterInForce;
  const next: AllianceState = { ...state, phase: 'governed', charterInForce, drafts: [] };
  if (state.phase !== 'forming') return next;
  return state.members.reduce((current, id) => activated(current, id, at), next);
}

function activated(state: AllianceState, partnerId: Id, at: Recorded['at']): AllianceState {
  const active = withStatus(state, partnerId, 'active');
  return takesPosition(active, partnerId, at) ? active : { ...active, unannounced: [...active.unannounced, partnerId] };
}

function left(state: AllianceState, partnerId: Id, status: 'withdrawn' | 'excluded'): AllianceState {
  const hasMandates = (state.partners.get(partnerId)?.mandates.length ?? 0) > 0;
  return {
    ...withStatus(state, partnerId, status),
    members: state.members.filter((id) => id !== partnerId),
    leavers: hasMandates ? [...state.leavers, partnerId] : state.leavers,
    unannounced: state.unannounced.filter((id) => id !== partnerId),
  };
}
