import fc from 'fast-check';
import { ceilDiv, floorDiv, reaches } from './integers.js';

const whole = fc.integer({ min: -1_000_000, max: 1_000_000 });
const positive = fc.integer({ min: 1, max: 1_000 });

describe('integers', () => {
  it('floor and ceiling are the integers beside the quotient, for negative numbers too', () => {
    fc.assert(
      fc.property(whole, positive, (a, b) => {
        const low = floorDiv(a, b);
        expect(low * b <= a && a < (low + 1) * b).toBe(true);
        expect(ceilDiv(a, b)).toBe(a % b === 0 ? low : low + 1);
      }),
    );
  });

  it('a part reaches a share by cross-multiplication: two of three is two thirds, and not more', () => {
    expect(reaches(2, 3, { num: 2, den: 3 }, false)).toBe(true);
    expect(reaches(2, 3, { num: 2, den: 3 }, true)).toBe(false);
    expect(reaches(1, 3, { num: 2, den: 3 }, false)).toBe(false);
    expect(reaches(0, 0, { num: 1, den: 2 }, false)).toBe(true);
  });
});
