import type { Id } from '#kernel';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isToken } from './api-token.js';
import { IdentityFailed } from './identity-database.js';
import { IdentityStore } from './identity-store.js';
import { Authentication } from './token-strategy.js';

const ALLIANCE = 'a'.repeat(26) as Id;
const OTHER = 'b'.repeat(26) as Id;

describe('the identity store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'collegium-identity-'));
  const file = join(folder, 'identity.db');
  let store: IdentityStore;
  beforeEach(() => {
    store = new IdentityStore(file);
  });
  afterEach(() => {
    store.close();
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('a token is 62 characters, is found by its text alone, and is not in the file', async () => {
    const account = store.createAccount('first person');
    const { token } = store.createToken(account.id);
    expect(token).toMatch(/^cgm_[a-z2-7]{58}$/);
    expect(store.authenticate(token)).toBe(account.id);
    const other = token.slice(0, -1) + (token.endsWith('a') ? 'b' : 'a');
    expect([isToken(other), store.authenticate(other)]).toEqual([false, undefined]);
    const { readFileSync } = await import('node:fs');
    for (const name of [file, `${file}-wal`]) expect(readFileSync(name).includes(token.slice(4, 56))).toBe(false);
  });

  test('a second process makes a token that the first accepts at once', () => {
    const account = store.createAccount('x');
    const commandLine = new IdentityStore(file);
    const { token, personRef } = commandLine.createToken(account.id);
    commandLine.close();
    expect(store.authenticate(token)).toBe(account.id);
    expect(store.spareRef(account.id)).toBe(personRef);
  });

  test('a ref is bound to the first alliance in which it is used, and a new spare is made', () => {
    const { id } = store.createAccount('x');
    const ref = store.spareRef(id);
    expect(store.bind(id, ALLIANCE, ref)).toBe(true);
    expect(store.bind(id, ALLIANCE, ref)).toBe(true);
    expect(store.bind(id, OTHER, ref)).toBe(false);
    const spare = store.spareRef(id);
    expect(spare).not.toBe(ref);
    expect(store.refsOf(id, ALLIANCE)).toEqual({ bound: [ref], spare });
    expect(store.refsOf(id, OTHER)).toEqual({ bound: [], spare });
    expect(store.alliancesOf(id)).toEqual([ALLIANCE]);
  });

  test('nobody binds the ref of another', () => {
    const one = store.createAccount('one');
    const two = store.createAccount('two');
    expect(store.bind(two.id, ALLIANCE, store.spareRef(one.id))).toBe(false);
    expect(store.refsOf(one.id, ALLIANCE)).toEqual({ bound: [], spare: store.spareRef(one.id) });
  });

  test('a spare that an alliance names is bound there; an unknown ref changes nothing', () => {
    const { id } = store.createAccount('x');
    const ref = store.spareRef(id);
    store.bindNamed(OTHER, ref);
    store.bindNamed(OTHER, 'c'.repeat(26) as Id);
    store.bindNamed(ALLIANCE, ref);
    expect([store.alliancesOf(id), store.spareRef(id) === ref]).toEqual([[OTHER], false]);
  });

  test('a repeated key finds the formation that the first reserved, and another person does not', () => {
    const one = store.createAccount('one');
    const two = store.createAccount('two');
    const first = store.reserveFormation(one.id, 'key');
    store.noteFormation(one.id, 'key', { alliance: ALLIANCE, personRef: store.spareRef(one.id) });
    const again = store.reserveFormation(one.id, 'key');
    expect(again).toEqual({ nonce: first.nonce, alliance: ALLIANCE, personRef: store.spareRef(one.id) });
    expect(store.reserveFormation(two.id, 'key').nonce).not.toBe(first.nonce);
    expect(store.unfinishedFormations(one.id, store.spareRef(one.id))).toEqual([ALLIANCE]);
  });

  test('a copy has what the store had, and is a store itself', async () => {
    const { id } = store.createAccount('x');
    const { token } = store.createToken(id);
    const copy = new IdentityStore(await store.backup(join(folder, 'copy')));
    expect(copy.authenticate(token)).toBe(id);
    copy.close();
  });

  test('a fault of the driver is wrapped', () => {
    expect(() => store.createToken('c'.repeat(26) as Id)).toThrow(IdentityFailed);
  });
});

describe('the token strategy', () => {
  const store = new IdentityStore(':memory:');
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
