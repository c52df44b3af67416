import { hashedId } from '#kernel';
import { PolledProgress } from './progress.js';
import type { Checkpoint } from './view-store.js';
import type { Timer } from './waiters.js';

const ALLIANCE = hashedId('progress', 'alliance');
const at = (seq: number, parked?: Checkpoint['parked']): Checkpoint => {
  return { version: 1, seq, hash: undefined, outdated: false, parked };
};

/** A clock that jumps from one thing to be done to the next. */
class HandTimer implements Timer {
  nowMs = 0;
  private readonly waiting = new Set<{ readonly atMs: number; readonly run: () => void }>();

  after(ms: number, run: () => void): () => void {
    const one = { atMs: this.nowMs + ms, run };
    this.waiting.add(one);
    return () => this.waiting.delete(one);
  }

  next(): void {
    const [first] = [...this.waiting].sort((a, b) => a.atMs - b.atMs);
    if (!first) return;
    this.waiting.delete(first);
    this.nowMs = first.atMs;
    first.run();
  }
}

/** Asks the checkpoints of a store that others move on at these instants. */
async function waited(moves: Readonly<Record<number, Checkpoint>>, projections = ['a', 'b'], deadlineMs = 3_000) {
  const timer = new HandTimer();
  const checkpoint = async (_alliance: string, projection: string) => {
    const [last] = Object.entries(moves)
      .filter(([ms]) => Number(ms) <= timer.nowMs)
      .slice(-1);
    return projection === 'b' ? last?.[1] : at(9);
  };
  const result = new PolledProgress({ checkpoint }, timer).waitFor(ALLIANCE, projections, 7, deadlineMs);
  let answer: string | undefined;
  void result.then((word) => (answer = word));
  for (let turn = 0; answer === undefined && turn < 200; turn += 1) {
    await new Promise(setImmediate);
    if ((answer as string | undefined) === undefined) timer.next();
  }
  return { answer: await result, afterMs: timer.nowMs };
}

describe('waiting for views that others move on', () => {
  it('ends at once when they are there, or nothing is awaited', async () => {
    expect(await waited({ 0: at(7) })).toEqual({ answer: 'ready', afterMs: 0 });
    expect(await waited({}, [])).toEqual({ answer: 'ready', afterMs: 0 });
  });

  it('ends soon after they have come', async () => {
    const { answer, afterMs } = await waited({ 0: at(3), 400: at(6), 800: at(8) });
    expect(answer).toBe('ready');
    expect(afterMs).toBeGreaterThanOrEqual(800);
    expect(afterMs).toBeLessThanOrEqual(900);
  });

  it('does not wait for what is parked', async () => {
    expect((await waited({ 0: at(3, { seq: 4, cause: 'x' }) })).answer).toBe('ready');
  });

  it('ends with its deadline', async () => {
    expect(await waited({ 0: at(6) }, ['a', 'b'], 500)).toEqual({ answer: 'behind', afterMs: 500 });
  });

  it('fails as the store does', async () => {
    const checkpoint = () => Promise.reject(new Error('gone'));
    await expect(new PolledProgress({ checkpoint }).waitFor(ALLIANCE, ['a'], 1, 1_000)).rejects.toThrow('gone');
  });
});
