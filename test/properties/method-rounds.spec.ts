import { CLOSINGS } from '#contracts';
import type { DecisionType, Result } from '#contracts';
import { RESULTS, WITH_ROUNDS } from '#deliberation/testing';
import { verifyLedger } from '#transparency';
import { Charters } from './charters.js';
import { Methods } from './methods.js';
import { Rounds } from './rounds.js';
import { Scene } from './scene.js';
import { Voices } from './voices.js';
import type { World } from './world.js';

const DEEP = process.env['DEEP'] === '1';
/** How often everything that a round can come to must be met. */
const LEAST = DEEP ? 100 : 5;
const ALLIANCES = DEEP ? 1_100 : 100;
const COMMANDS = 200;
/** Late positions come behind the closing: only a snapshot given by hand holds one. */
const WHYS = [
  ...(['removed', 'contested', 'struck', 'own-beats-proxy', 'direct-beats-on-behalf'] as const),
  ...(['titular-beats-substitute', 'later'] as const),
];
const TYPES: readonly DecisionType[] = ['ordinary', 'orientation', 'carrier', 'choice'];

/** How often rounds came to what: `method result`, `why …`, `closing …`. */
class Table {
  private readonly counts = new Map<string, number>();

  constructor() {
    const results = WITH_ROUNDS.flatMap((method) => RESULTS[method].map((result) => `${method} ${result}`));
    const others = [...WHYS.map((why) => `why ${why}`), ...CLOSINGS.map((closing) => `closing ${closing}`)];
    for (const cell of [...results, ...others]) this.counts.set(cell, 0);
  }

  count({ state }: World): void {
    for (const { policy, closed } of state.deliberation.rounds.values()) {
      if (!closed) continue;
      const whys = new Set(closed.outcome.notCounted.map(({ why }) => `why ${why}`));
      for (const cell of [`${policy.method} ${closed.result}`, `closing ${closed.closing}`, ...whys])
        this.counts.set(cell, (this.counts.get(cell) ?? 0) + 1);
    }
  }

  /** Cells that are not full. */
  get missing(): readonly string[] {
    return [...this.counts].filter(([, times]) => times < LEAST).map(([cell]) => cell);
  }

  /** Cells that nobody foresaw. */
  get unforeseen(): readonly string[] {
    const foreseen = new Table().counts;
    return [...this.counts.keys()].filter((cell) => !foreseen.has(cell));
  }

  print(): void {
    const lines = [...this.counts].map(([cell, times]) => `${cell.padEnd(44)}${String(times).padStart(6)}`);
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}

/** One alliance under a charter of its own, in which little happens but rounds; at least `COMMANDS` are sent. */
async function alliance(seed: number, table: Table): Promise<World> {
  const scene = new Scene(seed);
  const rounds = new Rounds(scene);
  await new Charters(scene, rounds).form();
  const [methods, voices] = [new Methods(scene, rounds), new Voices(scene, rounds)];
  const { world } = scene;
  for (let asked = 0; world.sent.length < COMMANDS && asked < COMMANDS; asked++) {
    await methods.anyRound(...wanted(scene, table));
    if (asked % 8 !== 0) continue;
    await voices.proxied();
    await voices.onBehalf();
  }
  return world;
}

/** A type whose method has a result to be met yet, and that result. */
function wanted({ world, dice }: Scene, { missing }: Table): readonly [DecisionType, Result | undefined] {
  const policies = world.state.alliance.charterInForce?.charter.policies;
  const lacking = TYPES.flatMap((type) =>
    missing
      .map((cell) => cell.split(' '))
      .filter(([method]) => method === policies?.[type].method)
      .map(([, result]) => [type, result as Result] as const),
  );
  return dice.pick(lacking) ?? [dice.pick(TYPES) ?? 'ordinary', undefined];
}

describe('rounds under every method', () => {
  it('come to every result, closing and reason not to count that there is, and verify', async () => {
    const table = new Table();
    let sent = 0;
    let accepted = 0;
    for (let [seed, long] = [1, 0]; long < ALLIANCES && seed < 2 * ALLIANCES; seed++) {
      const world = await alliance(seed, table);
      // Now and then a charter is never signed by all: there is nothing to decide then.
      if (world.state.alliance.phase === 'governed') long++;
      expect(world.sent.length >= COMMANDS || world.state.alliance.phase === 'forming' || seed).toBe(true);
      table.count(world);
      sent += world.sent.length;
      accepted += world.sent.filter((one) => one.accepted).length;
      expect({ seed, fault: (await verifyLedger(world.entries.map(({ body }) => ({ body })))).fault }).toEqual({
        seed,
      });
    }
    table.print();
    process.stdout.write(`${String(sent)} commands, ${String(accepted)} accepted\n`);
    expect(table.missing).toEqual([]);
    expect(table.unforeseen).toEqual([]);
    expect(accepted / sent).toBeGreaterThanOrEqual(0.6);
  }, 600_000);
});
