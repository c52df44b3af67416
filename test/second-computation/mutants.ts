/** A small wrong change to what the contribution context computes, as a text replaced once in one file. */
export interface Mutant {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const mutant = (file: string, from: string, to: string): Mutant => ({ file: `${file}.ts`, from, to });

const BUCKETS = [
  mutant('buckets', '    awaiting: awaiting - fromAwaiting,', '    awaiting: awaiting,'),
  mutant('buckets', 'least(-delta - fromAwaiting, contested)', '0n'),
  mutant('buckets', 'acknowledged: acknowledged - rest', 'acknowledged'),
  mutant('buckets', 'contested: contested - amount };', 'contested };'),
  mutant('buckets', '[movement.from]: buckets[movement.from] - amount', 'awaiting: awaiting - amount'),
];

const OBLIGATIONS = [
  mutant('obligations', 'dueOn < trueOn ? open', 'dueOn <= trueOn ? open'),
  mutant('obligations', 'atLeastZero(amount - released - fulfilled)', 'atLeastZero(amount - fulfilled)'),
  mutant('obligations', 'fulfilled - (amount - released)', 'fulfilled - amount'),
  mutant('obligations', '.at(-1)?.dueOn', '.at(0)?.dueOn'),
  mutant('reading', 'left -= poured;', ''),
  mutant('reading', 'else spontaneous += poured;', ''),
  mutant('reading', 'least(left, amountOf(amount))', 'amountOf(amount)'),
  mutant('reading', "=== 'in-force').map(owedByCommitment)", "!== 'refused').map(owedByCommitment)"),
  mutant('ratification', 'ratifyBy < trueOn', 'ratifyBy <= trueOn'),
  mutant('ratification', ' || (ratifyBy !== undefined && ratifyBy < trueOn)', ''),
  mutant('fold-facts', 'ordered([...fact.releases, {', 'ordered([{'),
];

const PLEDGES = [
  mutant('pledges-at', "standingOn(one, trueOn) !== 'refused'", "standingOn(one, trueOn) === 'in-force'"),
  mutant('pledges-at', " && standingOn(one, trueOn) !== 'refused'", ''),
  mutant('pledges-at', 'validUntil < trueOn', 'validUntil <= trueOn'),
  mutant('pledges-at', "if (isBy(withdrawn, trueOn)) return 'withdrawn';", ''),
];

const GUARANTEES = [
  mutant('guarantees-at', 'trueOn <= fact.termOn', 'trueOn < fact.termOn'),
  mutant('guarantees-at', 'atLeastZero(cap - called - released)', 'atLeastZero(cap - called)'),
  mutant('guarantees-at', "if (!inForce) return 'expired';", ''),
  mutant('guarantees-at', "fact.adReferendum && standing === 'in-force'", "standing === 'in-force'"),
  mutant('guarantees-at', '({ fulfilled }) => fulfilled', '({ amount }) => amount'),
];

const VIEWS = [
  mutant('needs', 'one.fulfilled + one.open', 'one.fulfilled'),
  mutant('needs', 'one.amount - one.released', 'one.amount'),
  mutant('needs', 'one.inForce && isFor(one)', 'isFor(one)'),
  mutant('needs', 'one.spontaneous', 'one.buckets.acknowledged'),
  mutant('statement', "standing === 'pending'", "standing !== 'pending'"),
  mutant('statement', 'isCall(one) ? 0n : one.amount', 'one.amount'),
  mutant('statement', 'fact.receiverId === partnerId', 'fact.attestorId === partnerId'),
];

const ACCOUNTS = [
  mutant('accounts', 'from <= fact.day', 'from < fact.day'),
  mutant('accounts', 'fact.day <= to', 'fact.day < to'),
  mutant('accounts', 'booked.filter(({ stale }) => !stale)', 'booked'),
  mutant('accounts', "edition === 'CERFA-12156' ?", "edition !== 'CERFA-12156' ?"),
  mutant('accounts', 'before.value + amountOf(value)', 'amountOf(value)'),
  mutant('money', '(2n * size + unit) / (2n * unit)', 'size / unit'),
  mutant('valuation', 'findLast((one) => one.basis === basis)', 'find((one) => one.basis === basis)'),
  mutant('valuation', 'amountOf(valuation.amount) !== acknowledged', 'amountOf(valuation.amount) > acknowledged'),
];

const OVER_PARTNERS = [
  mutant('who-brings-what', 'sum([committed, called])', 'committed'),
  mutant(
    'who-brings-what',
    "'pledged', 'committed', 'open', 'given'] as const",
    "'pledged', 'committed', 'open'] as const",
  ),
  mutant('partners', '[...partners, ...others.sort()]', '[...partners, ...others].sort()'),
  mutant('balance', 'topShareBp > thresholdBp', 'topShareBp >= thresholdBp'),
  mutant('balance', 'cumulated.partners.length > 1', 'own.partners.length > 1'),
  mutant('balance', 'a.place - b.place', 'b.place - a.place'),
  mutant('balance', 'a.remainder > b.remainder ? -1 : 1', 'a.remainder > b.remainder ? 1 : -1'),
  mutant('balance', '<= period);', '=== period);'),
  mutant('balance', "'1', '1', '1', '2'", "'1', '1', '2', '2'"),
  mutant('obligations', "if (inDefault > 0n) return 'defaulted';", ''),
  mutant('obligations', "fulfilled === 0n ? 'released' : 'fulfilled'", "'fulfilled'"),
  mutant('lists', 'num + num > den', 'num + num >= den'),
  mutant('lists', ", 'other-public'", ''),
];

const WORTH = [
  mutant('valuation', 'validFrom <= day', 'validFrom < day'),
  mutant('valuation', 'day <= last.validTo', 'day < last.validTo'),
  mutant('valuation', 'one.version > other.version', 'one.version < other.version'),
  mutant('valuation', 'level === fact.level) ??', 'level === fact.level) ?? rates[0] ??'),
  mutant('valuation', 'fact.occurredFrom < scale.validFrom', 'fact.day < scale.validFrom'),
  mutant('valuation', 'const minor = stepOf(currency) ?? 1n', 'const minor = 1n'),
  mutant('funding-ceiling', 'least(ceiling, cost)', 'ceiling'),
  mutant('funding-ceiling', '!counted.stale && ', ''),
  mutant('funding-ceiling', ' && counted.valuation.currency === currency', ''),
  mutant(
    'funding-ceiling',
    '(BigInt(num) * base) / (BigInt(den) * minor)',
    '((BigInt(num) * base) / BigInt(den) + minor - 1n) / minor',
  ),
  mutant('funding-ceiling', 'requestId !== undefined && own.has(requestId)', 'false'),
];

export const MUTANTS: readonly Mutant[] = [
  ...BUCKETS,
  ...OBLIGATIONS,
  ...PLEDGES,
  ...GUARANTEES,
  ...VIEWS,
  ...ACCOUNTS,
  ...OVER_PARTNERS,
  ...WORTH,
];
