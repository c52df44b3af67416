import { VIEWS } from '#engine';
import { hashedId } from '#kernel';
import { collectionOf } from '#views';
import { TestServer } from '../testing/test-server.js';
import type { Answer, Sent } from '../testing/test-server.js';

const DAY = '2026-03-02';
const server = new TestServer(`${DAY}T09:00:00.000Z`);
const facilitator = server.person('f');
const NOBODY = hashedId('nobody');
const POWERS = ['speak', 'propose', 'take-position', 'commit', 'sign-charter', 'appoint'];

async function form(name: string): Promise<string> {
  const facilitation = { name: 'F', validFrom: DAY, validTo: '2026-12-31' };
  const body = { name, timeZone: 'Europe/Paris', locale: 'fr', facilitator: facilitation };
  const formed = await server.send('POST', '/v1/alliances', { token: facilitator.token, body });
  return `/v1/alliances/${formed.json.alliance}`;
}

let [ours, theirs] = ['', ''];
beforeAll(async () => {
  await server.start();
  [ours, theirs] = [await form('A'), await form('B')];
});
afterAll(async () => {
  await server.stop();
  expect(server.errors).toEqual([]);
});

const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  server.send('GET', path, { token: facilitator.token, headers });
const post = (path: string, body: unknown, sent: Sent = {}): Promise<Answer> =>
  server.send('POST', path, { token: facilitator.token, body, ...sent });

async function invite(base: string): Promise<string> {
  const details = { kind: 'company', registerScheme: 'none', legalName: 'M' };
  return String((await post(`${base}/partners`, details)).json.events[0]?.data['partnerId']);
}

const NAMING = VIEWS.flatMap(({ name, params }) =>
  Object.keys(params)
    .filter((param) => collectionOf(param) !== undefined)
    .map((param) => [name, param] as const),
);
/** What some views want beside. */
const BESIDE: Readonly<Record<string, string>> = {
  accounts: '&period=2026',
  'funding-ceiling': '&cost=100&currency=EUR',
};

test('views name objects by their ids', () => {
  expect(NAMING.length).toBeGreaterThan(10);
});

test.each(NAMING)(
  'the view %s about a %s that is not there, or of another alliance, is not found',
  async (view, param) => {
    const address = (id: string) => `${ours}/views/${view}?${param}=${id}${BESIDE[view] ?? ''}`;
    const [unknown, other] = [await get(address(NOBODY)), await get(address(await invite(theirs)))];
    expect([unknown.status, unknown.json.code]).toEqual([404, 'NOT_FOUND']);
    expect([other.status, other.json.code]).toEqual([404, 'NOT_FOUND']);
  },
);

test('a partner is in a view from its invitation on, and not as of before', async () => {
  const partnerId = await invite(ours);
  const seq = (await server.entries(ours.slice(14))) - 1;
  await get(`${ours}/views/members`, { 'x-min-seq': String(seq) });
  expect((await get(`${ours}/views/agenda?partnerId=${partnerId}&knownAt=${String(seq)}`)).status).toBe(200);
  expect((await get(`${ours}/views/agenda?partnerId=${partnerId}&knownAt=${String(seq - 1)}`)).status).toBe(404);
});

test.each(['kind=sailor', 'decisionType=urgent', 'partnerId=x', 'subjectKey=UPPER'])(
  'a list filtered by %s is refused: nothing can be equal to it',
  async (filter) => {
    const { status, json } = await get(`${ours}/partners?${filter}`);
    expect([status, json.code, json.errors[0]?.parameter]).toEqual([400, 'PARAMETER_INVALID', filter.split('=')[0]]);
  },
);

test('a person of another alliance is named by no command, and one of nobody here by any', async () => {
  const person = server.person('two');
  const mandate = (personRef: string) => ({ personRef, powers: POWERS, validFrom: DAY, name: 'M' });
  const admit = async (base: string, personRef: string) =>
    post(`${base}/partners/${await invite(base)}/admission`, { mandate: mandate(personRef) });
  expect((await admit(theirs, person.ref)).status).toBe(200);
  await get(theirs);
  const head = (await get(`${ours}/views/members`)).json.seq;
  const refused = await admit(ours, person.ref);
  expect([refused.status, refused.json.code, refused.json.errors[0]?.pointer]).toEqual([
    ...[404, 'NOT_FOUND', '/mandate/personRef'],
  ]);
  const access = { role: 'observer', personRef: person.ref, validFrom: DAY, validTo: '2026-06-30', name: 'O' };
  const granted = await post(`${ours}/accesses`, access);
  expect([granted.status, granted.json.errors[0]?.pointer]).toEqual([404, '/personRef']);
  const types = (await get(`${ours}/entries?after=${String(head)}`)).json.items.map(({ body }) => String(body));
  expect(types.some((body) => body.includes(person.ref))).toBe(false);
  expect((await admit(ours, hashedId('elsewhere'))).status).toBe(200);
});
