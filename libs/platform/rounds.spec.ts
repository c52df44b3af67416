import { Rounds } from './rounds.js';

it('goes on after a turn that failed, and begins no more once it is closed', async () => {
  const faults: unknown[] = [];
  let turns = 0;
  await new Promise<void>((third) => {
    const rounds: Rounds = new Rounds(
      1,
      async () => {
        turns += 1;
        if (turns === 1) throw new Error('not now');
        if (turns === 3) void rounds.close().then(third);
      },
      (fault) => faults.push(fault),
    );
  });
  expect(faults).toEqual([new Error('not now')]);
  await new Promise(setImmediate);
  expect(turns).toBe(3);
});
