import { POWERS } from '#contracts';
import { admissionOf, admit, DRAFT, FAY, formed, founded, governed, hash, id, person } from './testing.js';

const siren = { kind: 'company', registerScheme: 'siren', registerCode: '732829320' } as const;
const mandateFor = (name: string) => ({ personRef: person(name), powers: POWERS, validFrom: '2026-01-01', sealed: {} });

describe('inviting a partner', () => {
  it('is for the facilitator and for R(propose)', () => {
    const { play, ann } = founded();
    const mute = admit(play, 'mia', { powers: ['sign-charter'] });
    expect(play.tries(FAY, 'InvitePartner', siren)).toEqual(['PartnerInvited']);
    expect(play.tries(ann.actor, 'InvitePartner', { ...siren, registerCode: '443061841' })).toEqual(['PartnerInvited']);
    expect(play.tries(mute.actor, 'InvitePartner', { ...siren, registerCode: '356000000' })).toBe('POWER_MISSING');
  });

  it('is not for a partner that has not signed the charter in force', () => {
    const { play } = governed();
    const dan = admit(play, 'dan');
    expect(play.tries(dan.actor, 'InvitePartner', siren)).toBe('PARTNER_NOT_ACTIVE');
  });

  it('keeps the code normalised, and says whether the partner is a founder', () => {
    const { play } = governed();
    play.does(FAY, 'InvitePartner', { ...siren, registerCode: '732 829-320' });
    expect(play.dataOf('PartnerInvited')).toMatchObject({ registerCode: '732829320', founding: false });
    const forming = formed();
    forming.does(FAY, 'InvitePartner', siren);
    expect(forming.dataOf('PartnerInvited')).toMatchObject({ founding: true });
  });

  it('refuses a code that breaks the rule of its scheme', () => {
    const play = formed();
    expect(play.tries(FAY, 'InvitePartner', { ...siren, registerCode: '732829321' })).toBe('IDENTIFIER_INVALID');
    expect(play.refusal).toMatchObject({ pointer: '/registerCode', rule: 'siren-luhn' });
  });

  it('refuses a code of a membership not ended, an open invitation included', () => {
    const play = formed();
    play.does(FAY, 'InvitePartner', siren);
    expect(play.tries(FAY, 'InvitePartner', siren)).toBe('PARTNER_EXISTS');
  });

  it('lets any number have no code', () => {
    const play = formed();
    const none = { kind: 'citizen-group', registerScheme: 'none' } as const;
    expect(play.tries(FAY, 'InvitePartner', none)).toEqual(['PartnerInvited']);
    expect(play.tries(FAY, 'InvitePartner', none)).toEqual(['PartnerInvited']);
  });

  it('finds who comes back under its own id, named or known by its code', () => {
    const play = formed();
    const { partnerId } = play.does(FAY, 'InvitePartner', siren) as { partnerId: ReturnType<typeof id> };
    play.does(FAY, 'CloseInvitation', { partnerId });
    expect(play.does(FAY, 'InvitePartner', siren)['partnerId']).toBe(partnerId);
    play.does(FAY, 'CloseInvitation', { partnerId });
    expect(play.does(FAY, 'InvitePartner', { ...siren, partnerId })['partnerId']).toBe(partnerId);
    expect(play.tries(FAY, 'InvitePartner', { ...siren, partnerId })).toBe('PARTNER_EXISTS');
    expect(play.tries(FAY, 'InvitePartner', { ...siren, partnerId: id('nobody') })).toBe('NOT_FOUND');
  });
});

describe('an invitation', () => {
  it('is taken back by the facilitator alone', () => {
    const { play, ann } = founded();
    const { partnerId } = play.does(FAY, 'InvitePartner', siren) as { partnerId: ReturnType<typeof id> };
    expect(play.tries(ann.actor, 'CloseInvitation', { partnerId })).toBe('POWER_MISSING');
    expect(play.tries(FAY, 'CloseInvitation', { partnerId })).toEqual(['InvitationClosed']);
    expect(play.dataOf('InvitationClosed')).toEqual({ partnerId, cause: 'revoked' });
    expect(play.tries(FAY, 'CloseInvitation', { partnerId })).toBe('WRONG_STATE');
    expect(play.tries(FAY, 'CloseInvitation', { partnerId: id('nobody') })).toBe('NOT_FOUND');
  });

  it('lapses after 90 days, not at the last instant of them', () => {
    const play = formed();
    const { partnerId } = play.does(FAY, 'InvitePartner', siren) as { partnerId: ReturnType<typeof id> };
    expect(play.at('2026-04-05T10:00:00.000Z').last).toEqual([]);
    play.at('2026-04-05T10:00:00.001Z');
    expect(play.last).toMatchObject([
      { type: 'InvitationClosed', data: { partnerId, cause: 'lapsed' }, dueAt: '2026-04-05T10:00:00.000Z' },
    ]);
  });

  it('given anew has 90 days of its own', () => {
    const play = formed();
    const { partnerId } = play.does(FAY, 'InvitePartner', siren) as { partnerId: ReturnType<typeof id> };
    play.does(FAY, 'CloseInvitation', { partnerId });
    play.at('2026-03-01T10:00:00.000Z').does(FAY, 'InvitePartner', siren);
    expect(play.at('2026-04-06T10:00:00.000Z').last).toEqual([]);
    expect(play.at('2026-06-01T10:00:00.000Z').last).toMatchObject([{ data: { partnerId, cause: 'lapsed' } }]);
  });
});

describe('admitting a partner', () => {
  it('while forming is for the facilitator, without decision, and gives the first mandate, titular', () => {
    const { play, ann } = founded();
    const partnerId = play.does(FAY, 'InvitePartner', siren)['partnerId'] as ReturnType<typeof id>;
    expect(play.tries(ann.actor, 'AdmitPartner', { partnerId, mandate: mandateFor('dan') })).toBe('POWER_MISSING');
    expect(play.tries(FAY, 'AdmitPartner', { partnerId, mandate: mandateFor('dan') })).toEqual([
      'PartnerAdmitted',
      'MandateGranted',
    ]);
    expect(play.dataOf('MandateGranted')).toMatchObject({
      partnerId,
      personRef: person('dan'),
      standing: 'titular',
      grantedBy: 'admission',
      origin: 'appointed',
      ceilings: [],
      adReferendum: false,
    });
    expect(play.answers.partner(partnerId)).toMatchObject({ status: 'admitted', kind: 'company' });
  });

  it('of a partner not invited is refused', () => {
    const { play, ann } = founded();
    expect(play.tries(FAY, 'AdmitPartner', { partnerId: id('x'), mandate: mandateFor('x') })).toBe('NOT_FOUND');
    const { partnerId } = ann;
    expect(play.tries(FAY, 'AdmitPartner', { partnerId, mandate: mandateFor('x') })).toBe('WRONG_STATE');
  });

  it('once governed needs a decision of type admission, in force, that names it', () => {
    const { play, ann } = governed();
    const partnerId = play.does(FAY, 'InvitePartner', siren)['partnerId'] as ReturnType<typeof id>;
    const admission = { partnerId, mandate: mandateFor('dan') };
    const fitting = admissionOf(play, partnerId);
    const bad = [
      undefined,
      id('no decision'),
      play.decided('admission', { sort: 'partner', id: ann.partnerId }),
      play.decided('admission'),
      play.decided('ordinary', { sort: 'partner', id: partnerId }),
      play.decided('admission', { sort: 'partner', id: partnerId }, 'pending'),
    ];
    for (const decisionId of bad)
      expect(play.tries(FAY, 'AdmitPartner', { ...admission, decisionId })).toBe('DECISION_REQUIRED');
    expect(play.tries(ann.actor, 'AdmitPartner', { ...admission, decisionId: fitting })).toContain('PartnerAdmitted');
    expect(play.dataOf('PartnerAdmitted')).toEqual({ partnerId, decisionId: fitting });
  });

  it('never gives the first mandate to who admits, nor as a substitute', () => {
    const play = formed();
    const partnerId = play.does(FAY, 'InvitePartner', siren)['partnerId'] as ReturnType<typeof id>;
    expect(play.tries(FAY, 'AdmitPartner', { partnerId, mandate: mandateFor('fay') })).toBe('SELF_GRANT');
    const substitute = { ...mandateFor('dan'), standing: 'substitute' } as const;
    expect(play.tries(FAY, 'AdmitPartner', { partnerId, mandate: substitute })).toBe('TITULAR_EXISTS');
  });

  it('stops at 200 partners', () => {
    const play = formed();
    for (let n = 0; n < 200; n++) admit(play, `person ${n}`, { kind: n % 2 ? 'company' : 'association' });
    const partnerId = play.does(FAY, 'InvitePartner', siren)['partnerId'] as ReturnType<typeof id>;
    expect(play.tries(FAY, 'AdmitPartner', { partnerId, mandate: mandateFor('dan') })).toBe('ALLIANCE_FULL');
  });
});

describe('the 200 active partners', () => {
  it('are a limit for the signature of one admitted before the last place was taken', () => {
    const play = formed();
    const members = Array.from({ length: 199 }, (_none, n) =>
      admit(play, `person ${n}`, { kind: n % 2 ? 'company' : 'association' }),
    );
    play.does(FAY, 'DraftCharter', { charter: {}, charterHash: DRAFT.charterHash });
    for (const { actor } of members) play.does(actor, 'SignCharter', DRAFT);
    const [dan, eve] = [admit(play, 'dan'), admit(play, 'eve')];
    expect(play.tries(dan.actor, 'SignCharter', DRAFT)).toEqual(['CharterSigned']);
    expect(play.tries(eve.actor, 'SignCharter', DRAFT)).toBe('ALLIANCE_FULL');
  });
});

describe('correcting details', () => {
  it('is for R(sign-charter) of that partner', () => {
    const { play, ann, bob } = governed();
    const correction = { partnerId: ann.partnerId, ...siren };
    expect(play.tries(bob.actor, 'CorrectPartnerDetails', correction)).toBe('POWER_MISSING');
    expect(play.tries(FAY, 'CorrectPartnerDetails', correction)).toBe('POWER_MISSING');
    expect(play.tries(ann.actor, 'CorrectPartnerDetails', correction)).toEqual(['PartnerDetailsCorrected']);
    expect(play.dataOf('PartnerDetailsCorrected')).toEqual({ ...correction, corrects: ann.partnerId });
    expect(play.answers.partner(ann.partnerId)?.kind).toBe('company');
  });

  it('refuses a bad code, and one that another membership has; its own is free', () => {
    const { play, ann, bob } = governed();
    play.does(ann.actor, 'CorrectPartnerDetails', { partnerId: ann.partnerId, ...siren });
    expect(play.tries(ann.actor, 'CorrectPartnerDetails', { partnerId: ann.partnerId, ...siren })).toHaveLength(1);
    const taken = { partnerId: bob.partnerId, ...siren };
    expect(play.tries(bob.actor, 'CorrectPartnerDetails', taken)).toBe('PARTNER_EXISTS');
    expect(play.tries(bob.actor, 'CorrectPartnerDetails', { ...taken, registerCode: 'x' })).toBe('IDENTIFIER_INVALID');
  });

  it('may be of an earlier day, but not of a later one nor before the invitation that it corrects', () => {
    const { play, ann } = governed();
    play.at('2026-02-01T10:00:00.000Z');
    const correction = { partnerId: ann.partnerId, ...siren };
    const on = (occurredOn: string) => play.tries(ann.actor, 'CorrectPartnerDetails', { ...correction, occurredOn });
    expect(on('2026-02-02')).toBe('FUTURE_FACT');
    expect(on('2026-01-04')).toBe('OCCURRED_BEFORE_CAUSE');
    expect(on('2026-01-05')).toEqual(['PartnerDetailsCorrected']);
    expect(play.last[0]).toMatchObject({ occurredOn: '2026-01-05' });
    expect(on('2026-02-01')).toEqual(['PartnerDetailsCorrected']);
    expect(play.last[0]).not.toHaveProperty('occurredOn');
  });

  it('that brings the second kind adopts a charter signed by all', () => {
    const play = formed();
    const members = ['ann', 'bob', 'cleo'].map((name) => admit(play, name));
    play.does(FAY, 'DraftCharter', { charter: {}, charterHash: DRAFT.charterHash });
    for (const { actor } of members) play.does(actor, 'SignCharter', DRAFT);
    const [ann] = members;
    if (!ann) throw new Error('no founder');
    const types = play.tries(ann.actor, 'CorrectPartnerDetails', { partnerId: ann.partnerId, ...siren });
    expect(types).toEqual(['PartnerDetailsCorrected', 'CharterAdopted']);
  });
});

describe('leaving', () => {
  it('needs no more than R(sign-charter), and ends every mandate of the partner in its commit', () => {
    const { play, ann, bob } = governed();
    const { partnerId } = ann;
    play.does(ann.actor, 'GrantMandate', { partnerId, ...mandateFor('sub'), standing: 'substitute' });
    expect(play.tries(bob.actor, 'WithdrawPartner', { partnerId })).toBe('POWER_MISSING');
    expect(play.tries(ann.actor, 'WithdrawPartner', { partnerId })).toEqual([
      'PartnerWithdrew',
      'MandateEnded',
      'MandateEnded',
    ]);
    expect(play.dataOf('MandateEnded')).toEqual({ mandateId: ann.mandateId, cause: 'partner-left' });
    expect(play.answers.partner(partnerId)?.status).toBe('withdrawn');
    expect(play.tries(ann.actor, 'WithdrawPartner', { partnerId })).toBe('MANDATE_NOT_IN_FORCE');
  });

  it('makes the alliance dormant below three active partners', () => {
    const { play, ann } = governed();
    play.does(ann.actor, 'WithdrawPartner', { partnerId: ann.partnerId });
    expect(play.answers.standing()).toBe('dormant');
    expect(play.answers.phase()).toBe('governed');
  });

  it('and coming back takes the same partnerId, a decision, a mandate and a signature', () => {
    const { play, ann } = governed();
    const { partnerId } = ann;
    play.does(ann.actor, 'WithdrawPartner', { partnerId });
    play.does(FAY, 'InvitePartner', { partnerId, kind: 'association', registerScheme: 'none' });
    const decisionId = admissionOf(play, partnerId);
    play.does(FAY, 'AdmitPartner', { partnerId, decisionId, mandate: mandateFor('ann') });
    const mandate = play.dataOf('MandateGranted')['mandateId'] as typeof partnerId;
    const back = { kind: 'representative', partner: partnerId, mandate, person: person('ann') } as const;
    expect(play.tries(back, 'SignCharter', DRAFT)).toEqual(['CharterSigned']);
    expect(play.answers.activePartners().at(-1)?.partnerId).toBe(partnerId);
  });
});

describe('excluding a partner', () => {
  it('needs a decision of type exclusion, in force, that names it', () => {
    const { play, ann, bob } = governed();
    const { partnerId } = ann;
    const other = play.decided('exclusion', { sort: 'partner', id: bob.partnerId });
    for (const decisionId of [undefined, other, play.decided('exclusion'), admissionOf(play, partnerId)])
      expect(play.tries(FAY, 'ExcludePartner', { partnerId, decisionId })).toBe('DECISION_REQUIRED');
    const decisionId = play.decided('exclusion', { sort: 'partner', id: partnerId });
    expect(play.tries(bob.actor, 'ExcludePartner', { partnerId, decisionId })).toEqual([
      'PartnerExcluded',
      'MandateEnded',
    ]);
    expect(play.answers.partner(partnerId)?.status).toBe('excluded');
  });

  it('is of an active partner', () => {
    const { play } = governed();
    const dan = admit(play, 'dan');
    const decisionId = play.decided('exclusion', { sort: 'partner', id: dan.partnerId });
    expect(play.tries(FAY, 'ExcludePartner', { partnerId: dan.partnerId, decisionId })).toBe('PARTNER_NOT_ACTIVE');
    expect(play.tries(FAY, 'ExcludePartner', { partnerId: id('x'), decisionId })).toBe('NOT_FOUND');
  });

  it('is not for an account without capacity', () => {
    const { play, ann } = governed();
    const actor = { kind: 'account', person: person('zoe') } as const;
    expect(play.tries(actor, 'ExcludePartner', { partnerId: ann.partnerId })).toBe('POWER_MISSING');
    expect(play.tries(actor, 'DraftCharter', { charter: {}, charterHash: hash('z') })).toBe('POWER_MISSING');
  });
});
