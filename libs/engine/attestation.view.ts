import { formatAmount, id, int, optional } from '#contracts';
import type { Line } from '#contracts';
import { bucketsOf, contributionFacts, declaredOf } from '#contribution';
import type { ContributionFact } from '#contribution';
import type { Day, Id, Instant } from '#kernel';
import { defineView, objectKey, objects, textPlace } from '#views';
import { NAMING, namesFor } from './paper-names.js';
import type { PaperNames } from './paper-names.js';

/** What moved a contribution after it was declared. A correction is signed. */
export interface MovementTold {
  readonly type: ContributionFact['movements'][number]['type'];
  readonly amount: string;
  readonly seq: number;
  readonly at: Instant;
}

/** One acknowledgement: the entry at `seq` says by whom, and has the hash. */
export interface AttestationAnswer extends Line, PaperNames {
  readonly contributionId: Id;
  /** Null: from outside the partners. */
  readonly providerId: Id | null;
  readonly receiverId: Id | null;
  readonly carrierId: Id | null;
  readonly occurredFrom: Day | null;
  readonly occurredOn: Day;
  readonly declaredSeq: number;
  readonly seq: number;
  readonly at: Instant;
  /** What this act acknowledged. */
  readonly amount: string;
  /** Places of sealed texts; null for a description that nobody wrote. */
  readonly description: string | null;
  readonly note: string;
  /** The contribution as it is known, this act included. */
  readonly now: { readonly [name in 'declared' | 'acknowledged' | 'awaiting' | 'contested']: string };
  readonly movements: readonly MovementTold[];
}

/**
 * The facts of the attestation of one acknowledgement, named by its `seq`, else the newest one; null where there is none
 * (part 2, 1.1).
 */
export const attestationView = defineView({
  name: 'attestation',
  projections: [...NAMING, contributionFacts],
  params: { contributionId: id(), acknowledgedSeq: optional(int(0)) },
  async answer(
    readers,
    { contributionId, acknowledgedSeq },
    asOf,
  ): Promise<{ readonly attestation: AttestationAnswer | null }> {
    const row = await readers(contributionFacts).get(`contribution/${contributionId}`);
    if (row?.doc.is !== 'contribution' || row.doc.fact.day > asOf.trueOn) return { attestation: null };
    const { fact } = row.doc;
    const act = fact.movements.findLast(({ type, seq }) => type === 'acknowledged' && (acknowledgedSeq ?? seq) === seq);
    if (act?.type !== 'acknowledged') return { attestation: null };
    const { seq, at, amount } = act;
    const told = { seq, at, amount, note: textPlace(act, 'note') };
    const texts = (await readers(objects).get(objectKey('contributions', contributionId)))?.doc.texts ?? {};
    const description = 'description' in texts ? textPlace(fact, 'description') : null;
    return { attestation: { ...toldOf(fact), description, ...told, ...(await namesFor(readers, asOf)) } };
  },
});

function toldOf(
  fact: ContributionFact,
): Omit<AttestationAnswer, 'seq' | 'at' | 'amount' | 'note' | 'description' | keyof PaperNames> {
  const { contributionId, kind, unit, providerId, receiverId, carrierId, occurredFrom, day, seq } = fact;
  const buckets = bucketsOf(fact);
  return {
    contributionId,
    kind,
    unit,
    providerId: providerId ?? null,
    receiverId: receiverId ?? null,
    carrierId: carrierId ?? null,
    occurredFrom: occurredFrom ?? null,
    occurredOn: day,
    declaredSeq: seq,
    now: {
      declared: formatAmount(declaredOf(buckets)),
      acknowledged: formatAmount(buckets.acknowledged),
      awaiting: formatAmount(buckets.awaiting),
      contested: formatAmount(buckets.contested),
    },
    movements: fact.movements.map(movementTold),
  };
}

function movementTold(movement: ContributionFact['movements'][number]): MovementTold {
  const { type, seq, at } = movement;
  return { type, amount: type === 'corrected' ? movement.delta : movement.amount, seq, at };
}
