import type { DecisionType } from '#contracts';
import { refuse } from '#kernel';
import type { Id, Refusal } from '#kernel';
import { isOptionMethod, STATUS_QUO } from './evaluate/index.js';
import type { Proposal, Round, Submission, Version } from './state.js';

/** Options of one proposal (part 1, section 2). */
export const MAX_OPTIONS = 20;

/** The options of a choice, in the order of their first versions; things as they are is always one more (part 1, 4.5, M10). */
export function optionsOf({ versions }: Proposal): readonly Id[] {
  return [...new Set(versions.map(({ optionId }) => optionId))].filter((optionId) => optionId !== undefined);
}

/** What the ballots of a round choose among; nothing where no ballots are cast. */
export function optionsAsked({ policy, options }: Pick<Round, 'policy' | 'options'>): readonly string[] {
  return isOptionMethod(policy.method) ? [...options, STATUS_QUO] : [];
}

/** The version that a round would ask: the last; once an option is selected, the last of that option (part 1, 4.2). */
export function askedVersion({ versions, selected }: Proposal): Version | undefined {
  return selected === undefined ? versions.at(-1) : versions.findLast(({ optionId }) => optionId === selected);
}

/** The type whose policy asks: once an option of a choice is selected, its `thenType` (part 1, 4.5, M10). */
export function askedType({ decisionType, selected, submission }: Proposal): DecisionType {
  return selected === undefined ? decisionType : thenTypeOf(submission);
}

export function thenTypeOf(submission: Pick<Submission, 'thenType'> | undefined): DecisionType {
  return submission?.thenType ?? 'ordinary';
}

/** Only a version of a choice is an option; there are 20 at most, and once one is selected the others are over. */
export function optionFault(proposal: Proposal, optionId: Id | undefined): Refusal | undefined {
  const pointer = '/optionId';
  if (optionId === undefined) return undefined;
  if (proposal.decisionType !== 'choice') return refuse('WRONG_STATE', { pointer, rule: 'choice' });
  const { selected } = proposal;
  if (selected !== undefined && optionId !== selected) return refuse('WRONG_STATE', { pointer, rule: 'selected' });
  const options = optionsOf(proposal);
  const isNew = !options.includes(optionId);
  return isNew && options.length >= MAX_OPTIONS ? refuse('LIMIT_EXCEEDED', { pointer }) : undefined;
}

/** The versions that stand: the last of each option, and the last that is none. */
export function standingVersions({ versions }: Proposal): readonly Version[] {
  return versions.filter(
    ({ optionId, version }) => versions.findLast((one) => one.optionId === optionId)?.version === version,
  );
}
