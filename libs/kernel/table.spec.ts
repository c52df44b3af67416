import fc from 'fast-check';
import { hashedId } from './ids.js';
import type { Id } from './ids.js';
import { Table } from './table.js';

const runs = process.env['DEEP'] === '1' ? 2_000 : 100;
/** Many that begin alike, so that their list is divided. */
const ids = Array.from({ length: 60 }, (_, number) => {
  const id = hashedId('table', number);
  return number < 20 ? id : (`a${id.slice(1)}` as Id);
});
const step = fc.record({
  id: fc.constantFrom(...ids),
  act: fc.constantFrom('with', 'without', 'change'),
  value: fc.nat(),
});

describe('a table', () => {
  it('is a map: the same changes give the same values, and every older table stays as it was', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        let table = Table.empty<number>();
        const map = new Map<string, number>();
        const past: { table: Table<number>; json: string }[] = [];
        for (const { id, act, value } of steps) {
          past.push({ table, json: JSON.stringify(table) });
          if (act === 'with') table = table.with(id, value);
          else if (act === 'without') table = table.without(id);
          else table = table.change(id, (known) => known + value);
          const known = map.get(id);
          if (act === 'with') map.set(id, value);
          else if (act === 'without') map.delete(id);
          else if (known !== undefined) map.set(id, known + value);
        }
        expect(table.size).toBe(map.size);
        expect(new Map(table.entries())).toEqual(map);
        expect([...table.values()].sort()).toEqual([...map.values()].sort());
        for (const id of ids) expect([table.get(id), table.has(id)]).toEqual([map.get(id), map.has(id)]);
        for (const { table: old, json } of past) expect(JSON.stringify(old)).toBe(json);
      }),
      { numRuns: runs },
    );
  });

  it('is walked in an order that the ids alone give', () => {
    const forwards = ids.reduce((table, id) => table.with(id, id), Table.empty<string>());
    const backwards = [...ids].reverse().reduce((table, id) => table.with(id, id), Table.empty<string>());
    expect(JSON.stringify(forwards)).toBe(JSON.stringify(backwards));
    expect([...forwards.values()]).toEqual([...backwards.values()]);
    const few = ids.filter((_, place) => place % 5 === 0);
    const left = ids.filter((id) => !few.includes(id)).reduce((table, id) => table.without(id), forwards);
    const alone = few.reduce((table, id) => table.with(id, id), Table.empty<string>());
    expect([...left.values()]).toEqual([...alone.values()]);
  });

  it('knows nothing of no id', () => {
    expect(Table.empty().get(undefined)).toBeUndefined();
    expect(Table.empty().without(hashedId('x')).size).toBe(0);
  });
});
