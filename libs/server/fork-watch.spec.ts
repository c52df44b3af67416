import type { Id } from '#kernel';
import { hashedId } from '#kernel';
import { makeLog } from '#platform';
import { ForkWatch } from './fork-watch.js';

const [replaced, poisoned] = [hashedId('fork', 1), hashedId('fork', 2)];
const said: string[] = [];
const log = makeLog('error', (line) => void said.push(line));

it('stops what the views say was replaced, and nothing that stands still for another cause', async () => {
  const stopped: (readonly [Id, number])[] = [];
  const parked = [
    { alliance: replaced, projection: 'members', seq: 4, cause: 'FORK' },
    { alliance: poisoned, projection: 'members', seq: 7, cause: 'RangeError' },
  ];
  const watch = new ForkWatch({ listParked: async () => parked }, { stop: (...of) => void stopped.push(of) }, log);
  await watch.start();
  await watch.stop();
  expect(stopped).toEqual([[replaced, 4]]);
});

it('goes on when the views do not answer', async () => {
  const listParked = () => Promise.reject(new Error('gone'));
  const watch = new ForkWatch({ listParked }, { stop: () => undefined }, log);
  await watch.start();
  await watch.stop();
  expect(said.join()).toContain('gone');
});
