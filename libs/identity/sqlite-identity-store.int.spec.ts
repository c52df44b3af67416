import { FROM_SOURCES } from '#ledger-sqlite/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Authentication, SqliteIdentityStore } from './index.js';
import { identityStoreContract } from './testing/index.js';

const folder = mkdtempSync(join(tmpdir(), 'collegium-identity-'));
const file = join(folder, 'identity.db');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

identityStoreContract('SQLite', async () => new SqliteIdentityStore(file));

describe('the file of the identity store', () => {
  const store = new SqliteIdentityStore(file);
  afterAll(() => {
    store.close();
  });

  test('has no token in it', () => {
    const { token } = store.createToken(store.createAccount('x').id);
    for (const name of [file, `${file}-wal`]) expect(readFileSync(name).includes(token.slice(4, 56))).toBe(false);
  });

  test('is copied while it is used, and the copy is a store itself', async () => {
    const { id } = store.createAccount('x');
    const { token } = store.createToken(id);
    const copy = new SqliteIdentityStore(await store.backup(join(folder, 'copy')));
    expect(copy.authenticate(token)).toBe(id);
    copy.close();
  });
});

test('processes that open a new file at the same instant wait for each other', async () => {
  const [FILES, PROCESSES, UNTIL_STARTED_MS] = [120, 3, 1_500];
  const child = fileURLToPath(new URL('./testing/opening.child.ts', import.meta.url));
  const words = [folder, String(FILES), String(Date.now() + UNTIL_STARTED_MS)];
  const ended = Array.from({ length: PROCESSES }, async () => {
    const opening = spawn(process.execPath, [...FROM_SOURCES, child, ...words]);
    let errors = '';
    opening.stderr.on('data', (text: Buffer) => (errors += text.toString()));
    const [code] = (await once(opening, 'close')) as [number | null];
    return { code, errors };
  });
  expect(await Promise.all(ended)).toEqual(Array(PROCESSES).fill({ code: 0, errors: '' }));
});

describe('the token strategy', () => {
  const store = new SqliteIdentityStore(':memory:');
  const authentication = new Authentication(store);
  const account = store.createAccount('x').id;
  const { token } = store.createToken(account);

  test.each([
    ['a bearer token is accepted', `Bearer ${token}`, account],
    ['the scheme is read in any case', `bearer ${token}`, account],
    ['another scheme is not read', `Basic ${token}`, undefined],
    ['a wrong token fails', `Bearer cgm_${'a'.repeat(58)}`, undefined],
    ['two tokens fail', `Bearer ${token}, Bearer ${token}`, undefined],
    ['no header fails', undefined, undefined],
  ])('%s', async (_rule, authorization, expected) => {
    expect(await authentication.authenticate({ headers: { authorization } })).toBe(expected);
  });
});
