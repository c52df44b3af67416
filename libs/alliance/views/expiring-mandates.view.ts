import { addDays } from '#kernel';
import type { Day, Id } from '#kernel';
import { defineView } from '#views';
import { membersView } from './members.view.js';

/** Days ahead in which an end of term is told (part 2, section 6). */
const DAYS_AHEAD = 60;

export interface ExpiringTerm {
  readonly what: 'mandate' | 'facilitator';
  readonly id: Id;
  /** Absent for a facilitator. */
  readonly partnerId: Id | null;
  readonly personRef: Id;
  readonly validTo: Day;
}

/** Terms that end within 60 days, by date; before them the partners that nobody represents already (part 2, 6). */
export const expiringMandatesView = defineView({
  name: 'expiring-mandates',
  projections: membersView.projections,
  params: {},
  async answer(
    readers,
    _params,
    asOf,
  ): Promise<{ readonly unrepresented: readonly Id[]; readonly terms: readonly ExpiringTerm[] }> {
    const { partners, facilitators } = await membersView.answer(readers, {}, asOf);
    const last = addDays(asOf.trueOn, DAYS_AHEAD);
    const members = partners.filter(({ status }) => status === 'active' || status === 'admitted');
    const mandates = members.flatMap(({ partnerId, mandates: held }) =>
      held.map(({ data, ...term }) => ({
        what: 'mandate' as const,
        partnerId,
        personRef: data['personRef'] as Id,
        ...term,
      })),
    );
    const terms = [
      ...mandates,
      ...facilitators.map((term) => ({ what: 'facilitator' as const, partnerId: null, ...term })),
    ];
    return {
      unrepresented: members.filter(({ unrepresented }) => unrepresented).map(({ partnerId }) => partnerId),
      terms: terms
        .flatMap(({ what, id, partnerId, personRef, inForce, validTo }): ExpiringTerm[] =>
          inForce && validTo !== null && validTo <= last ? [{ what, id, partnerId, personRef, validTo }] : [],
        )
        .sort(byEnd),
    };
  },
});

function byEnd(a: ExpiringTerm, b: ExpiringTerm): number {
  if (a.validTo !== b.validTo) return a.validTo < b.validTo ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
