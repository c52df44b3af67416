import autocannon from 'autocannon';
import type { Client as AutocannonClient } from 'autocannon';
import { setTimeout } from 'node:timers/promises';
import { Connection, headerIn } from './connection.js';
import type { Answered } from './connection.js';

/** Where one person may act. */
export interface Target {
  readonly path: string;
  readonly token: string;
}

/** Who asks: our own client on bare sockets, which takes least of the machine, or the tool that people use. */
export type Client = 'sockets' | 'autocannon';

export interface ClosedLoad {
  readonly kind: 'closed';
  readonly client?: Client;
  readonly port: number;
  readonly targets: readonly Target[];
  readonly body: string;
  readonly requests: number;
  readonly connections: number;
}

/** Commands at fixed instants, whether or not the ones before are answered; each is then looked for in a view. */
export interface OpenLoad {
  readonly kind: 'open';
  readonly port: number;
  readonly targets: readonly Target[];
  readonly body: string;
  readonly perSecond: number;
  readonly seconds: number;
}

export type Load = ClosedLoad | OpenLoad;

export interface ClosedResult {
  readonly perSecond: number;
  readonly startNs: string;
  readonly endNs: string;
}

export interface OpenResult {
  readonly answeredMs: readonly number[];
  readonly visibleMs: readonly number[];
}

const CREATED = 201;
const OK = 200;
const UNAVAILABLE = 503;
const MOST_CONNECTIONS = 1_000;

export function closedLoop(load: ClosedLoad): Promise<ClosedResult> {
  return load.client === 'autocannon' ? byAutocannon(load) : bySockets(load);
}

/**
 * Requests are built before the clock starts, and it stops at the last answer: autocannon itself builds a request in
 * longer than the bare server answers it, and looks once a second whether it has ended.
 */
async function byAutocannon({ port, targets, body, requests, connections }: ClosedLoad): Promise<ClosedResult> {
  const keys = keysOfRun();
  let given = 0;
  let [startNs, endNs] = [0n, 0n];
  const request = () => {
    const { path, token } = targets[given++ % targets.length] as Target;
    const type = { 'content-type': 'application/json' };
    const headers = { ...type, authorization: `Bearer ${token}`, 'idempotency-key': keys() };
    return { method: 'POST', path, headers, body } as const;
  };
  const setupClient = (client: AutocannonClient) => {
    client.setRequests(Array.from({ length: Math.ceil(requests / connections) }, request));
    client.on('response', () => {
      endNs = process.hrtime.bigint();
    });
    startNs = process.hrtime.bigint();
  };
  const url = `http://127.0.0.1:${String(port)}`;
  const { errors, '2xx': done } = await autocannon({ url, connections, amount: requests, setupClient });
  if (errors > 0 || done !== requests) throw new Error(`${String(done)} of ${String(requests)} requests were done`);
  return resultOf(requests, startNs, endNs);
}

function resultOf(requests: number, startNs: bigint, endNs: bigint): ClosedResult {
  const perSecond = (requests * 1e9) / Number(endNs - startNs);
  return { perSecond, startNs: String(startNs), endNs: String(endNs) };
}

async function bySockets({ port, targets, body, requests, connections }: ClosedLoad): Promise<ClosedResult> {
  const lines = await Promise.all(Array.from({ length: connections }, () => Connection.to(port)));
  const keys = keysOfRun();
  let given = 0;
  const startNs = process.hrtime.bigint();
  const worker = async (line: Connection) => {
    for (let n = given++; n < requests; n = given++) {
      const target = targets[n % targets.length] as Target;
      expect(CREATED, await line.ask('POST', target.path, headersOf(target, keys()), body));
    }
  };
  await Promise.all(lines.map(worker));
  const endNs = process.hrtime.bigint();
  for (const line of lines) line.close();
  return resultOf(requests, startNs, endNs);
}

export async function openLoop(load: OpenLoad): Promise<OpenResult> {
  const { targets, perSecond, seconds } = load;
  const pool = new Pool(load.port);
  const keys = keysOfRun();
  const result = { answeredMs: [] as number[], visibleMs: [] as number[] };
  const underWay: Promise<void>[] = [];
  const start = performance.now();
  for (let n = 0; n < perSecond * seconds; n++) {
    const dueMs = start + (n * 1_000) / perSecond;
    const early = dueMs - performance.now();
    if (early > 0) await setTimeout(early);
    const target = targets[n % targets.length] as Target;
    underWay.push(pool.use((line) => commandThenView(line, load, target, { key: keys(), dueMs, result })));
  }
  await Promise.all(underWay);
  pool.close();
  return result;
}

interface Asking {
  readonly key: string;
  /** When the command should have left: a late start counts. */
  readonly dueMs: number;
  readonly result: { readonly answeredMs: number[]; readonly visibleMs: number[] };
}

async function commandThenView(
  line: Connection,
  { body }: OpenLoad,
  target: Target,
  { key, dueMs, result }: Asking,
): Promise<void> {
  const answer = expect(CREATED, await line.ask('POST', target.path, headersOf(target, key), body));
  result.answeredMs.push(performance.now() - dueMs);
  const location = headerIn(answer.head, 'location');
  if (location === undefined) return;
  const minSeq = `x-min-seq: ${headerIn(answer.head, 'x-seq') ?? ''}\r\n`;
  const look = () => line.ask('GET', location, `authorization: Bearer ${target.token}\r\n${minSeq}`);
  let seen = await look();
  // Told that the view is behind, a person asks again; the time counts.
  while (seen.status === UNAVAILABLE) seen = await look();
  expect(OK, seen);
  result.visibleMs.push(performance.now() - dueMs);
}

/** Connections lent out one use at a time, as many as are needed at once. */
class Pool {
  private readonly free: Connection[] = [];
  private open = 0;

  constructor(private readonly port: number) {}

  async use(work: (line: Connection) => Promise<void>): Promise<void> {
    const line = this.free.pop() ?? (await this.another());
    await work(line);
    this.free.push(line);
  }

  close(): void {
    for (const line of this.free) line.close();
  }

  private async another(): Promise<Connection> {
    if (++this.open > MOST_CONNECTIONS) throw new Error('the server does not keep up');
    return await Connection.to(this.port);
  }
}

function headersOf({ token }: Target, key: string): string {
  return `authorization: Bearer ${token}\r\nidempotency-key: ${key}\r\n`;
}

function keysOfRun(): () => string {
  const run = process.hrtime.bigint().toString(36);
  let count = 0;
  return () => `${run}-${String(count++)}`;
}

function expect(status: number, answer: Answered): Answered {
  if (answer.status !== status) throw new Error(`${answer.head}\n${answer.body}`);
  return answer;
}
