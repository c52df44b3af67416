import { admit, FAY, formed, founded, governed, id, person } from './testing.js';

const term = { validFrom: '2026-02-01', validTo: '2026-12-31' };
const zoe = { personRef: person('zoe'), ...term };

describe('appointing a facilitator', () => {
  it('needs a decision of type facilitator, in force, that names the person', () => {
    const { play, ann } = governed();
    const other = play.decided('facilitator', { sort: 'person', id: person('ann') });
    for (const decisionId of [undefined, other, play.decided('facilitator'), play.decided('ordinary')])
      expect(play.tries(FAY, 'AppointFacilitator', { ...zoe, decisionId })).toBe('DECISION_REQUIRED');
    const decisionId = play.decided('facilitator', { sort: 'person', id: zoe.personRef });
    expect(play.tries(ann.actor, 'AppointFacilitator', { ...zoe, decisionId })).toEqual(['FacilitatorAppointed']);
    expect(play.dataOf('FacilitatorAppointed')).toMatchObject({ ...zoe, decisionId });
  });

  it('for a term of at most facilitatorMonths of the charter in force', () => {
    const { play } = governed();
    const decisionId = play.decided('facilitator', { sort: 'person', id: zoe.personRef });
    const until = (validTo: string) => play.tries(FAY, 'AppointFacilitator', { ...zoe, validTo, decisionId });
    expect(until('2027-02-02')).toBe('DATE_INVALID');
    expect(play.refusal).toMatchObject({ pointer: '/validTo', rule: 'facilitatorMonths' });
    expect(until('2027-02-01')).toEqual(['FacilitatorAppointed']);
  });

  it('takes no decision while forming, by any R(appoint), once none is in force', () => {
    const { play, ann } = founded();
    const mute = admit(play, 'mia', { powers: ['propose'] });
    expect(play.tries(ann.actor, 'AppointFacilitator', zoe)).toBe('DECISION_REQUIRED');
    play.does(FAY, 'EndFacilitator', { facilitatorId: facilitatorOf(play) });
    expect(play.tries(mute.actor, 'AppointFacilitator', zoe)).toBe('POWER_MISSING');
    expect(play.tries(FAY, 'AppointFacilitator', zoe)).toBe('POWER_MISSING');
    expect(play.tries(ann.actor, 'AppointFacilitator', zoe)).toEqual(['FacilitatorAppointed']);
  });

  it('gives powers within the dates only', () => {
    const { play } = governed();
    const decisionId = play.decided('facilitator', { sort: 'person', id: zoe.personRef });
    play.does(FAY, 'AppointFacilitator', { ...zoe, decisionId });
    const actor = { kind: 'facilitator', person: zoe.personRef } as const;
    expect(play.answers.isFacilitator(actor, '2026-01-31T22:59:59.999Z')).toBe(false);
    expect(play.answers.isFacilitator(actor, '2026-01-31T23:00:00.000Z')).toBe(true);
    expect(play.answers.isFacilitator(actor, '2026-12-31T23:00:00.000Z')).toBe(false);
    expect(play.answers.isFacilitator({ kind: 'account', person: zoe.personRef }, '2026-03-01T10:00:00.000Z')).toBe(
      false,
    );
  });
});

describe('the end of a term', () => {
  it('by the facilitator itself is a resignation; afterwards it has no power', () => {
    const play = formed();
    const facilitatorId = facilitatorOf(play);
    expect(play.tries(FAY, 'EndFacilitator', { facilitatorId })).toEqual(['FacilitatorEnded']);
    expect(play.dataOf('FacilitatorEnded')).toEqual({ facilitatorId, cause: 'resigned' });
    expect(play.tries(FAY, 'EndFacilitator', { facilitatorId })).toBe('POWER_MISSING');
  });

  it('by a partner needs another decision than the one that appointed', () => {
    const { play, ann } = governed();
    const target = { sort: 'person', id: zoe.personRef } as const;
    const appointing = play.decided('facilitator', target);
    const { facilitatorId } = play.does(FAY, 'AppointFacilitator', { ...zoe, decisionId: appointing }) as {
      facilitatorId: ReturnType<typeof id>;
    };
    expect(play.tries(ann.actor, 'EndFacilitator', { facilitatorId })).toBe('DECISION_REQUIRED');
    expect(play.tries(ann.actor, 'EndFacilitator', { facilitatorId, decisionId: appointing })).toBe(
      'DECISION_REQUIRED',
    );
    const decisionId = play.decided('facilitator', target);
    expect(play.tries(ann.actor, 'EndFacilitator', { facilitatorId, decisionId })).toEqual(['FacilitatorEnded']);
    expect(play.dataOf('FacilitatorEnded')).toEqual({ facilitatorId, cause: 'revoked', decisionId });
    expect(play.tries(FAY, 'EndFacilitator', { facilitatorId })).toBe('WRONG_STATE');
    expect(play.tries(FAY, 'EndFacilitator', { facilitatorId: id('x') })).toBe('NOT_FOUND');
  });

  it('comes by itself at 00:00 after the last day', () => {
    const play = formed();
    const facilitatorId = facilitatorOf(play);
    expect(play.at('2026-12-31T22:59:59.999Z').last).toEqual([]);
    expect(play.at('2026-12-31T23:00:00.000Z').last).toMatchObject([
      { type: 'FacilitatorEnded', data: { facilitatorId, cause: 'term' }, dueAt: '2026-12-31T23:00:00.000Z' },
    ]);
  });
});

function facilitatorOf(play: ReturnType<typeof formed>): ReturnType<typeof id> {
  const [first] = [...play.state.facilitators.values()];
  return first?.facilitatorId ?? id('none');
}
