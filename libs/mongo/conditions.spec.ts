import { among, eq, within } from './conditions.js';

const NO_VALUES: unknown[] = [undefined, null, { $gt: '' }, [], ['x'], Number.NaN, 1.5, true, /x/];

it('a condition holds a text or a whole number, under its operator', () => {
  expect(eq('x')).toMatchObject({ $eq: 'x' });
  expect(among([1, 2])).toMatchObject({ $in: [1, 2] });
  expect(within({ $gte: 1, $lt: 3 })).toMatchObject({ $gte: 1, $lt: 3 });
});

it.each(NO_VALUES.map((value) => [value]))('%p is no value of a condition', (value) => {
  expect(() => eq(value as string)).toThrow(TypeError);
  expect(() => among([value as string])).toThrow(TypeError);
  expect(() => within({ $gt: value as string })).toThrow(TypeError);
});

it('bounds that are none would match everything', () => {
  expect(() => within({})).toThrow(TypeError);
});
