import type { DomainEvent, Fields } from '#contracts';
import {
  accountsView,
  balanceView,
  fundingCeilingView,
  guaranteesView,
  needsView,
  obligationsView,
  partnerStatement,
  whoBringsWhatView,
} from '#contribution';
import type { Id } from '#kernel';
import type { Entry } from '#ledger';
import { askFrom } from '#views';
import type { View } from '#views';
import type { Happening } from './events.js';
import { viewAt } from './events.js';
import type { Case } from './ledgers.js';
import { PARTNERS, pick } from './ledger-writer.js';
import { secondBalance, secondStatuses, secondWarnings, secondWhoBringsWhat } from './over-partners.js';
import type { Granularity } from './over-partners.js';
import { DECISIONS } from './promise-writer.js';
import { baseEdition, secondAccounts, secondNeeds, secondStatement } from './views.js';
import { secondCeiling, secondValues } from './worth.js';
import type { Basis } from './worth.js';

type Rows = readonly Readonly<Record<string, unknown>>[];

function only(names: readonly string[], rows: Rows): Rows {
  return rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name]])));
}

/** Entries of one event each. The first stands for the formation of the alliance, and no view of the ladder reads it. */
export function entriesOf(events: readonly (Happening & { readonly at: string })[]): readonly Entry[] {
  const formed = { seq: 0, at: '2026-01-01T00:00:00.000Z', on: '2026-01-01', type: 'PledgeWithdrawn', data: {} };
  return [formed, ...events].map(({ seq, at, on, type, data }) => ({
    ...{
      alliance: 'second' as Id,
      seq,
      id: `e${String(seq)}` as Id,
      commandId: `c${String(seq)}` as Id,
      command: type,
    },
    ...{ at, actor: { kind: 'system' as const }, hash: `h${String(seq)}`, prev: undefined, body: '' },
    ...{ correlation: '', causation: '', openings: [] },
    events: [{ type, data, subject: '', occurredOn: on } as unknown as DomainEvent],
  }));
}

/** The views of the product that are compared. */
export interface Views {
  readonly statement: typeof partnerStatement;
  readonly needs: typeof needsView;
  readonly accounts: typeof accountsView;
  readonly whoBringsWhat: typeof whoBringsWhatView;
  readonly balance: typeof balanceView;
  readonly obligations: typeof obligationsView;
  readonly guarantees: typeof guaranteesView;
  readonly ceiling: typeof fundingCeilingView;
}

const PRODUCT: Views = {
  ...{ statement: partnerStatement, needs: needsView, accounts: accountsView, whoBringsWhat: whoBringsWhatView },
  ...{ balance: balanceView, obligations: obligationsView, guarantees: guaranteesView, ceiling: fundingCeilingView },
};

const EDITIONS = ['ANC-2018-06', 'CRC-99-01', 'CERFA-12156', undefined] as const;
const GUARANTEE = ['guaranteeId', 'status', 'currency', 'cap', 'called', 'paid', 'released', 'exposure'];
const NEED = [...['requestId', 'kind', 'unit', 'status', 'requested', 'pledged', 'committed', 'covered', 'uncovered']];
const ACCOUNT = ['account', 'currency', 'value'];

const GRANULARITIES: readonly Granularity[] = ['month', 'quarter', 'year'];
const BASES: readonly Basis[] = ['alliance-scale', 'cvn', 'alliance-scale', 'donor-cost', 'market-ceiling'];

/** What the views of all partners and of values are asked with. */
function parameters({ asked }: Case) {
  return {
    basis: pick(BASES, asked),
    granularity: pick(GRANULARITIES, asked),
    thresholdBp: pick([6000, 5000, 3333, 10_000, 0], asked),
    ceiling: {
      cost: pick(['3000', '0.01', '12.34', '999999999.99', '100'], asked),
      ...pick(
        [
          { num: 80, den: 100 },
          { num: 1, den: 3 },
          { num: 2, den: 3 },
          { num: 7, den: 10_000 },
        ],
        asked,
      ),
      currency: asked % 7 === 6 ? 'XPF' : 'EUR',
      decisionId: pick([undefined, ...DECISIONS], asked),
    },
  };
}

/** What the product says of a ledger at two dates: statement, values and accounts of each partner, and the views of all. */
export async function productAnswers(asked: Case, views: Views = PRODUCT): Promise<unknown> {
  const entries = entriesOf(asked.ledger);
  const query = { trueOn: asked.trueOn, knownAt: String(asked.knownAt), now: asked.ledger.at(-1)?.at ?? '' };
  const ask = async <F extends Fields, A>(view: View<F, A>, params: Parameters<typeof askFrom<F, A>>[2]) => {
    const answer = await askFrom(entries, view, params, query);
    if ('fault' in answer) throw new Error(answer.fault);
    return answer.data;
  };
  const { basis, granularity, thresholdBp, ceiling } = parameters(asked);
  const { needs } = await ask(views.needs, {});
  const { rows, totals, guarantees } = await ask(views.whoBringsWhat, {});
  const balance = await ask(views.balance, { granularity, thresholdBp });
  const { obligations } = await ask(views.obligations, {});
  const listed = await ask(views.guarantees, {});
  const { decisionId, ...terms } = ceiling;
  const support = await ask(views.ceiling, { ...terms, ...(decisionId ? { decisionId } : {}) } as never);
  const partners = [];
  for (const partnerId of PARTNERS) {
    const statement = await ask(views.statement, { partnerId, basis } as never);
    const { from, to } = asked.period;
    const edition = pick(EDITIONS, asked.edition);
    const accounts = await ask(views.accounts, { partnerId, period: `${from}/${to}`, edition } as never);
    partners.push({
      rows: statement.rows,
      received: statement.received,
      values: statement.contributions.map(({ contributionId, value }) => ({ contributionId, value })),
      guarantees: only(GUARANTEE, statement.guarantees as unknown as Rows),
      uses: only(ACCOUNT, accounts.uses as unknown as Rows),
      sources: only(ACCOUNT, accounts.sources as unknown as Rows),
      stale: accounts.stale.map(({ valuationId }) => valuationId),
    });
  }
  return {
    needs: only(NEED, needs as unknown as Rows),
    partners,
    whoBringsWhat: { rows, totals, guarantees: guarantees.map(({ guaranteeId }) => guaranteeId) },
    balance: balance.rows,
    obligations: only(['obligationId', 'dueOn', 'status'], obligations as unknown as Rows),
    warnings: listed.guarantees.map(({ guaranteeId, warning }) => ({ guaranteeId, warns: warning !== null })),
    ceiling: { valued: support.valued, ceiling: support.ceiling, support: support.support },
  };
}

/** The same of the second computation. */
export function secondAnswers(asked: Case): unknown {
  const { ledger, trueOn, knownAt, period, edition } = asked;
  const { basis, granularity, thresholdBp, ceiling } = parameters(asked);
  const view = viewAt(ledger, trueOn, knownAt);
  const partners = PARTNERS.map((partnerId) => ({
    ...secondStatement(view, partnerId),
    values: secondValues(view, partnerId, basis),
    ...secondAccounts(view, {
      ...{ partnerId, ...period },
      edition: pick(EDITIONS, edition) ?? baseEdition(period.from),
    }),
  }));
  return {
    needs: secondNeeds(view),
    partners,
    whoBringsWhat: secondWhoBringsWhat(view),
    balance: secondBalance(view, granularity, thresholdBp),
    obligations: secondStatuses(view),
    warnings: secondWarnings(view),
    ceiling: secondCeiling(view, ceiling),
  };
}
