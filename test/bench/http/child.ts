import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ClosedLoad, ClosedResult, Load, OpenLoad, OpenResult } from './load.js';

/** A child that outlives this was forgotten or hangs. */
const LONGEST_MS = 180_000;

/** A process of the bench; it ends when it is told, when the bench ends, or when it lasts too long. */
export class Child {
  private readonly cut: NodeJS.Timeout;

  private constructor(private readonly process: ChildProcess) {
    this.cut = setTimeout(() => process.kill('SIGKILL'), LONGEST_MS);
    this.cut.unref();
  }

  static start(file: string, args: readonly string[] = [], execArgv: readonly string[] = []): Child {
    return new Child(fork(join(import.meta.dirname, file), [...args], { execArgv: [...execArgv], env: cleanEnv() }));
  }

  /** The next message; throws when the child ends instead. */
  async told<T>(): Promise<T> {
    const over = new AbortController();
    const { signal } = over;
    const ended = once(this.process, 'exit', { signal }).then(([code]) => {
      throw new Error(`a child of the bench ended with ${String(code)}`);
    });
    try {
      const [message] = (await Promise.race([once(this.process, 'message', { signal }), ended])) as [T];
      return message;
    } finally {
      ended.catch(() => undefined);
      over.abort();
    }
  }

  async ask<T>(question: object): Promise<T> {
    this.process.send(question);
    return await this.told<T>();
  }

  async stop(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.disconnect();
    await ended;
    clearTimeout(this.cut);
  }
}

/** Memory now, and processor time so far: of all threads, and of the one that runs the event loop. */
export interface Usage {
  readonly rss: number;
  readonly cpuUs: number;
  readonly mainUs: number;
}

/** A server of the bench on a port of its own. */
export class ServerChild {
  private constructor(
    private readonly child: Child,
    readonly port: number,
  ) {}

  static async collegium(folder: string, execArgv: readonly string[] = []): Promise<ServerChild> {
    return await ServerChild.listening(Child.start('collegium.child.js', [folder], execArgv));
  }

  static async bare(answer: string): Promise<ServerChild> {
    return await ServerChild.listening(Child.start('bare.child.js', [answer]));
  }

  private static async listening(child: Child): Promise<ServerChild> {
    const { port } = await child.told<{ port: number }>();
    return new ServerChild(child, port);
  }

  usage(): Promise<Usage> {
    return this.child.ask({});
  }

  stop(): Promise<void> {
    return this.child.stop();
  }
}

/** The process that loads servers. */
export class LoadChild {
  private readonly child = Child.start('load.child.js');

  run(load: ClosedLoad): Promise<ClosedResult>;
  run(load: OpenLoad): Promise<OpenResult>;
  run(load: Load): Promise<ClosedResult | OpenResult> {
    return this.child.ask(load);
  }

  stop(): Promise<void> {
    return this.child.stop();
  }
}

function cleanEnv(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _given, ...env } = process.env;
  return env;
}
