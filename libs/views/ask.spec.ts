import { addDays } from '#kernel';
import { MemoryViewStore } from '#views-memory';
import fc from 'fast-check';
import { askFrom, ViewAsker } from './ask.js';
import { Projector } from './projector.js';
import {
  acknowledged,
  admitted,
  declared,
  ManualTimer,
  toyGifts,
  ToyLedger,
  toyHistory,
  toyId,
  toyInstant,
  toyPartners,
  toyView,
  TOY_DAY,
  withdrew,
} from './testing/index.js';

const NOW = '2026-06-01T10:00:00.000Z';

const setup = (history: Parameters<ToyLedger['append']>[1][] = []) => {
  const ledger = new ToyLedger();
  const alliance = ledger.form(1);
  for (const one of history) ledger.append(alliance, one);
  const store = new MemoryViewStore();
  const projections = [toyGifts, toyPartners];
  const projector = new Projector({ store, source: ledger, projections, timer: new ManualTimer() });
  const asker = new ViewAsker({ store, source: ledger, now: () => NOW });
  /** Twice: one sweep leaves what is rung to its ring, and the next finds what that ring did not tell. */
  const sweep = async () => {
    for (let times = 0; times < 2; times++) {
      await projector.sweep();
      await projector.idle();
    }
  };
  return { ledger, alliance, store, projector, asker, sweep };
};
type Answer = Awaited<ReturnType<typeof askFrom<typeof toyView.params, Awaited<ReturnType<typeof toyView.answer>>>>>;
const answered = (answer: Answer) => {
  if ('fault' in answer) throw new Error(answer.fault);
  return answer;
};

describe('a view', () => {
  it('at the head shows live what it shows as of the head, however it was rung', async () => {
    const rings = fc.array(fc.constantFrom('entry', 'nothing', 'look', 'wait'), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(fc.nat(), rings, async (seed, rung) => {
        const { ledger, alliance, projector, asker, sweep } = setup();
        for (const [place, one] of toyHistory(seed, rung.length).entries()) {
          const entry = ledger.append(alliance, one);
          if (rung[place] === 'entry') projector.ring(alliance, [entry]);
          if (rung[place] === 'look') projector.ring(alliance);
          if (rung[place] === 'wait') await projector.idle();
        }
        await sweep();
        const live = answered(await asker.ask(alliance, toyView, {}));
        expect(live.knownAt).toBe(rung.length);
        expect(answered(await askFrom(ledger.entriesOf(alliance), toyView, {}, { now: NOW }))).toEqual(live);
        const known = { knownAt: String(rung.length) };
        expect(answered(await asker.ask(alliance, toyView, {}, known))).toEqual(live);
      }),
      { numRuns: 60 },
    );
  });

  it('as of an entry shows what it showed when that entry was the newest', async () => {
    const { ledger, alliance, asker, sweep } = setup();
    const shown: unknown[] = [];
    for (const one of [...toyHistory(5, 40)]) {
      ledger.append(alliance, one);
      await sweep();
      shown.push(answered(await asker.ask(alliance, toyView, {})).data);
    }
    for (const [place, data] of shown.entries()) {
      const knownAt = String(place + 1);
      expect(answered(await asker.ask(alliance, toyView, {}, { knownAt })).data).toEqual(data);
      const exported = await askFrom(ledger.entriesOf(alliance), toyView, {}, { knownAt, now: NOW });
      expect(answered(exported).data).toEqual(data);
    }
  });

  it('holds what was recorded by knownAt and counts from trueOn on', async () => {
    // Recorded on 1 March: a gift of that day. On 2 March: a gift of 27 February.
    const { ledger, alliance, asker, sweep } = setup([declared(1, 5)]);
    for (let seq = 2; seq < 20; seq += 1) ledger.append(alliance, admitted(seq));
    ledger.append(alliance, declared(2, 7, '2026-02-27'));
    await sweep();
    const gifts = async (query: object) => {
      const { data } = answered(await asker.ask(alliance, toyView, {}, query));
      return data.gifts.map(({ declared: amount }) => amount).sort();
    };
    expect(await gifts({})).toEqual([5, 7]);
    expect(await gifts({ trueOn: '2026-02-28' })).toEqual([7]);
    expect(await gifts({ trueOn: '2026-02-26' })).toEqual([]);
    expect(await gifts({ trueOn: '2026-02-28', knownAt: '19' })).toEqual([]);
    expect(await gifts({ at: '2026-03-01' })).toEqual([5]);
    expect(await gifts({ at: '20' })).toEqual([5, 7]);
    expect(await gifts({ trueOn: '2030-01-01' })).toEqual([5, 7]);
  });

  it('counts an acknowledgement from the day of its contribution', async () => {
    const { ledger, alliance, asker } = setup([declared(1, 5, '2026-02-10')]);
    ledger.append(alliance, acknowledged(1, 4));
    const { data } = answered(await asker.ask(alliance, toyView, {}, { trueOn: '2026-02-10' }));
    expect(data.gifts).toMatchObject([{ declared: 5, acknowledged: 4 }]);
  });

  it('gives its own parameters and readers by tag, live and as of', async () => {
    const { alliance, asker, sweep } = setup([declared(1, 5), declared(2, 5), acknowledged(2, 5)]);
    await sweep();
    for (const query of [{}, { knownAt: '3', trueOn: addDays(TOY_DAY, 1) }]) {
      const { data } = answered(await asker.ask(alliance, toyView, { status: 'settled' }, query));
      expect(data.gifts.map(({ key }) => key)).toEqual([toyId('contribution', 2)]);
    }
  });

  it('shows the day of the newest entry as today when the clock was set back', async () => {
    const { ledger, alliance } = setup([withdrew(1)]);
    const answer = await askFrom(ledger.entriesOf(alliance), toyView, {}, { now: '2020-01-01T00:00:00.000Z' });
    expect(answered(answer).trueOn).toBe(toyInstant(1).slice(0, 10));
  });

  it('does not know an alliance without entries', async () => {
    const { asker } = setup();
    expect(await asker.ask(toyId('alliance', 99), toyView, {})).toEqual({ fault: 'NOT_FOUND' });
    expect(await askFrom([], toyView, {}, { now: NOW })).toEqual({ fault: 'NOT_FOUND' });
  });
});

describe('live rows', () => {
  it('say what they reflect when they are behind, and are not read for an entry they lack', async () => {
    const { ledger, alliance, asker, sweep } = setup([declared(1, 5)]);
    await sweep();
    ledger.append(alliance, declared(2, 5));
    expect(await asker.ask(alliance, toyView, {})).toMatchObject({ knownAt: 1, stale: false });
    expect(await asker.ask(alliance, toyView, {}, { knownAt: '2' })).toMatchObject({
      knownAt: 2,
      data: { gifts: { length: 2 } },
    });
  });

  it('are stale while parked or waiting to be made again', async () => {
    const { alliance, asker, store, sweep } = setup([declared(1, 5)]);
    await sweep();
    await store.park(alliance, 'toy-gifts', { seq: 2, cause: 'why' });
    expect(await asker.ask(alliance, toyView, {})).toMatchObject({ knownAt: 1, stale: true });
    expect(await asker.standing(alliance, [toyGifts, toyPartners])).toEqual([
      { projection: 'toy-gifts', version: 1, seq: 1, lag: 0, stale: true, parked: { seq: 2, cause: 'why' } },
      { projection: 'toy-partners', version: 1, seq: 1, lag: 0, stale: false, parked: undefined },
    ]);
    await store.reset(alliance, 'toy-gifts');
    expect(await asker.ask(alliance, toyView, {})).toMatchObject({ stale: true });
  });

  it('of another version are not read: the ledger is folded', async () => {
    const { alliance, asker, sweep } = setup([declared(1, 5)]);
    await sweep();
    const evolve = () => ({ doc: { declared: 77, acknowledged: 0 }, tags: [] });
    const changed = { ...toyGifts, version: 2, evolve };
    const view = { ...toyView, projections: [changed, toyPartners] };
    expect(await asker.ask(alliance, view, {})).toMatchObject({ stale: false, data: { gifts: [{ declared: 77 }] } });
  });

  it('are read again when they moved in the middle', async () => {
    const { ledger, alliance, asker, sweep } = setup([declared(1, 5)]);
    await sweep();
    let moves = 1;
    const view = {
      ...toyView,
      answer: async (...[readers, params, asOf]: Parameters<typeof toyView.answer>) => {
        const first = await readers(toyGifts).list({ prefix: '' }, 10);
        if (moves-- > 0) {
          ledger.append(alliance, declared(2, 5), admitted(1));
          await sweep();
        }
        const { partners } = await toyView.answer(readers, params, asOf);
        return { gifts: first.length, partners: partners.length };
      },
    };
    expect(await asker.ask(alliance, view, {})).toMatchObject({ knownAt: 2, data: { gifts: 2, partners: 1 } });
  });

  it('are never behind the command that a reader waited for, in 1,000 pairs', async () => {
    const { ledger, alliance, projector, asker } = setup();
    const alliances = [alliance, ledger.form(2), ledger.form(3)];
    const names = [toyGifts.name, toyPartners.name];
    const pairs = Array.from({ length: 1_000 }, (_, pair) => async () => {
      const place = alliances[pair % 3] ?? alliance;
      const entry = ledger.append(place, declared(pair, 5));
      if (pair % 5 === 0) projector.ring(place, [entry]);
      if (pair % 5 === 1) projector.ring(place);
      expect(await projector.waitFor(place, names, entry.seq, 3_000)).toBe('ready');
      const own: typeof toyView.answer = async (readers) => {
        const row = await readers(toyGifts).get(toyId('contribution', pair));
        return { gifts: row ? [{ key: 'own', ...row.doc, isOld: false }] : [], partners: [] };
      };
      const { knownAt, data } = answered(await asker.ask(place, { ...toyView, answer: own }, {}));
      expect(knownAt).toBeGreaterThanOrEqual(entry.seq);
      expect(data.gifts).toMatchObject([{ declared: 5 }]);
    });
    for (let first = 0; first < pairs.length; first += 10) {
      await Promise.all(pairs.slice(first, first + 10).map((run) => run()));
    }
  });
});
