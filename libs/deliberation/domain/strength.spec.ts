import fc from 'fast-check';
import type { MethodChoice } from './strength.js';
import { compareStrength } from './strength.js';

const IN_ORDER: readonly MethodChoice[] = [
  { method: 'advice' },
  { method: 'silent-consent' },
  { method: 'simple-majority' },
  { method: 'super-majority', num: 2, den: 3, basis: 'expressed' },
  { method: 'super-majority', num: 2, den: 3, basis: 'expressed', strict: true },
  { method: 'super-majority', num: 3, den: 4, basis: 'expressed' },
  { method: 'absolute-majority' },
  { method: 'super-majority', num: 2, den: 3, basis: 'eligible' },
  { method: 'super-majority', num: 3, den: 4, basis: 'eligible' },
  { method: 'consensus-minus-n', n: 2 },
  { method: 'consensus-minus-n', n: 1 },
  { method: 'consensus' },
  { method: 'consent' },
  { method: 'unanimity' },
];

describe('strength of methods (part 1, 4.9)', () => {
  it('is in the order of the page; of one method the larger fraction and the smaller n are stronger', () => {
    const place = fc.nat(IN_ORDER.length - 1);
    fc.assert(
      fc.property(place, place, (one, other) => {
        const [first, second] = [IN_ORDER[one], IN_ORDER[other]];
        if (first && second) expect(Math.sign(compareStrength(first, second))).toBe(Math.sign(one - other));
      }),
      { numRuns: 500 },
    );
  });

  it('advice and mandated are as strong as each other', () => {
    expect(compareStrength({ method: 'advice' }, { method: 'mandated' })).toBe(0);
  });
});
