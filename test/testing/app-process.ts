import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { Ports } from './free-ports.js';

const READY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 50;
/** What still runs when a test file ends, because an expectation failed, would outlive it. */
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

export interface Stopped {
  readonly code: number | null;
  readonly ms: number;
  /** What it wrote to its error output, from its start. */
  readonly err: string;
}

/** A process of the distributed mode, asked and ended by a test. */
export class AppProcess {
  private err = '';

  constructor(
    readonly name: string,
    private readonly child: ChildProcess,
    readonly ports: Ports,
  ) {
    running.add(child);
    child.once('close', () => running.delete(child));
    child.stderr?.on('data', (part: Buffer) => (this.err += part.toString()));
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.ports.port)}`;
  }

  /** Resolves when the process says that it can do its work. */
  async ready(): Promise<this> {
    for (let waitedMs = 0; waitedMs < READY_WITHIN_MS; waitedMs += LOOK_EVERY_MS) {
      if (this.child.exitCode !== null) throw new Error(`${this.name} ended: ${this.err}`);
      const answer = await fetch(`http://127.0.0.1:${String(this.ports.adminPort)}/readyz`).catch(() => undefined);
      if (answer?.ok) return this;
      await setTimeout(LOOK_EVERY_MS);
    }
    throw new Error(`${this.name} is not ready: ${this.err}`);
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<Stopped> {
    const begun = performance.now();
    if (!running.has(this.child)) return { code: this.child.exitCode, ms: 0, err: this.err };
    const closed = once(this.child, 'close') as Promise<[number | null]>;
    this.child.kill(signal);
    const [code] = await closed;
    return { code, ms: performance.now() - begun, err: this.err };
  }
}
