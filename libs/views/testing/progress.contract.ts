import type { Id } from '#kernel';
import { PolledProgress } from '../progress.js';
import type { ViewProgress } from '../progress.js';
import { Projector } from '../projector.js';
import type { ViewStore } from '../view-store.js';
import { MACHINE_TIMER, MAX_WAITERS } from '../waiters.js';
import type { Timer, Waited } from '../waiters.js';
import { ManualTimer } from './toy-bench.js';
import { ToyLedger } from './toy-ledger.js';
import { admitted, toyGifts, toyHistory, toyPartners } from './toy-view.js';

const BOTH = [toyGifts, toyPartners];
const NAMES = BOTH.map(({ name }) => name);
const LENGTH = 5;
const DEADLINE_MS = 60_000;
/** Long enough for whoever waits to look several times. */
const A_WHILE_MS = 150;

/** Deadlines pass when a test says so; the short pauses of whoever waits are real. */
class HeldDeadlines implements Timer {
  private readonly held = new ManualTimer();

  after(ms: number, run: () => void): () => void {
    return ms >= DEADLINE_MS ? this.held.after(ms, run) : MACHINE_TIMER.after(ms, run);
  }

  elapse(): void {
    this.held.elapse();
  }
}

type Make = (store: ViewStore, projector: Projector, timer: Timer) => ViewProgress;
const KINDS: readonly (readonly [string, Make])[] = [
  ['the projector that moves the views on', (_store, projector) => projector],
  ['a process whose views others move on', (store, _projector, timer) => new PolledProgress(store, timer)],
];

/** What whoever waits for views may rely on, wherever they are moved on. `open` gives an empty store. */
export function progressContract(name: string, open: () => ViewStore): void {
  describe.each(KINDS)(`waiting for views in ${name}: %s`, (_kind, make) => {
    let ledger: ToyLedger;
    let store: ViewStore;
    let timer: HeldDeadlines;
    let projector: Projector;
    let progress: ViewProgress;
    let alliance: Id;
    beforeEach(async () => {
      [ledger, store, timer] = [new ToyLedger(), open(), new HeldDeadlines()];
      projector = new Projector({ store, source: ledger, projections: BOTH, timer });
      progress = make(store, projector, timer);
      alliance = await moved(ledger.form(1));
    });
    afterEach(async () => {
      await projector.stop();
      await store.close();
    });

    /** So many entries more, and the views behind them. */
    const moved = async (one: Id, entries = LENGTH): Promise<Id> => {
      for (const event of toyHistory(1, entries)) ledger.append(one, event);
      projector.ring(one);
      await projector.idle();
      return one;
    };
    const wait = (seq: number, projections = NAMES) => progress.waitFor(alliance, projections, seq, DEADLINE_MS);
    const within = (waited: Promise<Waited>, ms = A_WHILE_MS) =>
      Promise.race([waited, new Promise((resolve) => setTimeout(resolve, ms, 'waits'))]);

    it('ends at once when they are there, or nothing is awaited', async () => {
      expect(await wait(LENGTH)).toBe('ready');
      expect(await wait(LENGTH + 100, [])).toBe('ready');
    });

    it('ends soon after the last of them has come, and not before', async () => {
      const waited = wait(LENGTH + 2);
      await moved(alliance, 1);
      await moved(ledger.form(2));
      expect(await within(waited)).toBe('waits');
      await moved(alliance, 1);
      expect(await waited).toBe('ready');
    });

    it('waits for each of the projections', async () => {
      await store.park(alliance, toyGifts.name, { seq: LENGTH + 1, cause: 'x' });
      const waited = wait(LENGTH + 1);
      expect(await within(waited)).toBe('waits');
      ledger.append(alliance, admitted(9));
      projector.ring(alliance);
      expect(await waited).toBe('ready');
      expect((await store.checkpoint(alliance, toyPartners.name))?.seq).toBe(LENGTH + 1);
    });

    it('does not wait for what stands still', async () => {
      for (const each of NAMES) await store.park(alliance, each, { seq: LENGTH + 1, cause: 'x' });
      expect(await wait(LENGTH + 1)).toBe('ready');
    });

    it('ends with its deadline', async () => {
      const waited = wait(LENGTH + 1);
      expect(await within(waited)).toBe('waits');
      timer.elapse();
      expect(await waited).toBe('behind');
    });

    it('fails as the store does', async () => {
      jest.spyOn(store, 'checkpoint').mockRejectedValue(new Error('gone'));
      await expect(wait(LENGTH)).rejects.toThrow('gone');
      jest.restoreAllMocks();
    });

    it('tells one too many at once that the views are behind', async () => {
      const checkpoint = await store.checkpoint(alliance, toyGifts.name);
      jest.spyOn(store, 'checkpoint').mockResolvedValue(checkpoint);
      const waiting = Array.from({ length: MAX_WAITERS }, () => wait(LENGTH + 1));
      expect(await wait(LENGTH + 1)).toBe('behind');
      timer.elapse();
      expect(new Set(await Promise.all(waiting))).toEqual(new Set(['behind']));
      jest.restoreAllMocks();
    });
  });
}
