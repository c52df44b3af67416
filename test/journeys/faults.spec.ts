import { PROJECTIONS } from '#engine';
import { sha256 } from '#kernel';
import type { Id } from '#kernel';
import { LedgerBroken, OutcomeUnknown, StoreFailed } from '#ledger';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { TestServer } from '../testing/test-server.js';

const DAY = '2026-03-02';
const CORRELATION = 'c'.repeat(26);
const server = new TestServer(`${DAY}T09:00:00.000Z`);
const { token } = server.person();
const body = {
  name: 'Secret name',
  timeZone: 'Europe/Paris',
  locale: 'fr',
  facilitator: { name: 'F', validFrom: DAY, validTo: '2026-12-31' },
};
const form = (key: string) =>
  server.send('POST', '/v1/alliances', { token, key, body, headers: { 'x-correlation-id': CORRELATION } });

beforeAll(async () => {
  await server.start();
});
afterEach(() => {
  jest.restoreAllMocks();
  server.errors.length = 0;
});
afterAll(async () => {
  await server.stop();
});

test('a store without room is told as such, and nothing is recorded', async () => {
  jest.spyOn(server.ledgerStore, 'append').mockRejectedValue(new StoreFailed('disk at /secret', 'STORAGE_FULL'));
  const answer = await form('full');
  expect([answer.status, answer.json.code]).toEqual([507, 'STORAGE_FULL']);
  expect(answer.text).not.toContain('secret');
});

test('a fault of ours is answered by its correlation alone; the log has the rest under it', async () => {
  jest.spyOn(server.ledgerStore, 'read').mockRejectedValue(new Error('driver text, path /secret'));
  const { status, json, text } = await form('broken');
  expect([status, json.code, json['correlation']]).toEqual([500, 'INTERNAL', CORRELATION]);
  expect(text).not.toMatch(/secret|driver|at .*\.ts/);
  expect(server.errors.join()).toContain('driver text');
  expect(server.errors.join()).not.toContain('Secret name');
});

test('an unknown outcome asks for a repeat under the same key, which tells what happened', async () => {
  const append = server.ledgerStore.append.bind(server.ledgerStore);
  jest.spyOn(server.ledgerStore, 'append').mockImplementationOnce(async (rows) => {
    await append(rows);
    throw new OutcomeUnknown('connection lost');
  });
  const first = await form('lost');
  const again = await form('lost');
  // The ledger looks the command up by itself; only when it cannot does the caller have to ask.
  expect([201, 504]).toContain(first.status);
  expect([again.status, (await server.ledgerStore.alliances(undefined, 10)).length]).toEqual([201, 1]);
});

test('a ledger whose chain is broken takes no act, and says so', async () => {
  jest.spyOn(server.ledgerStore, 'read').mockRejectedValue(new LedgerBroken('a'.repeat(26) as Id, 3, 'gap'));
  const { status, json } = await form('torn');
  expect([status, json.code]).toEqual([500, 'LEDGER_BROKEN']);
  expect(server.errors.join()).toContain('gap');
});

test('an alliance whose ledger the views found replaced takes no act from then on; others do', async () => {
  const alliance = (await form('forked')).json.alliance;
  const other = (await form('whole')).json.alliance;
  const names = PROJECTIONS.map(({ name }) => name);
  await server.running.projector.waitFor(alliance as Id, names, 0, 5_000);
  const head = server.ledgerStore.head.bind(server.ledgerStore);
  jest.spyOn(server.ledgerStore, 'head').mockImplementation(async (asked) => {
    const found = await head(asked);
    return found && asked === alliance ? { ...found, hash: sha256('another entry') } : found;
  });
  server.running.projector.ring(alliance as Id);
  await server.running.projector.idle();

  const invite = async (to: string) => {
    const partner = { kind: 'company', registerScheme: 'none', legalName: 'P' };
    const { status, json } = await server.send('POST', `/v1/alliances/${to}/partners`, {
      token,
      key: to,
      body: partner,
    });
    return [status, json.code];
  };
  expect(await invite(alliance)).toEqual([500, 'LEDGER_BROKEN']);
  expect(await invite(other)).toEqual([201, undefined]);

  const listed = await server.send('GET', '/v1/alliances', { token });
  const { items } = listed.json as unknown as { items: readonly { alliance: string; standing: string }[] };
  const standings = new Map(items.map((one) => [one.alliance, one.standing]));
  expect([standings.get(alliance), standings.get(other)]).toEqual(['broken', 'forming']);
});

test('what is no HTTP at all gets a problem document too', async () => {
  await server.running.app.listen(0, '127.0.0.1');
  const { port } = server.running.app.getHttpServer().address() as AddressInfo;
  const socket = connect(port, '127.0.0.1', () => socket.write('FLY / HTTP/1.1\r\nhost: localhost\r\n\r\n'));
  const answer = (await socket.setEncoding('utf8').toArray()).join('');
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
});

test('no answer leaves before its entry is flushed', async () => {
  const append = server.ledgerStore.append.bind(server.ledgerStore);
  const flushed = Promise.withResolvers<undefined>();
  const order: string[] = [];
  jest.spyOn(server.ledgerStore, 'append').mockImplementation(async (rows) => {
    order.push('written');
    await flushed.promise;
    order.push('flushed');
    return await append(rows);
  });
  const answered = form('held').then(({ status }) => order.push(`answered ${String(status)}`));
  for (let turns = 0; order.length === 0 && turns < 1_000; turns++) await setImmediate();
  // A whole other request goes there and back meanwhile.
  await server.send('GET', '/livez');
  order.push('other answered');
  flushed.resolve(undefined);
  await answered;
  expect(order).toEqual(['written', 'other answered', 'flushed', 'answered 201']);
});
