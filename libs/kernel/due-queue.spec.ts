import fc from 'fast-check';
import { addDue, compareDue, firstDue, isDue, restDue } from './due-queue.js';
import type { DueItem, DueQueue } from './due-queue.js';
import { addHours } from './time.js';

const runs = process.env['DEEP'] === '1' ? 5_000 : 200;
const noon = '2026-03-16T12:00:00.000Z';
const item = fc.record({
  dueAt: fc.nat(3).map((hours) => addHours(noon, hours)),
  after: fc.boolean(),
  rank: fc.nat(3),
  order: fc.nat(3),
  type: fc.constant('ReviewDue'),
  id: fc.constantFrom('a', 'b', 'c'),
});

function drained(queue: DueQueue): DueItem[] {
  const items: DueItem[] = [];
  for (let rest = queue, first = firstDue(rest); first; rest = restDue(rest), first = firstDue(rest)) items.push(first);
  return items;
}

describe('the queue of what is due', () => {
  it('gives back what was put in, ordered by instant, rank, order and id', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 60 }), (items) => {
        const queue = items.reduce<DueQueue>(addDue, undefined);
        const key = ({ dueAt, rank, order, id }: DueItem) => [dueAt, rank, order, id].join(' ');
        expect(drained(queue).map(key)).toEqual([...items].sort(compareDue).map(key));
      }),
      { numRuns: runs },
    );
  });

  it('gives the same order for adding and taking in any mixture, and leaves the old queue as it was', () => {
    const act = fc.option(item, { nil: 'take' as const });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        let queue: DueQueue;
        let model: DueItem[] = [];
        for (const one of acts) {
          const before = drained(queue);
          const old = queue;
          queue = one === 'take' ? restDue(queue) : addDue(queue, one);
          model = one === 'take' ? model.slice(1) : [...model, one].sort(compareDue);
          expect(drained(old)).toEqual(before);
          expect(firstDue(queue) === undefined).toBe(model.length === 0);
          if (model[0]) expect(compareDue(firstDue(queue) ?? model[0], model[0])).toBe(0);
        }
      }),
      { numRuns: runs },
    );
  });

  it('is empty of an empty queue', () => {
    expect([firstDue(undefined), restDue(undefined)]).toEqual([undefined, undefined]);
  });

  it('lets a deadline count to its last instant, and a day begin at its first', () => {
    const at = { dueAt: noon, rank: 0, order: 0, type: 'T', id: 'a' };
    expect(isDue({ ...at, after: true }, noon)).toBe(false);
    expect(isDue({ ...at, after: true }, '2026-03-16T12:00:00.001Z')).toBe(true);
    expect(isDue({ ...at, after: false }, noon)).toBe(true);
    expect(isDue({ ...at, after: false }, '2026-03-16T11:59:59.999Z')).toBe(false);
  });
});
