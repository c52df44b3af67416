import { hashedId } from '#kernel';
import type { KeyedRow } from '../view.js';
import type { RowChange, ViewStore } from '../view-store.js';

const alliance = hashedId('alliance', 1);
const other = hashedId('alliance', 2);

const row = (key: string, doc: unknown, ...tags: string[]): KeyedRow => ({ key, doc, tags });
const change = (
  fromSeq: number,
  toSeq: number,
  rows: readonly KeyedRow[],
  more: Partial<RowChange> = {},
): RowChange => ({
  version: 1,
  expectedSeq: fromSeq,
  nextSeq: toSeq,
  nextHash: `hash ${toSeq}`,
  rows,
  removed: [],
  ...more,
});
const checkpointAt = (seq: number, more: object = {}) => ({
  version: 1,
  seq,
  hash: `hash ${seq}`,
  outdated: false,
  parked: undefined,
  ...more,
});

/** What every store of views must do. `open` gives an empty store; `reopen`, of lasting ones, the same one after a close. */
export function viewStoreContract(
  name: string,
  open: () => ViewStore,
  reopen?: (closed: ViewStore) => ViewStore,
): void {
  describe(`view store on ${name}`, () => {
    let store: ViewStore;
    beforeEach(() => {
      store = open();
    });
    afterEach(async () => {
      await store.close();
    });
    const keysOf = (rows: readonly KeyedRow[]) => rows.map(({ key }) => key);
    const list = (query: Parameters<ViewStore['list']>[2], limit = 10, after?: string) =>
      store.list(alliance, 'one', query, { limit, after });

    describe('commit', () => {
      it('moves rows and checkpoint together', async () => {
        expect(await store.checkpoint(alliance, 'one')).toBeUndefined();
        expect(await store.commit(alliance, 'one', change(-1, 4, [row('a', { n: 1 }, 'x')]))).toBe(true);
        expect(await store.checkpoint(alliance, 'one')).toEqual(checkpointAt(4));
        expect(await store.get(alliance, 'one', 'a')).toEqual({ doc: { n: 1 }, tags: ['x'] });
      });

      it.each([-1, 3, 5])('writes nothing when the checkpoint is at 4 and %d is expected', async (expected) => {
        await store.commit(alliance, 'one', change(-1, 4, [row('a', 1)]));
        expect(await store.commit(alliance, 'one', change(expected, 6, [row('a', 2), row('b', 2)]))).toBe(false);
        expect(await store.checkpoint(alliance, 'one')).toEqual(checkpointAt(4));
        expect(await store.get(alliance, 'one', 'a')).toEqual({ doc: 1, tags: [] });
        expect(await store.get(alliance, 'one', 'b')).toBeUndefined();
      });

      it('lets one of two that expect the same checkpoint pass', async () => {
        const both = [1, 2].map((n) => store.commit(alliance, 'one', change(-1, 0, [row('a', n)])));
        expect((await Promise.all(both)).sort()).toEqual([false, true]);
      });

      it('changes and removes rows with their tags', async () => {
        await store.commit(alliance, 'one', change(-1, 0, [row('a', 1, 'x'), row('b', 1, 'x', 'y'), row('c', 1, 'y')]));
        await store.commit(alliance, 'one', change(0, 1, [row('b', 2, 'z')], { removed: ['c', 'never'] }));
        expect(keysOf(await list({ tag: 'x' }))).toEqual(['a']);
        expect(keysOf(await list({ tag: 'y' }))).toEqual([]);
        expect(await list({ tag: 'z' })).toEqual([row('b', 2, 'z')]);
        expect(keysOf(await list({ prefix: '' }))).toEqual(['a', 'b']);
      });

      it('replaces every row and clears the marks in a rebuild', async () => {
        await store.commit(alliance, 'one', change(-1, 4, [row('a', 1, 'x'), row('b', 1, 'x')]));
        await store.reset(alliance, 'one');
        await store.park(alliance, 'one', { seq: 5, cause: 'why' });
        const rebuilt = change(4, 6, [row('b', 2, 'x')], { version: 2, replace: true });
        expect(await store.commit(alliance, 'one', rebuilt)).toBe(true);
        expect(await list({ tag: 'x' })).toEqual([row('b', 2, 'x')]);
        expect(await list({ prefix: '' })).toEqual([row('b', 2, 'x')]);
        expect(await store.checkpoint(alliance, 'one')).toEqual(checkpointAt(6, { version: 2 }));
      });

      it('keeps what no entry was applied to', async () => {
        await store.commit(alliance, 'one', change(-1, -1, [], { nextHash: undefined, replace: true }));
        expect(await store.checkpoint(alliance, 'one')).toEqual(checkpointAt(-1, { hash: undefined }));
        expect(await store.commit(alliance, 'one', change(-1, 0, []))).toBe(true);
      });
    });

    it.each([[{}], [[]], [null], [''], [0], [{ $key: { 'a.b': [null, {}, []] } }], ['\u{1f300} é \u0000 "']])(
      'gives %j back as it was',
      async (doc) => {
        await store.commit(alliance, 'one', change(-1, 0, [row('a', doc)]));
        expect(await store.get(alliance, 'one', 'a')).toEqual({ doc, tags: [] });
      },
    );

    describe('list', () => {
      beforeEach(async () => {
        const keys = ['b/2', 'a/1', 'b/1', 'b', 'ba', 'b/3', 'B/1', 'b0'];
        await store.commit(
          alliance,
          'one',
          change(
            -1,
            0,
            keys.map((key) => row(key, key, 'all')),
          ),
        );
      });

      it('gives rows by prefix in the order of keys', async () => {
        expect(keysOf(await list({ prefix: 'b/' }))).toEqual(['b/1', 'b/2', 'b/3']);
        expect(keysOf(await list({ prefix: 'c' }))).toEqual([]);
      });

      it('gives rows by tag in the order of keys', async () => {
        expect(keysOf(await list({ tag: 'all' }))).toEqual(['B/1', 'a/1', 'b', 'b/1', 'b/2', 'b/3', 'b0', 'ba']);
      });

      it('pages without a hole or a double', async () => {
        for (const query of [{ prefix: 'b' }, { tag: 'all' }]) {
          const whole = keysOf(await list(query));
          const paged: string[] = [];
          for (let page = await list(query, 2); page.length > 0; page = await list(query, 2, paged.at(-1))) {
            expect(page.length).toBeLessThanOrEqual(2);
            paged.push(...keysOf(page));
          }
          expect(paged).toEqual(whole);
        }
      });
    });

    it('tells where many alliances stand at a glance', async () => {
      await store.commit(alliance, 'one', change(-1, 3, [row('a', 1)]));
      await store.commit(other, 'two', change(-1, 5, []));
      await store.park(alliance, 'one', { seq: 4, cause: 'why' });
      const parked = checkpointAt(3, { parked: { seq: 4, cause: 'why' } });
      expect(await store.checkpoints([alliance, other], 'one')).toEqual(new Map([[alliance, parked]]));
      expect(await store.checkpoints([alliance, other], 'two')).toEqual(new Map([[other, checkpointAt(5)]]));
      expect(await store.checkpoints([], 'one')).toEqual(new Map());
    });

    it('keeps alliances and projections apart', async () => {
      await store.commit(alliance, 'one', change(-1, 3, [row('a', 1, 'x')]));
      expect(await store.commit(other, 'one', change(-1, 0, [row('b', 2, 'x')], { replace: true }))).toBe(true);
      expect(await store.commit(alliance, 'two', change(-1, 1, [row('c', 3, 'x')], { replace: true }))).toBe(true);
      expect(keysOf(await list({ tag: 'x' }))).toEqual(['a']);
      expect(await store.get(alliance, 'one', 'b')).toBeUndefined();
      expect(await store.checkpoint(other, 'one')).toEqual(checkpointAt(0));
      expect(await store.checkpoint(alliance, 'one')).toEqual(checkpointAt(3));
    });

    describe('marks', () => {
      it('parks with cause and seq, keeps them over commits, and takes them away', async () => {
        await store.commit(alliance, 'one', change(-1, 3, []));
        await store.commit(alliance, 'two', change(-1, 3, []));
        await store.park(alliance, 'one', { seq: 4, cause: 'TypeError: x' });
        const parked = { seq: 4, cause: 'TypeError: x' };
        expect(await store.checkpoint(alliance, 'one')).toEqual(checkpointAt(3, { parked }));
        expect(await store.listParked(10)).toEqual([{ alliance, projection: 'one', ...parked }]);
        expect(await store.listParked(0)).toEqual([]);
        await store.commit(alliance, 'one', change(3, 4, []));
        expect(await store.checkpoint(alliance, 'one')).toEqual(checkpointAt(4, { parked }));
        await store.unpark(alliance, 'one');
        await store.unpark(alliance, 'one');
        expect(await store.checkpoint(alliance, 'one')).toEqual(checkpointAt(4));
        expect(await store.listParked(10)).toEqual([]);
      });

      it('marks rows as outdated and leaves them readable', async () => {
        await store.commit(alliance, 'one', change(-1, 3, [row('a', 1)]));
        await store.park(alliance, 'one', { seq: 4, cause: 'why' });
        await store.reset(alliance, 'one');
        expect(await store.checkpoint(alliance, 'one')).toEqual(checkpointAt(3, { outdated: true }));
        expect(await store.get(alliance, 'one', 'a')).toEqual({ doc: 1, tags: [] });
        await store.commit(alliance, 'one', change(3, 4, []));
        expect(await store.checkpoint(alliance, 'one')).toEqual(checkpointAt(4, { outdated: true }));
      });

      it('has no mark without checkpoint', async () => {
        await store.park(alliance, 'one', { seq: 0, cause: 'why' });
        await store.reset(alliance, 'one');
        expect(await store.checkpoint(alliance, 'one')).toBeUndefined();
      });
    });

    if (!reopen) return;
    it('finds everything again after a close', async () => {
      await store.commit(alliance, 'one', change(-1, 3, [row('a', { n: 1 }, 'x')]));
      await store.park(alliance, 'one', { seq: 4, cause: 'why' });
      const last = store.commit(alliance, 'two', change(-1, 3, [row('b', 1)]));
      await store.close();
      expect(await last).toBe(true);
      store = reopen(store);
      expect(await list({ tag: 'x' })).toEqual([row('a', { n: 1 }, 'x')]);
      expect((await store.checkpoint(alliance, 'one'))?.parked).toEqual({ seq: 4, cause: 'why' });
      expect(await store.get(alliance, 'two', 'b')).toEqual({ doc: 1, tags: [] });
    });
  });
}
