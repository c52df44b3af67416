import { event } from '#contracts';
import { sha256 } from '#kernel';
import type { Day, Hash } from '#kernel';
import { completeCharter } from '../domain/charter.js';
import { charterView } from './charter.view.js';
import { idOf, Told, voiceOf } from './testing.js';

const [ann, bob] = [idOf('ann'), idOf('bob')];
const [first, second, third] = [sha256('first'), sha256('second'), sha256('third')];
const LAST: Day = '2026-12-31';

const drafted = (charterVersion: number, charterHash: Hash, noticeDays = 7) =>
  event(
    'CharterDrafted',
    { charterVersion, charterHash, charter: completeCharter({ noticeDays }) },
    charterHash === first ? { sealed: { preamble: { __sealed: 'SealedValue' } } } : {},
  );
const signed = (charterVersion: number, charterHash: Hash) => event('CharterSigned', { charterVersion, charterHash });

function told(): Told {
  const one = new Told().tells(drafted(1, first), drafted(1, third));
  one.on('2026-03-02').by(voiceOf(ann), signed(1, first));
  one
    .on('2026-03-03')
    .by(voiceOf(bob), signed(1, first), event('CharterAdopted', { charterVersion: 1, charterHash: first }));
  one.on('2026-06-01').tells(drafted(2, second, 14));
  const decisionId = idOf('decision');
  return one.on('2026-07-01').tells(event('CharterAdopted', { charterVersion: 2, charterHash: second, decisionId }));
}

async function shown(trueOn: Day) {
  const one = told();
  const answer = await one.shows(charterView, {}, trueOn);
  expect(await one.showsLive(charterView, {}, trueOn)).toEqual(answer);
  expect(await one.showsLive(charterView, {}, trueOn, 2)).toEqual(answer);
  return answer;
}

describe('the charter', () => {
  it('in force is the newest version adopted by that day', async () => {
    expect((await shown('2026-03-02')).inForce).toBeNull();
    expect((await shown('2026-03-03')).inForce).toMatchObject({
      version: 1,
      adoptedOn: '2026-03-03',
      decisionId: null,
    });
    expect((await shown('2026-06-30')).inForce?.charter.noticeDays).toBe(7);
    expect((await shown(LAST)).inForce).toMatchObject({ version: 2, decisionId: idOf('decision') });
    expect((await shown(LAST)).inForce?.charter.noticeDays).toBe(14);
  });

  it('has every draft by version, in the order of drafting', async () => {
    const versions = async (day: Day) =>
      (await shown(day)).versions.map(({ version, charterHash }) => [version, charterHash]);
    expect(await versions('2026-02-28')).toEqual([]);
    expect(await versions('2026-05-31')).toEqual([
      [1, first],
      [1, third],
    ]);
    expect((await versions(LAST)).at(-1)).toEqual([2, second]);
  });

  it('names who signed it and when, and where its preamble stands', async () => {
    expect((await shown('2026-03-02')).versions[0]?.signatures).toEqual([{ partnerId: ann, day: '2026-03-02' }]);
    const { versions } = await shown(LAST);
    expect(versions.slice(1).map(({ preamble }) => preamble)).toEqual([null, null]);
    expect(versions[0]).toEqual({
      ...{ version: 1, charterHash: first, draftedOn: '2026-03-01', adoptedOn: '2026-03-03', decisionId: null },
      ...{ preamble: '0/0/preamble', charter: completeCharter({ noticeDays: 7 }) },
      signatures: [
        { partnerId: ann, day: '2026-03-02' },
        { partnerId: bob, day: '2026-03-03' },
      ],
    });
    expect(versions[1]?.signatures).toEqual([]);
  });

  it('is shown as it was known at an entry', async () => {
    expect((await told().shows(charterView, {}, LAST, 1)).inForce).toBeNull();
  });
});
