import { TestServer } from '../testing/test-server.js';
import type { Sent } from '../testing/test-server.js';

const DAY = '2026-03-02';
const ID = 'a'.repeat(26);
const POWERS = ['speak', 'propose', 'take-position', 'commit', 'sign-charter', 'appoint'];

const server = new TestServer(`${DAY}T09:00:00.000Z`);
let alliance = '';
let facilitator = '';
let member = { token: '', mandate: '', partner: '' };
let outsider = '';

beforeAll(async () => {
  await server.start();
  const [f, m, o] = [server.person('f'), server.person('m'), server.person('o')];
  facilitator = f.token;
  outsider = o.token;
  const forming = {
    name: 'A',
    timeZone: 'Europe/Paris',
    locale: 'en',
    facilitator: { name: 'F', validFrom: DAY, validTo: '2026-12-31' },
  };
  alliance = (await server.send('POST', '/v1/alliances', { token: facilitator, body: forming })).json.alliance;
  const invitation = { kind: 'company', registerScheme: 'none', legalName: 'M' };
  const invited = await post('partners', { body: invitation });
  const partner = String(invited.json.events[0]?.data['partnerId']);
  const mandate = { personRef: m.ref, powers: POWERS, validFrom: DAY, name: 'M' };
  const admitted = await post(`partners/${partner}/admission`, { body: { mandate } });
  const granted = admitted.json.events.find(({ type }) => type === 'MandateGranted');
  member = { token: m.token, partner, mandate: String(granted?.data['mandateId']) };
});
afterAll(async () => {
  await server.stop();
  expect(server.errors).toEqual([]);
});

function post(path: string, sent: Sent = {}) {
  return server.send('POST', `/v1/alliances/${alliance}/${path}`, { token: facilitator, ...sent });
}

const invitation = { kind: 'company', registerScheme: 'none', legalName: 'N' };

describe('a command that is not well formed gets a problem that names the place, and records nothing', () => {
  test.each<[string, string, Sent, readonly [number, string, string | undefined]]>([
    ['malformed JSON', 'partners', { body: '{"kind":' }, [400, 'JSON_INVALID', '/kind']],
    ['a query that nothing reads', 'partners?dry=1', { body: invitation }, [400, 'PARAMETER_INVALID', undefined]],
    ['an unknown member', 'partners', { body: { ...invitation, weight: 2 } }, [400, 'ARGUMENTS_INVALID', '/weight']],
    ['a wrong type', 'partners', { body: { ...invitation, legalName: 7 } }, [400, 'ARGUMENTS_INVALID', '/legalName']],
    ['a missing member', 'partners', { body: { kind: 'company' } }, [400, 'ARGUMENTS_INVALID', '/registerScheme']],
    [
      'a value out of its list',
      'partners',
      { body: { ...invitation, kind: 'club' } },
      [400, 'ARGUMENTS_INVALID', '/kind'],
    ],
    ['an operator as key', 'partners', { body: '{"kind":{"$ne":1}}' }, [400, 'FORBIDDEN_KEY', '/kind']],
    ['a key twice', 'partners', { body: '{"kind":"a","kind":"b"}' }, [400, 'DUPLICATE_KEY', '/kind']],
    ['a fraction', 'partners', { body: '{"kind":1.5}' }, [400, 'NUMBER_INVALID', '/kind']],
    [
      '300,000 bytes',
      'partners',
      { body: { ...invitation, reason: 'x'.repeat(300_000) } },
      [413, 'BODY_TOO_LARGE', undefined],
    ],
    ['no body', 'partners', {}, [415, 'MEDIA_TYPE_UNSUPPORTED', undefined]],
    [
      'another media type',
      'partners',
      { body: '{}', headers: { 'content-type': 'text/plain' } },
      [415, 'MEDIA_TYPE_UNSUPPORTED', undefined],
    ],
    [
      'a compressed body',
      'partners',
      { body: '{}', headers: { 'content-encoding': 'gzip' } },
      [415, 'MEDIA_TYPE_UNSUPPORTED', undefined],
    ],
    ['no key', 'partners', { body: invitation, key: '' }, [400, 'IDEMPOTENCY_KEY_MISSING', undefined]],
    ['a key with a space', 'partners', { body: invitation, key: 'a b' }, [400, 'HEADER_INVALID', undefined]],
    [
      'a key of 65 characters',
      'partners',
      { body: invitation, key: 'x'.repeat(65) },
      [400, 'HEADER_INVALID', undefined],
    ],
    [
      'a correlation that is no id',
      'partners',
      { body: invitation, headers: { 'x-correlation-id': 'jean' } },
      [400, 'HEADER_INVALID', undefined],
    ],
    [
      'a garbled If-Match',
      'partners',
      { body: invitation, headers: { 'if-match': 'x' } },
      [400, 'HEADER_INVALID', undefined],
    ],
    [
      'a weak If-Match',
      'partners',
      { body: invitation, headers: { 'if-match': 'W/"1-00000000"' } },
      [412, 'STALE_READ', undefined],
    ],
    ['an unknown command at the door', 'commands', { body: { name: 'Tick' } }, [400, 'ARGUMENTS_INVALID', '/name']],
    [
      'a fault of arguments at the door',
      'commands',
      { body: { name: 'InvitePartner', arguments: { ...invitation, kind: 1 } } },
      [400, 'ARGUMENTS_INVALID', '/arguments/kind'],
    ],
    ['a malformed id in the path', 'partners/..%2f/withdrawal', { body: {} }, [404, 'NOT_FOUND', undefined]],
    [
      'an unknown object',
      `partners/${ID}/admission`,
      { body: { mandate: { personRef: ID, powers: ['speak'], validFrom: DAY, name: 'x' } } },
      [404, 'NOT_FOUND', undefined],
    ],
    [
      'a command that is no HTTP method of the path',
      `partners/${ID}/withdrawal`,
      { body: '[]' },
      [400, 'ARGUMENTS_INVALID', ''],
    ],
  ])('%s', async (_what, path, sent, [status, code, pointer]) => {
    const before = await server.entries(alliance);
    const { headers, json, ...answer } = await post(path, sent);
    expect([answer.status, json.code, json['status']]).toEqual([status, code, status]);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    if (pointer !== undefined) expect(json.errors[0]?.pointer).toBe(pointer);
    expect(await server.entries(alliance)).toBe(before);
  });

  test('every fault at once, 20 at most', async () => {
    const body = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`x${String(n)}`, 1]));
    expect((await post('partners', { body })).json.errors).toHaveLength(20);
  });
});

describe('who may not act records nothing', () => {
  const own = { token: undefined as string | undefined, as: undefined as string | undefined };

  test.each([
    ['no credential', () => ({ token: undefined }), 401, 'AUTHENTICATION_REQUIRED'],
    ['a wrong token', () => ({ token: `cgm_${'a'.repeat(58)}` }), 401, 'AUTHENTICATION_REQUIRED'],
    ['a stranger', () => ({ token: outsider }), 404, 'NOT_FOUND'],
    ["another's mandate", () => ({ as: `mandate/${member.mandate}` }), 403, 'CAPACITY_NOT_YOURS'],
    ['a capacity that is no capacity', () => ({ as: 'king' }), 400, 'HEADER_INVALID'],
  ])('%s', async (_who, sent, status, code) => {
    const before = await server.entries(alliance);
    const answer = await post('partners', { body: invitation, ...own, token: facilitator, ...sent() });
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect(await server.entries(alliance)).toBe(before);
  });

  test('a stranger and an invented alliance give the same bytes', async () => {
    const headers = { 'x-correlation-id': ID };
    const invented = `/v1/alliances/${'b'.repeat(26)}`;
    const real = `/v1/alliances/${alliance}`;
    for (const path of ['', '/partners', '/views/members', '/entries', '/entries/0', '/openings/0/0/name']) {
      const [one, two] = await Promise.all(
        [real, invented].map((url) => server.send('GET', url + path, { token: outsider, headers })),
      );
      expect([one?.status, one?.text]).toEqual([404, two?.text]);
    }
    const [one, two] = await Promise.all(
      [real, invented].map((url) =>
        server.send('POST', `${url}/partners`, { token: outsider, headers, body: invitation }),
      ),
    );
    expect([one?.status, one?.text]).toEqual([404, two?.text]);
  });

  test('a mandate that ended a millisecond ago', async () => {
    const granted = {
      personRef: server.person().ref,
      powers: POWERS,
      validFrom: DAY,
      standing: 'substitute',
      name: 'S',
    };
    await post(`partners/${member.partner}/mandates`, { token: member.token, body: granted });
    const ended = await post(`mandates/${member.mandate}/end`, { token: member.token, body: {} });
    expect(ended.status).toBe(200);
    server.clock.at = `${DAY}T09:00:00.001Z`;
    const before = await server.entries(alliance);
    const as = `mandate/${member.mandate}`;
    const answer = await post(`partners/${member.partner}/withdrawal`, { token: member.token, as, body: {} });
    expect([answer.status, answer.json.code]).toEqual([403, 'MANDATE_NOT_IN_FORCE']);
    expect(await server.entries(alliance)).toBe(before);
  });
});

describe('a question', () => {
  const get = (path: string, sent: Sent = {}) =>
    server.send('GET', `/v1/alliances/${alliance}/${path}`, { token: facilitator, ...sent });

  test.each([
    ['with an unknown parameter', 'views/members?sort=x', [400, 'PARAMETER_INVALID', 'sort']],
    [
      'with a repeated parameter',
      'views/members?trueOn=2026-01-01&trueOn=2026-01-02',
      [400, 'PARAMETER_INVALID', 'trueOn'],
    ],
    ['with an empty parameter', 'partners?kind=', [400, 'PARAMETER_INVALID', 'kind']],
    ['with an operator', 'partners?kind[$ne]=x', [400, 'PARAMETER_INVALID', 'kind[$ne]']],
    ['with a limit of nothing', 'partners?limit=0', [400, 'PARAMETER_INVALID', 'limit']],
    ['with a limit too high', 'partners?limit=201', [400, 'PARAMETER_INVALID', 'limit']],
    ['with a cursor of its own making', 'partners?cursor=YWJj', [400, 'CURSOR_INVALID', 'cursor']],
    ['for a seq to come', 'views/members?knownAt=999', [409, 'SEQ_AHEAD_OF_HEAD', 'knownAt']],
    ['for a day to come', 'views/members?at=2199-01-01', [422, 'AT_IN_FUTURE', 'at']],
    ['for two times at once', 'views/members?at=1&trueOn=2026-01-01', [400, 'PARAMETER_INVALID', 'at']],
  ])('%s is refused', async (_what, path, [status, code, parameter]) => {
    const answer = await get(path);
    expect([answer.status, answer.json.code, answer.json.errors[0]?.parameter]).toEqual([status, code, parameter]);
  });

  test('for a seq beyond the head is refused at once', async () => {
    const answer = await get('views/members', { headers: { 'x-min-seq': '999999999' } });
    expect([answer.status, answer.json.code]).toEqual([409, 'SEQ_AHEAD_OF_HEAD']);
  });

  test.each([
    ['GET', 'partners/x/withdrawal', 405, 'POST'],
    ['PUT', 'partners', 405, 'GET, HEAD, POST'],
    ['DELETE', 'partners/x', 405, 'GET, HEAD'],
    ['GET', 'partners//x', 404, undefined],
  ] as const)('%s %s has no such method', async (method, path, status, allow) => {
    const answer = await server.send(method, `/v1/alliances/${alliance}/${path}`, { token: facilitator });
    expect([answer.status, answer.headers['allow']]).toEqual([status, allow]);
  });

  test('by another host name is refused', async () => {
    const answer = await get('', { headers: { host: 'evil.example' } });
    expect([answer.status, answer.json.code]).toEqual([421, 'HOST_UNKNOWN']);
  });

  test('is answered in the language asked for, else in that of the alliance, else in French', async () => {
    const titles = [];
    for (const [path, language] of [
      ['partners/x', 'fr'],
      ['partners/x', undefined],
      ['/x', 'de'],
    ] as const) {
      const headers = language === undefined ? {} : { 'accept-language': language };
      titles.push((await get(path, { headers })).json['title']);
    }
    expect(titles).toEqual(['Introuvable', 'Not found', 'Introuvable']);
  });
});
