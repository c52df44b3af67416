import { membersView } from '#alliance';
import type { Member } from '#alliance';
import { ACCOUNT_EDITIONS, accountsOf, code, id, oneOf, optional } from '#contracts';
import type { AccountEdition } from '#contracts';
import { accountsView, contributionFacts, guaranteesView, partnerStatement, whoBringsWhatView } from '#contribution';
import type { Accounts, GuaranteeListed, PartnerStatement, StaleValuation, WhoBringsWhat } from '#contribution';
import type { Id } from '#kernel';
import { defineView } from '#views';
import type { AsOf, Readers } from '#views';
import { NAMING, namesFor } from './paper-names.js';
import type { PaperNames } from './paper-names.js';

const projections = [...NAMING, contributionFacts];

export interface StatementAnswer extends PartnerStatement, PaperNames {
  readonly partner: Pick<Member, 'kind' | 'registerScheme' | 'registerCode' | 'status' | 'since'>;
}

/** A partner statement with what a page names; null for a partner that is not there (part 2, 2.2). */
export const statementPaperView = defineView({
  name: 'statement-paper',
  projections,
  params: { partnerId: id() },
  async answer(readers, { partnerId }, asOf): Promise<StatementAnswer | null> {
    const { partners } = await membersView.answer(readers, {}, asOf);
    const member = partners.find((one) => one.partnerId === partnerId);
    if (!member) return null;
    const { kind, registerScheme, registerCode, status, since } = member;
    const partner = { kind, registerScheme, registerCode, status, since };
    const statement = await partnerStatement.answer(readers, { partnerId }, asOf);
    return { partner, ...statement, ...(await namesFor(readers, asOf)) };
  },
});

export type WhoBringsWhatAnswer = WhoBringsWhat & PaperNames;

/** Who brings what with the names of partners (part 2, 2.3). */
export const whoBringsWhatPaperView = defineView({
  name: 'who-brings-what-paper',
  projections,
  params: {},
  answer: async (readers, _params, asOf): Promise<WhoBringsWhatAnswer> => ({
    ...(await whoBringsWhatView.answer(readers, {}, asOf)),
    ...(await namesFor(readers, asOf)),
  }),
});

export interface GuaranteesAnswer extends PaperNames {
  /** The partner whose guarantees these are, as obligor, debtor or creditor; null: of all. */
  readonly partnerId: Id | null;
  readonly guarantees: readonly GuaranteeListed[];
}

/** Guarantees, off balance sheet, with the names of partners (part 2, 1.7); null for a partner that is not there. */
export const guaranteesPaperView = defineView({
  name: 'guarantees-paper',
  projections,
  params: { partnerId: optional(id()) },
  async answer(readers, { partnerId }, asOf): Promise<GuaranteesAnswer | null> {
    const names = await namesFor(readers, asOf);
    if (partnerId !== undefined && names.names[partnerId] === undefined) return null;
    const { guarantees } = await guaranteesView.answer(readers, partnerId === undefined ? {} : { partnerId }, asOf);
    return { partnerId: partnerId ?? null, guarantees, ...names };
  },
});

/** A stale valuation and the accounts that it would post to. */
export interface StaleTold extends StaleValuation {
  readonly use: string | null;
  readonly source: string | null;
}
export type AccountsAnswer = Omit<Accounts, 'stale'> & PaperNames & { readonly stale: readonly StaleTold[] };

const year = code(/^(?:19|2[01])\d{2}$/, 4);

/** Accounts 86 and 87 of a booking partner and year (part 2, 2.6); null for a partner that is not there. */
export const accountsPaperView = defineView({
  name: 'accounts-paper',
  projections,
  params: { partnerId: id(), year, edition: optional(oneOf(...ACCOUNT_EDITIONS)) },
  answer: (readers, asked, asOf) => accountsIn(readers, asked, asOf),
});

/** The same, as the grant form has them. */
export const cerfaPaperView = defineView({
  name: 'cerfa-12156-paper',
  projections,
  params: { partnerId: id(), year },
  answer: (readers, asked, asOf) => accountsIn(readers, { ...asked, edition: 'CERFA-12156' }, asOf),
});

interface Asked {
  readonly partnerId: Id;
  readonly year: string;
  readonly edition?: AccountEdition | undefined;
}

async function accountsIn(readers: Readers, asked: Asked, asOf: AsOf): Promise<AccountsAnswer | null> {
  const { partnerId, year: period, edition } = asked;
  const names = await namesFor(readers, asOf);
  if (names.names[partnerId] === undefined) return null;
  const given = edition === undefined ? {} : { edition };
  const accounts = await accountsView.answer(readers, { partnerId, period, ...given }, asOf);
  const stale = await Promise.all(accounts.stale.map((one) => staleTold(readers, one, accounts.edition)));
  return { ...accounts, stale, ...names };
}

async function staleTold(readers: Readers, stale: StaleValuation, edition: AccountEdition): Promise<StaleTold> {
  const row = await readers(contributionFacts).get(`contribution/${stale.contributionId}`);
  const accounts = row?.doc.is === 'contribution' ? accountsOf(row.doc.fact.kind, edition) : undefined;
  return { ...stale, use: accounts?.use ?? null, source: accounts?.source ?? null };
}
