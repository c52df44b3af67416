import fc from 'fast-check';
import { addHours, canonicalJson, isRefusal, sha256 } from '#kernel';
import type { Id, Json } from '#kernel';
import { evaluate, inputHash, snapshotOf } from '../index.js';
import { electors } from './round.js';
import { charterWith, firstOf, idOf, OBJECTION, Stage, submitted, texts } from './testing.js';

const NAMES = ['a', 'b', 'c', 'd', 'e'] as const;
const FALLBACK = { method: 'super-majority', parameters: { num: 2, den: 3 } } as const;
const CONSENT = { method: 'consent', parameters: {}, collegeCondition: false, fallback: FALLBACK } as const;
const MAJORITY = { method: 'simple-majority', parameters: {}, collegeCondition: false } as const;

const act = fc.record({
  who: fc.constantFrom(...NAMES),
  what: fc.constantFrom(
    ...(['all-agree', 'all-agree', 'all-agree', 'concern', 'against', 'object', 'object', 'contest', 'adopt'] as const),
    ...(['withdraw', 'revise', 'leave', 'sponsor', 'submit', 'submit', 'extend'] as const),
  ),
  pick: fc.constantFrom(0, 0, 0, 1, 2),
  hours: fc.constantFrom(0, 0, 0, 0, 1, 7, 50),
});
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;
const story = fc.noBias(fc.array(act, { minLength: 40, maxLength: 60, size: 'max' }));

/** Plays a story; `between` acts at every pause, for the clock that rings more or less often. */
function play(acts: readonly Act[], between: (stage: Stage, hours: number) => void, seen?: (stage: Stage) => void) {
  const charter = charterWith({ maxRounds: 2 }, { ordinary: CONSENT, orientation: MAJORITY });
  const stage = new Stage({ partners: 5, charter });
  submitted(stage, { subjectKey: idOf('subject') });
  submitted(stage, { subjectKey: idOf('subject') }, 'orientation');
  for (const one of acts) {
    between(stage, one.hours);
    perform(stage, one);
    seen?.(stage);
  }
  return stage;
}

function pickOf<T>(items: readonly T[], pick: number): T | undefined {
  return items[pick % Math.max(1, items.length)];
}

/** One act; an act on a round or an objection brings one about when there is none. */
function perform(stage: Stage, { who, what, pick }: Act): void {
  stage.after(0);
  const roundId = pickOf(stage.state.openRounds, pick) ?? openOne(stage, pick);
  const { proposalId } = stage.state.rounds.get(roundId) ?? { proposalId: idOf('none') };
  const objectionId = () => liveObjection(stage, pick) ?? raise(stage, who, roundId);
  const sealed = texts('reason');
  const sponsor = NAMES.find((name) => stage.state.proposals.get(proposalId)?.sponsorId === idOf(name)) ?? who;
  const take = (name: string, value: 'agree' | 'agree-with-concern' | 'against') =>
    stage.does(name, 'TakePosition', { roundId, value });
  const rarely = pick === 2;
  const acts: Readonly<Record<Act['what'], () => unknown>> = {
    'all-agree': () => NAMES.slice(pick).map((name) => take(name, 'agree')),
    concern: () => take(who, 'agree-with-concern'),
    against: () => take(who, 'against'),
    object: () => raise(stage, who, roundId),
    contest: () => {
      const contested = objectionId();
      for (const name of NAMES) {
        stage.does(name, 'ContestObjection', { objectionId: contested, says: 'not-qualified', sealed });
      }
    },
    adopt: () => stage.does(who, 'AdoptObjection', { objectionId: objectionId() }),
    withdraw: () => rarely && stage.does(sponsor, 'WithdrawProposal', { proposalId }),
    revise: () => rarely && stage.does(sponsor, 'ReviseProposal', { proposalId, textHash: sha256(stage.now) }),
    leave: () => isSeated(stage, who) && stage.leaves(who),
    sponsor: () => stage.does(who, 'SponsorProposal', { proposalId }),
    submit: () => {
      supersede(stage, who, idOf(rarely ? 'subject' : `subject ${who}`));
    },
    extend: () => {
      const closesAt = addHours(stage.state.rounds.get(roundId)?.closesAt ?? stage.now, 10);
      stage.does('facilitator', 'ExtendRound', { roundId, closesAt, sealed });
    },
  };
  acts[what]();
}

function openOne(stage: Stage, pick: number): Id {
  const waiting = [...stage.state.proposals.values()].filter(({ status }) => status === 'submitted');
  const proposalId = pickOf(waiting, pick)?.proposalId ?? idOf('none');
  stage.does('facilitator', 'OpenRound', { proposalId, closesAt: addHours(stage.now, 96) });
  return stage.state.openRounds[0] ?? idOf('none');
}

function raise(stage: Stage, who: string, roundId: Id): Id {
  stage.does(who, 'TakePosition', { roundId, value: 'object', objection: OBJECTION });
  return liveObjection(stage, 0) ?? idOf('none');
}

function liveObjection({ state }: Stage, pick: number): Id | undefined {
  const live = [...state.objections.values()].filter(({ status }) => status === 'raised' || status === 'orphaned');
  return pickOf(live.toReversed(), pick)?.objectionId;
}

function isSeated(stage: Stage, who: string): boolean {
  return stage.seats.some(({ name, status }) => name === who && status === 'active');
}

/** A proposal that names all who hold its subject. */
function supersede(stage: Stage, who: string, subjectKey: Id): void {
  const drafted = stage.does(who, 'DraftProposal', { decisionType: 'ordinary' });
  if (isRefusal(drafted.refusal)) return;
  const { proposalId } = firstOf(drafted.events, 'ProposalDrafted');
  stage.does(who, 'SubmitProposal', {
    ...{ proposalId, subjectKey, reviewOn: '2027-01-15', textHash: sha256(proposalId) },
    supersedes: stage.state.holders.get(subjectKey) ?? [],
  });
}

const rings = (stage: Stage, hours: number) => {
  stage.after(hours);
};

describe('invariants of deliberation (part 1, 6.1)', () => {
  it('3, 4, 7: E only shrinks, what was pinned stays, and each outcome is that of its recorded snapshot', () => {
    fc.assert(
      fc.property(story, (acts) => {
        const sizes = new Map<Id, number>();
        const stage = play(acts, rings, ({ state }) => {
          for (const round of state.rounds.values()) {
            const size = electors(round).length;
            expect(size).toBeLessThanOrEqual(sizes.get(round.roundId) ?? size);
            sizes.set(round.roundId, size);
          }
        });
        for (const one of stage.ledger) {
          if (one.type !== 'RoundClosed') continue;
          const snapshot = snapshotOf(stage.state, one.data.roundId);
          expect(snapshot && evaluate(snapshot)).toEqual(one.data.outcome);
          expect(snapshot && inputHash(snapshot)).toBe(one.data.inputHash);
          const { participation, deemed, silent, eligible, tallies } = one.data.outcome;
          expect(participation + deemed + silent).toBe(eligible);
          expect(Object.values<number>({ ...tallies }).reduce((sum, count) => sum + count, 0)).toBe(participation);
        }
      }),
    );
  });

  it('12, 16, 17: reclassified, adopted and in force exactly when the outcome says so', () => {
    fc.assert(
      fc.property(story, (acts) => {
        const stage = play(acts, rings, ({ state }) => {
          const inForce = [...state.decisions.values()].filter(({ status }) => status === 'in-force');
          expect(new Set(inForce.map(({ subjectKey }) => subjectKey)).size).toBe(inForce.length);
        });
        const closed = stage.ledger.filter((one) => one.type === 'RoundClosed').map(({ data }) => data);
        const decided = stage.ledger.filter((one) => one.type === 'DecisionAdopted').map(({ data }) => data.roundId);
        const adopted = closed.filter(({ outcome }) => outcome.result === 'adopted').map(({ roundId }) => roundId);
        expect(decided).toEqual(adopted);
        const reclassified = closed.reduce((sum, { outcome }) => sum + outcome.tallies.reclassified, 0);
        expect(stage.ledger.filter(({ type }) => type === 'ObjectionReclassified')).toHaveLength(reclassified);
      }),
    );
  });

  it('20: the same acts at the same instants give the same state whatever the ticks between them', () => {
    const ringsOften = (stage: Stage, hours: number) => {
      for (let passed = 0; passed < hours; passed += 7) stage.after(Math.min(7, hours - passed));
    };
    const hasNoClock = (stage: Stage, hours: number) => {
      stage.now = addHours(stage.now, hours);
    };
    const shown = ({ state }: Stage) => canonicalJson(JSON.parse(JSON.stringify({ ...state, due: undefined })) as Json);
    fc.assert(
      fc.property(story, (acts) => {
        const [often, never] = [play(acts, ringsOften), play(acts, hasNoClock)];
        often.after(1000);
        never.after(1000);
        expect(shown(often)).toBe(shown(never));
      }),
    );
  });

  it('the stories of these properties reach what they are about', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(story, (acts) => {
        for (const { type } of play(acts, rings).ledger) seen.set(type, (seen.get(type) ?? 0) + 1);
      }),
      { numRuns: 100, seed: 7 },
    );
    for (const type of [
      ...['RoundClosed', 'DecisionAdopted', 'DecisionSuperseded', 'ObjectionOrphaned', 'ObjectionAdopted'],
      ...['ObjectionLapsed', 'ObjectionReclassified', 'ObjectionWithdrawn', 'RoundExtended', 'ProposalWithdrawn'],
    ]) {
      expect([type, (seen.get(type) ?? 0) > 0]).toEqual([type, true]);
    }
  });
});
