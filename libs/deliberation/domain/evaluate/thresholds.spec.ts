import { minFavourRequired, quorumRequired } from './thresholds.js';
import { basePolicy, round } from './testing/rounds.js';

const SIZES = [3, 4, 5, 6, 7, 8, 9, 10, 12];

describe('quorum required over e (table of part 1, 4.4)', () => {
  test.each([
    ['more than 1/2', { num: 1, den: 2, strict: true }, [2, 3, 3, 4, 4, 5, 5, 6, 7]],
    ['at least 1/2', { num: 1, den: 2, strict: false }, [2, 2, 3, 3, 4, 4, 5, 5, 6]],
    ['at least 2/3', { num: 2, den: 3, strict: false }, [2, 3, 4, 4, 5, 6, 6, 7, 8]],
    ['none, which still asks for one', { num: 0, den: 1, strict: false }, [1, 1, 1, 1, 1, 1, 1, 1, 1]],
    ['everybody', { num: 1, den: 1, strict: false }, SIZES],
  ])('%s', (_, quorum, required) => {
    const snapshot = round('consent', { policy: basePolicy('consent', { quorum }) });
    expect(SIZES.map((eligible) => quorumRequired({ snapshot, eligible }))).toEqual(required);
  });
});

describe('agreements required over e', () => {
  test.each([
    ['base', { least: 2, num: 1, den: 4 }, [2, 2, 2, 2, 2, 2, 3, 3, 3]],
    ['at least 3, or a third', { least: 3, num: 1, den: 3 }, [3, 3, 3, 3, 3, 3, 3, 4, 4]],
    ['one is enough', { least: 1, num: 0, den: 1 }, [1, 1, 1, 1, 1, 1, 1, 1, 1]],
  ])('%s', (_, minFavour, required) => {
    const snapshot = round('simple-majority', { policy: basePolicy('simple-majority', { minFavour }) });
    expect(SIZES.map((eligible) => minFavourRequired({ snapshot, eligible }))).toEqual(required);
  });
});
