import fc from 'fast-check';
import { amountOf, linesOf, sum } from '#contracts';
import type { Amount } from '#contracts';
import { addDays } from '#kernel';
import { askAsOf, askLive, entriesOf } from '../testing/entries.js';
import { play } from '../testing/random-log.js';
import { longSteps, PARTNERS, steps } from '../testing/random-steps.js';
import { C, given, idOf } from '../testing/scene.js';
import type { Scene } from '../testing/scene.js';
import { accountsView } from '../views/accounts.view.js';
import { balanceView } from '../views/balance.view.js';
import { fundingCeilingView } from '../views/funding-ceiling.view.js';
import { guaranteesView } from '../views/guarantees.view.js';
import { needsView } from '../views/needs.view.js';
import { obligationsView } from '../views/obligations.view.js';
import { partnerStatement } from '../views/partner-statement.view.js';
import { awaitingReceiptView, toAttestView } from '../views/receipts.view.js';
import { whoBringsWhatView } from '../views/who-brings-what.view.js';
import { bucketsOf, declaredOf } from './buckets.js';
import type { ContributionFact } from './facts.js';
import { readAt } from './reading.js';
import { factsOf, lineFigures, ownOf } from './statement.js';

const DEEP = process.env['DEEP'] === '1';
const days = fc.integer({ min: 0, max: 500 }).map((after) => addDays('2026-01-10', after));
const [partnerId] = PARTNERS;

/**
 * Where an identity of part 2, 2.2 or of the buckets of 1.5 fails, of everything on each line. Plain comparisons: some
 * hundred thousand of them in each ledger.
 */
function faultsOf(scene: Scene): readonly string[] {
  const faults: string[] = [];
  const check = (holds: boolean, what: () => string) => {
    if (!holds) faults.push(what());
  };
  const reading = readAt(scene.facts, scene.at.slice(0, 10));
  for (const id of [...PARTNERS, undefined]) {
    const own = ownOf(reading, id);
    for (const line of linesOf(factsOf(own))) {
      const of = lineFigures(own, line);
      const where = (what: string) => () => `${what} of ${id ?? 'others'}: ${Object.entries(of).join(' ')}`;
      check(of.fulfilled + of.open === of.committed + of.called - of.released + of.over, where('obligations'));
      check(of.given === of.fulfilled + of.spontaneous, where('gifts'));
      for (const figure of Object.values(of)) check(figure >= 0n, where('sign'));
    }
  }
  for (const { fact, buckets } of reading.given) {
    const where = (what: string) => () => `${what} of ${fact.contributionId}: ${Object.entries(buckets).join(' ')}`;
    check(declaredOf(buckets) === correctedAmount(fact), where('declared'));
    for (const amount of [buckets.awaiting, buckets.acknowledged, buckets.contested])
      check(amount >= 0n, where('sign'));
  }
  return faults;
}

/** What was declared and each correction of it: no other movement makes or loses anything. */
function correctedAmount({ amount, movements }: ContributionFact): Amount {
  return sum([amountOf(amount), ...movements.map((one) => (one.type === 'corrected' ? amountOf(one.delta) : 0n))]);
}

describe('for any ledger', () => {
  it(
    'the identities hold after each event, and no figure is below 0',
    () => {
      let longest = 0;
      const runs = DEEP ? 1000 : 4;
      fc.assert(
        fc.property(longSteps, (script) => {
          let events = 0;
          const { scene } = play(script, true, (now) => {
            events++;
            expect(faultsOf(now)).toEqual([]);
          });
          longest = Math.max(longest, scene.log.length);
          expect(events).toBeGreaterThan(0);
          if (DEEP) expect(scene.log.length).toBeGreaterThanOrEqual(200);
        }),
        { numRuns: runs },
      );
      expect(longest).toBeGreaterThanOrEqual(200);
    },
    DEEP ? 3_600_000 : 60_000,
  );

  it('every view says live, on any day, what it says as of that day', async () => {
    await fc.assert(
      fc.asyncProperty(steps, days, async (script, trueOn) => {
        const entries = entriesOf(play(script).scene);
        const asOf = { trueOn, knownAt: entries.length - 1 };
        const same = async (live: Promise<unknown>, then: Promise<unknown>) => {
          expect(await live).toEqual(await then);
        };
        const asked = { partnerId: C, period: '2026' };
        await same(askLive(needsView, {}, entries, trueOn), askAsOf(needsView, {}, entries, asOf));
        await same(askLive(whoBringsWhatView, {}, entries, trueOn), askAsOf(whoBringsWhatView, {}, entries, asOf));
        await same(askLive(balanceView, {}, entries, trueOn), askAsOf(balanceView, {}, entries, asOf));
        await same(askLive(guaranteesView, {}, entries, trueOn), askAsOf(guaranteesView, {}, entries, asOf));
        await same(askLive(obligationsView, {}, entries, trueOn), askAsOf(obligationsView, {}, entries, asOf));
        await same(askLive(accountsView, asked, entries, trueOn), askAsOf(accountsView, asked, entries, asOf));
        const cost = { cost: '100' };
        await same(
          askLive(fundingCeilingView, cost, entries, trueOn),
          askAsOf(fundingCeilingView, cost, entries, asOf),
        );
        if (!partnerId) return;
        const own = { partnerId };
        await same(askLive(toAttestView, own, entries, trueOn), askAsOf(toAttestView, own, entries, asOf));
        await same(
          askLive(awaitingReceiptView, own, entries, trueOn),
          askAsOf(awaitingReceiptView, own, entries, asOf),
        );
        const valued = { partnerId, basis: 'cvn' } as const;
        await same(
          askLive(partnerStatement, valued, entries, trueOn),
          askAsOf(partnerStatement, valued, entries, asOf),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('what was known at an entry is what the ledger cut there says', async () => {
    await fc.assert(
      fc.asyncProperty(steps, days, fc.nat(200), async (script, trueOn, cut) => {
        const entries = entriesOf(play(script).scene);
        const knownAt = cut % entries.length;
        for (const id of PARTNERS) {
          const then = await askAsOf(partnerStatement, { partnerId: id }, entries, { trueOn, knownAt });
          const head = { trueOn, knownAt };
          expect(then).toEqual(await askAsOf(partnerStatement, { partnerId: id }, entries.slice(0, knownAt + 1), head));
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('corrections', () => {
  it('of a correction restore the declared amount, and a raise is awaiting until acknowledged', () => {
    const sizes = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(sizes, sizes, (declared, delta) => {
        const scene = given().on('2026-02-01').by(C);
        const amount = String(declared);
        const gift = {
          kind: 'goods',
          unit: 'piece',
          amount,
          providerId: C,
          attestorId: PARTNERS[0] ?? idOf('A'),
        } as const;
        const contributionId = scene.make('DeclareContribution', gift);
        const correct = (corrects: typeof contributionId, signed: string) =>
          scene.make('CorrectContribution', { contributionId, corrects, delta: signed, cause: 'recount' });
        const before = scene.log.length;
        const recorded = JSON.stringify(scene.log.slice(0, before));
        const cut = delta <= declared ? `-${String(delta)}` : String(delta);
        const correctionId = correct(contributionId, cut);
        correct(correctionId, cut.startsWith('-') ? cut.slice(1) : `-${cut}`);
        const fact = scene.facts.contributions[0];
        if (!fact) throw new Error('no contribution');
        const { awaiting, acknowledged } = bucketsOf(fact);
        expect(declaredOf(bucketsOf(fact))).toBe(BigInt(declared) * 1000n);
        expect([awaiting, acknowledged]).toEqual([BigInt(declared) * 1000n, 0n]);
        expect(JSON.stringify(scene.log.slice(0, before))).toBe(recorded);
      }),
    );
  });
});
