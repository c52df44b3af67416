import type { DomainEvent, Fields } from '#contracts';
import { accountsView, needsView, partnerStatement } from '#contribution';
import type { Id } from '#kernel';
import type { Entry } from '#ledger';
import { askFrom } from '#views';
import type { View } from '#views';
import type { Happening } from './events.js';
import { viewAt } from './events.js';
import type { Case } from './ledgers.js';
import { PARTNERS, pick } from './ledger-writer.js';
import { baseEdition, secondAccounts, secondNeeds, secondStatement } from './views.js';

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
}

const PRODUCT: Views = { statement: partnerStatement, needs: needsView, accounts: accountsView };

const EDITIONS = ['ANC-2018-06', 'CRC-99-01', 'CERFA-12156', undefined] as const;
const GUARANTEE = ['guaranteeId', 'status', 'currency', 'cap', 'called', 'paid', 'released', 'exposure'];
const NEED = [...['requestId', 'kind', 'unit', 'status', 'requested', 'pledged', 'committed', 'covered', 'uncovered']];
const ACCOUNT = ['account', 'currency', 'value'];

/** What the product says of a ledger at two dates: statement and accounts of each partner, and needs. */
export async function productAnswers(asked: Case, views: Views = PRODUCT): Promise<unknown> {
  const entries = entriesOf(asked.ledger);
  const query = { trueOn: asked.trueOn, knownAt: String(asked.knownAt), now: asked.ledger.at(-1)?.at ?? '' };
  const ask = async <F extends Fields, A>(view: View<F, A>, params: Parameters<typeof askFrom<F, A>>[2]) => {
    const answer = await askFrom(entries, view, params, query);
    if ('fault' in answer) throw new Error(answer.fault);
    return answer.data;
  };
  const { needs } = await ask(views.needs, {});
  const partners = [];
  for (const partnerId of PARTNERS) {
    const statement = await ask(views.statement, { partnerId } as never);
    const { from, to } = asked.period;
    const edition = pick(EDITIONS, asked.edition);
    const accounts = await ask(views.accounts, { partnerId, period: `${from}/${to}`, edition } as never);
    partners.push({
      rows: statement.rows,
      received: statement.received,
      guarantees: only(GUARANTEE, statement.guarantees as unknown as Rows),
      uses: only(ACCOUNT, accounts.uses as unknown as Rows),
      sources: only(ACCOUNT, accounts.sources as unknown as Rows),
      stale: accounts.stale.map(({ valuationId }) => valuationId),
    });
  }
  return { needs: only(NEED, needs as unknown as Rows), partners };
}

/** The same of the second computation. */
export function secondAnswers({ ledger, trueOn, knownAt, period, edition }: Case): unknown {
  const view = viewAt(ledger, trueOn, knownAt);
  const partners = PARTNERS.map((partnerId) => ({
    ...secondStatement(view, partnerId),
    ...secondAccounts(view, {
      ...{ partnerId, ...period },
      edition: pick(EDITIONS, edition) ?? baseEdition(period.from),
    }),
  }));
  return { needs: secondNeeds(view), partners };
}
