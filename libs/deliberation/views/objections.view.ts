import { id, oneOf, optional } from '#contracts';
import type { DataOf } from '#contracts';
import type { Day, Id, Instant } from '#kernel';
import { defineView } from '#views';
import type { RowReader } from '#views';
import { isContested, isStruck, knownPositions, notCountedIn } from './counting.js';
import type { KnownPosition } from './counting.js';
import { deliberationFacts } from './deliberation.projection.js';
import type { DeliberationRow } from './deliberation.projection.js';
import { by } from './rows/dated.js';
import type { LeaverRow } from './rows/leaver.row.js';
import { leaversIn } from './rows/leavers-in.js';
import type { DecisionRow } from './rows/decision.row.js';
import type { ObjectionRow, ObjectionStep } from './rows/objection.row.js';
import type { ProposalRow } from './rows/proposal.row.js';
import type { RoundRow } from './rows/round.row.js';

/** Objections that one answer lists, at most. */
const MAX_OBJECTIONS = 10_000;

/** The states of part 1, 4.6 and 4.7; `late`, `struck` and `not-counted` are those of its position. */
export const OBJECTION_STATUSES = [
  'raised',
  'late',
  'struck',
  'not-counted',
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
  /** Raised by a position after the deadline: kept, never counted. */
  readonly late: boolean;
  /** Why the position that it lives through does not count (part 1, 4.4); null when it does, or its partner replaced it. */
  readonly why: string | null;
  /** Under silent consent the reason may come later, until an instant. */
  readonly reasonGiven: boolean;
  readonly reasonDueAt: Instant | null;
  /** Places of the sealed texts, as in `/openings/<seq>/<event>/<name>`; null where none was written. */
  readonly reason: string | null;
  readonly suggestedChange: string | null;
  /** The last version that claims to integrate it. */
  readonly integratedBy: number | null;
  /** The decision that has it, or its position, among its evaluation criteria. */
  readonly criterionOf: Id | null;
  /** Those whose last word is that it does not qualify. */
  readonly saidNotQualifiedBy: readonly Id[];
  readonly steps: readonly ShownStep[];
}

/** With the place of its sealed reason or note. */
type ShownStep = Omit<ObjectionStep, 'place' | 'text'> & { readonly text: string | null };

/** An objection filed after the closing: a concern on the decision, which undoes nothing (part 1, 4.6). */
export interface LateObjection {
  readonly decisionId: Id;
  readonly roundId: Id | null;
  readonly proposalId: Id | null;
  readonly partnerId: Id;
  readonly kind: string;
  readonly late: true;
  readonly filedOn: Day;
  /** Place of the sealed reason. */
  readonly reason: string | null;
  readonly seq: number;
}

/** Objections and blocks with what became of each, in the order in which they were raised (part 1, 4.6). */
export const objectionsView = defineView({
  name: 'objections',
  projections: [deliberationFacts],
  params: { roundId: optional(id()), status: optional(oneOf(...OBJECTION_STATUSES)) },
  async answer(
    readers,
    { roundId, status },
    { trueOn },
  ): Promise<{ readonly objections: readonly ShownObjection[]; readonly lateObjections: readonly LateObjection[] }> {
    const rows = readers(deliberationFacts);
    const shown = await objectionsOf(rows, roundId, trueOn);
    const filed = (status ?? 'late') === 'late' ? await lateObjections(rows, trueOn) : [];
    return {
      objections: shown.filter((one) => (status ?? one.status) === one.status),
      lateObjections: filed.filter((one) => (roundId ?? one.roundId) === one.roundId),
    };
  },
});

async function lateObjections(rows: RowReader<DeliberationRow>, trueOn: Day): Promise<LateObjection[]> {
  const found = await rows.list({ tag: 'decision' }, MAX_OBJECTIONS);
  return found.flatMap(({ doc }) => lateObjectionsTo(doc as DecisionRow, trueOn)).sort((a, b) => a.seq - b.seq);
}

/** Those that were filed on decisions of a proposal, of the round that adopted each. */
export async function lateObjectionsOn(
  rows: RowReader<DeliberationRow>,
  roundId: Id,
  proposalId: Id,
  trueOn: Day,
): Promise<LateObjection[]> {
  const decisions = await decisionsOf(rows, proposalId);
  const filed = decisions.flatMap((row) => lateObjectionsTo(row, trueOn));
  return filed.filter((one) => one.roundId === roundId).sort((a, b) => a.seq - b.seq);
}

/** Filed on one decision, by a day. */
export function lateObjectionsTo({ decisionId, adopted, lateObjections: filed }: DecisionRow, trueOn: Day) {
  return by(filed, trueOn).map(({ partnerId, kind, day, reason, seq }): LateObjection => ({
    ...{ decisionId, roundId: adopted?.roundId ?? null, proposalId: adopted?.proposalId ?? null },
    ...{ partnerId, kind, late: true, filedOn: day, reason: reason ?? null, seq },
  }));
}

async function decisionsOf(rows: RowReader<DeliberationRow>, proposalId: Id | undefined): Promise<DecisionRow[]> {
  const proposal = (await rows.get(`proposal/${proposalId ?? ''}`))?.doc as ProposalRow | undefined;
  const found = await Promise.all((proposal?.decisions ?? []).map((decisionId) => rows.get(`decision/${decisionId}`)));
  return found.flatMap((row) => (row ? [row.doc as DecisionRow] : []));
}

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
  const leavers = await leaversIn(rows);
  const rounds = new Map<Id | undefined, Around>();
  const shown: ShownObjection[] = [];
  for (const row of raised) {
    const id = row.raised?.roundId;
    const around = rounds.get(id) ?? (await aroundIn(rows, id, leavers, trueOn));
    rounds.set(id, around);
    const one = shownObjection(row, around, trueOn);
    if (one) shown.push(one);
  }
  return shown;
}

/** What the objections of one round stand in, read once for all of them. */
interface Around {
  readonly round: RoundRow | undefined;
  readonly positions: readonly KnownPosition[];
  readonly decisions: readonly DecisionRow[];
  /** Why positions of the round do not count, by position. */
  readonly whys: ReadonlyMap<string, string>;
}

async function aroundIn(
  rows: RowReader<DeliberationRow>,
  roundId: Id | undefined,
  leavers: readonly LeaverRow[],
  trueOn: Day,
): Promise<Around> {
  const round = (await rows.get(`round/${roundId ?? ''}`))?.doc as RoundRow | undefined;
  const decisions = await decisionsOf(rows, round?.opened?.proposalId);
  if (!round) return { round, positions: [], decisions, whys: new Map() };
  const positions = await knownPositions(rows, round, trueOn);
  return { round, positions, decisions, whys: notCountedIn(round, positions, leavers, trueOn) };
}

/**
 * It went with its position while the round was open, and that position counts again, because the one that had replaced it
 * was contested or struck: nothing is recorded of it (part 1, 4.4).
 */
function countsAgain({ raised, steps }: ObjectionRow, { round, whys }: Around, trueOn: Day): boolean {
  const gone = by(steps, trueOn).findLast(({ step }) => step === 'ObjectionWithdrawn');
  if (!raised || !round || !gone || (round.closed && gone.seq > round.closed.seq)) return false;
  return !whys.has(raised.positionId);
}

function shownObjection(row: ObjectionRow, around: Around, trueOn: Day): ShownObjection | undefined {
  const { objectionId, raised, steps } = row;
  if (!raised) return undefined;
  const { positionId, roundId, partnerId, form, kind, touches, suggestedChange } = raised;
  const { round } = around;
  const past = by(steps, trueOn);
  const alive = countsAgain(row, around, trueOn) ? past.filter(({ step }) => step !== 'ObjectionWithdrawn') : past;
  const why = whyOut(row, around, trueOn);
  const given = past.findLast(({ step }) => step === 'ObjectionReasonGiven');
  return {
    ...{ objectionId, positionId, roundId, proposalId: round?.opened?.proposalId ?? null },
    ...{ partnerId, form, kind, touches },
    status: objectionStatus(alive, round?.closed !== undefined && round.closed.day <= trueOn, why),
    ...{ raisedOn: raised.day, late: why === 'late', why },
    ...reasonOf(raised, given),
    suggestedChange: suggestedChange ?? null,
    integratedBy: past.findLast(({ step }) => step === 'ObjectionIntegrated')?.version ?? null,
    criterionOf: criterionOf([objectionId, positionId], around.decisions, trueOn),
    saidNotQualifiedBy: notQualifiedBy(past),
    steps: past.map(({ place: _, text, ...step }) => ({ ...step, text: text ?? null })),
  };
}

/** Given at once, or later under silent consent. */
function reasonOf(raised: NonNullable<ObjectionRow['raised']>, given: ObjectionStep | undefined) {
  return {
    reasonGiven: raised.reasonGiven || given !== undefined,
    reasonDueAt: raised.reasonDueAt ?? null,
    reason: raised.reason ?? given?.text ?? null,
  };
}

/** Late, struck with its holder, contested by the partner on whose behalf it was told, or beaten by another position. */
function whyOut({ raised }: ObjectionRow, { round, positions, whys }: Around, trueOn: Day): ShownObjection['why'] {
  const { fact, later } = positions.find((one) => one.fact.positionId === raised?.positionId) ?? {};
  if (!round || !fact) return null;
  if (fact.late) return 'late';
  if (isStruck(fact, round, trueOn)) return 'struck';
  if (isContested(later, trueOn)) return 'contested';
  const why = whys.get(fact.positionId);
  return why === undefined || OF_ITS_OWN.includes(why) ? null : why;
}

/** Its partner itself answered anew, or left: the steps of the objection tell what became of it (part 1, 4.7). */
const OF_ITS_OWN = ['later', 'removed'];

function criterionOf(ids: readonly Id[], decisions: readonly DecisionRow[], trueOn: Day): Id | null {
  const found = decisions.find(
    ({ adopted }) => adopted && adopted.day <= trueOn && adopted.criteria.some((one) => ids.includes(one)),
  );
  return found?.decisionId ?? null;
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

/**
 * An objection that nothing else befell by the closing is qualified, if its position counts: else it is not open. One
 * brought back is what it was before. A late one never counted, and one that fell with a struck position was withdrawn by
 * nobody.
 */
export function objectionStatus(
  steps: readonly ObjectionStep[],
  isClosed: boolean,
  why: ShownObjection['why'],
): ObjectionStatus {
  if (why === 'late') return 'late';
  let [status, before]: [ObjectionStatus, ObjectionStatus] = ['raised', 'raised'];
  for (const { step } of steps) {
    const next: ObjectionStatus = step === 'ObjectionAbandonmentContested' ? before : (STATUS_AFTER[step] ?? status);
    if (next !== status) [before, status] = [status, next];
  }
  if (status === 'withdrawn' && why === 'struck') return 'struck';
  const isOpen = status === 'raised' || status === 'tested';
  if (isOpen && why !== null) return 'not-counted';
  return isClosed && isOpen ? 'qualified' : status;
}

function notQualifiedBy(steps: readonly ObjectionStep[]): Id[] {
  const said = new Map<Id, string>();
  for (const { step, partnerId, says } of steps) {
    if (step === 'ObjectionContested' && partnerId !== undefined) said.set(partnerId, says ?? '');
  }
  return [...said].filter(([, says]) => says === 'not-qualified').map(([partner]) => partner);
}
