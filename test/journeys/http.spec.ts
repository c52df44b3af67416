import type { COMMAND_NAMES } from '#contracts';
import { templateOf } from '#http';
import { TestServer } from '../testing/test-server.js';
import type { Answer } from '../testing/test-server.js';

const DAY = '2026-03-02';
const AT = `${DAY}T09:00:00.000Z`;
/** SHA-256 of some document. */
const DOCUMENT = Buffer.alloc(32, 7).toString('base64');
const POWERS = ['speak', 'propose', 'take-position', 'commit', 'sign-charter', 'appoint'];

type Door = 'routes' | 'door';

/** One alliance of three partners, every act through one of the two doors. */
class Journey {
  alliance = '';
  readonly facilitator;
  readonly people;
  readonly mandates: string[] = [];
  readonly partners: string[] = [];

  constructor(
    readonly server: TestServer,
    private readonly door: Door,
  ) {
    this.facilitator = server.person('facilitator');
    this.people = [server.person('one'), server.person('two'), server.person('three')];
  }

  /** Path ids are taken out of the arguments for the route, left in for the door. */
  async act(
    token: string,
    name: (typeof COMMAND_NAMES)[number],
    args: Record<string, unknown>,
    more = {},
  ): Promise<Answer> {
    if (this.door === 'door') {
      const url = `/v1/alliances/${this.alliance}/commands`;
      return await this.server.send('POST', url, { token, body: { name, arguments: args }, ...more });
    }
    const body = { ...args };
    const url = templateOf(name).replace(/\{([A-Za-z]+)\}/g, (_, id: string) => {
      if (id === 'alliance') return this.alliance;
      const value = String(body[id]);
      Reflect.deleteProperty(body, id);
      return value;
    });
    return await this.server.send('POST', url, { token, body, ...more });
  }

  async form(key = 'form'): Promise<Answer> {
    const body = {
      name: 'Pays de test',
      timeZone: 'Europe/Paris',
      locale: 'fr',
      facilitator: { name: 'F', validFrom: DAY, validTo: '2027-03-01' },
    };
    const answer = await this.server.send('POST', '/v1/alliances', { token: this.facilitator.token, body, key });
    if (answer.status === 201) this.alliance = answer.json.alliance;
    return answer;
  }

  async admitAll(): Promise<void> {
    const kinds = ['association', 'company', 'academic'];
    for (const [place, person] of this.people.entries()) {
      const details = { kind: kinds[place], registerScheme: 'none', legalName: 'Une association' };
      const invited = ok(await this.act(this.facilitator.token, 'InvitePartner', details));
      const partnerId = String(invited.json.events[0]?.data['partnerId']);
      const mandate = { personRef: person.ref, powers: POWERS, validFrom: DAY, name: 'N' };
      const admitted = ok(await this.act(this.facilitator.token, 'AdmitPartner', { partnerId, mandate }));
      this.partners.push(partnerId);
      this.mandates.push(String(admitted.json.events.find(({ type }) => type === 'MandateGranted')?.data['mandateId']));
    }
  }

  async signCharter(): Promise<Answer> {
    const drafted = ok(await this.act(this.facilitator.token, 'DraftCharter', { charter: {}, preamble: 'Nous' }));
    const { charterVersion, charterHash } = drafted.json.events[0]?.data ?? {};
    let last: Answer | undefined;
    for (const { token } of this.people)
      last = ok(await this.act(token, 'SignCharter', { charterVersion, charterHash }));
    return last as Answer;
  }

  async propose(closesAt = '2026-03-12T10:00:00.000Z'): Promise<string> {
    const [one] = this.people;
    const drafted = ok(
      await this.act(one?.token ?? '', 'DraftProposal', {
        decisionType: 'ordinary',
        title: 'Un jardin',
        driver: 'La place',
      }),
    );
    const proposalId = String(drafted.json.events[0]?.data['proposalId']);
    const submission = { proposalId, text: 'Faire un jardin', reviewOn: '2026-12-01' };
    ok(await this.act(one?.token ?? '', 'SubmitProposal', submission));
    const opened = ok(await this.act(this.facilitator.token, 'OpenRound', { proposalId, closesAt }));
    return String(opened.json.events[0]?.data['roundId']);
  }
}

function ok(answer: Answer): Answer {
  if (answer.status >= 300) throw new Error(`${String(answer.status)} ${answer.text}`);
  return answer;
}

describe.each(['routes', 'door'] as const)('through the %s', (door) => {
  const server = new TestServer(AT);
  const journey = { now: undefined as unknown as Journey };
  beforeAll(async () => {
    await server.start();
    journey.now = new Journey(server, door);
  });
  afterAll(async () => {
    await server.stop();
    expect(server.errors).toEqual([]);
  });

  test('an alliance is formed, partners sign, and a proposal becomes a decision by consent', async () => {
    const { now } = journey;
    const formed = await now.form();
    expect([formed.status, formed.headers['location']]).toEqual([201, `/v1/alliances/${now.alliance}`]);
    await now.admitAll();
    expect((await now.signCharter()).json.events.map(({ type }) => type)).toEqual(['CharterSigned', 'CharterAdopted']);
    const roundId = await now.propose();
    for (const { token } of now.people) {
      const taken = ok(await now.act(token, 'TakePosition', { roundId, value: 'agree' }));
      expect(taken.headers['location']).toBe(
        `/v1/alliances/${now.alliance}/positions/${String(taken.json.events[0]?.data['positionId'])}`,
      );
    }
    // Nothing closes before the round has been open for its least time; then the server's own timer closes it.
    server.clock.at = '2026-03-13T09:00:00.000Z';
    await server.running.timer.runDue();
    const seq = (await server.entries(now.alliance)) - 1;
    const [one] = now.people;
    const register = ok(
      await server.send('GET', `/v1/alliances/${now.alliance}/views/decision-register`, {
        token: one?.token,
        headers: { 'x-min-seq': String(seq) },
      }),
    );
    expect(register.json.seq).toBe(seq);
    expect(register.text).toContain(roundId);
    const { decisions } = register.json.data as { readonly decisions: readonly { readonly decisionId: string }[] };
    await minutesOf(`/v1/alliances/${now.alliance}/decisions/${decisions[0]?.decisionId ?? ''}/minutes`, now);
  });

  /** The same decision as pages for people, in both forms and languages; made twice, the same bytes. */
  async function minutesOf(path: string, { people: [one] }: Journey): Promise<void> {
    const get = (query: string) => server.send('GET', `${path}${query}`, { token: one?.token });
    const html = ok(await get('?language=fr'));
    expect(html.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(html.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(html.text).toContain('<h1>Procès-verbal\u00a0: Un jardin</h1>');
    expect((await get('?language=fr')).text).toBe(html.text);
    const markdown = ok(await get('?format=markdown&language=en'));
    expect(markdown.headers['content-type']).toBe('text/markdown; charset=utf-8');
    expect(markdown.text).toMatch(/^# Minutes: Un jardin\n/);
    expect(markdown.text).toContain('> Faire un jardin');
    expect(markdown.text).toContain('Adopted (consent): 3 positions of 3 partners (3 agreements)');
    expect([(await get('?format=pdf')).status, (await get('?language=de')).status]).toEqual([400, 400]);
    expect((await server.send('GET', path, {})).status).toBe(401);
    const { proposalId = '' } = ok(await server.send('GET', path.replace('/minutes', ''), { token: one?.token })).json
      .data as { readonly proposalId?: string };
    const ofProposal = path.replace(/decisions\/[a-z2-7]{26}/, `proposals/${proposalId}`);
    expect(ok(await server.send('GET', `${ofProposal}?language=fr`, { token: one?.token })).text).toBe(html.text);
    const other = path.replace(/[a-z2-7]{26}\/minutes/, `${'a'.repeat(26)}/minutes`);
    expect((await server.send('GET', other, { token: one?.token })).status).toBe(404);
  }

  test('partners are told of a round, speak for each other, and contest or recuse themselves', async () => {
    const { now } = journey;
    const roundId = await now.propose('2026-03-25T10:00:00.000Z');
    const [first = '', second = '', third = ''] = now.partners;
    const [one = '', two = '', three = ''] = now.people.map(({ token }) => token);
    const f = now.facilitator.token;
    const before = await server.entries(now.alliance);
    const told = (token: string, channel: string) =>
      now.act(token, 'RecordNotification', { roundId, partnerId: second, channel, status: 'delivered' });
    for (const [token, channel] of [
      ...[[one, 'in-app-opened'] as const, [f, 'in-app-opened'] as const, [two, 'letter-received'] as const],
      ...[[f, 'email-accepted'] as const, [two, 'email-accepted'] as const],
    ]) {
      const { status, json } = await told(token, channel);
      expect([status, json.code]).toEqual([403, 'POWER_MISSING']);
    }
    // Reading records nothing.
    const headers = { 'x-min-seq': String(before - 1) };
    ok(await server.send('GET', `/v1/alliances/${now.alliance}/rounds/${roundId}`, { token: two, headers }));
    expect(await server.entries(now.alliance)).toBe(before);
    const opened = ok(await told(two, 'in-app-opened'));
    expect([opened.status, opened.headers['location']]).toEqual([
      201,
      `/v1/alliances/${now.alliance}/rounds/${roundId}`,
    ]);
    const letter = { roundId, partnerId: second, channel: 'letter-received', status: 'delivered' };
    const { seq } = ok(await now.act(f, 'RecordNotification', { ...letter, address: '1 rue du Puits' })).json;
    const address = `/v1/alliances/${now.alliance}/openings/${String(seq)}/0/address`;
    const readers = [f, two, one].map(async (token) => (await server.send('GET', address, { token })).status);
    expect(await Promise.all(readers)).toEqual([200, 200, 404]);

    const given = ok(await now.act(three, 'GiveProxy', { holderId: first, roundId }));
    const proxyId = String(given.json.events[0]?.data['proxyId']);
    expect(given.headers['location']).toBe(`/v1/alliances/${now.alliance}/proxies/${proxyId}`);
    ok(await now.act(one, 'TakePosition', { roundId, value: 'agree', proxyId }));
    expect(ok(await now.act(three, 'RevokeProxy', { proxyId })).status).toBe(200);

    const stated = { statedAt: server.clock.at, means: 'phone', evidenceHash: DOCUMENT, evidence: 'Un appel' };
    const said = { roundId, partnerId: second, value: 'agree', speakerMandateId: now.mandates[1], ...stated };
    const recorded = ok(await now.act(f, 'RecordPositionOnBehalf', said));
    const { positionId, evidenceHash } = recorded.json.events[0]?.data ?? {};
    expect(recorded.headers['location']).toBe(`/v1/alliances/${now.alliance}/positions/${String(positionId)}`);
    // The ledger holds a salted hash of the evidence, never that of the document itself.
    expect(evidenceHash).not.toBe(DOCUMENT);
    expect((await now.act(one, 'ContestPosition', { positionId })).json.code).toBe('POWER_MISSING');
    expect(ok(await now.act(two, 'ContestPosition', { positionId })).status).toBe(200);
    const recused = ok(await now.act(three, 'RecusePartner', { roundId, reason: 'Un intérêt' }));
    expect(recused.json.events.map(({ type }) => type)).toEqual(['PartnerRecused', 'RoundClosed']);
    expect(third).toBe(recused.json.events[0]?.data['partnerId']);
  });

  test('a repeated key gives the same bytes, and another body under it is refused', async () => {
    const { now } = journey;
    const token = now.facilitator.token;
    const args = { kind: 'company', registerScheme: 'none', legalName: 'Une autre' };
    const first = ok(await now.act(token, 'InvitePartner', args, { key: 'same' }));
    const before = await server.entries(now.alliance);
    const again = await now.act(token, 'InvitePartner', args, { key: '"same"' });
    expect([again.status, again.text, again.headers['etag']]).toEqual([201, first.text, first.headers['etag']]);
    const other = await now.act(token, 'InvitePartner', { ...args, kind: 'academic' }, { key: 'same' });
    expect([other.status, other.json.code]).toEqual([422, 'COMMAND_ID_REUSED']);
    expect(await server.entries(now.alliance)).toBe(before);
  });
});
