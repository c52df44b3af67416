import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build, collegium, outOf, serve, temporaryFolder } from '../testing/product.js';
import { rehearsedLedger } from '../testing/rehearsed.js';

const READY_WITHIN_MS = 3_000;
const STARTS = 3;
const root = temporaryFolder();
const at = (name: string): string => join(root, name);

beforeAll(() => {
  build();
}, 120_000);
afterAll(() => {
  rmSync(root, { recursive: true });
});

test('the built server is ready within 3 seconds', async () => {
  // Other suites run beside this one: the best of some starts is the server's own time.
  let best = Infinity;
  for (let n = 0; n < STARTS && best > READY_WITHIN_MS; n++) {
    const server = await serve(at('ready'));
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    best = Math.min(best, server.readyAfterMs);
    await server.end('SIGTERM');
  }
  expect(best).toBeLessThan(READY_WITHIN_MS);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s stops it cleanly: exit 0, no complaint, the folder free',
  async (signal) => {
    const server = await serve(at('stop'));
    const { code, err } = await server.end(signal);
    expect([code, err]).toEqual([0, '']);
    const next = await serve(at('stop'));
    expect((await next.end(signal)).code).toBe(0);
  },
);

test('a request whose rest never comes does not hold up the stop', async () => {
  const server = await serve(at('half'));
  const { port } = new URL(server.url);
  const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
  socket.write('POST /v1/alliances HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{');
  // The server has it when it answers another request that was sent behind it.
  expect((await fetch(`${server.url}/livez`)).status).toBe(200);
  const begun = performance.now();
  const { code, err } = await server.end('SIGTERM');
  expect([code, err, performance.now() - begun < 5_000]).toEqual([0, '', true]);
  socket.destroy();
});

test('a second process on the same folder is refused in words, and the first goes on', async () => {
  const server = await serve(at('one'));
  const { code, out, err } = await collegium(['serve', '--data', at('one'), '--port', '0']);
  expect([code, out]).toEqual([1, '']);
  expect(err).toBe(`collegium: another process already uses ${at('one')}; stop it first, or choose --data\n`);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  await server.end('SIGTERM');
});

test('a port that is taken is told in words', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { code, err } = await collegium(['serve', '--data', at('port'), '--port', String(port)]);
  other.close();
  expect([code, err]).toEqual([
    1,
    `collegium: cannot listen on 127.0.0.1:${String(port)} (EADDRINUSE); choose --port\n`,
  ]);
});

test.each([
  ['before its newest entry', 100],
  ['more than 400 days after it', -6],
])('a machine whose time is %s is not believed, until told that its clock is right', async (_when, years) => {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  const { ledger, entries } = await rehearsedLedger(folder, years);
  await outOf(['import', ledger, '--data', data]);
  const { code, out, err } = await collegium(['serve', '--data', data, '--port', '0']);
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(/^collegium: CLOCK_SUSPECT: this machine says \S+, the newest entry is of /);
  expect(err).toContain(String(entries.at(-1)?.at));
  expect(err).toContain('--clock-is-right');
  const server = await serve(data, '--clock-is-right');
  expect((await server.end('SIGTERM')).code).toBe(0);
  rmSync(folder, { recursive: true });
});
