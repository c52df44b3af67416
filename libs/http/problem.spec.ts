import { catalogueCodes, titleAndDetail } from './catalogue.js';
import { Problem, problemDocument } from './problem.js';
import { PROBLEM_CODES, statusOf } from './statuses.js';

describe('the catalogue of problems', () => {
  test.each(['fr', 'en'] as const)('has every code in %s, and no other', (language) => {
    expect([...catalogueCodes(language)].sort()).toEqual([...PROBLEM_CODES].sort());
  });

  test('says each code in words, differently in each language', () => {
    const faults = PROBLEM_CODES.filter((code) => {
      const [fr, en] = [titleAndDetail(code, 'fr'), titleAndDetail(code, 'en')];
      return fr.title.length < 3 || en.title.length < 3 || fr.detail.length < 10 || fr.detail === en.detail;
    });
    expect(faults).toEqual([]);
  });

  test.each([
    ['POWER_MISSING', 403],
    ['ROUND_CLOSED', 409],
    ['SELF_ATTESTATION', 422],
    ['NOT_FOUND', 404],
    ['STALE_READ', 412],
    ['COMMAND_ID_REUSED', 422],
    ['OUTCOME_UNKNOWN', 504],
    ['JSON_INVALID', 400],
  ] as const)('%s is answered %d', (code, status) => {
    expect(statusOf(code)).toBe(status);
  });
});

test('a problem document has the members of RFC 9457 and its own, and 20 faults at most', () => {
  const errors = Array.from({ length: 25 }, (_, n) => ({ pointer: `/${n}`, code: 'NOT_IN_LIST' }));
  const document = problemDocument(new Problem('ROUND_CLOSED', { seq: 41, errors }), 'fr', 'c1');
  expect(JSON.parse(document)).toEqual({
    type: '/problems/ROUND_CLOSED',
    title: 'Le tour est clos',
    detail: 'Le résultat est établi ; une position nouvelle demande un nouveau tour.',
    status: 409,
    code: 'ROUND_CLOSED',
    kind: 'conflict',
    seq: 41,
    correlation: 'c1',
    errors: errors.slice(0, 20).map((fault) => ({ ...fault, detail: "n'est pas une des valeurs de la liste" })),
  });
});
