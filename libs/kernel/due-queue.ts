import type { Instant } from './time.js';

/**
 * Something that becomes due by time alone. `after` is true for a deadline, which is over once now is after it, and
 * false for 00:00 of a day, which has come once now is at it. `rank` orders ties as part 1, section 2 lists them;
 * `order` orders ties of one rank; it must not depend on how a timer
 * packs due events into entries, so a seq serves only for what a person's command schedules.
 */
export interface DueItem {
  readonly dueAt: Instant;
  readonly after: boolean;
  readonly rank: number;
  readonly order: number;
  readonly type: string;
  readonly id: string;
}

/** An unchanging priority queue (leftist heap): `add` and `rest` take O(log n) and leave the old queue as it was. */
export type DueQueue = Node | undefined;

interface Node {
  readonly item: DueItem;
  readonly depth: number;
  readonly left: DueQueue;
  readonly right: DueQueue;
}

export function addDue(queue: DueQueue, item: DueItem): DueQueue {
  return merge(queue, { item, depth: 1, left: undefined, right: undefined });
}

export function firstDue(queue: DueQueue): DueItem | undefined {
  return queue?.item;
}

export function restDue(queue: DueQueue): DueQueue {
  return queue && merge(queue.left, queue.right);
}

/** Whether an item's time has come at `now`. */
export function isDue(item: DueItem, now: Instant): boolean {
  return item.after ? now > item.dueAt : now >= item.dueAt;
}

export function compareDue(a: DueItem, b: DueItem): number {
  if (a.dueAt !== b.dueAt) return a.dueAt < b.dueAt ? -1 : 1;
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.order !== b.order) return a.order - b.order;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function merge(a: DueQueue, b: DueQueue): DueQueue {
  if (!a) return b;
  if (!b) return a;
  if (compareDue(b.item, a.item) < 0) return merge(b, a);
  const right = merge(a.right, b);
  const left = a.left;
  const swap = (left?.depth ?? 0) < (right?.depth ?? 0);
  return {
    item: a.item,
    depth: 1 + Math.min(left?.depth ?? 0, right?.depth ?? 0),
    left: swap ? right : left,
    right: swap ? left : right,
  };
}
