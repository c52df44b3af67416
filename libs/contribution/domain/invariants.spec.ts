import { amountOf, sum } from '#contracts';
import fc from 'fast-check';
import type { Day, Id } from '#kernel';
import { addDays } from '#kernel';
import { askAsOf, askLive, entriesOf } from '../testing/entries.js';
import { play } from '../testing/random-log.js';
import { PARTNERS, steps } from '../testing/random-steps.js';
import { A, B, C, given, idOf } from '../testing/scene.js';
import { partnerStatement } from '../views/partner-statement.view.js';
import { whoBringsWhatView } from '../views/who-brings-what.view.js';
import { NO_FACTS } from './facts.js';
import type { Facts } from './facts.js';
import { bucketsOf, declaredOf } from './buckets.js';
import { STATEMENT_COLUMNS, statementOf } from './statement.js';
import type { StatementRow } from './statement.js';
import { whoBringsWhat } from './who-brings-what.js';

const days = fc.integer({ min: 0, max: 400 }).map((after) => addDays('2026-01-10', after));
const figures = (row: StatementRow) =>
  Object.fromEntries(STATEMENT_COLUMNS.map((column) => [column, amountOf(row[column])])) as Record<
    (typeof STATEMENT_COLUMNS)[number],
    bigint
  >;
const everyStatement = (facts: Facts, trueOn: Day) => PARTNERS.map((id: Id) => statementOf(facts, id, trueOn));

describe('for any log', () => {
  it('the generator proves itself: most commands pass, and every kind of event comes up', () => {
    const seen = new Map<string, number>();
    let [sent, accepted] = [0, 0];
    for (const script of fc.sample(steps, { numRuns: 400, seed: 7 })) {
      const played = play(script);
      sent += played.sent;
      accepted += played.accepted;
      for (const type of new Set(played.scene.log.map(({ event }) => event.type))) {
        seen.set(type, (seen.get(type) ?? 0) + 1);
      }
    }
    expect(accepted / sent).toBeGreaterThan(0.6);
    for (const type of [
      'CommitmentMade',
      'CommitmentReleased',
      'CommitmentRescheduled',
      'CommitmentDefaulted',
      'ContributionDeclared',
      'ContributionAcknowledged',
      'ContributionContested',
      'ContestationLifted',
      'ContributionCorrected',
      'ContributionValued',
      'PledgeMade',
      'PledgeWithdrawn',
      'PledgeLapsed',
      'CommitmentRatified',
      'CommitmentRatificationRefused',
      'GuaranteeOffered',
      'GuaranteeRatified',
      'GuaranteeRatificationRefused',
      'GuaranteeEnteredIntoForce',
      'GuaranteeCalled',
      'GuaranteeReleased',
      'GuaranteeExpired',
    ]) {
      expect(`${type} ${(seen.get(type) ?? 0) >= 20 ? 'often' : String(seen.get(type))}`).toBe(`${type} often`);
    }
  });

  it('fulfilled + open = committed + called − released + over, given = fulfilled + spontaneous, no figure below 0', () => {
    fc.assert(
      fc.property(steps, days, (script, trueOn) => {
        const { scene, lastDay } = play(script);
        for (const day of [trueOn, lastDay]) {
          for (const row of everyStatement(scene.facts, day).flatMap(({ rows }) => rows)) {
            const of = figures(row);
            expect(of.fulfilled + of.open).toBe(of.committed + of.called - of.released + of.over);
            expect(of.given).toBe(of.fulfilled + of.spontaneous);
            for (const figure of Object.values(of)) expect(figure >= 0n).toBe(true);
          }
        }
      }),
    );
  });

  it('declared = awaiting + acknowledged + contested, and no event makes a bucket negative', () => {
    fc.assert(
      fc.property(steps, (script) => {
        for (const fact of play(script).scene.facts.contributions) {
          const deltas = fact.movements.map((one) => (one.type === 'corrected' ? amountOf(one.delta) : 0n));
          expect(declaredOf(bucketsOf(fact))).toBe(amountOf(fact.amount) + sum(deltas));
          for (let count = 0; count <= fact.movements.length; count++) {
            const buckets = bucketsOf({ ...fact, movements: fact.movements.slice(0, count) });
            for (const amount of Object.values(buckets) as bigint[]) expect(amount >= 0n).toBe(true);
          }
        }
      }),
    );
  });

  it('what nobody acknowledged gives nothing, and nobody attests its own word', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const { facts } = play(script).scene;
        const silent = facts.contributions.filter(({ movements }) =>
          movements.every(({ type }) => type === 'corrected'),
        );
        const rows = everyStatement({ ...facts, contributions: silent }, '2199-12-31').flatMap((one) => one.rows);
        for (const row of rows) expect([row.given, row.fulfilled]).toEqual(['0', '0']);
        for (const fact of facts.contributions) expect(fact.attestorId).not.toBe(fact.providerId ?? fact.receiverId);
      }),
    );
  });

  it('the order of contributions of different lines changes no figure', () => {
    fc.assert(
      fc.property(steps, days, (script, trueOn) => {
        const { facts } = play(script).scene;
        const byLine = [...facts.contributions].sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0));
        const permuted = { ...facts, contributions: byLine };
        expect(everyStatement(permuted, trueOn)).toEqual(everyStatement(facts, trueOn));
        expect(whoBringsWhat(permuted, PARTNERS, trueOn)).toEqual(whoBringsWhat(facts, PARTNERS, trueOn));
      }),
    );
  });

  it('one line’s figures stay the same when all other lines are taken away', () => {
    fc.assert(
      fc.property(steps, days, (script, trueOn) => {
        const { facts } = play(script).scene;
        const skills = {
          ...NO_FACTS,
          pledges: facts.pledges.filter(({ kind }) => kind === 'skills'),
          commitments: facts.commitments.filter(({ kind }) => kind === 'skills'),
          contributions: facts.contributions.filter(({ kind }) => kind === 'skills'),
        };
        const rows = (from: Facts) =>
          everyStatement(from, trueOn).map((one) => one.rows.filter(({ kind }) => kind === 'skills'));
        expect(rows(skills)).toEqual(rows(facts));
      }),
    );
  });

  it('a clock that stood still changes no view', () => {
    fc.assert(
      fc.property(steps, days, (script, trueOn) => {
        const [timely, late] = [play(script), play(script, false)];
        const strip = (from: Facts) => everyStatement(from, trueOn);
        expect(strip(late.scene.facts)).toEqual(strip(timely.scene.facts));
      }),
    );
  });

  it('the live answer on any day is the answer as of that day, and that of the state', async () => {
    await fc.assert(
      fc.asyncProperty(steps, days, async (script, trueOn) => {
        const { scene } = play(script);
        const entries = entriesOf(scene);
        const asOf = { trueOn, knownAt: entries.length - 1 };
        for (const partnerId of PARTNERS) {
          const live = await askLive(partnerStatement, { partnerId }, entries, trueOn);
          expect(live).toEqual(await askAsOf(partnerStatement, { partnerId }, entries, asOf));
          expect(live).toEqual(statementOf(scene.facts, partnerId, trueOn));
        }
        const live = await askLive(whoBringsWhatView, {}, entries, trueOn);
        expect(live).toEqual(await askAsOf(whoBringsWhatView, {}, entries, asOf));
      }),
    );
  });
});

describe('a partner is bound and speaks by its own mandate alone', () => {
  const line = { kind: 'skills', unit: 'hour', amount: '80' } as const;

  it('whoever else sends a promise or a declaration is refused', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PARTNERS), fc.constantFrom(...PARTNERS), (providerId, sender) => {
        const parties = { providerId, attestorId: providerId === C ? A : C };
        const scene = given().on('2026-02-01').by(sender);
        const promise = { ...line, ...parties, obligation: 'means', dueOn: '2026-06-30' } as const;
        const expected = sender === providerId ? undefined : 'NOT_PROVIDER_MANDATE';
        expect(scene.refusal('MakeCommitment', promise)).toBe(expected);
        expect(scene.refusal('DeclareContribution', { ...line, ...parties })).toBe(expected);
      }),
    );
  });

  it('nor can the facilitator, the operator, a citizen or an auditor', () => {
    const parties = { ...line, providerId: B, attestorId: C };
    for (const kind of ['facilitator', 'account', 'citizen', 'auditor'] as const) {
      const scene = given()
        .on('2026-02-01')
        .as({ kind, person: idOf('person') });
      expect(scene.refusal('DeclareContribution', parties)).toBe('NOT_PROVIDER_MANDATE');
    }
  });
});

describe('releases', () => {
  it('exactly what is open leaves 0 open and 0 over; a later delivery shows as over', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.nat(99), (promised, delivered) => {
        const parties = { kind: 'skills', unit: 'hour', providerId: B, receiverId: C, attestorId: C } as const;
        const scene = given().on('2026-02-01').by(B);
        const terms = { ...parties, amount: String(promised), obligation: 'means', dueOn: '2026-06-30' } as const;
        const commitmentId = scene.make('MakeCommitment', terms);
        const deliver = (amount: number): void => {
          const fulfils = [{ obligationId: commitmentId, amount: String(amount) }];
          const contributionId = scene
            .by(B)
            .make('DeclareContribution', { ...parties, amount: String(amount), fulfils });
          scene.by(C).make('AcknowledgeContribution', { contributionId, amount: String(amount) });
        };
        const row = () => statementOf(scene.facts, B, '2026-02-01').rows[0];
        const first = delivered % promised;
        if (first > 0) deliver(first);
        const release = { commitmentId, reason: 'agreement', amount: String(promised - first) } as const;
        expect(scene.by(C).refusal('ReleaseCommitment', { ...release, amount: `${release.amount}.05` })).toBe(
          'RELEASE_OVER_OPEN',
        );
        scene.make('ReleaseCommitment', release);
        expect(row()).toMatchObject({ open: '0', over: '0' });
        deliver(3);
        expect(row()).toMatchObject({ open: '0', over: '3' });
      }),
    );
  });
});
