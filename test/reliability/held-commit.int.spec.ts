import { makeLog } from '#platform';
import { SqliteLedgerStore } from '#ledger-sqlite';
import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { openFolder } from '../../apps/standalone/adapters.js';
import { createServer } from '../../apps/standalone/create-server.js';
import { temporaryFolder } from '../testing/product.js';

/** How long a commit is held back: an answer that did not wait for it would be here by then. */
const HELD_MS = 300;

/** A kill alone never proves a flush: the machine's cache outlives the process. */
test('while the commit is held for 300 ms, no answer leaves over HTTP, and nothing is read', async () => {
  const folder = temporaryFolder();
  const held = Promise.withResolvers<undefined>();
  const reached = Promise.withResolvers<undefined>();
  const beforeCommit = async (): Promise<void> => {
    reached.resolve(undefined);
    await held.promise;
  };
  const adapters = await openFolder(folder, { sqlite: { inThread: true, hooks: { beforeCommit } } });
  const server = await createServer(adapters, { log: makeLog('error') });
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const url = await server.app.getUrl();
  const { token } = adapters.identity.createToken(adapters.identity.createAccount('x').id);
  const day = new Date().toISOString().slice(0, 10);
  const facilitator = { name: 'F', validFrom: day, validTo: `${String(new Date().getFullYear() + 1)}-01-01` };

  try {
    const answer = fetch(`${url}/v1/alliances`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': 'k' },
      body: JSON.stringify({ name: 'A', timeZone: 'Europe/Paris', locale: 'fr', facilitator }),
    }).then(({ status }) => status);
    await reached.promise;
    const reader = SqliteLedgerStore.openReadOnly(folder);
    expect(await Promise.race([answer, setTimeout(HELD_MS, 'held')])).toBe('held');
    expect(await reader.alliances(undefined, 1)).toEqual([]);
    // The server itself is awake: another request goes there and back.
    expect((await fetch(`${url}/livez`)).status).toBe(200);

    held.resolve(undefined);
    expect(await answer).toBe(201);
    expect(await reader.alliances(undefined, 1)).toHaveLength(1);
    await reader.close();
  } finally {
    held.resolve(undefined);
    await server.close();
    rmSync(folder, { recursive: true });
  }
});
