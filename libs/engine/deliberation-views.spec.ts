import { objectionsView, proposalBoardView, reviewCalendarView, roundView } from '#deliberation';
import type { DataFrom, Fields } from '#contracts';
import { addHours } from '#kernel';
import type { Day, Id } from '#kernel';
import { askFrom } from '#views';
import type { View } from '#views';
import { only, PlayedAlliance } from './testing/played-alliance.js';

const ENTRY = '2026-03-04T09:00:00.000Z';
const objection = {
  ...{ value: 'object', reason: 'Trop court' },
  objection: {
    kind: 'worthwhile-improvement',
    touches: { sort: 'limit' },
    reason: 'Trop court',
    suggestedChange: 'Plus long',
  },
};

/** Three partners; a proposal asked, objected to, integrated, asked again and adopted on the twelfth of March. */
class Story {
  private constructor(
    readonly played: PlayedAlliance,
    readonly proposalId: Id,
    readonly first: Id,
  ) {}

  static async objected(): Promise<Story> {
    const played = await PlayedAlliance.governed();
    played.now = ENTRY;
    const proposalId = await played.proposes();
    const first = await this.opens(played, proposalId);
    await played.accepts('TakePosition', { roundId: first, value: 'agree' }, played.mandates[0] ?? '');
    await played.accepts('TakePosition', { roundId: first, ...objection }, played.mandates[1] ?? '');
    return new Story(played, proposalId, first);
  }

  static async opens(played: PlayedAlliance, proposalId: Id): Promise<Id> {
    const closesAt = addHours(played.now, 240);
    return only(await played.accepts('OpenRound', { proposalId, closesAt }, played.facilitator), 'RoundOpened').roundId;
  }

  /** The third partner answers, and the round closes once it was open long enough. */
  async closes(roundId = this.first, but: object = { value: 'agree' }): Promise<void> {
    await this.played.accepts('TakePosition', { roundId, ...but }, this.played.mandates[2] ?? '');
    this.played.now = addHours(this.played.now, 72);
    this.played.tick();
  }

  async integrated(objectionId: Id): Promise<Id> {
    const { played, proposalId } = this;
    const as = played.mandates[0] ?? '';
    await played.accepts('ReviseProposal', { proposalId, text: 'Un texte plus long', integrates: [objectionId] }, as);
    await played.accepts('ConfirmResolution', { objectionId, side: 'objector' }, played.mandates[1] ?? '');
    await played.accepts('ConfirmResolution', { objectionId, side: 'sponsor' }, as);
    const roundId = await Story.opens(played, proposalId);
    for (const index of [0, 1]) {
      await played.accepts('TakePosition', { roundId, value: 'agree' }, played.mandates[index] ?? '');
    }
    await this.closes(roundId);
    return roundId;
  }

  async shows<F extends Fields, A>(view: View<F, A>, params: DataFrom<F>, trueOn?: Day): Promise<A> {
    const { entries, now } = this.played;
    const answer = await askFrom(entries, view, params, { now, ...(trueOn === undefined ? {} : { trueOn }) });
    if ('fault' in answer) throw new Error(answer.fault);
    return answer.data;
  }

  async round(roundId: Id) {
    const { round } = await this.shows(roundView, { roundId });
    if (!round) throw new Error('no round');
    return round;
  }

  async board() {
    const [one] = (await this.shows(proposalBoardView, {})).proposals;
    if (!one) throw new Error('no proposal');
    return one;
  }

  async objection() {
    const [one] = (await this.shows(objectionsView, {})).objections;
    if (!one) throw new Error('no objection');
    return one;
  }
}

describe('a round', () => {
  it('while open shows who has answered, and no result', async () => {
    const story = await Story.objected();
    const round = await story.round(story.first);
    expect(round.electorate.map(({ value, answered }) => [value, answered])).toEqual([
      ['agree', true],
      ['object', true],
      [null, false],
    ]);
    expect(round.result).toBeNull();
    expect(round.objections.map(({ status, kind }) => [status, kind])).toEqual([['raised', 'worthwhile-improvement']]);
  });

  it('after closing shows its result, and says it in both languages', async () => {
    const story = await Story.objected();
    await story.closes();
    const { result } = await story.round(story.first);
    expect(result?.outcome.result).toBe('returned-for-integration');
    expect(result?.sentence.fr).toContain('Renvoyé pour intégrer les objections (consentement) : 3 positions sur 3');
    expect(result?.sentence.en).toContain('quorum of 2 reached');
  });

  it('tells of a position that was changed why it was not counted', async () => {
    const story = await Story.objected();
    await story.played.accepts(
      'TakePosition',
      { roundId: story.first, value: 'agree' },
      story.played.mandates[1] ?? '',
    );
    await story.closes();
    const { positions, electorate } = await story.round(story.first);
    expect(positions.map(({ value, why }) => [value, why])).toEqual([
      ['agree', null],
      ['object', 'later'],
      ['agree', null],
      ['agree', null],
    ]);
    expect(electorate.map(({ value }) => value)).toEqual(['agree', 'agree', 'agree']);
  });

  it('that is not there is null', async () => {
    const story = await Story.objected();
    expect(await story.shows(roundView, { roundId: 'a'.repeat(26) as Id })).toEqual({ round: null });
  });
});

describe('a proposal on the board', () => {
  it('is in a round, then submitted again, then adopted, with its decision', async () => {
    const story = await Story.objected();
    expect(await story.board()).toMatchObject({
      ...{ status: 'in-round', version: 1, rounds: 1, lastResult: null },
      openRound: { roundId: story.first, asked: 3, answered: 2 },
    });
    await story.closes();
    expect(await story.board()).toMatchObject({
      status: 'submitted',
      lastResult: 'returned-for-integration',
      openRound: null,
    });
    await story.integrated((await story.objection()).objectionId);
    const adopted = await story.board();
    expect(adopted).toMatchObject({ status: 'adopted', version: 2, rounds: 2, lastResult: 'adopted' });
    expect(adopted.decisionId).not.toBeNull();
  });

  it('is chosen by status, and is a draft until it was submitted', async () => {
    const story = await Story.objected();
    const draft = { decisionType: 'ordinary', title: 'Autre', driver: 'Un motif' };
    await story.played.accepts('DraftProposal', draft, story.played.mandates[1] ?? '');
    const drafts = await story.shows(proposalBoardView, { status: 'draft' });
    expect(drafts.proposals.map(({ sponsorId, text }) => [sponsorId, text])).toEqual([
      [story.played.partners[1], null],
    ]);
    expect((await story.shows(proposalBoardView, { status: 'closed' })).proposals).toEqual([]);
  });
});

describe('an objection', () => {
  it('is qualified by the closing, integrated by a version, resolved by both', async () => {
    const story = await Story.objected();
    await story.closes();
    expect((await story.objection()).status).toBe('qualified');
    await story.integrated((await story.objection()).objectionId);
    const { status, steps } = await story.objection();
    expect(status).toBe('resolved');
    expect(steps.map(({ step }) => step)).toEqual([
      'ObjectionIntegrated',
      'ObjectionResolutionConfirmed',
      'ObjectionResolutionConfirmed',
      'ObjectionResolved',
    ]);
  });

  it('names who says that it does not qualify, by the last word of each', async () => {
    const story = await Story.objected();
    const { objectionId } = await story.objection();
    const contest = (says: string) =>
      story.played.accepts(
        'ContestObjection',
        { objectionId, says, reason: 'Hors sujet' },
        story.played.mandates[2] ?? '',
      );
    await contest('not-qualified');
    expect((await story.objection()).saidNotQualifiedBy).toEqual([story.played.partners[2]]);
    await contest('qualified');
    expect((await story.objection()).saidNotQualifiedBy).toEqual([]);
  });
});

describe('the calendar', () => {
  it('has the last day of an open round, then the review of what was adopted', async () => {
    const story = await Story.objected();
    const { items } = await story.shows(reviewCalendarView, {});
    expect(items.map(({ what, day, id }) => [what, day, id])).toEqual([['round-closes', '2026-03-14', story.first]]);
    await story.closes();
    await story.integrated((await story.objection()).objectionId);
    const later = await story.shows(reviewCalendarView, {});
    expect(later.items.map(({ what, day, overdue }) => [what, day, overdue])).toEqual([
      ['review', '2026-12-01', false],
    ]);
    expect((await story.shows(reviewCalendarView, {}, '2026-12-02')).items[0]?.overdue).toBe(true);
    expect((await story.shows(reviewCalendarView, { to: '2026-11-30' })).items).toEqual([]);
  });
});
