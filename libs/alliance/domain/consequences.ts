import type { AllianceEvent } from '#contracts';
import type { Id } from '#kernel';
import { record } from './record.js';
import type { AllianceState, CharterVersion } from './state.js';
import type { AllianceWorld } from './world.js';

/** An alliance is at least this: partners, of so many kinds. */
export const LEAST_PARTNERS = 3;
export const LEAST_KINDS = 2;

/** The next automatic event: mandates of who left, then the charter, then who lost its voice. */
export function consequence(world: AllianceWorld): AllianceEvent | undefined {
  const { phase } = world.state;
  if (phase !== 'forming' && phase !== 'governed') return undefined;
  return leaversMandate(world.state) ?? adoption(world) ?? lostVoice(world);
}

/** Every mandate of a partner that left ends in the commit of its leaving (3.4). */
function leaversMandate(state: AllianceState): AllianceEvent | undefined {
  const mandateId = state.partners.get(state.leavers[0])?.mandates[0];
  return mandateId && record('MandateEnded', { mandateId, cause: 'partner-left' });
}

/** The first version by the signatures of all founders, a later one by a `charter-change` in force on its hash (3.4). */
function adoption({ state, deliberation }: AllianceWorld): AllianceEvent | undefined {
  if (state.phase === 'forming') {
    const draft = state.drafts[0];
    return draft && signedByAllFounders(state, draft) ? adopted(draft) : undefined;
  }
  for (const draft of state.drafts) {
    const decisionId = deliberation.charterChangeInForce(draft.hash);
    if (decisionId !== undefined) return adopted(draft, decisionId);
  }
  return undefined;
}

function adopted({ version, hash }: CharterVersion, decisionId?: Id): AllianceEvent {
  return record('CharterAdopted', { charterVersion: version, charterHash: hash, decisionId });
}

function signedByAllFounders(state: AllianceState, draft: CharterVersion): boolean {
  const founders = state.members.flatMap((id) => state.partners.get(id) ?? []);
  return reachesLeast(founders) && founders.every(({ signedHash }) => signedHash === draft.hash);
}

export function reachesLeast(partners: readonly { readonly kind: string }[]): boolean {
  return partners.length >= LEAST_PARTNERS && new Set(partners.map(({ kind }) => kind)).size >= LEAST_KINDS;
}

/** In the commit that causes it, with the rounds in which its silence can no longer be deemed (3.3). */
function lostVoice({ state, deliberation }: AllianceWorld): AllianceEvent | undefined {
  const partnerId = state.unannounced[0];
  if (partnerId === undefined) return undefined;
  const openRounds = deliberation.openRounds(partnerId);
  return record('PartnerBecameUnrepresented', { partnerId, openRounds });
}
