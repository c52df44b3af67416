import { id, oneOf, optional } from '#contracts';
import type { DataOf } from '#contracts';
import type { Day, Id } from '#kernel';
import { defineView } from '#views';
import type { RowReader } from '#views';
import { deliberationFacts } from './deliberation.projection.js';
import type { DeliberationRow } from './deliberation.projection.js';
import { by } from './rows/dated.js';
import type { ObjectionRow, ObjectionStep } from './rows/objection.row.js';
import type { RoundRow } from './rows/round.row.js';

/** Objections that one answer lists, at most. */
const MAX_OBJECTIONS = 10_000;

/** The states of part 1, 4.6 and 4.7. */
export const OBJECTION_STATUSES = [
  'raised',
  'tested',
  'qualified',
  'reclassified',
  'orphaned',
  'adopted',
  'lapsed',
  'integrating',
  'resolved',
  'withdrawn',
  'abandoned',
] as const;
export type ObjectionStatus = (typeof OBJECTION_STATUSES)[number];

export interface ShownObjection {
  readonly objectionId: Id;
  readonly positionId: Id;
  readonly roundId: Id;
  readonly proposalId: Id | null;
  readonly partnerId: Id;
  readonly form: string;
  readonly kind: string;
  readonly touches: DataOf<'ObjectionRaised'>['touches'];
  readonly status: ObjectionStatus;
  readonly raisedOn: Day;
  /** Places of the sealed texts, as in `/openings/<seq>/<event>/<name>`. */
  readonly reason: string;
  readonly suggestedChange: string;
  /** Those whose last word is that it does not qualify. */
  readonly saidNotQualifiedBy: readonly Id[];
  readonly steps: readonly Omit<ObjectionStep, 'place'>[];
}

/** Objections and blocks with what became of each, in the order in which they were raised (part 1, 4.6). */
export const objectionsView = defineView({
  name: 'objections',
  projections: [deliberationFacts],
  params: { roundId: optional(id()), status: optional(oneOf(...OBJECTION_STATUSES)) },
  async answer(readers, { roundId, status }, { trueOn }): Promise<{ readonly objections: readonly ShownObjection[] }> {
    const rows = readers(deliberationFacts);
    const shown = await objectionsOf(rows, roundId, trueOn);
    return { objections: shown.filter((one) => (status ?? one.status) === one.status) };
  },
});

/** The objections of one round, or of all. */
export async function objectionsOf(
  rows: RowReader<DeliberationRow>,
  roundId: Id | undefined,
  trueOn: Day,
): Promise<ShownObjection[]> {
  const tag = roundId === undefined ? 'objection' : `objection-in/${roundId}`;
  const found = (await rows.list({ tag }, MAX_OBJECTIONS)).map(({ doc }) => doc as ObjectionRow);
  const raised = found.filter((row) => row.raised !== undefined && row.raised.day <= trueOn);
  raised.sort((a, b) => (a.raised?.seq ?? 0) - (b.raised?.seq ?? 0));
  const shown: ShownObjection[] = [];
  for (const row of raised) {
    const round = (await rows.get(`round/${row.raised?.roundId ?? ''}`))?.doc as RoundRow | undefined;
    const one = shownObjection(row, round, trueOn);
    if (one) shown.push(one);
  }
  return shown;
}

function shownObjection(
  { objectionId, raised, steps }: ObjectionRow,
  round: RoundRow | undefined,
  trueOn: Day,
): ShownObjection | undefined {
  if (!raised) return undefined;
  const { positionId, roundId, partnerId, form, kind, touches, reason, suggestedChange } = raised;
  const past = by(steps, trueOn);
  const isClosed = round?.closed !== undefined && round.closed.day <= trueOn;
  return {
    ...{ objectionId, positionId, roundId, proposalId: round?.opened?.proposalId ?? null },
    ...{ partnerId, form, kind, touches },
    ...{ status: statusOf(past, isClosed), raisedOn: raised.day, reason, suggestedChange },
    saidNotQualifiedBy: notQualifiedBy(past),
    steps: past.map(({ place: _, ...step }) => step),
  };
}

const STATUS_AFTER: Readonly<Record<string, ObjectionStatus>> = {
  ObjectionTested: 'tested',
  ObjectionReclassified: 'reclassified',
  ObjectionOrphaned: 'orphaned',
  ObjectionAdopted: 'adopted',
  ObjectionLapsed: 'lapsed',
  ObjectionWithdrawn: 'withdrawn',
  ObjectionIntegrated: 'integrating',
  ObjectionResolved: 'resolved',
  ObjectionAbandoned: 'abandoned',
};

/** An objection that nothing else befell by the closing is qualified; one brought back is what it was before. */
function statusOf(steps: readonly ObjectionStep[], isClosed: boolean): ObjectionStatus {
  let [status, before]: [ObjectionStatus, ObjectionStatus] = ['raised', 'raised'];
  for (const { step } of steps) {
    const next: ObjectionStatus = step === 'ObjectionAbandonmentContested' ? before : (STATUS_AFTER[step] ?? status);
    if (next !== status) [before, status] = [status, next];
  }
  const isOpen = status === 'raised' || status === 'tested';
  return isClosed && isOpen ? 'qualified' : status;
}

function notQualifiedBy(steps: readonly ObjectionStep[]): Id[] {
  const said = new Map<Id, string>();
  for (const { step, partnerId, says } of steps) {
    if (step === 'ObjectionContested' && partnerId !== undefined) said.set(partnerId, says ?? '');
  }
  return [...said].filter(([, says]) => says === 'not-qualified').map(([partner]) => partner);
}
