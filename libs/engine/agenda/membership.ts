import { charterView, INVITATION_DAYS } from '#alliance';
import type { Member, MembersAnswer } from '#alliance';
import { addDays } from '#kernel';
import type { AsOf, Readers } from '#views';
import { dated, isNear } from './agenda-item.js';
import type { AgendaItem } from './agenda-item.js';

/** The invitation or the charter that waits for the partner, and terms that end soon (part 1, 3.3 and 3.4). */
export async function ofMembership(
  readers: Readers,
  member: Member,
  { facilitators }: MembersAnswer,
  asOf: AsOf,
): Promise<readonly AgendaItem[]> {
  const { partnerId, status, since, mandates } = member;
  if (status === 'invited') return [dated('invitation-lapses', partnerId, addDays(since, INVITATION_DAYS))];
  const signs = status === 'admitted' && (await isToSign(readers, member, asOf));
  return [
    ...(signs ? [dated('sign-charter', partnerId, null)] : []),
    ...mandates.flatMap(({ id, inForce, validTo }) =>
      inForce && isNear(validTo, asOf) ? [dated('mandate-ends', id, validTo)] : [],
    ),
    ...(status === 'active' || status === 'admitted' ? lastFacilitator(facilitators, asOf) : []),
  ];
}

/** The charter in force, or while forming the newest draft, waits for the signature of an admitted partner. */
async function isToSign(readers: Readers, { partnerId, since }: Member, asOf: AsOf): Promise<boolean> {
  const { inForce, versions } = await charterView.answer(readers, {}, asOf);
  const toSign = inForce ?? versions.at(-1);
  return toSign?.signatures.some((one) => one.partnerId === partnerId && one.day >= since) === false;
}

/** The term after which nobody leads the rounds any more: whoever comes next is named by a decision of all. */
function lastFacilitator(facilitators: MembersAnswer['facilitators'], asOf: AsOf): readonly AgendaItem[] {
  const running = facilitators.filter(
    ({ endedOn, validTo }) => endedOn === null && validTo !== null && asOf.trueOn <= validTo,
  );
  const [last] = running.sort((a, b) => ((a.validTo ?? '') < (b.validTo ?? '') ? 1 : -1));
  return last && isNear(last.validTo, asOf) ? [dated('facilitator-ends', last.id, last.validTo)] : [];
}
