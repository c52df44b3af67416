import type { DomainEvent, EventOf } from '#contracts';
import { evaluators, inputHash, reevaluatedSnapshot, snapshotOf } from '#deliberation';
import type { Snapshot } from '#deliberation';
import { EMPTY_STATE, effectiveAt, foldEntry, foldEvent } from '#engine';
import type { State } from '#engine';
import type { Entry } from '#ledger';
import { Walk } from './walk.js';

const DEEP = process.env['DEEP'] === '1';
const WALKS = DEEP ? 300 : 25;
const COMMANDS = 200;

type Result = EventOf<'RoundClosed' | 'RoundReevaluated'>;

/** Each event of a ledger with the state just before it. */
function* steps(entries: readonly Entry[]): Iterable<{ before: State; event: DomainEvent; after: State }> {
  let state = EMPTY_STATE;
  for (const entry of entries) {
    let before = state;
    for (const [index, event] of entry.events.entries()) {
      const { seq, actor } = entry;
      const after = foldEvent(before, event, { seq, index, at: effectiveAt(event, entry.at), actor });
      yield { before, event, after };
      before = after;
    }
    state = foldEntry(state, entry);
  }
}

function isResult(event: DomainEvent): event is Result {
  return event.type === 'RoundClosed' || event.type === 'RoundReevaluated';
}

/** What `evaluate` reads of a round for a result: of a closing as recorded, of a re-evaluation as known just before. */
function snapshotFor(event: Result, before: State, after: State): Snapshot | undefined {
  const { roundId } = event.data;
  if (event.type === 'RoundClosed') return snapshotOf(after.deliberation, roundId);
  const round = before.deliberation.rounds.get(roundId);
  return round?.closed && reevaluatedSnapshot(before.deliberation, { ...round, closed: round.closed });
}

/** The snapshot without what can be learnt of a position after the closing. */
function fixedPart(snapshot: Snapshot | undefined) {
  return snapshot && { ...snapshot, positions: snapshot.positions.map((one) => ({ ...one, ...LEARNT })) };
}

/** The round whose closing brought a suspended decision back, in a commit that did. */
function roundThatResumed(events: readonly DomainEvent[]): readonly string[] {
  const resumed = events.findIndex(({ type }) => type === 'DecisionResumed');
  const closing = resumed < 0 ? undefined : events.slice(0, resumed).findLast((one) => one.type === 'RoundClosed');
  return closing ? [closing.data.roundId] : [];
}

/** Decisions in force on one subject, at most. */
function mostInForce({ deliberation }: State): number {
  const counts = new Map<string, number>();
  for (const { status, subjectKey } of deliberation.decisions.values()) {
    if (status === 'in-force' || status === 'under-review') counts.set(subjectKey, (counts.get(subjectKey) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

const LEARNT = { contested: false, ratification: 'none' };

describe('in any walk through the life of an alliance', () => {
  const walks: (readonly Entry[])[] = [];

  beforeAll(async () => {
    for (let seed = 5001; seed < 5001 + WALKS; seed++) {
      walks.push((await new Walk(seed).run(COMMANDS)).entries);
    }
  }, 600_000);

  it('evaluate gives every recorded outcome and input hash again, and a later fact moves no recorded snapshot', () => {
    const seen = { RoundClosed: 0, RoundReevaluated: 0 };
    for (const entries of walks) {
      const final = entries.reduce(foldEntry, EMPTY_STATE).deliberation;
      for (const { before, event, after } of steps(entries)) {
        if (!isResult(event)) continue;
        const snapshot = snapshotFor(event, before, after);
        if (!snapshot) throw new Error('no snapshot');
        const { outcome, evaluatorVersion, inputHash: stored, roundId } = event.data;
        expect(evaluators[evaluatorVersion]?.(snapshot)).toEqual(outcome);
        expect(inputHash(snapshot)).toBe(stored);
        expect(fixedPart(snapshot)).toEqual(fixedPart(snapshotOf(final, roundId)));
        if (event.type === 'RoundClosed') expect(snapshotOf(final, roundId)).toEqual(snapshot);
        seen[event.type]++;
      }
    }
    expect(seen.RoundClosed).toBeGreaterThan(10 * WALKS);
    expect(seen.RoundReevaluated).toBeGreaterThan(WALKS / 2);
  });

  it('a decision exists for exactly the rounds closed adopted, reviews to renew or revoke and re-adoptions apart', () => {
    for (const entries of walks) {
      const commits = entries.map(({ events }) => events);
      const adoptedIn = new Set(
        commits.flat().flatMap((one) => (one.type === 'DecisionAdopted' ? one.data.roundId : [])),
      );
      const resumedIn = new Set(commits.flatMap(roundThatResumed));
      const { rounds, proposals } = entries.reduce(foldEntry, EMPTY_STATE).deliberation;
      for (const { roundId, closed, proposalId } of rounds.values()) {
        const outcome = proposals.get(proposalId)?.submission?.reviewOutcome;
        const decides = closed?.result === 'adopted' && outcome !== 'renew' && outcome !== 'revoke';
        expect([roundId, adoptedIn.has(roundId)]).toEqual([roundId, decides && !resumedIn.has(roundId)]);
      }
    }
  });

  it('and for exactly the acts of sponsors and delegates, reviews to renew or revoke apart', () => {
    let acts = 0;
    for (const entries of walks) {
      const { proposals } = entries.reduce(foldEntry, EMPTY_STATE).deliberation;
      for (const { events } of entries) {
        const act = events.find(({ type }) => type === 'AdviceDecisionTaken' || type === 'DelegatedDecisionTaken');
        const made = events.filter((one) => one.type === 'DecisionAdopted' && one.data.roundId === undefined);
        const proposalId = act?.type === 'AdviceDecisionTaken' ? act.data.proposalId : undefined;
        const outcome = proposals.get(proposalId)?.submission?.reviewOutcome;
        expect(made).toHaveLength(act && outcome !== 'renew' && outcome !== 'revoke' ? 1 : 0);
        acts += act ? 1 : 0;
      }
    }
    expect(acts).toBeGreaterThan(0);
  });

  it('what delegates took together is within the ceilings of what enables them, and its sender signed last', () => {
    for (const { deliberation } of walks.map((entries) => entries.reduce(foldEntry, EMPTY_STATE))) {
      for (const { delegation, delegatedActs } of deliberation.decisions.values()) {
        const euros = delegatedActs.flat().reduce((total, { amount }) => total + Number(amount), 0);
        expect(euros).toBeLessThanOrEqual(Number(delegation?.ceilings[0]?.amount ?? 0));
      }
    }
    for (const { actor, events } of walks.flat()) {
      const act = events.find((one) => one.type === 'DelegatedDecisionTaken');
      if (act) expect(actor).toMatchObject({ kind: 'representative', mandate: act.data.signedBy.at(-1) });
    }
  });

  it('no commit holds both a re-evaluation and an adopted decision', () => {
    for (const { events } of walks.flat()) {
      const types = new Set(events.map(({ type }) => type));
      expect(types.has('RoundReevaluated') && types.has('DecisionAdopted')).toBe(false);
    }
  });

  it('at most one decision on a subject is in force or under review, after every entry', () => {
    let most = 0;
    for (const entries of walks) {
      let state = EMPTY_STATE;
      for (const entry of entries) {
        state = foldEntry(state, entry);
        if (entry.events.some(({ type }) => type.startsWith('Decision') || type === 'RoundOpened'))
          most = Math.max(most, mostInForce(state));
      }
    }
    expect(most).toBe(1);
  });

  it('responsibility, and a mandate that commits or signs, come from the partner’s own mandate or its admission', () => {
    for (const { actor, events } of walks.flat()) {
      for (const event of events) {
        if (event.type === 'ResponsibilityAccepted') {
          expect(actor).toMatchObject({ kind: 'representative', partner: event.data.partnerId });
        }
        if (event.type !== 'MandateGranted') continue;
        const binds = event.data.powers.includes('commit') || event.data.powers.includes('sign-charter');
        const admitted = events.some(({ type, data }) => type === 'PartnerAdmitted' && sameId(data, event.data));
        if (binds && !admitted) expect(actor).toMatchObject({ partner: event.data.partnerId });
      }
    }
  });

  it('no decision changes a commitment: what changes one is the command of a person, and its own event', () => {
    const changes = ['CommitmentMade', 'CommitmentRescheduled', 'CommitmentReleased'];
    for (const { actor, command, events } of walks.flat()) {
      const changing = events.filter(({ type }) => changes.includes(type));
      if (changing.length === 0) continue;
      expect([actor.kind === 'system', changing.length, changing[0] === events[0]]).toEqual([false, 1, true]);
      expect(command).toMatch(/^(Make|Reschedule|Release)Commitment$/);
    }
  });
});

function sameId(one: object, other: { readonly partnerId: string }): boolean {
  return 'partnerId' in one && one.partnerId === other.partnerId;
}
