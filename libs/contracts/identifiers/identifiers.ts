import { refuse } from '#kernel';
import type { Refusal } from '#kernel';
import type { RegisterScheme, TERRITORY_SCHEMES } from '../enums.js';
import { COG_YEAR, DEPARTMENTS_2024, FORMER_REGIONS, REGIONS_2024 } from './official-geography.js';

/** Identifier checks of part 2, section 3. A check proves a shape, never that the body exists. */

export type TerritoryScheme = (typeof TERRITORY_SCHEMES)[number];

export interface OfficialCode {
  readonly scheme: TerritoryScheme;
  readonly code: string;
  readonly year: number;
}

/** Spaces, no-break spaces, dots and hyphens removed, letters upper-cased. */
export function normalisedCode(code: string): string {
  return code.replace(/[\s\u00A0\u202F.\u2010\u2011-]/g, '').toUpperCase();
}

/** The rule that a normalised register code breaks, or nothing. */
export function registerCodeFault(scheme: RegisterScheme, code: string | undefined): string | undefined {
  if (scheme === 'none') return code === undefined ? undefined : 'none-has-no-code';
  if (code === undefined || code === '') return 'code-missing';
  switch (scheme) {
    case 'siren':
      return sirenFault(code);
    case 'rna':
      return shape('rna', /^W\d[A-Z\d]\d{7}$/, code);
    case 'rid':
      return shape('rid', /^\d{6,7}$/, code);
    case 'ridet':
      return shape('ridet', /^\d{9,10}$/, code);
    case 'tahiti':
      return shape('tahiti', /^[A-Z\d]\d{5}$/, code);
    case 'other':
      return undefined;
  }
}

/** The rule that a normalised code of the territory breaks, or nothing. */
export function officialCodeFault({ scheme, code, year }: OfficialCode): string | undefined {
  switch (scheme) {
    case 'commune':
      return shape('commune', /^(\d{2}|2A|2B)\d{3}$/, code);
    case 'epci':
      return sirenFault(code);
    case 'department':
      return departmentFault(code, year);
    case 'region':
      return regionFault(code, year);
    case 'nuts':
      return shape('nuts', /^FR[A-Z\d]{1,3}$/, code);
    case 'other':
      return undefined;
  }
}

/** Normalised, and found to keep the rule of its scheme; else `IDENTIFIER_INVALID` with the rule broken. */
export function checkedRegisterCode(
  scheme: RegisterScheme,
  code: string | undefined,
): { readonly registerCode: string | undefined } | Refusal {
  const registerCode = code === undefined ? undefined : normalisedCode(code);
  const rule = registerCodeFault(scheme, registerCode);
  return rule === undefined ? { registerCode } : refuse('IDENTIFIER_INVALID', { pointer: '/registerCode', rule });
}

function shape(scheme: string, pattern: RegExp, code: string): string | undefined {
  return pattern.test(code) ? undefined : `${scheme}-shape`;
}

function sirenFault(code: string): string | undefined {
  if (!/^\d{9}$/.test(code)) return 'siren-shape';
  if (/^0+$/.test(code)) return 'siren-zeros';
  return luhnSum(code) % 10 === 0 ? undefined : 'siren-luhn';
}

const LA_POSTE = '356000000';

/**
 * The rule that a normalised SIRET (an establishment of a SIREN) breaks, or nothing. The many establishments of La Poste
 * have a sum of digits that five divides where the key of Luhn fails.
 */
export function siretFault(code: string): string | undefined {
  if (!/^\d{14}$/.test(code)) return 'siret-shape';
  const siren = sirenFault(code.slice(0, 9));
  if (siren !== undefined) return siren;
  const digits = Array.from(code).reduce((sum, digit) => sum + Number(digit), 0);
  const isOfLaPoste = code.startsWith(LA_POSTE) && digits % 5 === 0;
  return isOfLaPoste || luhnSum(code) % 10 === 0 ? undefined : 'siret-luhn';
}

/** The rule that a normalised RIDET breaks, or nothing: it begins with the RID of the same body when both are given. */
export function ridetFault(ridet: string, rid: string | undefined): string | undefined {
  const fault = registerCodeFault('ridet', ridet) ?? (rid === undefined ? undefined : registerCodeFault('rid', rid));
  return fault ?? (rid === undefined || ridet.startsWith(rid) ? undefined : 'ridet-begins-with-rid');
}

/** From the right, every second digit doubled, minus 9 above 9. */
function luhnSum(digits: string): number {
  let sum = 0;
  Array.from(digits)
    .reverse()
    .forEach((digit, place) => {
      const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
      sum += value > 9 ? value - 9 : value;
    });
  return sum;
}

/** By the list of its year; of a year whose list is not held, by shape only. */
function departmentFault(code: string, year: number): string | undefined {
  if (year === COG_YEAR) return DEPARTMENTS_2024.has(code) ? undefined : 'department-of-year';
  return shape('department', /^(\d{2}|2A|2B|97\d|98\d)$/, code);
}

function regionFault(code: string, year: number): string | undefined {
  const former = FORMER_REGIONS.get(code);
  if (former !== undefined) return year <= former.lastYear ? undefined : 'region-of-year';
  if (year === COG_YEAR) return REGIONS_2024.has(code) ? undefined : 'region-of-year';
  return shape('region', /^\d{2}$/, code);
}
