import { formatAmount, linesOf, sum } from '#contracts';
import type { Amount, Line } from '#contracts';
import type { Day, Id } from '#kernel';
import type { Facts } from './facts.js';
import { inOrder } from './partners.js';
import { readAt } from './reading.js';
import type { Reading } from './reading.js';
import { guaranteeShown } from './shown.js';
import type { GuaranteeShown } from './shown.js';
import { factsOf, lineFigures, ownOf } from './statement.js';

const CELL = ['pledged', 'committed', 'open', 'given'] as const;
type CellFigures = Readonly<Record<(typeof CELL)[number], Amount>>;
export type Cell = Line & { readonly [C in (typeof CELL)[number]]: string };

/** One row per partner in admission order, one cell per line; no row total, no sorting by value (part 2, 2.3). */
export interface WhoBringsWhat {
  readonly lines: readonly Line[];
  /** `partnerId` null: gifts from outside, last, when there are any. A cell whose figures are all 0 is left out. */
  readonly rows: readonly { readonly partnerId: Id | null; readonly cells: readonly Cell[] }[];
  readonly totals: readonly Cell[];
  /** Off balance sheet, in a block apart: in no cell and no total. In the order of being offered. */
  readonly guarantees: readonly GuaranteeShown[];
}

/** Who brings what on a day. `partners` are given in admission order. */
export function whoBringsWhat(facts: Facts, partners: readonly Id[], trueOn: Day): WhoBringsWhat {
  const reading = readAt(facts, trueOn);
  const lines = linesOf(factsOf(reading));
  const outside = cellsOf(ownOf(reading, undefined), lines);
  const providers = inOrder(partners, providersIn(reading));
  const rows = providers.map((partnerId) => ({ partnerId, cells: cellsOf(ownOf(reading, partnerId), lines) }));
  const totals = cellsOf(reading, lines);
  return {
    lines: totals.map(({ kind, unit }) => ({ kind, unit })),
    rows: [...rows, ...(outside.length > 0 ? [{ partnerId: null, cells: outside }] : [])],
    totals,
    guarantees: reading.guarantees.map((one) => guaranteeShown(one, reading.obligations)),
  };
}

function providersIn({ pledges, obligations, given }: Reading): readonly (Id | undefined)[] {
  return [...pledges, ...obligations, ...given].map(({ fact }) => fact.providerId);
}

function cellsOf(own: Reading, lines: readonly Line[]): readonly Cell[] {
  return lines.flatMap((line) => {
    const figures = cellFigures(own, line);
    return CELL.every((column) => figures[column] === 0n) ? [] : [{ ...line, ...formatCell(figures) }];
  });
}

/** `committed` of a cell is what the partner bound itself to: its commitments and what was called on its guarantees. */
function cellFigures(own: Reading, line: Line): CellFigures {
  const { pledged, committed, called, open, given } = lineFigures(own, line);
  return { pledged, committed: sum([committed, called]), open, given };
}

function formatCell(figures: CellFigures): { readonly [C in (typeof CELL)[number]]: string } {
  return {
    pledged: formatAmount(figures.pledged),
    committed: formatAmount(figures.committed),
    open: formatAmount(figures.open),
    given: formatAmount(figures.given),
  };
}
