import { FACILITATOR_TERM, FAY, account, formed, id, person, Play } from './testing.js';

const paris = { timeZone: 'Europe/Paris', locale: 'fr', facilitator: { ...FACILITATOR_TERM, sealed: {} } } as const;

describe('forming an alliance', () => {
  it('makes the account that forms it the first facilitator, without decision', () => {
    const play = new Play();
    expect(play.tries(account('fay'), 'FormAlliance', paris)).toEqual(['AllianceFormed', 'FacilitatorAppointed']);
    expect(play.dataOf('FacilitatorAppointed')).toMatchObject({ personRef: person('fay'), ...FACILITATOR_TERM });
    expect(play.dataOf('FacilitatorAppointed')).not.toHaveProperty('decisionId');
    expect(play.answers.phase()).toBe('forming');
    expect(play.answers.timeZone()).toBe('Europe/Paris');
    expect(play.answers.isFacilitator(FAY, play.now)).toBe(true);
  });

  it('happens once in a ledger', () => {
    expect(formed().tries(account('ann'), 'FormAlliance', paris)).toBe('ALLIANCE_EXISTS');
  });

  it('needs a time zone that there is', () => {
    const play = new Play();
    expect(play.tries(account('fay'), 'FormAlliance', { ...paris, timeZone: 'Europe/Nowhere' })).toBe(
      'IDENTIFIER_INVALID',
    );
    expect(play.refusal).toMatchObject({ pointer: '/timeZone' });
  });

  it.each([
    ['longer than the base of facilitatorMonths', '2026-01-01', '2027-01-02'],
    ['ending before it begins', '2026-03-01', '2026-02-01'],
    ['over already', '2025-01-01', '2026-01-04'],
  ])('refuses a first term %s', (_what, validFrom, validTo) => {
    const facilitator = { validFrom, validTo, sealed: {} };
    expect(new Play().tries(account('fay'), 'FormAlliance', { ...paris, facilitator })).toBe('DATE_INVALID');
  });

  it('needs a person', () => {
    expect(new Play().tries({ kind: 'anonymous' }, 'FormAlliance', paris)).toBe('POWER_MISSING');
  });

  it('comes before every other act', () => {
    expect(new Play().tries(FAY, 'CloseInvitation', { partnerId: id('nobody') })).toBe('NOT_FOUND');
  });
});
