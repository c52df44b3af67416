import { MemoryViewStore } from '#views-memory';
import { MAX_CONCURRENT_ALLIANCES, MAX_GATHER_MS, MAX_RUNG_ENTRIES, MIN_GATHER_MS, Projector } from './projector.js';
import { admitted, declared, ManualTimer, toyGifts, ToyLedger, toyPartners } from './testing/index.js';

const setup = async (alliances: number) => {
  const ledger = new ToyLedger();
  const store = new MemoryViewStore();
  const timer = new ManualTimer();
  const projector = new Projector({ store, source: ledger, projections: [toyGifts, toyPartners], timer });
  const formed = Array.from({ length: alliances }, (_one, number) => ledger.form(number));
  await projector.sweep();
  await projector.idle();
  const seqOf = async (alliance = formed[0]) => alliance && (await store.checkpoint(alliance, toyGifts.name))?.seq;
  return { ledger, store, timer, projector, formed, seqOf };
};

describe('rung entries', () => {
  it('gather, and are written together with those that were rung meanwhile', async () => {
    const { ledger, store, timer, projector, formed, seqOf } = await setup(1);
    const [alliance] = formed;
    if (!alliance) throw new Error('none formed');
    const commit = jest.spyOn(store, 'commit');
    projector.ring(alliance, [ledger.append(alliance, admitted(1))]);
    projector.ring(alliance, [ledger.append(alliance, declared(1, 5))]);
    expect(commit).not.toHaveBeenCalled();
    timer.elapse();
    await projector.idle();
    expect(await seqOf()).toBe(2);
    expect(commit).toHaveBeenCalledTimes(2);
  });

  it('gather the longer the more there were, within bounds', async () => {
    const { ledger, timer, projector, formed } = await setup(20);
    const after = jest.spyOn(timer, 'after');
    for (const entries of [10, 100, 600, 1]) {
      for (let entry = 0; entry < entries; entry++) {
        const alliance = formed[entry % 20];
        if (alliance) projector.ring(alliance, [ledger.append(alliance, declared(1, 5))]);
      }
      timer.elapse();
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    }
    expect(after.mock.calls.map(([ms]) => ms)).toEqual([MIN_GATHER_MS, MIN_GATHER_MS, 100, MAX_GATHER_MS]);
  });

  it('wait no longer once as many of one alliance are kept as may be', async () => {
    const { ledger, store, projector, formed, seqOf } = await setup(1);
    const [alliance] = formed;
    if (!alliance) throw new Error('none formed');
    const read = jest.spyOn(ledger, 'read');
    for (let ring = 1; ring < MAX_RUNG_ENTRIES; ring++)
      projector.ring(alliance, [ledger.append(alliance, declared(1, 5))]);
    const commit = jest.spyOn(store, 'commit');
    await new Promise(setImmediate);
    expect(commit).not.toHaveBeenCalled();
    projector.ring(alliance, [ledger.append(alliance, declared(1, 5))]);
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
    expect([await seqOf(), read.mock.calls.length]).toEqual([MAX_RUNG_ENTRIES, 0]);
  });

  it('are left alone by a sweep, which reads nothing that is on its way', async () => {
    const { ledger, timer, projector, formed, seqOf } = await setup(1);
    const [alliance] = formed;
    if (!alliance) throw new Error('none formed');
    const read = jest.spyOn(ledger, 'read');
    projector.ring(alliance, [ledger.append(alliance, admitted(1))]);
    await projector.sweep();
    timer.elapse();
    await projector.idle();
    expect([await seqOf(), read.mock.calls.length]).toEqual([1, 0]);
  });

  it('are written at once when somebody waits for one of them', async () => {
    const { ledger, projector, formed } = await setup(1);
    const [alliance] = formed;
    if (!alliance) throw new Error('none formed');
    const waited = projector.waitFor(alliance, [toyGifts.name], 1, 1_000);
    projector.ring(alliance, [ledger.append(alliance, admitted(1))]);
    expect(await waited).toBe('ready');
  });

  it('of more alliances than are worked on at a time all get their turn from one gathering', async () => {
    const { ledger, timer, projector, formed, seqOf } = await setup(2 * MAX_CONCURRENT_ALLIANCES + 1);
    for (const alliance of formed) projector.ring(alliance, [ledger.append(alliance, admitted(1))]);
    timer.elapse();
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    for (const alliance of formed) expect(await seqOf(alliance)).toBe(1);
  });

  it('go on from where the run before ended, without reading the checkpoints again', async () => {
    const { ledger, store, projector, formed, seqOf } = await setup(1);
    const [alliance] = formed;
    if (!alliance) throw new Error('none formed');
    const read = jest.spyOn(store, 'checkpoint');
    projector.ring(alliance, [ledger.append(alliance, admitted(1))]);
    await projector.idle();
    expect(read).not.toHaveBeenCalled();
    expect(await seqOf()).toBe(1);
  });

  it('find the place lost when somebody else moved it, and then read it again', async () => {
    const { ledger, store, projector, formed, seqOf } = await setup(1);
    const [alliance] = formed;
    if (!alliance) throw new Error('none formed');
    const other = new Projector({
      store,
      source: ledger,
      projections: [toyGifts, toyPartners],
      timer: new ManualTimer(),
    });
    ledger.append(alliance, admitted(1));
    await other.sweep();
    await other.idle();
    projector.ring(alliance, ledger.entriesOf(alliance).slice(-1));
    projector.ring(alliance, [ledger.append(alliance, admitted(2))]);
    await projector.idle();
    expect(await seqOf()).toBe(2);
  });
});
