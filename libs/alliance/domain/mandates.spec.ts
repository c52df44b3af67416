import type { Power } from '#contracts';
import { admit, FAY, founded, governed, hash, id, memberOf, person } from './testing.js';
import type { Member, Play } from './testing.js';

const base = { validFrom: '2026-01-01', powers: ['speak', 'take-position'] as readonly Power[], sealed: {} };
const substitute = (name: string) => ({ ...base, personRef: person(name), standing: 'substitute' as const });
const titular = (name: string) => ({ ...base, personRef: person(name), standing: 'titular' as const });

function grantSubstitute(play: Play, by: Member, name: string, more: object = {}): Member {
  play.does(by.actor, 'GrantMandate', { partnerId: by.partnerId, ...substitute(name), ...more });
  return memberOf(play, by.partnerId, name);
}

describe('a mandate in force', () => {
  it('holds from its first to its last day, in the time zone of the alliance', () => {
    const { play, ann } = governed();
    const dan = grantSubstitute(play, ann, 'dan', { validFrom: '2026-02-01', validTo: '2026-02-28' });
    const acts = (at: string) => play.at(at).answers.representative(dan.actor, ['speak'], at);
    expect(acts('2026-01-31T22:59:59.999Z')).toMatchObject({ refused: 'MANDATE_NOT_IN_FORCE' });
    expect(acts('2026-01-31T23:00:00.000Z')).toMatchObject({ partnerId: ann.partnerId, standing: 'substitute' });
    expect(acts('2026-02-28T22:59:59.999Z')).toMatchObject({ mandateId: dan.mandateId });
    expect(acts('2026-02-28T23:00:00.000Z')).toMatchObject({ refused: 'MANDATE_NOT_IN_FORCE' });
  });

  it('has the powers that it names and no others', () => {
    const { play, ann } = governed();
    const dan = grantSubstitute(play, ann, 'dan');
    expect(play.answers.representative(dan.actor, ['commit'], play.now)).toMatchObject({ refused: 'POWER_MISSING' });
    expect(play.answers.representative(dan.actor, ['commit', 'speak'], play.now)).toMatchObject({
      mandateId: dan.mandateId,
    });
    expect(play.answers.representative(FAY, [], play.now)).toMatchObject({ refused: 'POWER_MISSING' });
  });

  it('of another person or partner serves nobody', () => {
    const { play, ann, bob } = governed();
    const posing = { ...ann.actor, person: person('bob') } as typeof ann.actor;
    const straying = { ...ann.actor, partner: bob.partnerId } as typeof ann.actor;
    for (const actor of [posing, straying])
      expect(play.answers.representative(actor, [], play.now)).toMatchObject({ refused: 'MANDATE_NOT_IN_FORCE' });
  });

  it('as substitute acts as titular while the partner has no titular in force', () => {
    const { play, ann } = governed();
    const dan = grantSubstitute(play, ann, 'dan');
    play.does(ann.actor, 'EndMandate', { mandateId: ann.mandateId });
    expect(play.answers.representative(dan.actor, ['speak'], play.now)).toMatchObject({ standing: 'titular' });
  });

  it('is not cured by one recorded later with an earlier first day', () => {
    const { play, ann } = governed();
    const dan = grantSubstitute(play, ann, 'dan', { validTo: '2026-02-28' });
    play.at('2026-03-05T10:00:00.000Z');
    play.does(ann.actor, 'GrantMandate', { partnerId: ann.partnerId, ...substitute('dan'), occurredOn: '2026-02-20' });
    expect(play.answers.representative(dan.actor, ['speak'], play.now)).toMatchObject({
      refused: 'MANDATE_NOT_IN_FORCE',
    });
  });
});

describe('who spoke under a mandate at an earlier instant', () => {
  it('had it recorded then, within its dates, and its end not recorded: it may be over since', () => {
    const { play, ann } = governed();
    const before = play.now;
    play.at('2026-02-10T10:00:00.000Z');
    const dan = grantSubstitute(play, ann, 'dan', { validFrom: '2026-02-12', validTo: '2026-02-28' });
    const speaks = (at: string) => play.answers.speaker(dan.mandateId, 'take-position', at);
    play.at('2026-02-20T10:00:00.000Z');
    play.does(ann.actor, 'EndMandate', { mandateId: dan.mandateId, occurredOn: '2026-02-15' });
    play.at('2026-03-20T10:00:00.000Z');
    expect(speaks('2026-02-11T22:59:59.999Z')).toMatchObject({ refused: 'MANDATE_NOT_IN_FORCE' });
    expect(speaks('2026-02-11T23:00:00.000Z')).toMatchObject({ partnerId: ann.partnerId, standing: 'substitute' });
    expect(speaks('2026-02-20T09:59:59.999Z')).toMatchObject({ mandateId: dan.mandateId });
    expect(speaks('2026-02-20T10:00:00.000Z')).toMatchObject({ refused: 'MANDATE_NOT_IN_FORCE' });
    expect(play.answers.speaker(id('none'), 'speak', before)).toMatchObject({ refused: 'MANDATE_NOT_IN_FORCE' });
  });

  it('had not it before it was recorded, whatever first day it states', () => {
    const { play, ann } = governed();
    play.at('2026-03-05T10:00:00.000Z');
    const dan = grantSubstitute(play, ann, 'dan', { occurredOn: '2026-02-20' });
    const speaks = (at: string) => play.answers.speaker(dan.mandateId, 'speak', at);
    expect(speaks('2026-03-05T09:59:59.999Z')).toMatchObject({ refused: 'MANDATE_NOT_IN_FORCE' });
    expect(speaks('2026-03-05T10:00:00.000Z')).toMatchObject({ mandateId: dan.mandateId });
  });

  it('had the power, and as substitute was titular while there was no titular', () => {
    const { play, ann } = governed();
    const dan = grantSubstitute(play, ann, 'dan');
    const granted = play.now;
    expect(play.answers.speaker(dan.mandateId, 'commit', granted)).toMatchObject({ refused: 'POWER_MISSING' });
    expect(play.answers.speaker(ann.mandateId, 'commit', granted)).toMatchObject({ standing: 'titular' });
    play.at('2026-03-05T10:00:00.000Z');
    play.does(ann.actor, 'EndMandate', { mandateId: ann.mandateId });
    play.at('2026-03-06T10:00:00.000Z');
    expect(play.answers.speaker(dan.mandateId, 'speak', play.now)).toMatchObject({ standing: 'titular' });
    expect(play.answers.speaker(dan.mandateId, 'speak', granted)).toMatchObject({ standing: 'substitute' });
  });
});

describe('granting a mandate', () => {
  it('is for R(appoint) of the same partner', () => {
    const { play, ann, bob } = founded();
    const { partnerId } = ann;
    const dan = grantSubstitute(play, ann, 'dan');
    expect(play.dataOf('MandateGranted')).toMatchObject({ grantedBy: 'partner', standing: 'substitute' });
    expect(play.tries(bob.actor, 'GrantMandate', { partnerId, ...substitute('eve') })).toBe('POWER_MISSING');
    expect(play.tries(dan.actor, 'GrantMandate', { partnerId, ...substitute('eve') })).toBe('POWER_MISSING');
  });

  it('is never to oneself', () => {
    const { play, ann } = governed();
    const { partnerId } = ann;
    expect(play.tries(ann.actor, 'GrantMandate', { partnerId, ...substitute('ann') })).toBe('SELF_GRANT');
  });

  it('refuses a second titular at any one instant, and lets one follow another', () => {
    const { play, ann } = governed();
    const { partnerId } = ann;
    expect(play.tries(ann.actor, 'GrantMandate', { partnerId, ...titular('dan') })).toBe('TITULAR_EXISTS');
    const dan = admit(play, 'dan', { validTo: '2026-06-30' });
    const after = { partnerId: dan.partnerId, ...titular('eve') };
    expect(play.tries(dan.actor, 'GrantMandate', { ...after, validFrom: '2026-06-30' })).toBe('TITULAR_EXISTS');
    expect(play.tries(dan.actor, 'GrantMandate', { ...after, validFrom: '2026-07-01' })).toEqual(['MandateGranted']);
  });

  it.each([
    ['an elected office without last day', { origin: 'elected-office' }],
    ['a last day before the first', { validFrom: '2026-03-01', validTo: '2026-02-01' }],
    ['a last day that is over', { validTo: '2026-01-04' }],
  ])('refuses %s', (_what, more) => {
    const { play, ann } = governed();
    const args = { partnerId: ann.partnerId, ...substitute('dan'), ...more } as never;
    expect(play.tries(ann.actor, 'GrantMandate', args)).toBe('DATE_INVALID');
    expect(play.refusal).toMatchObject({ pointer: '/validTo' });
  });

  it.each([
    [{ kind: 'gold', unit: 'kg', amount: '1' }, 'UNKNOWN_KIND', 'kind'],
    [{ kind: 'goods', unit: 'hour', amount: '1' }, 'UNIT_NOT_ALLOWED', 'unit'],
    [{ kind: 'goods', unit: 'piece', amount: '0.5' }, 'AMOUNT_INVALID', 'amount'],
  ])('refuses a ceiling %j as %s, whatever command grants it', (line, code, member) => {
    const { play, ann } = founded();
    const dan = { ...titular('dan'), ceilings: [line] } as never as ReturnType<typeof titular>;
    const invited = play.does(FAY, 'InvitePartner', { kind: 'company', registerScheme: 'none' });
    const partnerId = invited['partnerId'] as typeof ann.partnerId;
    const refusals = [
      [play.tries(FAY, 'AdmitPartner', { partnerId, mandate: dan }), play.refusal?.pointer],
      [play.tries(ann.actor, 'GrantMandate', { partnerId: ann.partnerId, ...dan }), play.refusal?.pointer],
      [play.tries(ann.actor, 'SucceedMandate', { mandateId: ann.mandateId, mandate: dan }), play.refusal?.pointer],
    ];
    const places = ['/mandate/ceilings/0', '/ceilings/0', '/mandate/ceilings/0'];
    expect(refusals).toEqual(places.map((place) => [code, `${place}/${member}`]));
  });

  it('takes a ceiling for guarantees, in a currency', () => {
    const { play, ann } = governed();
    const ceilings = [{ kind: 'guarantee', unit: 'EUR', amount: '1000.5' }] as const;
    const args = { partnerId: ann.partnerId, ...substitute('dan'), ceilings };
    expect(play.tries(ann.actor, 'GrantMandate', args)).toEqual(['MandateGranted']);
  });

  it('refuses two ceilings on one line', () => {
    const { play, ann } = governed();
    const line = { kind: 'money', unit: 'EUR', amount: '10' } as const;
    const args = { partnerId: ann.partnerId, ...substitute('dan'), ceilings: [line, { ...line, amount: '20' }] };
    expect(play.tries(ann.actor, 'GrantMandate', args)).toBe('AMOUNT_INVALID');
  });

  it('may have happened earlier, never later', () => {
    const { play, ann } = governed();
    const args = { partnerId: ann.partnerId, ...substitute('dan') };
    expect(play.tries(ann.actor, 'GrantMandate', { ...args, occurredOn: '2026-01-06' })).toBe('FUTURE_FACT');
    expect(play.tries(ann.actor, 'GrantMandate', { ...args, occurredOn: '2025-12-01' })).toEqual(['MandateGranted']);
    expect(play.last[0]).toMatchObject({ occurredOn: '2025-12-01' });
  });

  it('stops at forty mandates of one partner, so that its leaving fits an entry', () => {
    const { play, ann } = governed();
    for (let n = 1; n < 40; n++) grantSubstitute(play, ann, `substitute ${n}`);
    const args = { partnerId: ann.partnerId, ...substitute('one more') };
    expect(play.tries(ann.actor, 'GrantMandate', args)).toBe('LIMIT_EXCEEDED');
    expect(play.tries(ann.actor, 'WithdrawPartner', { partnerId: ann.partnerId })).toHaveLength(41);
  });
});

describe('restoring a mandate', () => {
  const restored = (partnerId: Member['partnerId']) => ({
    ...{ partnerId, ...titular('dan'), sourceHash: hash('letter') },
    powers: ['speak', 'propose', 'take-position', 'appoint'] as readonly Power[],
  });

  it('is for the facilitator, while the partner is unrepresented', () => {
    const { play, ann } = governed();
    expect(play.tries(FAY, 'GrantMandate', restored(ann.partnerId))).toBe('PARTNER_REPRESENTED');
    play.does(ann.actor, 'EndMandate', { mandateId: ann.mandateId });
    expect(play.tries(FAY, 'GrantMandate', restored(ann.partnerId))).toEqual(['MandateGranted']);
    expect(play.dataOf('MandateGranted')).toMatchObject({ grantedBy: 'restored', sourceHash: hash('letter') });
    expect(play.answers.isUnrepresented(ann.partnerId, play.now)).toBe(false);
    expect(play.tries(FAY, 'GrantMandate', { ...restored(id('x')) })).toBe('NOT_FOUND');
  });

  it('never gives commit or sign-charter, and rests on a source', () => {
    const { play, ann } = governed();
    play.does(ann.actor, 'EndMandate', { mandateId: ann.mandateId });
    for (const power of ['commit', 'sign-charter'] as const)
      expect(play.tries(FAY, 'GrantMandate', { ...restored(ann.partnerId), powers: [power] })).toBe('RESTORED_POWERS');
    const { sourceHash: _none, ...unsourced } = restored(ann.partnerId);
    expect(play.tries(FAY, 'GrantMandate', unsourced)).toBe('REASON_REQUIRED');
  });

  it('is never to the facilitator itself', () => {
    const { play, ann } = governed();
    play.does(ann.actor, 'EndMandate', { mandateId: ann.mandateId });
    const args = { ...restored(ann.partnerId), personRef: person('fay') };
    expect(play.tries(FAY, 'GrantMandate', args)).toBe('SELF_GRANT');
  });

  it('frees a founder that lost its only mandate, so that the charter can still be signed', () => {
    const { play, ann } = founded();
    expect(play.tries(FAY, 'GrantMandate', restored(ann.partnerId))).toBe('PARTNER_REPRESENTED');
    play.does(ann.actor, 'EndMandate', { mandateId: ann.mandateId });
    expect(play.tries(FAY, 'GrantMandate', restored(ann.partnerId))).toEqual(['MandateGranted']);
  });
});

describe('succession', () => {
  it('ends the old mandate and begins the new one at the same instant', () => {
    const { play, ann } = governed();
    const mandate = { ...base, personRef: person('dan'), powers: ['take-position', 'commit'] as readonly Power[] };
    expect(play.tries(ann.actor, 'SucceedMandate', { mandateId: ann.mandateId, mandate })).toEqual([
      'MandateSucceeded',
      'MandateGranted',
    ]);
    const dan = memberOf(play, ann.partnerId, 'dan');
    expect(play.dataOf('MandateSucceeded')).toEqual({ endedMandateId: ann.mandateId, newMandateId: dan.mandateId });
    expect(play.answers.mandate(dan.mandateId)).toMatchObject({ standing: 'titular', grantedBy: 'partner' });
    expect(play.answers.representative(ann.actor, [], play.now)).toMatchObject({ refused: 'MANDATE_NOT_IN_FORCE' });
    expect(play.answers.representative(dan.actor, ['commit'], play.now)).toMatchObject({ standing: 'titular' });
  });

  it('is for R(appoint) of the same partner, of a mandate not ended, and never to oneself', () => {
    const { play, ann, bob } = governed();
    const dan = grantSubstitute(play, ann, 'dan');
    const mandate = { ...base, personRef: person('eve') };
    const succeed = { mandateId: dan.mandateId, mandate };
    expect(play.tries(bob.actor, 'SucceedMandate', succeed)).toBe('POWER_MISSING');
    expect(play.tries(dan.actor, 'SucceedMandate', succeed)).toBe('POWER_MISSING');
    expect(play.tries(FAY, 'SucceedMandate', succeed)).toBe('POWER_MISSING');
    expect(play.tries(ann.actor, 'SucceedMandate', { ...succeed, mandateId: id('x') })).toBe('NOT_FOUND');
    const own = { ...succeed, mandate: { ...mandate, personRef: person('ann') } };
    expect(play.tries(ann.actor, 'SucceedMandate', own)).toBe('SELF_GRANT');
    play.does(ann.actor, 'SucceedMandate', succeed);
    expect(play.tries(ann.actor, 'SucceedMandate', succeed)).toBe('WRONG_STATE');
  });

  it('is never dated before the grant of what it ends', () => {
    const { play, ann } = governed();
    play.at('2026-02-01T10:00:00.000Z');
    const succeed = { mandateId: ann.mandateId, mandate: { ...base, personRef: person('dan') } };
    const on = (occurredOn: string) => play.tries(ann.actor, 'SucceedMandate', { ...succeed, occurredOn });
    expect(on('2026-01-04')).toBe('OCCURRED_BEFORE_CAUSE');
    expect(on('2026-02-02')).toBe('FUTURE_FACT');
    expect(on('2026-01-20')).toHaveLength(2);
    expect(play.last.map(({ occurredOn }) => occurredOn)).toEqual(['2026-01-20', '2026-01-20']);
  });

  it('to a later first day leaves the partner unrepresented meanwhile', () => {
    const { play, ann } = governed();
    const mandate = { ...base, personRef: person('dan'), validFrom: '2026-02-01' };
    const types = play.tries(ann.actor, 'SucceedMandate', { mandateId: ann.mandateId, mandate });
    expect(types).toEqual(['MandateSucceeded', 'MandateGranted', 'PartnerBecameUnrepresented']);
    expect(play.answers.isUnrepresented(ann.partnerId, '2026-02-01T10:00:00.000Z')).toBe(false);
  });
});

describe('the end of a mandate', () => {
  it('is for R(appoint) of the partner, or the person itself', () => {
    const { play, ann, bob } = governed();
    const [dan, eve] = [grantSubstitute(play, ann, 'dan'), grantSubstitute(play, ann, 'eve')];
    expect(play.tries(bob.actor, 'EndMandate', { mandateId: dan.mandateId })).toBe('POWER_MISSING');
    expect(play.tries(eve.actor, 'EndMandate', { mandateId: dan.mandateId })).toBe('POWER_MISSING');
    expect(play.tries(FAY, 'EndMandate', { mandateId: dan.mandateId })).toBe('POWER_MISSING');
    expect(play.tries(ann.actor, 'EndMandate', { mandateId: dan.mandateId })).toEqual(['MandateEnded']);
    expect(play.dataOf('MandateEnded')).toEqual({ mandateId: dan.mandateId, cause: 'revoked' });
    expect(play.tries(eve.actor, 'EndMandate', { mandateId: eve.mandateId })).toEqual(['MandateEnded']);
    expect(play.dataOf('MandateEnded')).toEqual({ mandateId: eve.mandateId, cause: 'resigned' });
    expect(play.tries(ann.actor, 'EndMandate', { mandateId: dan.mandateId })).toBe('WRONG_STATE');
    expect(play.tries(ann.actor, 'EndMandate', { mandateId: id('x') })).toBe('NOT_FOUND');
  });

  it('may be told later, never before its grant, and undoes nothing done meanwhile', () => {
    const { play, ann } = governed();
    play.at('2026-03-10T10:00:00.000Z');
    const on = (occurredOn: string) => play.tries(ann.actor, 'EndMandate', { mandateId: ann.mandateId, occurredOn });
    expect(on('2026-01-04')).toBe('OCCURRED_BEFORE_CAUSE');
    expect(on('2026-03-11')).toBe('FUTURE_FACT');
    expect(play.answers.representative(ann.actor, [], play.now)).toMatchObject({ mandateId: ann.mandateId });
    expect(on('2026-03-01')).toContain('MandateEnded');
  });

  it('comes by itself at 00:00 after its last day', () => {
    const { play, ann } = governed();
    const dan = grantSubstitute(play, ann, 'dan', { validTo: '2026-02-28' });
    expect(play.at('2026-02-28T22:59:59.999Z').last).toEqual([]);
    expect(play.at('2026-03-09T10:00:00.000Z').last).toMatchObject([
      {
        type: 'MandateEnded',
        data: { mandateId: dan.mandateId, cause: 'term' },
        dueAt: '2026-02-28T23:00:00.000Z',
      },
    ]);
    expect(play.at('2026-03-10T10:00:00.000Z').last).toEqual([]);
  });

  it('does not come by itself when it came before', () => {
    const { play, ann } = governed();
    const dan = grantSubstitute(play, ann, 'dan', { validTo: '2026-02-28' });
    play.does(ann.actor, 'EndMandate', { mandateId: dan.mandateId });
    expect(play.at('2026-03-09T10:00:00.000Z').last).toEqual([]);
  });
});

describe('a partner without a mandate that takes positions', () => {
  it('is said to be unrepresented in the commit that causes it, with its open rounds', () => {
    const { play, ann } = governed();
    play.openRounds = [id('round')];
    expect(play.tries(ann.actor, 'EndMandate', { mandateId: ann.mandateId })).toEqual([
      'MandateEnded',
      'PartnerBecameUnrepresented',
    ]);
    expect(play.dataOf('PartnerBecameUnrepresented')).toEqual({ partnerId: ann.partnerId, openRounds: [id('round')] });
    expect(play.answers.isUnrepresented(ann.partnerId, play.now)).toBe(true);
  });

  it('is said so by its term too, once', () => {
    const { play, ann } = governed();
    const dan = admit(play, 'dan', { validTo: '2026-02-28' });
    play.does(dan.actor, 'SignCharter', { charterVersion: 1, charterHash: hash('charter 1') });
    play.at('2026-03-05T10:00:00.000Z');
    expect(play.last.map(({ type }) => type)).toEqual(['MandateEnded', 'PartnerBecameUnrepresented']);
    expect(play.tries(ann.actor, 'EndMandate', { mandateId: ann.mandateId })).toHaveLength(2);
  });

  it('is not said so while another mandate takes positions', () => {
    const { play, ann } = governed();
    grantSubstitute(play, ann, 'dan');
    expect(play.tries(ann.actor, 'EndMandate', { mandateId: ann.mandateId })).toEqual(['MandateEnded']);
  });

  it('is said so again after it had one', () => {
    const { play, ann } = governed();
    play.does(ann.actor, 'EndMandate', { mandateId: ann.mandateId });
    const args = { partnerId: ann.partnerId, ...titular('dan'), sourceHash: hash('letter') };
    play.does(FAY, 'GrantMandate', args);
    const dan = memberOf(play, ann.partnerId, 'dan');
    expect(play.tries(dan.actor, 'EndMandate', { mandateId: dan.mandateId })).toEqual([
      'MandateEnded',
      'PartnerBecameUnrepresented',
    ]);
  });
});
