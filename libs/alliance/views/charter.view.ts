import type { Charter } from '#contracts';
import type { Day, Hash, Id } from '#kernel';
import { defineView } from '#views';
import { membership } from './membership.projection.js';
import type { CharterRow } from './membership.projection.js';

/** Versions and drafts that one answer lists, at most. */
const MAX_CHARTERS = 1_000;

export interface CharterVersionShown {
  readonly version: number;
  readonly charterHash: Hash;
  readonly draftedOn: Day;
  readonly adoptedOn: Day | null;
  readonly decisionId: Id | null;
  /** Place of the sealed preamble; null when none was written. */
  readonly preamble: string | null;
  readonly charter: Charter;
  readonly signatures: readonly { readonly partnerId: Id; readonly day: Day }[];
}

/** The charter in force on a day, and every draft and version before it. */
export const charterView = defineView({
  name: 'charter',
  projections: [membership],
  params: {},
  async answer(readers, _params, { trueOn }) {
    const rows = await readers(membership).list({ tag: 'charter' }, MAX_CHARTERS);
    const versions = rows
      .map(({ doc }) => doc as CharterRow)
      .flatMap((row) => (row.drafted && row.drafted.day <= trueOn ? [shown(row, row.drafted, trueOn)] : []))
      .sort((a, b) => a.version - b.version || a.seq - b.seq)
      .map(({ seq: _order, ...version }): CharterVersionShown => version);
    const inForce = versions.filter(({ adoptedOn }) => adoptedOn !== null).at(-1) ?? null;
    return { inForce, versions };
  },
});

function shown(
  row: CharterRow,
  drafted: NonNullable<CharterRow['drafted']>,
  trueOn: Day,
): CharterVersionShown & { seq: number } {
  const adopted = row.adopted && row.adopted.day <= trueOn ? row.adopted : undefined;
  return {
    seq: drafted.seq,
    version: drafted.version,
    charterHash: row.charterHash,
    draftedOn: drafted.day,
    adoptedOn: adopted?.day ?? null,
    decisionId: adopted?.decisionId ?? null,
    preamble: drafted.preamble ?? null,
    charter: drafted.charter,
    signatures: row.signatures.filter(({ day }) => day <= trueOn).map(({ partnerId, day }) => ({ partnerId, day })),
  };
}
