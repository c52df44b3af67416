import { POWERS } from '#contracts';
import type { PartnerKind } from '#contracts';
import { admit, DRAFT, FAY, formed, founded, governed, hash } from './testing.js';

const NEXT = { charterVersion: 2, charterHash: hash('charter 2') };

describe('drafting a charter', () => {
  it('is for the facilitator and for R(propose)', () => {
    const { play, ann } = founded();
    const deaf = admit(play, 'dan', { powers: ['sign-charter'] });
    expect(play.tries(FAY, 'DraftCharter', { charter: {}, charterHash: hash('b') })).toEqual(['CharterDrafted']);
    expect(play.tries(ann.actor, 'DraftCharter', { charter: {}, charterHash: hash('c') })).toEqual(['CharterDrafted']);
    expect(play.tries(deaf.actor, 'DraftCharter', { charter: {}, charterHash: hash('d') })).toBe('POWER_MISSING');
  });

  it('records every value, the base for each left out', () => {
    const play = formed();
    play.does(FAY, 'DraftCharter', { charter: { roundDays: 10 }, charterHash: DRAFT.charterHash });
    expect(play.dataOf('CharterDrafted')).toMatchObject({
      ...DRAFT,
      charter: { roundDays: 10, noticeDays: 7, policies: { ordinary: { method: 'consent' } } },
    });
  });

  it('refuses an invalid charter and names the rule', () => {
    const play = formed();
    const charter = { minOpenHours: 100, roundDays: 3 } as never;
    expect(play.tries(FAY, 'DraftCharter', { charter, charterHash: hash('x') })).toBe('CHARTER_INVALID');
    expect(play.refusal).toMatchObject({ rule: 'minOpenHours' });
  });

  it('anew while forming keeps version 1 and voids its signatures', () => {
    const { play, ann, bob, cleo } = founded();
    play.does(ann.actor, 'SignCharter', DRAFT);
    play.does(bob.actor, 'SignCharter', DRAFT);
    const redraft = { charterVersion: 1, charterHash: hash('redraft') };
    play.does(FAY, 'DraftCharter', { charter: {}, charterHash: redraft.charterHash });
    expect(play.dataOf('CharterDrafted')['charterVersion']).toBe(1);
    expect(play.tries(cleo.actor, 'SignCharter', DRAFT)).toBe('HASH_MISMATCH');
    expect(play.tries(cleo.actor, 'SignCharter', redraft)).toEqual(['CharterSigned']);
    expect(play.tries(ann.actor, 'SignCharter', redraft)).toEqual(['CharterSigned']);
    expect(play.tries(bob.actor, 'SignCharter', redraft)).toEqual(['CharterSigned', 'CharterAdopted']);
  });

  it('leaves the version in force as it is until a charter-change decision on its hash takes effect', () => {
    const { play } = governed();
    play.does(FAY, 'DraftCharter', { charter: { roundDays: 10 }, charterHash: NEXT.charterHash });
    expect(play.dataOf('CharterDrafted')['charterVersion']).toBe(2);
    expect(play.answers.charterInForce()?.version).toBe(1);
    const decisionId = play.decided('charter-change', { sort: 'charter', hash: NEXT.charterHash });
    play.at('2026-01-06T10:00:00.000Z').settle({ kind: 'system' }, play.now);
    expect(play.dataOf('CharterAdopted')).toEqual({ ...NEXT, decisionId });
    expect(play.answers.charterInForce()).toMatchObject({ version: 2, charter: { roundDays: 10 } });
    expect(play.answers.activePartners()).toHaveLength(3);
  });

  it('has an end: fifty drafts of one version', () => {
    const { play } = governed();
    for (let n = 0; n < 50; n++) play.does(FAY, 'DraftCharter', { charter: {}, charterHash: hash(`draft ${n}`) });
    expect(play.tries(FAY, 'DraftCharter', { charter: {}, charterHash: hash('one more') })).toBe('LIMIT_EXCEEDED');
  });
});

describe('signing the charter', () => {
  it('adopts it with the last founder: all become active, the alliance is governed', () => {
    const { play, ann, bob, cleo } = founded();
    expect(play.tries(ann.actor, 'SignCharter', DRAFT)).toEqual(['CharterSigned']);
    expect(play.tries(bob.actor, 'SignCharter', DRAFT)).toEqual(['CharterSigned']);
    expect(play.answers.phase()).toBe('forming');
    expect(play.answers.standing()).toBe('dormant');
    expect(play.tries(cleo.actor, 'SignCharter', DRAFT)).toEqual(['CharterSigned', 'CharterAdopted']);
    expect(play.answers.phase()).toBe('governed');
    expect(play.answers.standing()).toBe('active');
    expect(play.answers.activePartners().map(({ kind }) => kind)).toEqual(['association', 'company', 'foundation']);
  });

  it('counts once for each', () => {
    const { play, ann } = founded();
    play.does(ann.actor, 'SignCharter', DRAFT);
    expect(play.tries(ann.actor, 'SignCharter', DRAFT)).toBe('ALREADY_SIGNED');
  });

  it('needs a draft, and its version and hash', () => {
    const play = formed();
    const ann = admit(play, 'ann');
    expect(play.tries(ann.actor, 'SignCharter', DRAFT)).toBe('NOT_FOUND');
    play.does(FAY, 'DraftCharter', { charter: {}, charterHash: DRAFT.charterHash });
    expect(play.tries(ann.actor, 'SignCharter', { ...DRAFT, charterVersion: 2 })).toBe('HASH_MISMATCH');
    expect(play.tries(ann.actor, 'SignCharter', { ...DRAFT, charterHash: hash('other') })).toBe('HASH_MISMATCH');
  });

  it('needs the power sign-charter, which the facilitator has not', () => {
    const { play } = founded();
    const mute = admit(play, 'mia', { powers: POWERS.filter((power) => power !== 'sign-charter') });
    expect(play.tries(mute.actor, 'SignCharter', DRAFT)).toBe('POWER_MISSING');
    expect(play.tries(FAY, 'SignCharter', DRAFT)).toBe('POWER_MISSING');
  });

  it.each<[string, PartnerKind[], boolean]>([
    ['two partners', ['association', 'company'], false],
    ['three of one kind', ['company', 'company', 'company'], false],
    ['three of two kinds', ['company', 'company', 'other'], true],
  ])('of %s: adopted only from three partners of two kinds on', (_what, kinds, adopted) => {
    const play = formed();
    const members = kinds.map((kind, place) => admit(play, `person ${place}`, { kind }));
    play.does(FAY, 'DraftCharter', { charter: {}, charterHash: DRAFT.charterHash });
    for (const { actor } of members) play.does(actor, 'SignCharter', DRAFT);
    expect(play.answers.phase()).toBe(adopted ? 'governed' : 'forming');
  });

  it('waits for a founder admitted meanwhile', () => {
    const { play, ann, bob, cleo } = founded();
    const dan = admit(play, 'dan');
    for (const { actor } of [ann, bob, cleo])
      expect(play.tries(actor, 'SignCharter', DRAFT)).toEqual(['CharterSigned']);
    expect(play.tries(dan.actor, 'SignCharter', DRAFT)).toEqual(['CharterSigned', 'CharterAdopted']);
  });

  it('is complete when the last founder that had not signed withdraws', () => {
    const { play, ann, bob, cleo } = founded();
    const dan = admit(play, 'dan');
    for (const { actor } of [ann, bob, cleo]) play.does(actor, 'SignCharter', DRAFT);
    const types = play.tries(dan.actor, 'WithdrawPartner', { partnerId: dan.partnerId });
    expect(types).toEqual(['PartnerWithdrew', 'MandateEnded', 'CharterAdopted']);
  });

  it('makes a partner admitted later active, on the version in force', () => {
    const { play } = governed();
    const dan = admit(play, 'dan');
    expect(play.answers.activePartners()).toHaveLength(3);
    expect(play.tries(dan.actor, 'SignCharter', { ...DRAFT, charterHash: hash('old') })).toBe('HASH_MISMATCH');
    expect(play.tries(dan.actor, 'SignCharter', DRAFT)).toEqual(['CharterSigned']);
    expect(play.answers.partner(dan.partnerId)?.status).toBe('active');
  });

  it('is not needed anew after a change of charter', () => {
    const { play, ann } = governed();
    play.does(FAY, 'DraftCharter', { charter: {}, charterHash: NEXT.charterHash });
    play.decided('charter-change', { sort: 'charter', hash: NEXT.charterHash });
    play.settle({ kind: 'system' }, play.now);
    expect(play.tries(ann.actor, 'SignCharter', NEXT)).toBe('WRONG_STATE');
  });

  it('says who is unrepresented from the first day', () => {
    const { play, ann, bob, cleo } = founded();
    const dan = admit(play, 'dan', { powers: ['sign-charter'] });
    for (const { actor } of [ann, bob, cleo]) play.does(actor, 'SignCharter', DRAFT);
    const types = play.tries(dan.actor, 'SignCharter', DRAFT);
    expect(types).toEqual(['CharterSigned', 'CharterAdopted', 'PartnerBecameUnrepresented']);
    expect(play.dataOf('PartnerBecameUnrepresented')).toEqual({ partnerId: dan.partnerId, openRounds: [] });
  });
});
