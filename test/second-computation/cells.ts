import type { Case } from './ledgers.js';

const COLUMNS = [
  ...['pledged', 'pending', 'committed', 'called', 'released', 'fulfilled', 'open', 'over', 'inDefault', 'spontaneous'],
  ...['given', 'awaiting', 'contested', 'covered', 'uncovered', 'paid', 'exposure', 'acknowledged'],
  ...['valued', 'ceiling', 'support'],
];
const STATUSES = [
  ...['offered', 'ratified', 'refused', 'expired', 'exhausted', 'released', 'partly-called', 'in-force', 'closed'],
  ...['pending', 'fulfilled', 'defaulted', 'partly-fulfilled'],
];
const ACCOUNTS = ['860', '861', '8611', '8612', '862', '864', '870', '871', '875'];
const TYPES = [
  ...['ResourceRequested', 'ResourceRequestClosed', 'PledgeMade', 'PledgeWithdrawn', 'PledgeLapsed', 'CommitmentMade'],
  ...['CommitmentRatified', 'CommitmentRatificationRefused', 'CommitmentRescheduled', 'CommitmentReleased'],
  ...['CommitmentDefaulted', 'ContributionDeclared', 'ContributionAcknowledged', 'ContributionContested'],
  ...['ContestationLifted', 'ContributionCorrected', 'ContributionValued', 'GuaranteeOffered', 'GuaranteeRatified'],
  ...['GuaranteeRatificationRefused', 'GuaranteeEnteredIntoForce', 'GuaranteeCalled', 'GuaranteeReleased'],
  ...['GuaranteeExpired', 'PartnerInvited', 'PartnerAdmitted', 'ValuationScaleAdopted'],
];
const ANSWERS = [
  ...['basis donor-cost', 'basis cvn', 'basis market-ceiling', 'basis alliance-scale', 'missing no-scale'],
  ...['missing no-rate', 'missing scale-changes-in-period', 'flag concentrated', 'warns true', 'outside'],
];

/** How many ledgers met each event, each column that is not 0, each status, each account, and a stale valuation. */
export class Cells {
  private readonly counts = new Map<string, number>();

  constructor() {
    const all = [
      ...TYPES,
      ...COLUMNS,
      ...STATUSES.map((status) => `status ${status}`),
      ...ACCOUNTS.map((account) => `account ${account}`),
      ...ANSWERS,
      'stale',
    ];
    for (const cell of all) this.counts.set(cell, 0);
  }

  count({ ledger }: Case, answers: unknown): void {
    const met = new Set(ledger.map(({ type }) => type));
    JSON.stringify(answers, (name, value: unknown) => {
      if (COLUMNS.includes(name) && value !== '0') met.add(name);
      if (name === 'status' || name === 'account') met.add(`${name} ${String(value)}`);
      if (['basis', 'missing', 'flag', 'warns'].includes(name)) met.add(`${name} ${String(value)}`);
      if (name === 'partnerId' && value === null) met.add('outside');
      if (name === 'stale' && Array.isArray(value) && value.length > 0) met.add('stale');
      return value;
    });
    for (const cell of met) if (this.counts.has(cell)) this.counts.set(cell, (this.counts.get(cell) ?? 0) + 1);
  }

  /** Cells that nothing met. */
  get missing(): readonly string[] {
    return [...this.counts].filter(([, times]) => times === 0).map(([cell]) => cell);
  }

  toString(): string {
    return [...this.counts].map(([cell, times]) => `${cell.padEnd(32)}${String(times).padStart(6)}\n`).join('');
  }
}
