import { SqliteLedgerStore } from '#ledger-sqlite';
import type { Id } from '#kernel';
import { readEntry } from '#ledger';
import { storedEntries } from '#transparency';
import { rmSync } from 'node:fs';
import { build, outOf, serve, temporaryFolder, valueIn } from '../testing/product.js';
import type { Served } from '../testing/product.js';

const IS_DEEP = process.env['DEEP'] === '1';
const KILLS = IS_DEEP ? 30 : 3;
const MIN_IN_FLIGHT = IS_DEEP ? 25 : 1;
const WRITERS = 8;
const COLLECTION = 'diagnoses';

const data = temporaryFolder();
const day = new Date().toISOString().slice(0, 10);
const nextYear = `${String(new Date().getFullYear() + 1)}-01-01`;
let token: string;
let alliance: string;

beforeAll(async () => {
  build();
  const person = valueIn(await outOf(['person', 'create', 'x', '--data', data]), 'person');
  token = valueIn(await outOf(['token', 'create', person, '--data', data]), 'token');
}, 120_000);
afterAll(() => {
  rmSync(data, { recursive: true });
});

async function post(url: string, path: string, key: string, body: unknown): Promise<{ status: number; text: string }> {
  const response = await fetch(`${url}/v1/alliances${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

/** One command under its key; the title tells in the ledger which key it was. */
async function publish(url: string, key: string): Promise<string> {
  const hash = Buffer.alloc(32, key).toString('base64');
  const body = { title: key, studiedOn: day, documentHash: hash, sourceHashes: [hash], sources: ['s'] };
  const { status, text } = await post(url, `/${alliance}/${COLLECTION}`, key, body);
  if (status !== 201) throw new Error(`${key}: ${String(status)} ${text}`);
  return text;
}

interface Burst {
  /** First answer of each acknowledged key. */
  readonly acknowledged: Map<string, string>;
  /** Keys that were sent and never answered. */
  readonly unanswered: string[];
}

/** Eight writers; the process is killed as soon as `enough` commands are acknowledged. */
async function killedUnderWriters(server: Served, run: number, enough: number): Promise<Burst> {
  const acknowledged = new Map<string, string>();
  const unanswered: string[] = [];
  const writer = async (name: number): Promise<void> => {
    for (let n = 0; ; n++) {
      const key = `run${String(run)}-writer${String(name)}-${String(n)}`;
      const answer = await publish(server.url, key).catch((fault: unknown) => {
        // A refusal is a fault of the test; a connection that breaks is the kill.
        if (String(fault).includes(key)) throw fault;
        return undefined;
      });
      if (answer === undefined) return void unanswered.push(key);
      acknowledged.set(key, answer);
      if (acknowledged.size === enough) server.child.kill('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, name) => writer(name)));
  await server.end('SIGKILL');
  return { acknowledged, unanswered };
}

/** Every recorded command, by the title of its diagnosis. */
async function recordedTitles(): Promise<string[]> {
  const store = SqliteLedgerStore.openReadOnly(data);
  const titles: string[] = [];
  const commands = new Set<string>();
  let entries = 0;
  for await (const { body, seq } of storedEntries(store, alliance as Id)) {
    const entry = readEntry(body);
    commands.add(entry.commandId);
    entries += 1;
    if (entry.command !== 'PublishDiagnosis') continue;
    const opening = await store.opening(alliance as Id, seq, 0, 'title');
    titles.push(JSON.parse(opening?.payload ?? '""') as string);
  }
  await store.close();
  expect(commands.size).toBe(entries);
  return titles;
}

/** The ids that the view has, page by page. */
async function shownIds(url: string, minSeq: number): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const response = await fetch(`${url}/v1/alliances/${alliance}/${COLLECTION}?limit=200${query}`, {
      headers: { authorization: `Bearer ${token}`, 'x-min-seq': String(minSeq) },
    });
    const page = (await response.json()) as { items: { id: string }[]; next: string | null };
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  }
  return ids;
}

test(`kill -9 under ${String(WRITERS)} writers, ${String(KILLS)} times: nothing acknowledged is lost, nothing is doubled`, async () => {
  let server = await serve(data);
  const facilitator = { name: 'F', validFrom: day, validTo: nextYear };
  const formation = { name: 'A', timeZone: 'Europe/Paris', locale: 'fr', facilitator };
  const formed = await post(server.url, '', 'form', formation);
  ({ alliance } = JSON.parse(formed.text) as { alliance: string });

  const everSent = new Set<string>();
  let runsInFlight = 0;
  for (let run = 0; run < KILLS; run++) {
    const { acknowledged, unanswered } = await killedUnderWriters(server, run, 20 + ((7 * run) % 40));
    if (unanswered.length > 0) runsInFlight += 1;

    const before = await recordedTitles();
    for (const key of acknowledged.keys()) expect(before).toContain(key);

    server = await serve(data);
    for (const [key, first] of acknowledged) expect(await publish(server.url, key)).toBe(first);
    // What was under way happened once, or happens now: either way the same key has one answer.
    for (const key of unanswered) expect(await publish(server.url, key)).toBe(await publish(server.url, key));
    for (const key of [...acknowledged.keys(), ...unanswered]) everSent.add(key);

    const after = await recordedTitles();
    expect([...after].sort()).toEqual([...everSent].sort());
    const shown = await shownIds(server.url, after.length);
    expect([shown.length, new Set(shown).size]).toEqual([after.length, after.length]);
  }
  await server.end('SIGTERM');

  expect(runsInFlight).toBeGreaterThanOrEqual(MIN_IN_FLIGHT);
  expect(valueIn(await outOf(['verify', data]), 'verdict')).toBe('all holds');
  process.stdout.write(`${String(KILLS)} kills, ${String(runsInFlight)} with a request in flight\n`);
}, 600_000);
