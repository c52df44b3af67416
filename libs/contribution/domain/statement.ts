import { amountOf, formatAmount, linesOf, sameLine, sum } from '#contracts';
import type { Amount, Line, ValuationBasis } from '#contracts';
import type { Day, Id } from '#kernel';
import { comparePlaces } from './facts.js';
import type { Facts } from './facts.js';
import type { Obligation } from './obligations.js';
import { isBy } from './ratification.js';
import { readAt } from './reading.js';
import type { Given, Reading } from './reading.js';
import { contributionShown, guaranteeShown, obligationsShown, pledgeShown } from './shown.js';
import type { ContributionShown, GuaranteeShown, ObligationShown, PledgeShown } from './shown.js';
import { valueShown } from './values-shown.js';
import type { ValueShown } from './values-shown.js';

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

/** What one partner promised, gave and received: no row adds lines, there is no grand total and no score. */
export interface PartnerStatement {
  readonly partnerId: Id;
  readonly rows: readonly StatementRow[];
  readonly pledges: readonly PledgeShown[];
  readonly obligations: readonly ObligationShown[];
  /** With the value on one basis, where one was asked for. */
  readonly contributions: readonly (ContributionShown & { readonly value?: ValueShown })[];
  readonly received: readonly (Line & { readonly acknowledged: string })[];
  readonly guarantees: readonly GuaranteeShown[];
}

/**
 * The partner statement of part 2, 2.2, from facts that hold at least those of this partner. Values are hidden but on
 * one basis that is asked for (part 2, 1.6).
 */
export function statementOf(facts: Facts, partnerId: Id, trueOn: Day, basis?: ValuationBasis): PartnerStatement {
  const reading = readAt(facts, trueOn);
  const own = ownOf(reading, partnerId);
  const valueOf = (given: Given) => {
    const value = basis && valueShown(given, basis, { scales: facts.scales.filter((one) => isBy(one, trueOn)) });
    return value ? { value } : {};
  };
  return {
    partnerId,
    rows: linesOf(factsOf(own))
      .map((line) => ({ line, figures: lineFigures(own, line) }))
      .filter(({ figures }) => STATEMENT_COLUMNS.some((column) => figures[column] !== 0n))
      .map(({ line, figures }) => ({ ...line, ...formatFigures(figures) })),
    pledges: own.pledges.map(pledgeShown),
    obligations: obligationsShown(own),
    contributions: [...own.given]
      .sort((a, b) => comparePlaces(a.fact, b.fact))
      .map((given) => ({ ...contributionShown(given), ...valueOf(given) })),
    received: receivedBy(reading.given, partnerId),
    guarantees: own.guarantees.map((one) => guaranteeShown(one, own.obligations)),
  };
}

/** A reading cut to one provider's items; `undefined` stands for givers from outside. */
export function ownOf(reading: Reading, providerId: Id | undefined): Reading {
  const isOwn = ({ fact }: { readonly fact: { readonly providerId?: Id } }) => fact.providerId === providerId;
  return {
    pledges: reading.pledges.filter(isOwn),
    notInForce: reading.notInForce.filter(isOwn),
    obligations: reading.obligations.filter(isOwn),
    given: reading.given.filter(isOwn),
    guarantees: reading.guarantees.filter(({ fact }) => fact.obligorId === providerId),
  };
}

export function factsOf({ pledges, notInForce, obligations, given }: Reading): readonly Line[] {
  return [...pledges, ...notInForce, ...obligations, ...given].map(({ fact }) => fact);
}

/** The figures of one provider's items on one line. */
export function lineFigures(own: Reading, line: Line): Readonly<Record<Column, Amount>> {
  const onLine = <T extends { readonly fact: Line }>(items: readonly T[]) =>
    items.filter(({ fact }) => sameLine(fact, line));
  const obligations = onLine(own.obligations);
  const owed = (figure: (one: Obligation) => Amount) => sum(obligations.map(figure));
  const given = onLine(own.given);
  const gave = (figure: (one: Given) => Amount) => sum(given.map(figure));
  const pending = onLine(own.notInForce).filter(({ standing }) => standing === 'pending');
  const isCall = ({ fact }: Obligation) => fact.guaranteeId !== undefined;
  return {
    pledged: sum(onLine(own.pledges).map(({ open }) => open)),
    pending: sum(pending.map(({ fact }) => amountOf(fact.amount))),
    committed: owed((one) => (isCall(one) ? 0n : one.amount)),
    called: owed((one) => (isCall(one) ? one.amount : 0n)),
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
