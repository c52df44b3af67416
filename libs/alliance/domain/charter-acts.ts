import { isRefusal, refuse } from '#kernel';
import type { Refusal } from '#kernel';
import { facilitatorOrProposer, ownRepresentative } from './authority.js';
import { charterFault } from './charter-rules.js';
import { completeCharter } from './charter.js';
import { activeCount, MOST_PARTNERS } from './membership.js';
import { record } from './record.js';
import type { AllianceState, CharterVersion, Partner } from './state.js';
import type { Rule } from './world.js';

/** Drafts of one next version that may wait for a decision at the same time. */
const MOST_DRAFTS = 50;

/** F or R(propose) drafts a charter that keeps every rule of 3.5; redrafting the first voids its signatures (3.4). */
export const draftCharter: Rule<'DraftCharter'> = ({ state }, { charter: given, charterHash, sealed }, act) => {
  const fault = facilitatorOrProposer(state, act);
  if (fault) return fault;
  if (state.drafts.length >= MOST_DRAFTS) return refuse('LIMIT_EXCEEDED', { rule: 'drafts-of-one-version' });
  const charter = completeCharter(given);
  const rule = charterFault(charter);
  if (rule !== undefined) return refuse('CHARTER_INVALID', { pointer: '/charter', rule });
  const charterVersion = (state.charterInForce?.version ?? 0) + 1;
  return [record('CharterDrafted', { charterVersion, charterHash, charter }, sealed)];
};

/** R(sign-charter) of an admitted partner signs the version in force, or the draft while forming (3.4). */
export const signCharter: Rule<'SignCharter'> = ({ state }, { charterVersion, charterHash }, act) => {
  const acting = ownRepresentative(state, act, 'sign-charter', undefined);
  if (isRefusal(acting)) return acting;
  const partner = state.partners.get(acting.partnerId);
  const fault = signatureFault(state, partner, { version: charterVersion, hash: charterHash });
  if (fault) return fault;
  return [record('CharterSigned', { charterVersion, charterHash })];
};

function signatureFault(
  state: AllianceState,
  partner: Partner | undefined,
  { version, hash }: Pick<CharterVersion, 'version' | 'hash'>,
): Refusal | undefined {
  const toSign = state.phase === 'forming' ? state.drafts[0] : state.charterInForce;
  if (!toSign) return refuse('NOT_FOUND', { pointer: '/charterVersion' });
  if (toSign.version !== version || toSign.hash !== hash) return refuse('HASH_MISMATCH', { pointer: '/charterHash' });
  if (partner?.signedHash === hash) return refuse('ALREADY_SIGNED');
  if (partner?.status !== 'admitted') return refuse('WRONG_STATE');
  if (state.phase === 'governed' && activeCount(state) >= MOST_PARTNERS) return refuse('ALLIANCE_FULL');
  return undefined;
}
