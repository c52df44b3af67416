import type { Fraction, Policy } from './form.js';
import { needed } from './form.js';

/** The least whole number q with q ≥ num·e/den, or q > num·e/den when strict; counted up one by one, no division. */
function least(fraction: Fraction, e: number): number {
  let q = 0;
  const reached = () =>
    fraction.strict === true ? q * fraction.den > fraction.num * e : q * fraction.den >= fraction.num * e;
  while (!reached()) q++;
  return q;
}

/** "Quorum required over e: max(1, strict ? floor(num·e/den) + 1 : ceil(num·e/den))" (4.4). */
export function quorumRequired(policy: Policy, e: number): number {
  const required = least(needed(policy.quorum, 'quorum'), e);
  return required > 1 ? required : 1;
}

/** "minFavour required = max(least, ceil(num·e/den)) explicit agreements, on the e of closing" (4.4). */
export function minFavourRequired(policy: Policy, e: number): number {
  const minFavour = needed(policy.minFavour, 'minFavour');
  const required = least({ num: minFavour.num, den: minFavour.den, strict: false }, e);
  return required > minFavour.least ? required : minFavour.least;
}
