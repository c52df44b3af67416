import { amountOf, formatAmount, linesOf, sameLine, sum } from '#contracts';
import type { Amount, Line } from '#contracts';
import type { Day, Id } from '#kernel';
import type { Facts } from './facts.js';
import { readAt, shownStatus } from './reading.js';
import type { Given, Obligation, Reading, ShownStatus } from './reading.js';

/** The columns of a statement, in their order (part 2, 2.2). */
export const STATEMENT_COLUMNS = [
  'pledged',
  'pending',
  'committed',
  'called',
  'released',
  'fulfilled',
  'open',
  'over',
  'inDefault',
  'spontaneous',
  'given',
  'awaiting',
  'contested',
] as const;
type Column = (typeof STATEMENT_COLUMNS)[number];

export type StatementRow = Line & { readonly [C in Column]: string };

export interface ObligationShown extends Line {
  readonly obligationId: Id;
  readonly requestId?: Id;
  readonly receiverId?: Id;
  readonly attestorId: Id;
  readonly carrierId?: Id;
  readonly amount: string;
  readonly released: string;
  readonly fulfilled: string;
  readonly open: string;
  readonly over: string;
  readonly dueOn: Day;
  readonly status: ShownStatus;
  /** Nothing is open any more, but something was when it was due. */
  readonly late: boolean;
}

/** What one partner promised, gave and received: no row adds lines, there is no grand total and no score. */
export interface PartnerStatement {
  readonly partnerId: Id;
  readonly rows: readonly StatementRow[];
  readonly obligations: readonly ObligationShown[];
  readonly received: readonly (Line & { readonly acknowledged: string })[];
  readonly guarantees: readonly never[];
}

/** The partner statement of part 2, 2.2, from facts that hold at least those of this partner. */
export function statementOf(facts: Facts, partnerId: Id, trueOn: Day): PartnerStatement {
  const reading = readAt(facts, trueOn);
  const own = ownOf(reading, partnerId);
  return {
    partnerId,
    rows: linesOf(factsOf(own))
      .map((line) => ({ line, figures: lineFigures(own, line) }))
      .filter(({ figures }) => STATEMENT_COLUMNS.some((column) => figures[column] !== 0n))
      .map(({ line, figures }) => ({ ...line, ...formatFigures(figures) })),
    obligations: [...own.obligations].sort(byDueDate).map(obligationShown),
    received: receivedBy(reading.given, partnerId),
    guarantees: [],
  };
}

/** A reading cut to one provider's items; `undefined` stands for givers from outside. */
export function ownOf({ obligations, given }: Reading, providerId: Id | undefined): Reading {
  return {
    obligations: obligations.filter(({ fact }) => fact.providerId === providerId),
    given: given.filter(({ fact }) => fact.providerId === providerId),
  };
}

export function factsOf({ obligations, given }: Reading): readonly Line[] {
  return [...obligations, ...given].map(({ fact }) => fact);
}

/** The figures of one provider's items on one line. */
export function lineFigures(own: Reading, line: Line): Readonly<Record<Column, Amount>> {
  const obligations = own.obligations.filter(({ fact }) => sameLine(fact, line));
  const given = own.given.filter(({ fact }) => sameLine(fact, line));
  const owed = (figure: (one: Obligation) => Amount) => sum(obligations.map(figure));
  const gave = (figure: (one: Given) => Amount) => sum(given.map(figure));
  return {
    pledged: 0n,
    pending: 0n,
    committed: owed(({ amount }) => amount),
    called: 0n,
    released: owed(({ released }) => released),
    fulfilled: owed(({ fulfilled }) => fulfilled),
    open: owed(({ open }) => open),
    over: owed(({ over }) => over),
    inDefault: owed(({ inDefault }) => inDefault),
    spontaneous: gave(({ spontaneous }) => spontaneous),
    given: gave(({ buckets }) => buckets.acknowledged),
    awaiting: gave(({ buckets }) => buckets.awaiting),
    contested: gave(({ buckets }) => buckets.contested),
  };
}

function formatFigures(figures: Readonly<Record<Column, Amount>>): { readonly [C in Column]: string } {
  const texts = STATEMENT_COLUMNS.map((column) => [column, formatAmount(figures[column])]);
  return Object.fromEntries(texts) as { readonly [C in Column]: string };
}

function receivedBy(given: readonly Given[], partnerId: Id): PartnerStatement['received'] {
  const own = given.filter(({ fact }) => fact.receiverId === partnerId);
  return linesOf(own.map(({ fact }) => fact)).flatMap((line) => {
    const acknowledged = sum(own.filter(({ fact }) => sameLine(fact, line)).map((one) => one.buckets.acknowledged));
    return acknowledged === 0n ? [] : [{ ...line, acknowledged: formatAmount(acknowledged) }];
  });
}

function byDueDate(a: Obligation, b: Obligation): number {
  if (a.dueOn !== b.dueOn) return a.dueOn < b.dueOn ? -1 : 1;
  return a.fact.commitmentId < b.fact.commitmentId ? -1 : 1;
}

function obligationShown(obligation: Obligation): ObligationShown {
  const { requestId, receiverId, carrierId, ...fact } = obligation.fact;
  return {
    obligationId: fact.commitmentId,
    kind: fact.kind,
    unit: fact.unit,
    attestorId: fact.attestorId,
    ...(requestId === undefined ? {} : { requestId }),
    ...(receiverId === undefined ? {} : { receiverId }),
    ...(carrierId === undefined ? {} : { carrierId }),
    amount: formatAmount(amountOf(fact.amount)),
    released: formatAmount(obligation.released),
    fulfilled: formatAmount(obligation.fulfilled),
    open: formatAmount(obligation.open),
    over: formatAmount(obligation.over),
    dueOn: obligation.dueOn,
    status: shownStatus(obligation),
    late: obligation.late,
  };
}
