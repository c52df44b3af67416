import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { temporaryFolder } from '../testing/product.js';

const LONGEST_MS = 20_000;
const cache = temporaryFolder();
afterAll(() => {
  rmSync(cache, { recursive: true });
});

/** A Python that tells which one it is and then works for ever, with a process of its own, as a compiler does. */
function endlessPython(): string {
  const file = join(cache, 'python');
  const script = `#!/bin/sh
[ "$1" = -c ] && echo cpython-test && exit
sleep 300 &
echo "$$ $!" >"${cache}/pids"
wait
`;
  writeFileSync(file, script, { mode: 0o755 });
  return file;
}

const halves = () => readdirSync(cache).filter((name) => name.includes('.partial-'));
const pids = () => {
  const file = join(cache, 'pids');
  return existsSync(file) ? (readFileSync(file, 'utf8').match(/\d+/g) ?? []).map(Number) : [];
};
function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
async function until(holds: () => boolean): Promise<void> {
  for (let waitedMs = 0; !holds() && waitedMs < LONGEST_MS; waitedMs += 50) await setTimeout(50);
}

it.each(['SIGTERM', 'SIGKILL'] as const)(
  'an installation that is ended by %s ends what it has started, and leaves no half of a server',
  async (signal) => {
    rmSync(join(cache, 'pids'), { force: true });
    const env = { ...process.env, PYTHON: endlessPython(), SERVERS_CACHE: cache };
    const installing = spawn(process.execPath, ['deploy/local/servers.mjs', 'install'], { env, stdio: 'ignore' });
    await until(() => pids().length === 2);
    const started = pids();
    expect([started.map(runs), halves().length]).toEqual([[true, true], 1]);
    installing.kill(signal);
    await until(() => !started.some(runs) && halves().length === 0);
    const left = started.filter(runs);
    for (const pid of left) process.kill(pid, 'SIGKILL');
    expect([left, halves()]).toEqual([[], []]);
  },
  60_000,
);
