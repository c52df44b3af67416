export { contributionAnswers } from './domain/answers.js';
export type { ContributionAnswers, OpenCommitment } from './domain/answers.js';
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
export { whoBringsWhat } from './domain/who-brings-what.js';
export type { Cell, WhoBringsWhat } from './domain/who-brings-what.js';
export { attestorTag, contributionFacts, docsOf, factsIn, providerTag } from './views/contribution-facts.projection.js';
export { partnerStatement } from './views/partner-statement.view.js';
export { whoBringsWhatView } from './views/who-brings-what.view.js';
