import { MemoryViewStore } from '#views-memory';
import { Projector } from './projector.js';
import { admitted, ManualTimer, ToyLedger, toyPartners } from './testing/index.js';
import { MAX_WAITERS } from './waiters.js';

const SEQ = 1;
const setup = () => {
  const ledger = new ToyLedger();
  const alliance = ledger.form(1);
  ledger.append(alliance, admitted(1));
  const store = new MemoryViewStore();
  const timer = new ManualTimer();
  const projector = new Projector({ store, source: ledger, projections: [toyPartners], timer });
  return { ledger, alliance, store, timer, projector };
};

describe('waiting for a view', () => {
  it('is ready at once when the view is there, and with no view at all', async () => {
    const { alliance, projector } = setup();
    await projector.sweep();
    await projector.idle();
    expect(await projector.waitFor(alliance, ['toy-partners'], SEQ, 3_000)).toBe('ready');
    expect(await projector.waitFor(alliance, [], SEQ, 3_000)).toBe('ready');
  });

  it('wakes a view that no ring reached', async () => {
    const { alliance, projector } = setup();
    expect(await projector.waitFor(alliance, ['toy-partners'], SEQ, 3_000)).toBe('ready');
  });

  it('is told that the view is behind when the deadline passes', async () => {
    const { alliance, timer, projector } = setup();
    await projector.stop();
    const waited = projector.waitFor(alliance, ['toy-partners'], SEQ, 3_000);
    timer.elapse();
    expect(await waited).toBe('behind');
  });

  it('does not wait for a view that is parked', async () => {
    const { ledger, alliance, store, projector } = setup();
    await projector.sweep();
    await projector.idle();
    await store.park(alliance, 'toy-partners', { seq: 2, cause: 'why' });
    ledger.append(alliance, admitted(2));
    expect(await projector.waitFor(alliance, ['toy-partners'], SEQ + 1, 3_000)).toBe('ready');
  });

  it('ends when the view is parked meanwhile', async () => {
    const { alliance, store, timer, ledger } = setup();
    const evolve = () => {
      throw new TypeError('no');
    };
    const projector = new Projector({ store, source: ledger, projections: [{ ...toyPartners, evolve }], timer });
    expect(await projector.waitFor(alliance, ['toy-partners'], SEQ, 3_000)).toBe('ready');
  });

  it('has a greatest number of those who wait, and frees their places', async () => {
    const { alliance, timer, projector } = setup();
    await projector.stop();
    const wait = () => projector.waitFor(alliance, ['toy-partners'], SEQ, 3_000);
    const waits = Array.from({ length: MAX_WAITERS }, wait);
    expect(await wait()).toBe('behind');
    timer.elapse();
    expect(new Set(await Promise.all(waits))).toEqual(new Set(['behind']));
    const next = wait();
    expect(await Promise.race([next, Promise.resolve('waits')])).toBe('waits');
    timer.elapse();
    await next;
  });

  it('passes on that the store failed, and leaves nobody waiting', async () => {
    const { alliance, store, timer, projector } = setup();
    jest.spyOn(store, 'checkpoint').mockRejectedValue(new Error('disk'));
    await expect(projector.waitFor(alliance, ['toy-partners'], SEQ, 3_000)).rejects.toThrow('disk');
    timer.elapse();
  });
});
