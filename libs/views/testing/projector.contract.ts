import type { Id } from '#kernel';
import type { LedgerSource } from '../ledger-source.js';
import { Projector } from '../projector.js';
import type { Projection } from '../view.js';
import type { ViewStore } from '../view-store.js';
import { ManualTimer, Mortal, rowsIn, rowsOf } from './toy-bench.js';
import { NewerLedger } from './toy-ledger.js';
import { acknowledged, admitted, declared, toyGifts, toyHistory, toyId, toyPartners } from './toy-view.js';

const both = [toyGifts, toyPartners];

/** What the projector promises on every store of views. `open` gives an empty store. */
export function projectorContract(name: string, open: () => ViewStore): void {
  describe(`projector on ${name}`, () => {
    let ledger: NewerLedger;
    let store: ViewStore;
    let gaps: number;
    const opened: ViewStore[] = [];
    const openStore = () => {
      const one = open();
      opened.push(one);
      return one;
    };
    beforeEach(() => {
      ledger = new NewerLedger();
      store = openStore();
      gaps = 0;
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((one) => one.close()));
    });

    const projectorOf = (projections: readonly Projection[] = both, source: LedgerSource = ledger) =>
      new Projector({ store, source, projections, timer: new ManualTimer(), watch: { gap: () => (gaps += 1) } });
    const formed = (number: number, length = 20): Id => {
      const alliance = ledger.form(number);
      for (const one of toyHistory(number, length)) ledger.append(alliance, one);
      return alliance;
    };
    const swept = async (projector: Projector) => {
      await projector.sweep();
      await projector.idle();
    };
    const expectFolded = async (alliance: Id) => {
      const head = ledger.entriesOf(alliance).at(-1);
      for (const { name } of both) {
        expect(await store.checkpoint(alliance, name)).toMatchObject({ seq: head?.seq, hash: head?.hash });
      }
      expect(await rowsIn(store, alliance, both)).toEqual(await rowsOf(ledger, alliance, both));
    };
    /** Fails on one event of an entry until it is mended. */
    const poisoned = (alliance: Id, seq: number, index = 0) => {
      const state = { broken: true, tries: 0 };
      const evolve: typeof toyGifts.evolve = (row, one, meta, key) => {
        if (state.broken && meta.alliance === alliance && meta.seq === seq && meta.index === index) {
          state.tries += 1;
          throw new TypeError('cannot read it');
        }
        return toyGifts.evolve(row, one, meta, key);
      };
      return { state, projections: [{ ...toyGifts, evolve }, toyPartners] };
    };

    describe('moves along', () => {
      it('reaches the head of every alliance by a sweep alone', async () => {
        const alliances = [1, 2, 3, 4, 5, 6, 7].map((number) => formed(number, 10 + number));
        await swept(projectorOf());
        for (const alliance of alliances) await expectFolded(alliance);
      });

      it('applies more entries than one batch holds', async () => {
        const alliance = formed(1, 450);
        await swept(projectorOf());
        await expectFolded(alliance);
      });

      it('applies rung entries without reading the ledger again', async () => {
        const alliance = formed(1);
        const projector = projectorOf();
        await swept(projector);
        const read = jest.spyOn(ledger, 'read');
        for (const one of toyHistory(2, 5)) projector.ring(alliance, [ledger.append(alliance, one)]);
        await projector.idle();
        expect(read).not.toHaveBeenCalled();
        await expectFolded(alliance);
        expect(gaps).toBe(0);
      });

      it('does not read checkpoints in a sweep over alliances that have not moved', async () => {
        const alliance = formed(1);
        const projector = projectorOf();
        await swept(projector);
        const read = jest.spyOn(store, 'checkpoint');
        await swept(projector);
        expect(read).not.toHaveBeenCalled();
        ledger.append(alliance, admitted(9));
        await swept(projector);
        await expectFolded(alliance);
      });

      it('reads from the ledger what the doorbell lost', async () => {
        const alliance = formed(1);
        const projector = projectorOf();
        await swept(projector);
        for (const [place, one] of toyHistory(2, 12).entries()) {
          const entry = ledger.append(alliance, one);
          if (place % 3 !== 0) continue;
          projector.ring(alliance, [entry]);
          await projector.idle();
          await expectFolded(alliance);
        }
        expect(gaps).toBeGreaterThanOrEqual(3);
        await swept(projector);
        await expectFolded(alliance);
      });

      it('applies nothing twice when two projectors work on one store', async () => {
        const alliance = formed(1);
        const projectors = [projectorOf(), projectorOf()];
        for (let round = 0; round < 5; round += 1) {
          for (const one of toyHistory(round + 2, 10)) ledger.append(alliance, one);
          await Promise.all(projectors.map(swept));
          await expectFolded(alliance);
        }
      });

      it('applies what doubles of later entries came with, without asking the ledger for it', async () => {
        const alliance = formed(1);
        const projector = projectorOf();
        await swept(projector);
        const [first, second] = [ledger.append(alliance, admitted(8)), ledger.append(alliance, admitted(9))];
        const third = ledger.append(alliance, admitted(10));
        projector.ring(alliance, [first, third, third, second]);
        await projector.idle();
        await expectFolded(alliance);
      });

      it('is not moved by a storm of doubles', async () => {
        const alliance = formed(1, 40);
        const projector = projectorOf();
        await swept(projector);
        const before = await rowsIn(store, alliance, both);
        for (let time = 0; time < 10; time += 1) {
          for (const entry of ledger.entriesOf(alliance)) projector.ring(alliance, [entry]);
          projector.ring(alliance, ledger.entriesOf(alliance));
          await projector.idle();
        }
        expect(await rowsIn(store, alliance, both)).toEqual(before);
        await expectFolded(alliance);
      });
    });

    describe('beside others', () => {
      const shared = () =>
        new Projector({ store, source: ledger, projections: both, isShared: true, timer: new ManualTimer() });
      let clock: jest.SpyInstance;
      let nowMs = 0;
      beforeEach(() => {
        clock = jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
      });
      afterEach(() => {
        clock.mockRestore();
      });
      const sweptAfter = async (projector: Projector, ms: number) => {
        nowMs += ms;
        await swept(projector);
      };

      it('takes up an alliance whose views have stood still for two seconds', async () => {
        const alliance = formed(1);
        const projector = shared();
        await sweptAfter(projector, 0);
        await sweptAfter(projector, 1_999);
        expect(await store.checkpoint(alliance, 'toy-gifts')).toBeUndefined();
        await sweptAfter(projector, 1);
        await expectFolded(alliance);
      });

      it('reads no ledger that another moves on, however far the views are behind, and says how long they are', async () => {
        const alliance = formed(1, 0);
        const [idle, busy] = [shared(), projectorOf()];
        const read = jest.spyOn(ledger, 'read');
        for (const one of toyHistory(2, 6)) {
          busy.ring(alliance);
          await busy.idle();
          ledger.append(alliance, one);
          read.mockClear();
          await sweptAfter(idle, 2_000);
          expect(read).not.toHaveBeenCalled();
        }
        expect(idle.lagMs()).toBe(0);
        nowMs += 500;
        expect(idle.lagMs()).toBe(500);
        await sweptAfter(idle, 1_500);
        await expectFolded(alliance);
        expect(idle.lagMs()).toBe(0);
      });

      it('looks at the checkpoints of an alliance once when it is at its head', async () => {
        const alliance = formed(1);
        await swept(projectorOf());
        const projector = shared();
        await sweptAfter(projector, 0);
        const look = jest.spyOn(store, 'checkpoints');
        await sweptAfter(projector, 2_000);
        expect(look.mock.calls.flatMap(([alliances]) => alliances)).toEqual([]);
        projector.ring(alliance, [ledger.append(alliance, admitted(9))]);
        await projector.idle();
        await expectFolded(alliance);
      });

      it('leaves what is parked, and stops an alliance whose ledger was replaced', async () => {
        const [sick, replaced] = [formed(1), formed(2)];
        await swept(projectorOf());
        for (const { name } of both) await store.park(sick, name, { seq: 21, cause: 'why' });
        ledger.append(sick, admitted(9));
        ledger.cut(replaced, 20);
        ledger.append(replaced, admitted(9));
        const projector = shared();
        for (let time = 0; time < 3; time += 1) await sweptAfter(projector, 2_000);
        const causes = (await store.listParked(9)).map(({ alliance, cause }) => [alliance === sick, cause]);
        expect(causes.filter(([isSick]) => isSick)).toEqual(both.map(() => [true, 'why']));
        expect(causes.filter(([isSick]) => isSick === false)).toEqual(both.map(() => [false, 'FORK']));
        expect(projector.lagMs()).toBe(0);
      });
    });

    describe('poison', () => {
      it('parks one alliance in one projection after three tries and goes on with all else', async () => {
        const [sick, well] = [formed(1), formed(2)];
        const bad = ledger.append(sick, declared(90, 5));
        ledger.append(sick, acknowledged(90, 5));
        const { state, projections } = poisoned(sick, bad.seq);
        const projector = projectorOf(projections);
        await swept(projector);
        expect(state.tries).toBe(3);
        const parked = { seq: bad.seq, cause: 'cannot read it' };
        expect(await store.listParked(10)).toEqual([{ alliance: sick, projection: 'toy-gifts', ...parked }]);
        expect((await store.checkpoint(sick, 'toy-gifts'))?.seq).toBe(bad.seq - 1);
        expect((await store.checkpoint(sick, 'toy-partners'))?.seq).toBe(bad.seq + 1);
        await expectFolded(well);

        ledger.append(sick, admitted(8));
        await swept(projector);
        expect(state.tries).toBe(3);
        expect((await store.checkpoint(sick, 'toy-partners'))?.seq).toBe(bad.seq + 2);

        state.broken = false;
        await projector.unpark(sick, 'toy-gifts');
        await projector.idle();
        expect(await store.listParked(10)).toEqual([]);
        await expectFolded(sick);
      });

      it('applies nothing of an entry of which one event fails', async () => {
        const alliance = formed(1);
        await swept(projectorOf());
        ledger.append(alliance, declared(80, 5));
        const before = await rowsOf(ledger, alliance, [toyGifts]);
        const { projections } = poisoned(alliance, ledger.entriesOf(alliance).length, 1);
        ledger.append(alliance, acknowledged(80, 1), declared(90, 5));
        await swept(projectorOf(projections));
        expect(await rowsIn(store, alliance, [toyGifts])).toEqual(before);
      });

      it('names the entry whose rows the store refuses, out of many', async () => {
        const alliance = formed(1);
        await swept(projectorOf());
        ledger.append(alliance, declared(80, 5));
        const bad = ledger.append(alliance, declared(90, 5));
        ledger.append(alliance, declared(91, 5));
        const commit = store.commit.bind(store);
        const refused = toyId('contribution', 90);
        jest.spyOn(store, 'commit').mockImplementation(async (...[place, projection, change]) => {
          if (change.rows.some(({ key }) => key === refused)) throw new Error('too large');
          return commit(place, projection, change);
        });
        await swept(projectorOf());
        expect(await store.listParked(9)).toMatchObject([
          { projection: 'toy-gifts', seq: bad.seq, cause: 'too large' },
        ]);
        expect((await store.checkpoint(alliance, 'toy-gifts'))?.seq).toBe(bad.seq - 1);
      });

      it('loses nothing when the cause itself cannot be written down', async () => {
        const alliance = formed(1);
        await swept(projectorOf());
        const bad = ledger.append(alliance, declared(90, 5));
        const { state, projections } = poisoned(alliance, bad.seq);
        const park = jest.spyOn(store, 'park').mockRejectedValueOnce(new Error('disk full'));
        const projector = projectorOf(projections);
        await swept(projector);
        expect(park).toHaveBeenCalledTimes(1);
        expect(await store.listParked(10)).toEqual([]);
        state.broken = false;
        await swept(projector);
        await expectFolded(alliance);
      });

      it('parks at an event of a newer program and names it', async () => {
        const alliance = formed(1);
        await swept(projectorOf());
        ledger.append(alliance, admitted(8));
        ledger.newer = ledger.append(alliance, admitted(9)).seq;
        const projector = projectorOf();
        await swept(projector);
        const parked = { alliance, seq: ledger.newer, cause: 'Toy v2' };
        expect(await store.listParked(10)).toEqual(both.map(({ name }) => ({ ...parked, projection: name })));
        expect((await store.checkpoint(alliance, 'toy-gifts'))?.seq).toBe(ledger.newer - 1);
      });
    });

    describe('fork', () => {
      const expectStopped = async (alliance: Id) => {
        expect(await store.listParked(10)).toEqual(
          both.map(({ name }) => expect.objectContaining({ alliance, projection: name, cause: 'FORK' }) as unknown),
        );
      };

      it.each([
        ['replaced and grown', 3],
        ['replaced at its end', 1],
        ['cut', 0],
      ])('stops an alliance whose ledger was %s, and no other', async (_how, more) => {
        const [replaced, other] = [formed(1), formed(2)];
        const projector = projectorOf();
        await swept(projector);
        const before = await rowsIn(store, replaced, both);
        ledger.cut(replaced, 20);
        for (let number = 0; number < more; number += 1) ledger.append(replaced, admitted(number));
        ledger.append(other, admitted(7));
        await swept(projector);
        await expectStopped(replaced);
        await expectFolded(other);
        expect(await rowsIn(store, replaced, both)).toEqual(before);
        await projector.unpark(replaced, 'toy-gifts');
        await projector.idle();
        await expectStopped(replaced);
      });

      it('is undone by making the rows again from the ledger that is there', async () => {
        const alliance = formed(1);
        const projector = projectorOf();
        await swept(projector);
        ledger.cut(alliance, 10);
        await swept(projector);
        await projector.rebuild(alliance, 'toy-gifts');
        await projector.idle();
        expect(await store.listParked(9)).toMatchObject([{ projection: 'toy-partners', cause: 'FORK' }]);
        expect(await store.checkpoint(alliance, 'toy-gifts')).toMatchObject({ seq: 9, outdated: false });
        await projector.rebuild(alliance, 'toy-partners');
        await projector.idle();
        expect(await store.listParked(10)).toEqual([]);
        await expectFolded(alliance);
      });
    });

    describe('rebuild', () => {
      it('makes the rows of one alliance again', async () => {
        const alliance = formed(1);
        const projector = projectorOf();
        await swept(projector);
        const { seq = 0, hash } = (await store.checkpoint(alliance, 'toy-gifts')) ?? {};
        const wrong = { key: 'wrong', doc: {}, tags: [] };
        const change = { version: 1, expectedSeq: seq, nextSeq: seq, nextHash: hash, rows: [wrong], removed: [] };
        await store.commit(alliance, 'toy-gifts', change);
        await projector.rebuild(alliance, 'toy-gifts');
        expect((await store.checkpoint(alliance, 'toy-gifts'))?.outdated).toBe(true);
        await projector.idle();
        expect((await store.checkpoint(alliance, 'toy-gifts'))?.outdated).toBe(false);
        await expectFolded(alliance);
      });

      it('reads the whole ledger although only the newest entry was rung', async () => {
        const alliance = formed(1);
        await swept(projectorOf());
        await store.reset(alliance, 'toy-gifts');
        const projector = projectorOf();
        projector.ring(alliance, [ledger.append(alliance, admitted(9))]);
        await projector.idle();
        await expectFolded(alliance);
      });

      it('makes the rows of a changed projection again at start, and of no other', async () => {
        const alliances = [formed(1), formed(2)];
        await swept(projectorOf());
        const second: Projection<{ n: number }> = {
          ...toyGifts,
          version: 2,
          evolve: (row) => ({ doc: { n: (row?.doc.n ?? 0) + 1 }, tags: [] }),
        };
        const commit = jest.spyOn(store, 'commit');
        const projector = projectorOf([second, toyPartners]);
        await projector.start();
        await projector.idle();
        await projector.stop();
        expect(commit.mock.calls.map(([, projection]) => projection)).toEqual(['toy-gifts', 'toy-gifts']);
        for (const alliance of alliances) {
          expect(await rowsIn(store, alliance, [second])).toEqual(await rowsOf(ledger, alliance, [second]));
          expect((await store.checkpoint(alliance, 'toy-gifts'))?.version).toBe(2);
        }
      });

      it('parks at a poisoned entry with everything before it made again', async () => {
        const alliance = formed(1);
        await swept(projectorOf());
        const bad = ledger.append(alliance, declared(90, 5));
        const { state, projections } = poisoned(alliance, bad.seq);
        const projector = projectorOf(projections);
        await store.reset(alliance, 'toy-gifts');
        await swept(projector);
        expect(await store.listParked(1)).toMatchObject([{ projection: 'toy-gifts', seq: bad.seq }]);
        expect((await store.checkpoint(alliance, 'toy-gifts'))?.outdated).toBe(false);
        state.broken = false;
        await projector.unpark(alliance, 'toy-gifts');
        await projector.idle();
        await expectFolded(alliance);
      });
    });

    describe('killed', () => {
      /** One life of a projector: an old ledger, rings, a lost ring, a rebuild; ends where it is killed. */
      const live = async (seed: number, mortal: Mortal) => {
        ledger = new NewerLedger();
        store = openStore();
        const alliances = [formed(seed, 6), formed(seed + 1, 4)];
        const mortalStore = mortal.wrap(store);
        const source = mortal.wrap<LedgerSource>(ledger);
        const projector = new Projector({ store: mortalStore, source, projections: both, timer: new ManualTimer() });
        await projector.sweep().catch(() => undefined);
        await projector.idle();
        for (const [place, one] of toyHistory(seed + 2, 8).entries()) {
          const alliance = alliances[place % 2] ?? ledger.form(0);
          const entry = ledger.append(alliance, one);
          if (place !== 3) projector.ring(alliance, [entry]);
          if (place === 5) await projector.rebuild(alliance, 'toy-gifts').catch(() => undefined);
          if (place % 2 === 1) await projector.idle();
        }
        await projector.stop();
        return alliances;
      };

      it.each([1, 2, 3])('at any await, seed %d, and started again, it shows a fold of the ledger', async (seed) => {
        const counting = new Mortal(Infinity, false);
        await live(seed, counting);
        expect(counting.calls).toBeGreaterThan(40);
        for (let dieAt = 1; dieAt <= counting.calls; dieAt += 1) {
          for (const afterDoing of [false, true]) {
            const alliances = await live(seed, new Mortal(dieAt, afterDoing));
            await swept(projectorOf());
            for (const alliance of alliances) {
              const where = { seed, dieAt, afterDoing };
              const shown = await rowsIn(store, alliance, both);
              expect({ ...where, shown }).toEqual({ ...where, shown: await rowsOf(ledger, alliance, both) });
              await expectFolded(alliance);
            }
            expect(await store.listParked(1)).toEqual([]);
          }
          await Promise.all(opened.splice(0).map((one) => one.close()));
        }
      });
    });
  });
}
