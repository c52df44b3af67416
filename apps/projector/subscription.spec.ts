import { Subscription } from './subscription.js';

describe('a subscription to a delivery that may be away', () => {
  it('tries until it is there, closes what failed, and ends while it still tries', async () => {
    const said: string[] = [];
    const closed: number[] = [];
    let opened = 0;
    const subscription = new Subscription({
      open: () => {
        const number = (opened += 1);
        return {
          subscribe: () => Promise.reject(new Error('away')),
          close: async () => {
            closed.push(number);
          },
        };
      },
      ring: async () => undefined,
      failed: (fault) => said.push(String(fault)),
    });
    await new Promise(setImmediate);
    expect([said, closed]).toEqual([['Error: away'], [1]]);
    await subscription.close();
    expect(opened).toBe(1);
  });
});
