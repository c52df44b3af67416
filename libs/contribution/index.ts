export { accountsAt, periodOf } from './domain/accounts.js';
export type { Accounts, AccountRow, AccountsAsked, Period, StaleValuation } from './domain/accounts.js';
export { contributionAnswers } from './domain/answers.js';
export type { ContributionAnswers, OpenCommitment } from './domain/answers.js';
export { balanceOf, basisPoints, GRANULARITIES } from './domain/balance.js';
export type { BalanceAsked, BalanceRow, BalanceShare, Granularity, Shares } from './domain/balance.js';
export { bucketsOf, declaredOf } from './domain/buckets.js';
export type { Buckets } from './domain/buckets.js';
export { contribution } from './domain/contribution.js';
export { NO_FACTS } from './domain/facts.js';
export type {
  CommitmentFact,
  ContributionFact,
  Facts,
  GuaranteeFact,
  PledgeFact,
  RequestFact,
  ScaleFact,
  Stamp,
  Valuation,
} from './domain/facts.js';
export { fundingCeiling } from './domain/funding-ceiling.js';
export type { CeilingAsked, FundingCeiling } from './domain/funding-ceiling.js';
export { awaitingReceipt, guaranteesOf, obligationsOf, toAttest } from './domain/lists.js';
export type { Awaited, GuaranteeListed } from './domain/lists.js';
export { coverageOf, needsOf } from './domain/needs.js';
export type { Coverage, NeedShown } from './domain/needs.js';
export { shownStatus } from './domain/obligations.js';
export type { Obligation, OwedFact, ShownStatus } from './domain/obligations.js';
export { allocate, readAt } from './domain/reading.js';
export type { Allocation, Given, Reading } from './domain/reading.js';
export type { ContributionShown, GuaranteeShown, ObligationShown, PledgeShown } from './domain/shown.js';
export type { ContributionState } from './domain/state.js';
export { STATEMENT_COLUMNS, statementOf } from './domain/statement.js';
export type { PartnerStatement, StatementRow } from './domain/statement.js';
export { scaleValue, valueAt } from './domain/valuation.js';
export type { NoValue, ScaleValue } from './domain/valuation.js';
export type { ValueShown } from './domain/values-shown.js';
export { whoBringsWhat } from './domain/who-brings-what.js';
export type { Cell, WhoBringsWhat } from './domain/who-brings-what.js';
export { accountsView } from './views/accounts.view.js';
export { balanceView } from './views/balance.view.js';
export {
  ASKED_OF_ALL,
  askedTag,
  attestorTag,
  callerTag,
  contributionFacts,
  docsOf,
  factsIn,
  providerTag,
} from './views/contribution-facts.projection.js';
export { fundingCeilingView } from './views/funding-ceiling.view.js';
export { guaranteesView } from './views/guarantees.view.js';
export { needsView } from './views/needs.view.js';
export { obligationsView } from './views/obligations.view.js';
export { partnerStatement } from './views/partner-statement.view.js';
export { awaitingReceiptView, toAttestView } from './views/receipts.view.js';
export { whoBringsWhatView } from './views/who-brings-what.view.js';
