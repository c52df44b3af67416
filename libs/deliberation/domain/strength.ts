import type { CharterPolicy, Method } from '#contracts';
import type { RoundPolicy } from './state.js';

/** A method with its parameters, and the fallback that a consent policy names. */
export type MethodChoice = Pick<RoundPolicy, 'method' | keyof CharterPolicy['parameters']> & {
  readonly fallback?: RoundPolicy['fallback'];
};

/** Part 1, 4.9, from the weakest; `super-majority` has two places, by its basis. A selection among options is no decision. */
const PLACE: Readonly<Record<Method, number>> = {
  'majority-judgment': 0,
  score: 0,
  dots: 0,
  'ranked-irv': 0,
  advice: 1,
  mandated: 1,
  'silent-consent': 2,
  'simple-majority': 3,
  'super-majority': 4,
  'absolute-majority': 5,
  'consensus-minus-n': 7,
  consensus: 8,
  consent: 9,
  unanimity: 10,
};
const SUPER_MAJORITY_OF_ELIGIBLE = 6;

/** Above 0 when the first is stronger; of one method the larger fraction, strict before not, or the smaller n. */
export function compareStrength(one: MethodChoice, other: MethodChoice): number {
  const places = placeOf(one) - placeOf(other);
  if (places !== 0) return places;
  if (one.method === 'super-majority') return compareShares(one, other);
  return one.method === 'consensus-minus-n' ? (other.n ?? 1) - (one.n ?? 1) : 0;
}

function placeOf({ method, basis }: MethodChoice): number {
  return method === 'super-majority' && basis === 'eligible' ? SUPER_MAJORITY_OF_ELIGIBLE : PLACE[method];
}

function compareShares(one: MethodChoice, other: MethodChoice): number {
  const difference = (one.num ?? 0) * (other.den ?? 1) - (other.num ?? 0) * (one.den ?? 1);
  return difference !== 0 ? difference : Number(one.strict ?? false) - Number(other.strict ?? false);
}
