import { flag, id, optional } from '#contracts';
import type { Day, Id } from '#kernel';
import { defineView } from '#views';
import { membersView } from './members.view.js';
import type { Member } from './members.view.js';

/** A mandate with its partner; its powers, ceilings and origin as granted. */
export interface ShownMandate {
  readonly mandateId: Id;
  readonly partnerId: Id;
  readonly personRef: Id;
  readonly standing: string;
  readonly powers: readonly string[];
  readonly ceilings: readonly Readonly<Record<string, unknown>>[];
  readonly adReferendum: boolean;
  readonly origin: string;
  readonly inForce: boolean;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly endedOn: Day | null;
  readonly cause: string | null;
}

/** Who may act for whom (part 1, 3.3), past mandates included, partner by partner in the order of admission. */
export const mandatesView = defineView({
  name: 'mandates',
  projections: membersView.projections,
  params: { partnerId: optional(id()), inForce: optional(flag()) },
  async answer(
    readers,
    { partnerId, inForce },
    asOf,
  ): Promise<{ readonly mandates: readonly ShownMandate[]; readonly unrepresented: readonly Id[] }> {
    const { partners } = await membersView.answer(readers, {}, asOf);
    const chosen = partners.filter((partner) => (partnerId ?? partner.partnerId) === partner.partnerId);
    return {
      mandates: chosen.flatMap(mandatesOf).filter((mandate) => (inForce ?? mandate.inForce) === mandate.inForce),
      unrepresented: chosen.filter(({ unrepresented }) => unrepresented).map((partner) => partner.partnerId),
    };
  },
});

export function mandatesOf({ partnerId, mandates }: Member): ShownMandate[] {
  return mandates.map(({ id: mandateId, data, ...term }) => ({
    mandateId,
    partnerId,
    personRef: data['personRef'] as Id,
    standing: String(data['standing']),
    powers: data['powers'] as readonly string[],
    ceilings: (data['ceilings'] ?? []) as ShownMandate['ceilings'],
    adReferendum: data['adReferendum'] === true,
    origin: String(data['origin']),
    ...term,
  }));
}
