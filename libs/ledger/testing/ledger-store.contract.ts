import { sha256 } from '#kernel';
import type { Hash, Id } from '#kernel';
import type { AppendResult, LedgerRow, LedgerStore } from '../ledger-store.js';
import { MAX_PAGE } from '../ledger-store.js';
import type { Opening } from '../sealing.js';
import { appendLoopContract } from './append-loop.contract.js';
import type { StoreUnderTest } from './store-under-test.js';
import { idOf } from './tally.js';

const A = idOf('alliance', 'a');
const B = idOf('alliance', 'b');

/** What a row is like when it matters; `after` is the row it stands on. */
interface RowMore {
  readonly alliance?: Id;
  readonly after?: LedgerRow | undefined;
  readonly seq?: number;
  readonly prev?: Hash;
  readonly commandId?: Id;
  readonly body?: string;
  readonly openings?: readonly Opening[];
}

export function rowAfter(after: LedgerRow | undefined, more: RowMore = {}): LedgerRow {
  const alliance = more.alliance ?? after?.alliance ?? A;
  const seq = more.seq ?? (after?.seq ?? -1) + 1;
  const body = more.body ?? JSON.stringify({ alliance, seq, more: more.commandId });
  const prev = more.prev ?? after?.hash;
  const commandId = more.commandId ?? idOf('command', alliance, seq);
  const openings = more.openings ?? [];
  const at = '2026-01-01T00:00:00.000Z';
  const fingerprint = { salt: sha256('salt'), mac: sha256(commandId) };
  return {
    alliance,
    seq,
    id: idOf(alliance, seq),
    commandId,
    at,
    hash: sha256(body),
    body,
    prev,
    fingerprint,
    openings,
  };
}

/** `count` rows of one alliance, each on the one before. */
export function chain(alliance: Id, count: number, after?: LedgerRow): LedgerRow[] {
  const rows: LedgerRow[] = [];
  for (let last = after; rows.length < count;) rows.push((last = rowAfter(last, { alliance })));
  return rows;
}

/** The behaviour of every ledger store, and of the append loop on it. */
export function ledgerStoreContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name} as a ledger store`, () => {
    let opened: StoreUnderTest;
    let store: LedgerStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(async () => {
      await opened.close();
    });

    appending(() => store);
    readingBack(() => store);
    addingOpenings(() => store);
    describe('under the append loop', () => {
      appendLoopContract(() => opened);
    });
  });
}

function appending(store: () => LedgerStore): void {
  const [first, second, third] = chain(A, 3) as [LedgerRow, LedgerRow, LedgerRow];
  const other = (row: LedgerRow, after?: LedgerRow) =>
    rowAfter(after, { seq: row.seq, body: '{"other":true}', commandId: idOf('other', row.seq) });

  it.each<[string, LedgerRow[], AppendResult]>([
    ['the first entry of no ledger', [first], 'stored'],
    ['an entry behind no ledger', [second], 'conflict'],
  ])('on a missing ledger: %s', async (_, rows, result) => {
    expect(await store().append(rows)).toEqual([result]);
  });

  it.each<[string, LedgerRow, AppendResult]>([
    ['exact', third, 'stored'],
    ['too low', other(second, first), 'conflict'],
    ['absent', other(first), 'conflict'],
    ['too high', { ...other(third, second), seq: 3 }, 'conflict'],
    ['exact, on another entry than the head', { ...third, prev: first.hash }, 'conflict'],
    ['exact, with a command id that is taken', { ...third, commandId: first.commandId }, 'conflict'],
  ])('with two entries, a position that is %s', async (_, row, result) => {
    await store().append([first, second]);
    expect(await store().append([row])).toEqual([result]);
    expect((await store().head(A))?.seq).toBe(result === 'stored' ? 2 : 1);
  });

  it('of two writers that create one ledger at once, one wins and the other has a conflict', async () => {
    const results = await Promise.all([store().append([first]), store().append([other(first)])]);
    expect(results.flat().sort()).toEqual(['conflict', 'stored']);
    expect(await store().read(A, 0, 10)).toHaveLength(1);
  });

  it('an entry stored before is a conflict, never stored twice', async () => {
    await store().append([first]);
    expect(await store().append([first])).toEqual(['conflict']);
  });

  it('nothing appended is fine', async () => {
    expect(await store().append([])).toEqual([]);
  });

  it('a run is stored up to its first conflict, other alliances whole, and no hole is left', async () => {
    const repeated = { ...second, commandId: first.commandId };
    const ofB = chain(B, 2);
    const rows = [first, ofB[0], repeated, third, ofB[1]].filter((row) => row !== undefined);
    expect(await store().append(rows)).toEqual(['stored', 'stored', 'conflict', 'conflict', 'stored']);
    expect((await store().read(A, 0, 10)).map(({ seq }) => seq)).toEqual([0]);
    expect(await store().append([second, third])).toEqual(['stored', 'stored']);
  });

  it('a conflicting entry leaves no opening behind', async () => {
    await store().append([first]);
    const opening: Opening = { event: 0, name: 'reason', salt: 's', payload: '"p"' };
    await store().append([{ ...second, commandId: first.commandId, openings: [opening] }]);
    expect(await store().openings(A, 0, 10)).toEqual([]);
  });

  it('two alliances count apart, even with the same command ids, and see nothing of each other', async () => {
    const commandId = idOf('same');
    const [a, b] = [A, B].map((alliance) => rowAfter(undefined, { alliance, commandId }));
    if (!a || !b) throw new Error('two rows');
    expect(await store().append([a, b])).toEqual(['stored', 'stored']);
    expect((await store().findCommand(B, commandId))?.body).toBe(b.body);
    expect((await store().read(A, 0, 10)).map(({ body }) => body)).toEqual([a.body]);
  });
}

const ODD = [
  '{}',
  '[]',
  'null',
  '{"a":{},"b":[],"c":null}',
  '{"$key":1,"a.b":2,"":3,"__proto__":4}',
  '"𝔸lliance 🜨 é e\u0301 \u2028 \\u0000 \\ud800"',
  '{"log":"x:y/z","n":1e21,"m":-0,"big":123456789012345678901234567890}',
  JSON.stringify('x'.repeat(60_000 - 2)),
];

function readingBack(store: () => LedgerStore): void {
  it('odd bodies and openings come back byte for byte', async () => {
    const rows: LedgerRow[] = [];
    for (const body of ODD) {
      const openings = [{ event: 0, name: 'a.b', salt: sha256(body), payload: body }];
      rows.push(rowAfter(rows.at(-1), { body, openings }));
    }
    await store().append(rows);
    expect((await store().read(A, 0, 100)).map(({ body }) => body)).toEqual(ODD);
    expect((await store().openings(A, 0, 100)).map(({ payload }) => payload)).toEqual(ODD);
    for (const { commandId, body } of rows) expect((await store().findCommand(A, commandId))?.body).toBe(body);
  });

  it('an entry comes back with its index, its command with its fingerprint', async () => {
    const row = rowAfter(undefined);
    await store().append([row, { ...rowAfter(row), fingerprint: undefined }]);
    const { prev, fingerprint, openings, ...stored } = row;
    expect([prev, openings]).toEqual([undefined, []]);
    expect((await store().read(A, 0, 1))[0]).toMatchObject(stored);
    expect((await store().findCommand(A, row.commandId))?.fingerprint).toEqual(fingerprint);
    expect((await store().findCommand(A, rowAfter(row).commandId))?.fingerprint).toBeUndefined();
  });

  it('an unknown alliance has no head, no entries, no commands, no openings', async () => {
    await store().append(chain(A, 1));
    expect(await store().head(B)).toBeUndefined();
    expect(await store().read(B, 0, 10)).toEqual([]);
    expect(await store().findCommand(B, rowAfter(undefined).commandId)).toBeUndefined();
    expect(await store().openings(B, 0, 10)).toEqual([]);
  });

  it('pages hold what was asked for, and never more than the maximum', async () => {
    const rows = chain(A, MAX_PAGE + 5);
    await store().append(rows);
    const seqs = async (from: number, limit: number) => (await store().read(A, from, limit)).map(({ seq }) => seq);
    expect(await seqs(0, 2)).toEqual([0, 1]);
    expect(await seqs(MAX_PAGE + 3, 10)).toEqual([MAX_PAGE + 3, MAX_PAGE + 4]);
    expect(await seqs(MAX_PAGE + 5, 10)).toEqual([]);
    expect(await seqs(0, MAX_PAGE + 5)).toHaveLength(MAX_PAGE);
    expect(await seqs(0, 0)).toEqual([]);
  });

  it('openings stand by seq, event and name; one is found by its place', async () => {
    const opening = (event: number, name: string): Opening => ({
      event,
      name,
      salt: `${name} salt`,
      payload: `"${name}"`,
    });
    const first = rowAfter(undefined, { openings: [opening(10, 'b'), opening(2, 'z'), opening(10, 'a')] });
    await store().append([first, rowAfter(first, { openings: [opening(0, 'c')] })]);
    const places = (await store().openings(A, 0, 1)).map(({ seq, event, name }) => [seq, event, name]);
    expect(places).toEqual([
      [0, 2, 'z'],
      [0, 10, 'a'],
      [0, 10, 'b'],
      [1, 0, 'c'],
    ]);
    expect(await store().openings(A, 1, 1)).toHaveLength(1);
    expect(await store().opening(A, 0, 10, 'b')).toEqual({ seq: 0, ...opening(10, 'b') });
    expect(await store().opening(A, 0, 10, 'c')).toBeUndefined();
    await expect(store().openings(A, 0, MAX_PAGE)).rejects.toThrow(RangeError);
  });

  it('alliances are listed by id with their heads, page by page', async () => {
    const ids = [1, 2, 3, 4, 5].map((n) => idOf('tenant', n)).sort();
    await store().append(ids.flatMap((id, index) => chain(id, index + 1)));
    const page = await store().alliances(undefined, 2);
    expect(page.map(({ alliance, seq }) => [alliance, seq])).toEqual([
      [ids[0], 0],
      [ids[1], 1],
    ]);
    const rest = await store().alliances(page.at(-1)?.alliance, 10);
    expect(rest.map(({ alliance }) => alliance)).toEqual(ids.slice(2));
    expect(rest.at(-1)).toEqual(await store().head(ids[4] as Id));
  });
}

function addingOpenings(store: () => LedgerStore): void {
  const text = (seq: number, name: string, payload = `"${name}"`) => ({ seq, event: 0, name, salt: 'salt', payload });
  const all = async () => (await store().openings(A, 0, 10)).map(({ seq, name, payload }) => [seq, name, payload]);

  it('texts that an entry lacked are added to it, and the entry stays as it was', async () => {
    const [first, second] = chain(A, 2) as [LedgerRow, LedgerRow];
    const { seq: _seq, ...there } = text(1, 'b');
    await store().append([
      { ...first, fingerprint: undefined },
      { ...second, openings: [there] },
    ]);
    expect(await store().addOpenings(A, [text(1, 'c'), text(0, 'x'), text(1, 'a')])).toBe(3);
    expect(await all()).toEqual([
      [0, 'x', '"x"'],
      [1, 'a', '"a"'],
      [1, 'b', '"b"'],
      [1, 'c', '"c"'],
    ]);
    expect(await store().opening(A, 0, 0, 'x')).toEqual(text(0, 'x'));
    expect((await store().findCommand(A, first.commandId))?.fingerprint).toBeUndefined();
    expect((await store().findCommand(A, second.commandId))?.fingerprint).toEqual(second.fingerprint);
    expect((await store().read(A, 0, 10)).map(({ body }) => body)).toEqual([first.body, second.body]);
  });

  it('a text in a place that has one, or of an entry that is not there, is passed over', async () => {
    await store().append([...chain(A, 1), ...chain(B, 3)]);
    expect(await store().addOpenings(A, [text(0, 'a', '"first"'), text(0, 'a', '"second"'), text(1, 'a')])).toBe(1);
    expect(await store().addOpenings(A, [text(0, 'a', '"third"'), text(0, 'b')])).toBe(1);
    expect(await all()).toEqual([
      [0, 'a', '"first"'],
      [0, 'b', '"b"'],
    ]);
    expect(await store().openings(B, 0, 10)).toEqual([]);
    expect(await store().addOpenings(idOf('nowhere'), [text(0, 'a')])).toBe(0);
    expect(await store().addOpenings(A, [])).toBe(0);
  });

  it('of the same texts added twice at once, each is added once', async () => {
    await store().append(chain(A, 1));
    const texts = ['a', 'b', 'c', 'd'].map((name) => text(0, name));
    const [one, other] = await Promise.all([store().addOpenings(A, texts), store().addOpenings(A, texts)]);
    expect(one + other).toBe(texts.length);
    expect(await all()).toHaveLength(texts.length);
  });
}
