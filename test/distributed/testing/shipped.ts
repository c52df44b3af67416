import type { Id } from '#kernel';
import { spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { AppProcess } from '../../testing/app-process.js';
import { freePorts } from '../../testing/free-ports.js';

export type AppName = 'api' | 'relay' | 'projector';

/** A built main of the distributed mode, as its image starts it. */
export async function startShipped(app: AppName, address: Readonly<Record<string, string>>): Promise<AppProcess> {
  const ports = await freePorts();
  const listening = { COLLEGIUM_PORT: String(ports.port), COLLEGIUM_ADMIN_PORT: String(ports.adminPort) };
  const NODE_OPTIONS = '--disable-warning=TimeoutNegativeWarning';
  const env = { PATH: process.env['PATH'], NODE_OPTIONS, ...address, ...listening };
  const child = spawn(process.execPath, [`dist/apps/${app}/main.js`], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  return await new AppProcess(app, child, ports).ready();
}

const YEAR = new Date().getFullYear();
const HASH = Buffer.alloc(32, 'source').toString('base64');
/** Between two commands of a writer, and before a replica that is gone is asked again. */
const PAUSE_MS = 40;
const REPEATED = 200;

/** People who publish diagnoses through any replica, each again under its key until it has an answer. */
export class Writers {
  /** The first answer to each key. */
  readonly acknowledged = new Map<string, string>();
  /** Requests that broke off without an answer. */
  brokenOff = 0;
  /** Requests that wait for an answer now. */
  inFlight = 0;
  /** An answer that is neither the entry nor "try again". */
  readonly strange: string[] = [];
  private isOver = false;
  private working: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly token: string,
    private readonly urls: () => readonly string[],
  ) {}

  async form(name: string): Promise<Id> {
    const facilitator = { name: 'F', validFrom: `${String(YEAR)}-01-01`, validTo: `${String(YEAR)}-12-31` };
    const body = { name, timeZone: 'Europe/Paris', locale: 'fr', facilitator };
    return (JSON.parse(await this.untilAnswered('', name, body)) as { alliance: Id }).alliance;
  }

  start(alliances: readonly Id[], writers: number): void {
    const writer = async (_: unknown, w: number) => {
      for (let n = 0; !this.isOver; n += 1) {
        await this.publish(alliances[w % alliances.length] as Id, `${w}-${n}`);
        await setTimeout(PAUSE_MS);
      }
    };
    this.working = Promise.all(Array.from({ length: writers }, writer));
  }

  /** Resolves when every key has its answer. */
  async stop(): Promise<void> {
    this.isOver = true;
    await this.working;
  }

  /** Where each alliance's commands were said to stand, in order. */
  seqsOf(alliance: Id): readonly number[] {
    const answers = [...this.acknowledged].filter(([key]) => key.startsWith(alliance));
    return answers.map(([, answer]) => (JSON.parse(answer) as { seq: number }).seq).sort((a, b) => a - b);
  }

  /** The same answer as the first, for some of the keys. */
  async repeatSome(): Promise<void> {
    const step = Math.ceil(this.acknowledged.size / REPEATED);
    for (const [key, first] of [...this.acknowledged].filter((_, n) => n % step === 0)) {
      const [alliance = '', title = ''] = key.split(' ');
      expect([key, await this.untilAnswered(`/${alliance}/diagnoses`, key, bodyOf(title))]).toEqual([key, first]);
    }
  }

  private async publish(alliance: Id, title: string): Promise<void> {
    const key = `${alliance} ${title}`;
    this.acknowledged.set(key, await this.untilAnswered(`/${alliance}/diagnoses`, key, bodyOf(title)));
  }

  private async untilAnswered(path: string, key: string, body: object): Promise<string> {
    for (let turn = key.length; ; turn += 1) {
      const urls = this.urls();
      const answer = await this.send(`${urls[turn % urls.length] ?? ''}/v1/alliances${path}`, key, body);
      if (answer !== undefined) return answer;
      await setTimeout(PAUSE_MS);
    }
  }

  private async send(url: string, key: string, body: object): Promise<string | undefined> {
    this.inFlight += 1;
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${this.token}`,
          'content-type': 'application/json',
          'idempotency-key': key.replaceAll(' ', '-'),
        },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      if (answer.status === 201) return text;
      if (![503, 504].includes(answer.status)) this.strange.push(`${String(answer.status)} ${text}`);
    } catch {
      this.brokenOff += 1;
    } finally {
      this.inFlight -= 1;
    }
    return undefined;
  }
}

function bodyOf(title: string): object {
  const documentHash = Buffer.alloc(32, title).toString('base64');
  return { title, studiedOn: `${String(YEAR)}-01-01`, documentHash, sourceHashes: [HASH], sources: ['s'] };
}
