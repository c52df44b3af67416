import type { Id } from '#kernel';
import { TestServer } from '../testing/test-server.js';

const DAY = '2026-03-02';
const body = {
  name: 'A',
  timeZone: 'Europe/Paris',
  locale: 'fr',
  facilitator: { name: 'F', validFrom: DAY, validTo: '2026-12-31' },
};

describe('forming an alliance', () => {
  const server = new TestServer(`${DAY}T09:00:00.000Z`);
  beforeAll(async () => {
    await server.start();
  });
  afterAll(async () => {
    await server.stop();
    expect(server.errors).toEqual([]);
  });
  const form = (token: string, key: string, more = {}) =>
    server.send('POST', '/v1/alliances', { token, key, body: { ...body, ...more } });
  const count = async () => (await server.ledgerStore.alliances(undefined, 1_000)).length;

  test('a repeated key finds the alliance that the first made, also later, and in parallel', async () => {
    const { token, account } = server.person();
    const before = await count();
    const [first, twin] = await Promise.all([form(token, 'k'), form(token, 'k')]);
    server.clock.at = `${DAY}T10:00:00.000Z`;
    const later = await form(token, 'k');
    expect([first.status, twin.text, later.text]).toEqual([201, first.text, first.text]);
    expect(await count()).toBe(before + 1);
    expect(server.identity.alliancesOf(account)).toEqual([first.json.alliance]);
  });

  test('another body under the same key is refused and forms nothing', async () => {
    const { token } = server.person();
    await form(token, 'k');
    const before = await count();
    const other = await form(token, 'k', { locale: 'en' });
    const otherText = await form(token, 'k', { name: 'B' });
    expect([other.json.code, otherText.json.code]).toEqual(['COMMAND_ID_REUSED', 'COMMAND_ID_REUSED']);
    expect(await count()).toBe(before);
  });

  test('a refused formation leaves the key free for a better one', async () => {
    const { token, ref } = server.person();
    const refused = await form(token, 'k', { timeZone: 'Mars/Olympus' });
    expect([refused.status, refused.json.errors[0]?.pointer]).toEqual([422, '/timeZone']);
    const formed = await form(token, 'k');
    const appointed = formed.json.events.find(({ type }) => type === 'FacilitatorAppointed');
    expect([formed.status, appointed?.data['personRef']]).toEqual([201, ref]);
  });

  test('two alliances of one account know two persons, whatever stopped in between', async () => {
    const { token, account } = server.person();
    // As after a stop between the ledger and the binding: the entry stands, the ref is still spare.
    const bind = jest.spyOn(server.identity, 'bind').mockReturnValue(false);
    const first = await form(token, 'one');
    bind.mockRestore();
    const second = await form(token, 'two');
    const refs = [first, second].map(({ json }) => json.events[1]?.data['personRef']);
    expect(refs[0]).not.toBe(refs[1]);
    expect(server.identity.refsOf(account, first.json.alliance as Id).bound).toEqual([refs[0]]);
    expect((await form(token, 'one')).text).toBe(first.text);
  });
});
