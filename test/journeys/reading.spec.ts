import { TestServer } from '../testing/test-server.js';
import type { Answer, Sent } from '../testing/test-server.js';

const DAY = '2026-03-02';
const server = new TestServer(`${DAY}T09:00:00.000Z`);
const POWERS = ['speak', 'propose', 'take-position', 'commit', 'sign-charter', 'appoint'];
const facilitator = server.person('f');
const members = ['one', 'two', 'three', 'four'].map((label) => ({ ...server.person(label), partner: '' }));
let alliance = '';

const get = (path: string, sent: Sent = {}): Promise<Answer> =>
  server.send('GET', `/v1/alliances/${alliance}${path}`, { token: facilitator.token, ...sent });
const post = (path: string, body: unknown, sent: Sent = {}): Promise<Answer> =>
  server.send('POST', `/v1/alliances/${alliance}${path}`, { token: facilitator.token, body, ...sent });

beforeAll(async () => {
  await server.start();
  const facilitation = { name: 'F', validFrom: DAY, validTo: '2026-12-31' };
  const forming = { name: 'A', timeZone: 'Europe/Paris', locale: 'fr', facilitator: facilitation };
  const formed = await server.send('POST', '/v1/alliances', { token: facilitator.token, body: forming });
  alliance = formed.json.alliance;
  for (const member of members) {
    const details = { kind: 'company', registerScheme: 'none', legalName: 'M', contact: 'm@example.org' };
    member.partner = String((await post('/partners', details)).json.events[0]?.data['partnerId']);
    const mandate = { personRef: member.ref, powers: POWERS, validFrom: DAY, name: 'M' };
    await post(`/partners/${member.partner}/admission`, { mandate });
  }
});
afterAll(async () => {
  await server.stop();
  expect(server.errors).toEqual([]);
});

test('a person named in a mandate finds the alliance, and what it may do there', async () => {
  const list = await server.send('GET', '/v1/alliances', { token: members[0]?.token });
  expect(list.json.items).toMatchObject([{ alliance, standing: 'forming' }]);
  const { json } = await get('', { token: members[0]?.token });
  expect(json).toMatchObject({ alliance, origin: `collegium/${alliance}`, standing: 'forming', partners: 4 });
  expect(json['capacities']).toEqual([expect.stringMatching(/^mandate\//)]);
});

test('entries are answered as they were hashed, page by page', async () => {
  const all = await get('/entries');
  const first = await get('/entries?limit=2');
  const second = await get(`/entries?limit=2&after=${String(first.json['next'])}`);
  expect([first.json.items, second.json.items].flat()).toEqual(all.json.items.slice(0, 4));
  const stored = await server.ledgerStore.read(alliance as never, 0, 100);
  expect(all.json.items.map(({ body }) => body)).toEqual(stored.map(({ body }) => body));
  const one = await get('/entries/1');
  expect([one.text, one.headers['cache-control']]).toEqual([stored[1]?.body, expect.stringContaining('immutable')]);
  expect((await get('/entries/99')).status).toBe(404);
});

test('an opening is shown with its salt; a contact to its own partner and the facilitator alone', async () => {
  expect((await get('/openings/0/0/name')).json).toMatchObject({ seq: 0, event: 0, name: 'name', value: 'A' });
  const at = `/openings/1/0/contact`;
  const statuses = [];
  for (const token of [facilitator.token, members[0]?.token, members[1]?.token]) {
    statuses.push((await get(at, { token })).status);
  }
  expect(statuses).toEqual([200, 200, 404]);
});

test('a collection is read by pages, filtered, and with a cursor that holds for that list alone', async () => {
  const minSeq = { 'x-min-seq': String((await server.entries(alliance)) - 1) };
  const first = await get('/partners?limit=3&kind=company', { headers: minSeq });
  const cursor = String(first.json['next']);
  expect(first.headers['link']).toContain(encodeURIComponent(cursor));
  const second = await get(`/partners?limit=3&kind=company&cursor=${cursor}`);
  const ids = [...first.json.items, ...second.json.items].map(({ id }) => id);
  expect(ids.sort()).toEqual(members.map(({ partner }) => partner).sort());
  expect(second.json['next']).toBeNull();
  expect((await get(`/partners?limit=3&cursor=${cursor}`)).json.code).toBe('CURSOR_INVALID');
  expect((await get(`/mandates?limit=3&kind=company&cursor=${cursor}`)).json.code).toBe('CURSOR_INVALID');
  const other = await get(`/partners?limit=3&kind=company&cursor=${cursor}`, { token: members[0]?.token });
  expect(other.json.code).toBe('CURSOR_INVALID');
  expect((await get('/partners?kind=academic')).json.items).toEqual([]);
});

test('what did not change is not sent again', async () => {
  const view = await get('/views/members');
  const etag = String(view.headers['etag']);
  expect(etag).toMatch(/^"\d+-[0-9a-f]{8}"$/);
  const again = await get('/views/members', { headers: { 'if-none-match': etag } });
  expect([again.status, again.text]).toEqual([304, '']);
});

test('an act on an object read before it changed is refused, and one on the newest is not', async () => {
  const [, , , four] = members;
  const path = `/partners/${four?.partner ?? ''}`;
  const read = (await get(path)).headers['etag'] as string;
  const correction = { kind: 'company', registerScheme: 'none', legalName: 'M2' };
  const act = (etag: string) =>
    post(`${path}/corrections`, correction, { token: four?.token, headers: { 'if-match': etag } });
  const fresh = await act(read);
  const before = await server.entries(alliance);
  const stale = await act(read);
  expect([fresh.status, stale.status, stale.json.code]).toEqual([201, 412, 'STALE_READ']);
  expect(await server.entries(alliance)).toBe(before);
});

test('an answer is never older than the entry asked for, also while the views are held up', async () => {
  const commit = server.viewStore.commit.bind(server.viewStore);
  const gate = Promise.withResolvers<undefined>();
  const held = jest.spyOn(server.viewStore, 'commit').mockImplementation(async (...change) => {
    await gate.promise;
    return await commit(...change);
  });
  const { seq } = (await post('/partners', { kind: 'academic', registerScheme: 'none', legalName: 'L' })).json;
  const asked = get('/views/members', { headers: { 'x-min-seq': String(seq) } });
  const older = await get('/views/members');
  gate.resolve(undefined);
  expect([older.json.seq, (await asked).json.seq]).toEqual([seq - 1, seq]);
  held.mockRestore();
});

test('people of a partner that left read the ledger as it was then', async () => {
  const [, , leaver] = members;
  const token = leaver?.token;
  const left = await post(`/partners/${leaver?.partner ?? ''}/withdrawal`, {}, { token });
  expect(left.status).toBe(200);
  const { seq } = left.json;
  const details = { kind: 'foundation', registerScheme: 'none', legalName: 'Later' };
  const later = await post('/partners', details);
  const headers = { 'x-min-seq': String(later.json.seq) };
  await get('/views/members', { headers });
  const members_ = await get('/views/members', { token });
  expect([members_.status, members_.json.seq]).toEqual([200, seq]);
  expect(members_.text).not.toContain('foundation');
  expect((await get(`/entries?after=${String(seq)}`, { token })).json.items).toEqual([]);
  expect((await get(`/entries/${String(seq + 1)}`, { token })).status).toBe(404);
  expect((await get(`/views/members?knownAt=${String(seq + 1)}`, { token })).json.code).toBe('SEQ_AHEAD_OF_HEAD');
  const act = await post('/partners', details, { token });
  expect([act.status, act.json.code]).toEqual([403, 'POWER_MISSING']);
});
