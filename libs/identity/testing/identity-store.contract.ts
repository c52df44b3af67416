import type { Id } from '#kernel';
import { isToken } from '../api-token.js';
import type { IdentityStore } from '../identity-store.js';

const [ALLIANCE, OTHER, NOBODY] = ['a', 'b', 'c'].map((letter) => letter.repeat(26)) as [Id, Id, Id];

/** What every identity store promises. `open` gives the same store again, as another process would have it. */
export function identityStoreContract(name: string, open: () => Promise<IdentityStore>): void {
  describe(`${name} as an identity store`, () => {
    let store: IdentityStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.close();
    });

    /** Work of another process on the same identities. */
    async function beside<T>(work: (other: IdentityStore) => Promise<T>): Promise<T> {
      const other = await open();
      try {
        return await work(other);
      } finally {
        await other.close();
      }
    }

    test('an account is found by its id and stands in the list', async () => {
      const account = await store.createAccount('a person');
      expect(await store.account(account.id)).toEqual(account);
      expect(await store.account(NOBODY)).toBeUndefined();
      expect(await store.accounts()).toContainEqual(account);
    });

    test('a token is 62 characters and is found by its text alone', async () => {
      const account = await store.createAccount('first person');
      const { token } = await store.createToken(account.id);
      expect(token).toMatch(/^cgm_[a-z2-7]{58}$/);
      expect(await store.authenticate(token)).toBe(account.id);
      const other = token.slice(0, -1) + (token.endsWith('a') ? 'b' : 'a');
      expect([isToken(other), await store.authenticate(other)]).toEqual([false, undefined]);
    });

    test('another process makes a token that this one accepts at once', async () => {
      const account = await store.createAccount('x');
      const { token, personRef } = await beside(async (other) => await other.createToken(account.id));
      expect(await store.authenticate(token)).toBe(account.id);
      expect(await store.spareRef(account.id)).toBe(personRef);
    });

    test('nobody gets a token for an account that is not there', async () => {
      await expect(Promise.resolve().then(() => store.createToken(NOBODY))).rejects.toMatchObject({
        code: 'IDENTITY_FAILED',
      });
    });

    test('a ref is bound to the first alliance in which it is used, and a new spare is made', async () => {
      const { id } = await store.createAccount('x');
      const ref = await store.spareRef(id);
      expect(await store.bind(id, ALLIANCE, ref)).toBe(true);
      expect(await store.bind(id, ALLIANCE, ref)).toBe(true);
      expect(await store.bind(id, OTHER, ref)).toBe(false);
      const spare = await store.spareRef(id);
      expect(spare).not.toBe(ref);
      expect(await store.refsOf(id, ALLIANCE)).toEqual({ bound: [ref], spare });
      expect(await store.refsOf(id, OTHER)).toEqual({ bound: [], spare });
      expect(await store.alliancesOf(id)).toEqual([ALLIANCE]);
    });

    test('a ref is of the alliance that it is bound to, a spare of none', async () => {
      const { id } = await store.createAccount('x');
      const ref = await store.spareRef(id);
      expect(await store.allianceOf(ref)).toBeUndefined();
      await store.bind(id, ALLIANCE, ref);
      expect([await store.allianceOf(ref), await store.allianceOf(NOBODY)]).toEqual([ALLIANCE, undefined]);
    });

    test('one of many that bind the same spare to alliances of their own has it', async () => {
      const { id } = await store.createAccount('x');
      const ref = await store.spareRef(id);
      const alliances = [ALLIANCE, OTHER, NOBODY];
      const bound = await Promise.all(alliances.map((alliance) => Promise.resolve(store.bind(id, alliance, ref))));
      expect(bound.filter(Boolean)).toHaveLength(1);
      expect(await store.alliancesOf(id)).toEqual(alliances.filter((_, place) => bound[place]));
    });

    test('nobody binds the ref of another', async () => {
      const [one, two] = [await store.createAccount('one'), await store.createAccount('two')];
      expect(await store.bind(two.id, ALLIANCE, await store.spareRef(one.id))).toBe(false);
      expect(await store.refsOf(one.id, ALLIANCE)).toEqual({ bound: [], spare: await store.spareRef(one.id) });
    });

    test('a spare that an alliance names is bound there; an unknown ref changes nothing', async () => {
      const { id } = await store.createAccount('x');
      const ref = await store.spareRef(id);
      await store.bindNamed(OTHER, ref);
      await store.bindNamed(OTHER, NOBODY);
      await store.bindNamed(ALLIANCE, ref);
      expect([await store.alliancesOf(id), (await store.spareRef(id)) === ref]).toEqual([[OTHER], false]);
    });

    test('a repeated key finds the formation that the first reserved, and another person does not', async () => {
      const [one, two] = [await store.createAccount('one'), await store.createAccount('two')];
      const first = await store.reserveFormation(one.id, 'key');
      const personRef = await store.spareRef(one.id);
      await store.noteFormation(one.id, 'key', { alliance: ALLIANCE, personRef });
      const again = await store.reserveFormation(one.id, 'key');
      expect(again).toEqual({ nonce: first.nonce, alliance: ALLIANCE, personRef });
      expect((await store.reserveFormation(two.id, 'key')).nonce).not.toBe(first.nonce);
      expect(await store.unfinishedFormations(one.id, personRef)).toEqual([ALLIANCE]);
      expect(await store.unfinishedFormations(two.id, await store.spareRef(two.id))).toEqual([]);
    });

    test('an act waits with its signatures, one of an account, and gives up its arguments when its time is over', async () => {
      const acts = store.pendingActs;
      const [one, two] = [await store.createAccount('one'), await store.createAccount('two')];
      const [soon, later] = ['2026-03-02T00:00:00.000Z', '2026-03-09T00:00:00.000Z'] as const;
      const act = { id: one.id, alliance: one.id, name: 'X', input: '{}', commandId: two.id, fingerprint: 'f' };
      const first = { ...act, expiresAt: soon };
      const second = { ...act, id: two.id, expiresAt: later };
      const [byOne, byTwo] = [one, two].map(({ id }) => ({ account: id, mandateId: id, keyHash: 'k' }));
      if (!byOne || !byTwo) throw new Error('two accounts');
      await Promise.all([acts.sign(second, byOne), acts.sign(second, byOne)]);
      await acts.sign(first, byTwo);
      await acts.sign(first, byOne);
      await acts.sign(first, { ...byTwo, keyHash: 'another' });
      expect(await acts.signatures(first.id)).toEqual([byTwo, byOne]);
      expect(await acts.signatures(second.id)).toEqual([byOne]);
      expect(await acts.list(one.id, soon)).toEqual([first, second]);
      expect(await acts.list(one.id, later)).toEqual([second]);
      expect([await acts.find(one.id, second.id), await acts.find(two.id, second.id)]).toEqual([second, undefined]);
      await acts.forgetExpired('2026-03-02T00:00:00.001Z');
      expect(await acts.find(one.id, first.id)).toEqual({ ...first, input: '' });
      expect((await acts.find(one.id, second.id))?.input).toBe('{}');
    });

    test('formations of one account come one after the other', async () => {
      const { id } = await store.createAccount('x');
      let underWay = 0;
      const form = () =>
        store.inTurn(id, async () => {
          underWay += 1;
          expect(underWay).toBe(1);
          const spare = await store.spareRef(id);
          await store.bind(id, ALLIANCE, spare);
          underWay -= 1;
          return spare;
        });
      expect(new Set(await Promise.all([form(), form(), form()])).size).toBe(3);
      await expect(store.inTurn(id, () => Promise.reject(new Error('its own')))).rejects.toThrow('its own');
      expect(await store.inTurn(id, async () => 'the next')).toBe('the next');
    });
  });
}
