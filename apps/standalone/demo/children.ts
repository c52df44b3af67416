import { environmentWith } from '#platform';
import type { Cue, Done, Listening } from '#stage';
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const READY_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 50;
const STOP_WITHIN_MS = 6_000;

/** An app of the distributed mode, as a process of its own. */
export class Child {
  private constructor(
    readonly name: string,
    private readonly process: ChildProcess,
    private readonly adminUrl: string,
  ) {}

  /** `entry` is the built file below `dist/apps`. */
  static async start(entry: string, environment: Readonly<Record<string, string>>): Promise<Child> {
    const adminPort = String(await freePort());
    const file = fileURLToPath(new URL(`../../${entry}`, import.meta.url));
    const env = environmentWith({ ...environment, COLLEGIUM_PORT: '0', COLLEGIUM_ADMIN_PORT: adminPort });
    const child = fork(file, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    return new Child(entry, child, `http://127.0.0.1:${adminPort}`);
  }

  /** Resolves when the process says that it can do its work. */
  async ready(): Promise<void> {
    for (let waitedMs = 0; waitedMs < READY_WITHIN_MS; waitedMs += LOOK_EVERY_MS) {
      if (this.process.exitCode !== null) throw new Error(`${this.name} ended with ${String(this.process.exitCode)}`);
      const answer = await fetch(`${this.adminUrl}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await setTimeout(LOOK_EVERY_MS);
    }
    throw new Error(`${this.name} is not ready`);
  }

  /** Asks it to stop; gives its exit code, or nothing when it had to be killed. */
  async stop(): Promise<number | undefined> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return this.process.exitCode ?? undefined;
    const ended = new Promise<number | null>((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    const late = setTimeout(STOP_WITHIN_MS, 'late' as const, { ref: false });
    if ((await Promise.race([ended, late])) === 'late') this.process.kill('SIGKILL');
    return (await ended) ?? undefined;
  }

  /** The next message that `isIt` accepts. */
  hear<T>(isIt: (message: unknown) => message is T): Promise<T> {
    return new Promise((resolve, reject) => {
      const child = this.process;
      const listen = (message: unknown): void => {
        if (!isIt(message)) return;
        child.off('message', listen).off('exit', fail);
        resolve(message);
      };
      const fail = (): void => {
        reject(new Error(`${this.name} ended`));
      };
      child.on('message', listen).once('exit', fail);
    });
  }

  tell(message: Cue): void {
    this.process.send(message);
  }
}

/** A replica of `api`, whose clock and ids are handed over by this process. */
export class ApiReplica {
  private cues = 0;

  private constructor(
    readonly child: Child,
    readonly url: string,
  ) {}

  static async start(environment: Readonly<Record<string, string>>): Promise<ApiReplica> {
    const child = await Child.start('api/demo.js', environment);
    const { listening } = await child.hear(
      (message): message is Listening => typeof message === 'object' && message !== null && 'listening' in message,
    );
    return new ApiReplica(child, listening);
  }

  /** Resolves when the replica is as it was told to be. */
  async cue({ at, seeds }: Pick<Cue, 'at' | 'seeds'>): Promise<void> {
    const number = (this.cues += 1);
    const done = this.child.hear((message): message is Done => (message as Partial<Done> | null)?.number === number);
    this.child.tell({ number, at, seeds });
    const { fault } = await done;
    if (fault !== undefined) throw new Error(`${this.child.name}: ${fault}`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
