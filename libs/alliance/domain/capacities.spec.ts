import type { Id } from '#kernel';
import { capacitiesOf, resolveActor } from './capacities.js';
import { admit, FAY, formed, founded, governed, id, person } from './testing.js';

describe('the capacity of an act', () => {
  it('is the only one in force when none is named', () => {
    const { play, ann } = founded();
    expect(resolveActor(play.state, person('ann'), undefined, play.now)).toEqual(ann.actor);
    expect(resolveActor(play.state, person('fay'), undefined, play.now)).toEqual(FAY);
  });

  it('is the account itself when none is in force', () => {
    const play = formed();
    expect(resolveActor(play.state, person('zoe'), undefined, play.now)).toEqual({
      kind: 'account',
      person: person('zoe'),
    });
    expect(resolveActor(play.state, undefined, undefined, play.now)).toEqual({ kind: 'anonymous' });
  });

  it('must be named among several', () => {
    const { play, ann } = governed();
    const decisionId = play.decided('facilitator', { sort: 'person', id: person('ann') });
    const term = { personRef: person('ann'), validFrom: '2026-01-01', validTo: '2026-06-30', decisionId };
    const facilitatorId = play.does(FAY, 'AppointFacilitator', term)['facilitatorId'] as Id;
    const choices = [`mandate/${ann.mandateId}`, `facilitator/${facilitatorId}`];
    expect(resolveActor(play.state, person('ann'), undefined, play.now)).toEqual({
      refused: 'CAPACITY_AMBIGUOUS',
      choices,
    });
    expect(choices.map((named) => resolveActor(play.state, person('ann'), named, play.now))).toEqual([
      ann.actor,
      { kind: 'facilitator', person: person('ann') },
    ]);
    const after = play.at('2026-07-01T10:00:00.000Z');
    expect(capacitiesOf(after.state, person('ann'), after.now)).toHaveLength(1);
  });

  it("of another, or one that there is not, is not one's own", () => {
    const { play, bob } = founded();
    const named = [
      `mandate/${bob.mandateId}`,
      `mandate/${id('x')}`,
      'mandate/x',
      'chair/x',
      `invitation/${bob.partnerId}`,
    ];
    for (const actingAs of named)
      for (const who of [person('ann'), undefined])
        expect(resolveActor(play.state, who, actingAs, play.now)).toEqual({ refused: 'CAPACITY_NOT_YOURS' });
  });

  it('may have ended: then the decision says so', () => {
    const { play, ann } = governed();
    play.does(ann.actor, 'EndMandate', { mandateId: ann.mandateId });
    const actor = resolveActor(play.state, person('ann'), `mandate/${ann.mandateId}`, play.now);
    expect(actor).toEqual(ann.actor);
    expect(play.tries(ann.actor, 'WithdrawPartner', { partnerId: ann.partnerId })).toBe('MANDATE_NOT_IN_FORCE');
    expect(capacitiesOf(play.state, person('ann'), play.now)).toEqual([]);
  });

  it('of an auditor files reports; of an observer has no command', () => {
    const play = formed();
    const term = { validFrom: '2026-01-01', validTo: '2026-03-31' };
    const audit = play.does(FAY, 'OpenAudit', { personRef: person('oda'), ...term })['accessId'] as Id;
    const view = play.does(FAY, 'GrantAccess', { role: 'observer', personRef: person('pia'), ...term });
    expect(resolveActor(play.state, person('oda'), `access/${audit}`, play.now)).toMatchObject({ kind: 'auditor' });
    expect(resolveActor(play.state, person('pia'), `access/${String(view['accessId'])}`, play.now)).toMatchObject({
      kind: 'account',
    });
  });

  it('of a citizen is there where the register is public', () => {
    const closed = governed().play;
    expect(resolveActor(closed.state, person('zoe'), 'citizen', closed.now)).toEqual({ refused: 'NOT_FOUND' });
    const play = formed();
    const members = ['ann', 'bob', 'cleo'].map((name, place) =>
      admit(play, name, { kind: place ? 'company' : 'association' }),
    );
    const draft = { charterVersion: 1, charterHash: id('x') };
    play.does(FAY, 'DraftCharter', { charter: { register: 'public' } as never, charterHash: draft.charterHash });
    for (const { actor } of members) play.does(actor, 'SignCharter', draft);
    expect(resolveActor(play.state, person('zoe'), 'citizen', play.now)).toEqual({
      kind: 'citizen',
      person: person('zoe'),
    });
  });
});
