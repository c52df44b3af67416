import { makeLog } from '#platform';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { openFolder } from '../../apps/standalone/adapters.js';
import { checkClock } from '../../apps/standalone/clock-check.js';
import { createServer } from '../../apps/standalone/create-server.js';
import { HandClock } from '../testing/test-server.js';

const DAY = '2026-03-02';
const folder = mkdtempSync(join(tmpdir(), 'collegium-folder-'));
const errors: string[] = [];
const log = makeLog('error', (line) => errors.push(line));
const clock = new HandClock(`${DAY}T09:00:00.000Z`);
const open = () => openFolder(folder, { clock, sqlite: { inThread: true } });

afterAll(() => {
  rmSync(folder, { recursive: true });
  expect(errors).toEqual([]);
});

/** A server on a port of its own, for one piece of work. */
async function served<T>(work: (url: string, token: string) => Promise<T>, given?: string): Promise<T> {
  const adapters = await open();
  const token = given ?? adapters.identity.createToken(adapters.identity.createAccount('x').id).token;
  const server = await createServer(adapters, { log });
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  try {
    return await work(await server.app.getUrl(), token);
  } finally {
    await server.close();
  }
}

const body = {
  name: 'A',
  timeZone: 'Europe/Paris',
  locale: 'fr',
  facilitator: { name: 'F', validFrom: DAY, validTo: '2026-12-31' },
};

test('a key gives the first answer again after a restart, and views are still there', async () => {
  const form = (url: string, token: string) =>
    request(url)
      .post('/v1/alliances')
      .auth(token, { type: 'bearer' })
      .set('idempotency-key', 'k')
      .send(body)
      .expect(201);
  const first = await served(async (url, token) => ({ token, text: (await form(url, token)).text }));
  clock.at = `${DAY}T10:00:00.000Z`;
  const { text, members } = await served(async (url, token) => {
    const again = await form(url, token);
    const { alliance } = again.body as { readonly alliance: string };
    const view = request(url).get(`/v1/alliances/${alliance}/views/members`).auth(token, { type: 'bearer' });
    return {
      text: again.text,
      members: (await view.set('x-min-seq', '0').expect(200)).body as { readonly seq: number },
    };
  }, first.token);
  expect(text).toBe(first.text);
  expect(members.seq).toBe(0);
});

test('a second server on the same folder is refused, and the first goes on', async () => {
  await served(async (url) => {
    await expect(open()).rejects.toMatchObject({ code: 'FOLDER_IN_USE' });
    await request(url).get('/readyz').expect(200);
  });
});

test.each([
  ['before the newest entry', '2026-03-02T08:59:59.999Z', true],
  ['at the newest entry', '2026-03-02T09:00:00.000Z', false],
  ['400 days after it', '2027-04-06T09:00:00.000Z', false],
  ['more than 400 days after it', '2027-04-06T09:00:00.001Z', true],
])('a clock %s', async (_when, now, isSuspect) => {
  const adapters = await open();
  try {
    const checked = checkClock(adapters.ledgerStore, now);
    await (isSuspect ? expect(checked).rejects.toMatchObject({ code: 'CLOCK_SUSPECT' }) : checked);
  } finally {
    await adapters.close();
  }
});
