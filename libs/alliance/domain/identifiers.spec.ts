import type { RegisterScheme } from '#contracts';
import { checkedRegisterCode, normalisedCode, officialCodeFault, registerCodeFault } from './identifiers.js';
import type { TerritoryScheme } from './identifiers.js';
import { DEPARTMENTS_2024, REGIONS_2024 } from './official-geography.js';

describe('register codes', () => {
  it.each<[RegisterScheme, string[], string[]]>([
    ['siren', ['732829320', '443061841', '356000000'], ['732829321', '73282932', '73282932O', '000000000']],
    ['rna', ['W863001234', 'W2A1001234', 'W9R1001234'], ['W86300123', '863001234', 'X863001234']],
    ['rid', ['123456', '1234567'], ['12345', '12345678']],
    ['ridet', ['123456001', '1234567001'], ['12345678', '12345678901']],
    ['tahiti', ['123456', 'A12345'], ['12345', 'AB2345']],
    ['other', ['HRB1234', '1'], ['']],
  ])('of %s keep its rule', (scheme, valid, refused) => {
    expect(valid.map((code) => registerCodeFault(scheme, code))).toEqual(valid.map(() => undefined));
    for (const code of refused) expect(registerCodeFault(scheme, code)).toEqual(expect.any(String));
  });

  it('are required of every scheme but none, which has no code', () => {
    expect(registerCodeFault('siren', undefined)).toBe('code-missing');
    expect(registerCodeFault('other', undefined)).toBe('code-missing');
    expect(registerCodeFault('none', undefined)).toBeUndefined();
    expect(registerCodeFault('none', '732829320')).toBe('none-has-no-code');
  });

  it('name the rule that they break', () => {
    expect(registerCodeFault('siren', '73282932O')).toBe('siren-shape');
    expect(registerCodeFault('siren', '000000000')).toBe('siren-zeros');
    expect(registerCodeFault('siren', '732829321')).toBe('siren-luhn');
    expect(registerCodeFault('rna', '863001234')).toBe('rna-shape');
  });

  it('are normalised first: no spaces, dots or hyphens, letters in upper case', () => {
    expect(normalisedCode(' w2a.100-12\u00A034\u202F')).toBe('W2A1001234');
    expect(checkedRegisterCode('siren', '732 829 320')).toEqual({ registerCode: '732829320' });
    expect(checkedRegisterCode('siren', '732 829 321')).toMatchObject({
      refused: 'IDENTIFIER_INVALID',
      pointer: '/registerCode',
      rule: 'siren-luhn',
    });
  });
});

describe('codes of the territory', () => {
  it.each<[TerritoryScheme, number, string[], string[]]>([
    ['epci', 2024, ['200071827'], ['200071828']],
    ['commune', 2024, ['86194', '2A004', '97105'], ['2C004', '8619']],
    ['department', 2024, ['16', '2B', '974'], ['20', '96', '975']],
    ['region', 2024, ['75', '01'], ['54', '99', '7']],
    ['nuts', 2024, ['FRI3', 'FRI34'], ['FR', 'DE1']],
    ['other', 2024, ['anything'], []],
  ])('of %s in %i keep its rule', (scheme, year, valid, refused) => {
    expect(valid.map((code) => officialCodeFault({ scheme, code, year }))).toEqual(valid.map(() => undefined));
    for (const code of refused) expect(officialCodeFault({ scheme, code, year })).toEqual(expect.any(String));
  });

  it('know one former region until its last year', () => {
    const inYear = (year: number) => officialCodeFault({ scheme: 'region', code: '54', year });
    expect([1990, 2015].map(inYear)).toEqual([undefined, undefined]);
    expect([2016, 2024, 2030].map(inYear)).toEqual(['region-of-year', 'region-of-year', 'region-of-year']);
  });

  it('of a year whose list is not held go by shape', () => {
    expect(officialCodeFault({ scheme: 'department', code: '20', year: 1970 })).toBeUndefined();
    expect(officialCodeFault({ scheme: 'department', code: '2', year: 1970 })).toBe('department-shape');
    expect(officialCodeFault({ scheme: 'region', code: '22', year: 2010 })).toBeUndefined();
    expect(officialCodeFault({ scheme: 'region', code: '2', year: 2010 })).toBe('region-shape');
  });

  it('hold 101 departments and 18 regions, whose codes are all department codes too', () => {
    expect([DEPARTMENTS_2024.size, REGIONS_2024.size]).toEqual([101, 18]);
    expect([...REGIONS_2024].filter((code) => !DEPARTMENTS_2024.has(code))).toEqual([]);
  });
});
