import type { Id } from '#kernel';
import { sha256 } from '#kernel';
import { deliberationAnswers } from '../index.js';
import { agree, firstOf, idOf, opened, Stage, submitted, texts, types } from './testing.js';

const HOURS = { kind: 'skills', unit: 'hour', atLeast: '20', by: '2026-06-30' } as const;
const MONEY = { kind: 'money', unit: 'EUR', atLeast: '1000', by: '2026-04-30' } as const;

/** A decision adopted by the four on 2026-03-04. */
function adopted(stage: Stage, more: Parameters<typeof submitted>[1]) {
  const roundId = opened(stage, submitted(stage, more));
  stage.after(49);
  const events = agree(stage, roundId, 'a', 'b', 'c', 'd');
  return { events, decisionId: firstOf(events, 'DecisionAdopted').decisionId };
}

function status(stage: Stage, decisionId: Id) {
  return deliberationAnswers(stage.state).decisionStatus(decisionId);
}

describe('conditions precedent (part 1, 4.9)', () => {
  it('stand in the decision, which waits for them', () => {
    const stage = new Stage();
    const { events, decisionId } = adopted(stage, { conditions: [HOURS, MONEY] });
    expect(types(events).slice(-2)).toEqual(['RoundClosed', 'DecisionAdopted']);
    expect(firstOf(events, 'DecisionAdopted').conditions).toEqual([HOURS, MONEY]);
    expect(status(stage, decisionId)).toBe('pending');
  });

  it('are true when enough is promised on each line, in the commit of the promise that makes the last one true', () => {
    const stage = new Stage();
    const { decisionId } = adopted(stage, { conditions: [HOURS, MONEY] });
    expect(types(stage.promises('skills hour', '19.95'))).toEqual(['CommitmentReleased']);
    expect(types(stage.promises('money EUR', '5000'))).toEqual(['CommitmentReleased']);
    expect(types(stage.promises('skills hour', '20'))).toEqual(['CommitmentReleased', 'DecisionTookEffect']);
    expect(status(stage, decisionId)).toBe('in-force');
    expect(types(stage.promises('skills hour', '0'))).toEqual(['CommitmentReleased']);
    expect(stage.at('2026-08-01T00:00:00.000Z')).toEqual([]);
    expect(status(stage, decisionId)).toBe('in-force');
  });

  it('that hold before the day of the decision wait for that day', () => {
    const stage = new Stage();
    const { decisionId } = adopted(stage, { conditions: [HOURS], effectiveFrom: '2026-05-01' });
    expect(types(stage.promises('skills hour', '20'))).toEqual(['CommitmentReleased']);
    expect(stage.at('2026-04-30T21:59:59.999Z')).toEqual([]);
    expect(types(stage.at('2026-04-30T22:00:00.000Z'))).toEqual(['DecisionTookEffect']);
    expect(status(stage, decisionId)).toBe('in-force');
  });

  it('that hold after the day of the decision give it effect then', () => {
    const stage = new Stage();
    adopted(stage, { conditions: [HOURS], effectiveFrom: '2026-05-01' });
    expect(stage.at('2026-05-10T00:00:00.000Z')).toEqual([]);
    expect(types(stage.promises('skills hour', '20'))).toEqual(['CommitmentReleased', 'DecisionTookEffect']);
  });

  it('a condition false when its last day is over makes the decision lapse, and frees its subject', () => {
    const stage = new Stage();
    const subjectKey = idOf('subject');
    const { decisionId } = adopted(stage, { subjectKey, conditions: [HOURS, MONEY] });
    stage.promises('skills hour', '20');
    expect(stage.at('2026-04-30T21:59:59.999Z')).toEqual([]);
    expect(types(stage.at('2026-04-30T22:00:00.000Z'))).toEqual(['DecisionLapsed']);
    expect(status(stage, decisionId)).toBe('lapsed');
    expect(types(stage.promises('money EUR', '5000'))).toEqual(['CommitmentReleased']);
    expect(stage.state.holders.get(subjectKey)).toEqual([]);
    expect(stage.at('2026-08-01T00:00:00.000Z')).toEqual([]);
  });

  it('a condition that held on its last day and no longer does makes it lapse at once', () => {
    const stage = new Stage();
    adopted(stage, { conditions: [HOURS, MONEY] });
    stage.promises('money EUR', '1000');
    expect(stage.at('2026-05-10T00:00:00.000Z')).toEqual([]);
    expect(types(stage.promises('money EUR', '999'))).toEqual(['CommitmentReleased', 'DecisionLapsed']);
  });

  it('and one that lapses at the instant at which another takes effect comes behind it', () => {
    const stage = new Stage();
    const lapsing = adopted(stage, { conditions: [{ ...HOURS, by: '2026-04-30' }], effectiveFrom: '2026-05-01' });
    const { decisionId } = adopted(stage, { effectiveFrom: '2026-05-01' });
    const events = stage.at('2026-04-30T22:00:00.000Z');
    expect(types(events)).toEqual(['DecisionTookEffect', 'DecisionLapsed']);
    expect(events.map(({ data }) => data)).toEqual([{ decisionId }, { decisionId: lapsing.decisionId }]);
  });

  it('a last day that is over before the adoption lets it lapse right behind', () => {
    const stage = new Stage();
    adopted(stage, { conditions: [{ ...HOURS, by: '2026-03-03' }] });
    expect(types(stage.after(0))).toEqual(['DecisionLapsed']);
  });

  it.each([
    [{ ...HOURS, unit: 'kg' }, 'UNIT_NOT_ALLOWED', '/conditions/1/unit'],
    [{ ...HOURS, atLeast: '0' }, 'AMOUNT_INVALID', '/conditions/1/atLeast'],
    [{ ...HOURS, by: '2026-03-01' }, 'DATE_INVALID', '/conditions/1/by'],
  ] as const)('%j is refused %s, in the first version and in a later one', (condition, refused, pointer) => {
    const stage = new Stage();
    const conditions = [MONEY, condition];
    const { proposalId } = firstOf(
      stage.does('a', 'DraftProposal', { decisionType: 'ordinary' }).events,
      'ProposalDrafted',
    );
    const version = { proposalId, textHash: sha256('x'), sealed: texts('text'), conditions };
    const submission = stage.does('a', 'SubmitProposal', { ...version, reviewOn: '2027-01-15' });
    expect(submission.refusal).toMatchObject({ refused, pointer });
    const revision = stage.does('a', 'ReviseProposal', { ...version, proposalId: submitted(stage) });
    expect(revision.refusal).toMatchObject({ refused, pointer });
  });

  it('are at most twenty', () => {
    const stage = new Stage();
    const revise = (count: number) =>
      stage.does('a', 'ReviseProposal', {
        ...{ proposalId: submitted(stage), textHash: sha256('x'), conditions: Array<typeof HOURS>(count).fill(HOURS) },
      });
    expect(revise(21).refusal).toMatchObject({ refused: 'LIMIT_EXCEEDED', pointer: '/conditions' });
    expect(firstOf(revise(20).events, 'ProposalVersioned').conditions).toHaveLength(20);
  });
});
