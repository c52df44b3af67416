import { evaluate } from './index.js';
import type { Elector, Snapshot } from './index.js';
import { basePolicy, partners, position, round, said, times } from './testing/rounds.js';

const silenceCounts = basePolicy('consent', { silence: 'consent-if-notified' });
/** Seven days before the closing of the test rounds, to the millisecond. */
const LATEST_NOTICE = '2026-03-09T17:00:00.000Z';

/** Seven of eight agree; what is said of the eighth, p8, decides. */
function deemed(ofTheSilent: Partial<Elector>, differing: Partial<Snapshot> = {}): number {
  const electorate = partners(8).map((elector, index) => (index === 7 ? { ...elector, ...ofTheSilent } : elector));
  const positions = said(...times(7, 'agree'));
  return evaluate(round('consent', { policy: silenceCounts, electorate, positions, ...differing })).deemed;
}

describe('silence', () => {
  test('a partner notified and silent is deemed to consent', () => {
    expect(deemed({})).toBe(1);
  });

  test('notice of exactly noticeDays is enough, a millisecond less is not', () => {
    expect(deemed({ deliveredAt: LATEST_NOTICE })).toBe(1);
    expect(deemed({ deliveredAt: '2026-03-09T17:00:00.001Z' })).toBe(0);
  });

  test('a partner that no notification reached is silent', () => {
    expect(deemed({ deliveredAt: undefined })).toBe(0);
  });

  test('an unrepresented partner is silent', () => {
    expect(deemed({ unrepresented: true })).toBe(0);
  });

  test.each(['contested', 'struck'] as const)('a partner with a %s position in the round is silent', (fault) => {
    const positions = [...said(...times(7, 'agree')), position(8, 'agree', { [fault]: true })];
    expect(deemed({}, { positions })).toBe(0);
  });

  test('a partner whose only position is late is deemed like any silent one', () => {
    const late = position(8, 'object', { recordedAt: '2026-03-16T17:00:00.001Z' });
    expect(deemed({}, { positions: [...said(...times(7, 'agree')), late] })).toBe(1);
  });

  test('under not-counted, silence is nothing', () => {
    expect(deemed({}, { policy: basePolicy('consent') })).toBe(0);
  });

  test('nobody is deemed in a round that ended without being judged', () => {
    expect(deemed({}, { closing: 'withdrawn' })).toBe(0);
  });

  test.each(['unanimity', 'simple-majority', 'super-majority', 'absolute-majority'] as const)(
    'under %s nobody is deemed, whatever the policy says',
    (method) => {
      const policy = basePolicy(method, { silence: 'consent-if-notified', num: 2, den: 3 });
      expect(deemed({}, { policy })).toBe(0);
    },
  );

  test('nobody answers: no quorum, even if all are deemed', () => {
    const outcome = evaluate(round('consent', { policy: silenceCounts }));
    expect(outcome).toMatchObject({ result: 'inconclusive:quorum', participation: 0, deemed: 8, silent: 0 });
  });
});
