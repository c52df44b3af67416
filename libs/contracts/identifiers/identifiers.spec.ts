import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusalIn } from '../argument-faults.js';
import { readArguments } from '../arguments.js';
import type { RegisterScheme } from '../enums.js';
import {
  checkedRegisterCode,
  normalisedCode,
  officialCodeFault,
  registerCodeFault,
  ridetFault,
  siretFault,
} from './identifiers.js';
import type { TerritoryScheme } from './identifiers.js';
import { DEPARTMENTS_2024, FORMER_REGIONS, REGIONS_2024 } from './official-geography.js';
import { EPCI_2024, NUTS_2021 } from './territories.js';

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

describe('establishments', () => {
  it.each([
    '73282932000074',
    '35600000000048',
    '35600000000001',
    '35600000000010',
    '35600000000015',
    '35600000009075',
    '35600000049837',
  ])('%s is a SIRET', (code) => {
    expect(siretFault(code)).toBeUndefined();
  });

  it.each([
    ['73282932000075', 'siret-luhn'],
    ['73282932000004', 'siret-luhn'],
    ['35600000000002', 'siret-luhn'],
    ['35600000000003', 'siret-luhn'],
    ['00000000000000', 'siren-zeros'],
    ['73282932100074', 'siren-luhn'],
    ['7328293200007', 'siret-shape'],
  ])('%s is none: %s', (code, rule) => {
    expect(siretFault(code)).toBe(rule);
  });

  it('a RIDET begins with the RID of the same body when both are given', () => {
    expect(ridetFault('123456001', '123456')).toBeUndefined();
    expect(ridetFault('1234567001', '1234567')).toBeUndefined();
    expect(ridetFault('123456001', undefined)).toBeUndefined();
    expect(ridetFault('123456001', '654321')).toBe('ridet-begins-with-rid');
    expect(ridetFault('12345678', '123456')).toBe('ridet-shape');
    expect(ridetFault('123456001', '12345')).toBe('rid-shape');
  });
});

describe('codes of the territory', () => {
  it.each<[TerritoryScheme, number, string[], string[]]>([
    ['epci', 2024, ['200071827'], ['200071828']],
    ['commune', 2024, ['86194', '2A004', '97105'], ['2C004', '8619', '861940']],
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
    expect([...REGIONS_2024.keys()].filter((code) => !DEPARTMENTS_2024.has(code))).toEqual([]);
  });

  it('of all 1,255 EPCI of 2024 pass', () => {
    const codes = readFileSync(join(__dirname, 'epci-2024.txt'), 'utf8')
      .split('\n')
      .filter((line) => /^\d/.test(line));
    expect(new Set(codes).size).toBe(1255);
    expect(codes.filter((code) => officialCodeFault({ scheme: 'epci', code, year: 2024 }) !== undefined)).toEqual([]);
    expect([...EPCI_2024.keys()].filter((code) => !codes.includes(code))).toEqual([]);
  });

  it('hang together: a department is in a region, a seat and a NUTS code of level 3 in a department', () => {
    expect([...DEPARTMENTS_2024.values()].filter(({ region }) => !REGIONS_2024.has(region))).toEqual([]);
    const former = FORMER_REGIONS.get('54');
    expect(EPCI_2024.size).toBe(37);
    expect(new Set([...EPCI_2024.values()].map(({ department }) => department))).toEqual(new Set(former?.departments));
    for (const [code, of] of NUTS_2021) {
      expect(officialCodeFault({ scheme: 'nuts', code, year: 2024 })).toBeUndefined();
      if ('department' in of) expect(DEPARTMENTS_2024.get(of.department)?.region).toBe(former?.mergedInto);
    }
  });
});

describe('a code that is entered', () => {
  const territory = (code: unknown) => {
    const input = readArguments('DefineTerritory', { validFrom: '2026-01-01', codes: [code], label: 'T' }, {});
    return 'faults' in input ? refusalIn(input.faults)?.refused : 'read';
  };

  it('without its scheme is refused: 75 is Paris and Nouvelle-Aquitaine', () => {
    for (const code of ['75', '11', '44', '93']) {
      expect(territory(code)).toBe('CODE_SCHEME_MISSING');
      expect(territory({ scheme: 'region', code, year: 2024 })).toBe('read');
    }
  });

  it('in a record that has no scheme is malformed, and the answer says where', () => {
    const body = { validFrom: '2026-01-01', codes: [{ code: '75', year: 2024 }], label: 'T' };
    const fault = { pointer: '/codes/0/scheme', code: 'MISSING' };
    expect(readArguments('DefineTerritory', body, {})).toMatchObject({ faults: [fault] });
  });

  it('may have the spaces, dots and hyphens of its paper', () => {
    expect(territory({ scheme: 'epci', code: '200 071 827', year: 2024 })).toBe('read');
    const partner = { kind: 'association', registerScheme: 'siren', registerCode: '732 829-320', legalName: 'N' };
    expect(readArguments('InvitePartner', partner, {})).not.toHaveProperty('faults');
    expect(
      officialCodeFault({ scheme: 'epci', code: normalisedCode('200\u00A0071\u202F827'), year: 2024 }),
    ).toBeUndefined();
  });
});
