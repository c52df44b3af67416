import type { Id } from '#kernel';
import { FROM_SOURCES } from '#ledger-sqlite/testing';
import type { MongoAddress } from '#mongo';
import type { KafkaSettings } from '#stream-kafka';
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a process of the distributed mode is given. */
export interface PartSettings {
  readonly role: 'api' | 'relay' | 'projector';
  readonly mongo: MongoAddress;
  readonly kafka: KafkaSettings;
  readonly group: string;
  readonly publicUrl: string;
}

export interface Asked {
  /** Commands that the api role gives from now on. */
  readonly perSecond?: number;
}

export interface Told {
  readonly ready?: true;
  readonly sites?: readonly Id[];
  readonly rss?: number;
  readonly acknowledged?: number;
  readonly failed?: number;
  readonly slowestMs?: number;
  readonly fault?: string;
}

export interface Fare {
  readonly rss: number;
  readonly acknowledged: number;
  /** Commands of the api, turns of a projector. */
  readonly failed: number;
  readonly slowestMs: number;
  /** Why the last one failed. */
  readonly fault: string;
}

/** As the apps set it for themselves. */
const HEAP = ['--heap-growing-percent=30'];
const CHILD = fileURLToPath(new URL('../children/part.child.ts', import.meta.url));

/** A process of its own, started by a test and ended by it. */
export class Part {
  private constructor(private readonly child: ChildProcess) {}

  static async start(settings: PartSettings): Promise<Part> {
    const child = fork(CHILD, [JSON.stringify(settings)], { execArgv: [...HEAP, ...FROM_SOURCES] });
    const part = new Part(child);
    await part.told((told) => told.ready);
    return part;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  sites(): Promise<readonly Id[]> {
    return this.told((told) => told.sites);
  }

  async ask(asked: Asked = {}): Promise<Fare> {
    const told = this.told((one) => (one.rss === undefined ? undefined : (one as Fare)));
    this.child.send(asked);
    return await told;
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    if (!this.isRunning) return this.child.exitCode;
    const ended = once(this.child, 'exit') as Promise<[number | null]>;
    this.child.kill(signal);
    return (await ended)[0];
  }

  /** The next thing of a kind that it tells; an error when it ends instead. */
  private told<T>(pick: (told: Told) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null) => {
        reject(new Error(`a part ended with ${String(code)}`));
      };
      const heard = (told: Told) => {
        const picked = pick(told);
        if (picked === undefined) return;
        this.child.off('message', heard).off('exit', ended);
        resolve(picked);
      };
      this.child.on('message', heard).once('exit', ended);
    });
  }
}
