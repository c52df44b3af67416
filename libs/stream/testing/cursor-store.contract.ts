import type { Id } from '#kernel';
import { hashedId } from '#kernel';
import type { CursorStore } from '../cursor-store.js';

/** What every store of cursors promises. `open` gives an empty one. */
export function cursorStoreContract(name: string, open: () => Promise<CursorStore>): void {
  describe(`${name} as a cursor store`, () => {
    const [a, b, c] = [1, 2, 3].map((number) => hashedId('cursor', number)) as [Id, Id, Id];
    let cursors: CursorStore;
    beforeEach(async () => {
      cursors = await open();
    });

    it('knows nothing of an alliance that was never sent', async () => {
      expect(await cursors.read([a, b])).toEqual(new Map());
      expect(await cursors.read([])).toEqual(new Map());
    });

    it('answers for the alliances asked for and no other', async () => {
      await cursors.advance(a, 0);
      await cursors.advance(b, 7);
      expect(await cursors.read([a, c])).toEqual(new Map([[a, 0]]));
      expect(await cursors.read([b, a])).toEqual(
        new Map([
          [a, 0],
          [b, 7],
        ]),
      );
    });

    it('moves forward and never back', async () => {
      for (const seq of [3, 9, 4, 9, 0]) await cursors.advance(a, seq);
      expect((await cursors.read([a])).get(a)).toBe(9);
    });

    it('ends at the farthest of many that move it at once', async () => {
      await Promise.all([5, 40, 12, 33, 40, 1, 39].map((seq) => cursors.advance(a, seq)));
      expect((await cursors.read([a])).get(a)).toBe(40);
    });
  });
}
