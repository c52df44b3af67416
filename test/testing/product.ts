import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The built product as a user starts it, without npm in front. */
const MAIN = resolve('dist/apps/standalone/main.js');
/** A subcommand that goes on longer, such as a server that should have refused to start, is ended. */
const LONGEST_RUN_MS = 20_000;
/** What still runs when a test file ends, because an expectation failed, would keep the test run from ending. */
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Given {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Builds when the sources changed, as `npm run collegium` does; suites that run at once wait for each other. */
export function build(): void {
  execFileSync(process.execPath, ['tools/collegium.mjs', 'help'], { stdio: ['ignore', 'ignore', 'pipe'] });
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'collegium-'));
}

/** Runs one subcommand to its end. */
export async function collegium(args: readonly string[], given: Given = {}): Promise<Ended> {
  return await endInTime(start(args, given), given.input);
}

/** The standard output of a subcommand that has to succeed. */
export async function outOf(args: readonly string[], given: Given = {}): Promise<string> {
  const { code, out, err } = await collegium(args, given);
  if (code !== 0) throw new Error(`collegium ${args.join(' ')}: ${String(code)} ${out}${err}`);
  return out;
}

/** What `name: value` of an output says. */
export function valueIn(out: string, name: string): string {
  const found = new RegExp(`^${name}: (.+)$`, 'm').exec(out)?.[1];
  if (found === undefined) throw new Error(`no ${name} in: ${out}`);
  return found;
}

/** A shell line in which `collegium` is the built product. */
export async function shell(line: string, given: Given = {}): Promise<Ended> {
  const script = `collegium() { '${process.execPath}' '${MAIN}' "$@"; }\n${line}`;
  return await endInTime(tracked(spawn('bash', ['-c', script], { ...placeOf(given), stdio: 'pipe' })), given.input);
}

export interface Served {
  readonly url: string;
  readonly readyAfterMs: number;
  readonly child: ChildProcess;
  /** Sends a signal and waits for the end; gives the exit code and what was written to the error output. */
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<Ended>;
}

/** Starts a server on a folder and resolves once it says that it is ready. */
export async function serve(folder: string, ...more: readonly string[]): Promise<Served> {
  const begun = performance.now();
  const child = start(['serve', '--data', folder, '--port', '0', ...more], {});
  const ended = endOf(child);
  const cut = setTimeout(() => child.kill('SIGKILL'), LONGEST_RUN_MS);
  let shown = '';
  const url = new Promise<string>((found) => {
    child.stdout.on('data', (text: Buffer) => {
      const at = /ready at (\S+)/.exec((shown += text.toString()))?.[1];
      if (at !== undefined) found(at);
    });
  });
  const failed = ended.then(({ err }) => {
    throw new Error(`the server did not start: ${err}`);
  });
  const ready = await Promise.race([url, failed]);
  clearTimeout(cut);
  failed.catch(() => undefined);
  const end = async (signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<Ended> => {
    child.kill(signal);
    return await ended;
  };
  return { url: ready, readyAfterMs: performance.now() - begun, child, end };
}

export function start(args: readonly string[], given: Given) {
  return tracked(spawn(process.execPath, [MAIN, ...args], { ...placeOf(given), stdio: 'pipe' }));
}

function tracked<T extends ChildProcess>(child: T): T {
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

async function endInTime(child: ChildProcess, input?: string): Promise<Ended> {
  const cut = setTimeout(() => child.kill('SIGKILL'), LONGEST_RUN_MS);
  try {
    return await endOf(child, input);
  } finally {
    clearTimeout(cut);
  }
}

export async function endOf(child: ChildProcess, input?: string): Promise<Ended> {
  let [out, err] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  // A child that refuses its input ends before it has read it.
  child.stdin?.on('error', () => undefined).end(input ?? '');
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

/** No setting of whoever runs the tests reaches the product. */
function placeOf({ cwd, env = {} }: Given) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('COLLEGIUM_'));
  return { cwd, env: { ...Object.fromEntries(own), COLLEGIUM_LOCALE: 'en', COLLEGIUM_PORT: '0', ...env } };
}
