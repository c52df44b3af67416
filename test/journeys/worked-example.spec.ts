import type { CommandName } from '#contracts';
import { canonicalJson } from '#kernel';
import type { Id, Json } from '#kernel';
import { readEntry } from '#ledger';
import type { Entry } from '#ledger';
import { Rehearsal } from '#rehearsal';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { answerView } from '../../apps/standalone/commands/answer-from-entries.js';
import { TestServer } from '../testing/test-server.js';
import type { Answer } from '../testing/test-server.js';

const SCRIPT = readFileSync('docs/examples/worked-example.ndjson', 'utf8').trim().split('\n');
const NOW = '2026-06-30T12:00:00.000Z';

interface Line {
  readonly at: string;
  readonly as?: Readonly<Record<string, string>>;
  readonly command: string;
  readonly arguments: Json;
  readonly let?: Readonly<Record<string, string>>;
}
const lines = SCRIPT.map((line) => JSON.parse(line) as Line);

/** Views of the page, by name, with `$name` for an id. */
const ASKED: readonly (readonly [string, Readonly<Record<string, Json>>])[] = [
  ...['$A', '$B', '$C', '$D'].flatMap((partnerId): [string, Readonly<Record<string, Json>>][] => [
    ['partner-statement', { partnerId }],
    ['partner-statement', { partnerId, basis: 'alliance-scale' }],
    ['partner-statement', { partnerId, basis: 'cvn' }],
    ['obligations', { partnerId }],
    ['to-attest', { partnerId }],
    ['awaiting-receipt', { partnerId }],
    ['guarantees', { partnerId }],
  ]),
  ['needs', {}],
  ['who-brings-what', {}],
  ['balance', {}],
  ['balance', { granularity: 'month', thresholdBp: 5000 }],
  ['funding-ceiling', { cost: '3000' }],
  ...['ANC-2018-06', 'CRC-99-01', 'CERFA-12156'].map((edition): [string, Readonly<Record<string, Json>>] => [
    'accounts',
    { partnerId: '$C', period: '2026', edition },
  ]),
];

class Names {
  private readonly values = new Map<string, string>();

  /** Binds what a line names, from the first of its events that has the field. */
  bind(names: Line['let'], entries: readonly Entry[]): void {
    for (const [name, field] of Object.entries(names ?? {})) {
      const found = entries.flatMap(({ events }) => events).find(({ data }) => field in data);
      const value = (found?.data as Readonly<Record<string, unknown>> | undefined)?.[field];
      if (typeof value === 'string') this.values.set(`$${name}`, value);
    }
  }

  set(name: string, value: string): void {
    this.values.set(name, value);
  }

  /** A value with names in the place of ids, or ids in the place of names. */
  put<T>(value: T): T {
    return JSON.parse(JSON.stringify(value), (_key, text: unknown) =>
      typeof text === 'string' ? (this.values.get(text) ?? text) : text,
    ) as T;
  }

  named(text: string): string {
    return [...this.values].reduce((all, [name, value]) => all.replaceAll(value, name), text);
  }
}

/** What a view shows, as bytes in which ids have the names of the script. */
type Shown = ReadonlyMap<string, string>;

async function shown(names: Names, ask: (view: string, params: Readonly<Record<string, Json>>) => Promise<Json>) {
  const answers = new Map<string, string>();
  for (const [view, params] of ASKED) {
    answers.set(`${view} ${JSON.stringify(params)}`, names.named(canonicalJson(await ask(view, names.put(params)))));
  }
  return answers;
}

async function rehearsed(): Promise<Shown> {
  // With the places of texts, as over HTTP.
  const rehearsal = new Rehearsal('1', async ({ entries }, line) => {
    return (await answerView(entries, line.query, line.arguments, line.at)) as unknown as Json;
  });
  const names = new Names();
  for (const [place, line] of lines.entries()) {
    const before = rehearsal.entries.length;
    const answer = (await rehearsal.play(SCRIPT[place] ?? '')) as Readonly<Record<string, unknown>>;
    expect(answer).not.toHaveProperty('refused');
    expect(answer).not.toHaveProperty('fault');
    names.bind(line.let, rehearsal.entries.slice(before));
  }
  return shown(names, async (query, args) => {
    const answer = await rehearsal.play(JSON.stringify({ at: NOW, query, arguments: args }));
    return (answer as { data: { data: Json } }).data.data;
  });
}

/** The same script over HTTP: each line by the person that it names, at its instant. */
class Served {
  readonly names = new Names();
  readonly server = new TestServer(lines[0]?.at ?? NOW);
  private readonly tokens = new Map<string, string>();
  private known = 0;
  alliance = '';

  async play(): Promise<this> {
    await this.server.start();
    for (const person of ['F', 'A', 'B', 'C', 'D']) {
      const { token, ref } = this.server.person(person);
      this.tokens.set(person, token);
      this.names.set(`$p:${person}`, ref);
    }
    for (const line of lines) {
      this.server.clock.at = new Date(line.at).toISOString();
      await (line.command === 'Tick' ? this.tick(line) : this.send(line));
    }
    this.server.clock.at = NOW;
    return this;
  }

  private async send({ command, as = {}, arguments: args, let: bound }: Line): Promise<void> {
    const who = as['mandate']?.replace('$m-', '') ?? 'F';
    const token = this.tokens.get(who);
    const capacity = this.names.put(as);
    const acting = capacity['mandate']
      ? `mandate/${capacity['mandate']}`
      : `facilitator/${capacity['facilitator'] ?? ''}`;
    const isFirst = this.alliance === '';
    const url = isFirst ? '/v1/alliances' : `/v1/alliances/${this.alliance}/commands`;
    const body = this.names.put(isFirst ? args : { name: command as CommandName, arguments: args });
    const answer = await this.server.send('POST', url, { token, body, ...(isFirst ? {} : { as: acting }) });
    expect([command, answer.status, answer.status < 300 ? '' : answer.text]).toEqual([command, answer.status, '']);
    this.alliance ||= answer.json.alliance;
    const entries = (await this.entries()).slice(this.known);
    this.known += entries.length;
    this.names.bind(bound, entries.slice(-1));
  }

  /** What is due is recorded before any command is decided, a refused one too. */
  private async tick({ let: bound }: Line): Promise<void> {
    const body = { name: 'SponsorProposal', arguments: { proposalId: 'a'.repeat(26) } };
    const as = `mandate/${this.names.put('$m-A')}`;
    const url = `/v1/alliances/${this.alliance}/commands`;
    expect((await this.server.send('POST', url, { token: this.tokens.get('A'), body, as })).status).toBe(404);
    const entries = (await this.entries()).slice(this.known);
    this.known += entries.length;
    this.names.bind(bound, entries);
  }

  async entries(): Promise<readonly Entry[]> {
    const stored = await this.server.ledgerStore.read(this.alliance as Id, 0, 1000);
    return stored.map(({ body }) => readEntry(body));
  }

  /** What the person of A reads below the alliance. */
  get(path: string): Promise<Answer> {
    const headers = { 'x-min-seq': String(this.known - 1) };
    const as = `mandate/${this.names.put('$m-A')}`;
    const url = `/v1/alliances/${this.alliance}/${path}`;
    return this.server.send('GET', url, { token: this.tokens.get('A'), as, headers });
  }

  /** A view over HTTP: live, or as of the head. */
  async ask(
    view: string,
    params: Readonly<Record<string, Json>>,
    asOf: Readonly<Record<string, string>>,
  ): Promise<Json> {
    const query = new URLSearchParams({ ...(params as Record<string, string>), ...asOf });
    const answer = await this.get(`views/${view}?${query.toString()}`);
    expect([view, answer.status, answer.status === 200 ? '' : answer.text]).toEqual([view, 200, '']);
    expect(answer.json['trueOn']).toBe('2026-06-30');
    return answer.json.data as Json;
  }
}

describe('the worked example of part 2, 2.7', () => {
  let served: Served;
  beforeAll(async () => {
    served = await new Served().play();
  }, 120_000);
  afterAll(() => served.server.stop());

  it('shows the same bytes rehearsed, live after HTTP, as of its head, and from the exported ledger', async () => {
    const live = await shown(served.names, (view, params) => served.ask(view, params, {}));
    expect([...live.values()].join('\n')).not.toMatch(/[a-z2-7]{26}/);
    const head = { trueOn: '2026-06-30', knownAt: String((await served.entries()).length - 1) };
    expect(await shown(served.names, (view, params) => served.ask(view, params, head))).toEqual(live);
    const entries = await served.entries();
    const replayed = await shown(served.names, async (view, params) => {
      const answer = await answerView(entries, view, params, NOW);
      return (answer as { data: Json }).data;
    });
    expect(replayed).toEqual(live);
    expect(await rehearsed()).toEqual(live);
  }, 120_000);

  it('has the figures of the page', async () => {
    const ask = (view: string, params: Readonly<Record<string, Json>> = {}) =>
      served.ask(view, served.names.put(params), {}) as Promise<Record<string, Record<string, string>[]>>;
    const figures = async (view: string, list: string, columns: string[], params = {}) =>
      ((await ask(view, params))[list] ?? []).map((row) => columns.map((column) => row[column]).join(' '));
    const columns = [
      'unit',
      'pledged',
      'committed',
      'called',
      'released',
      'fulfilled',
      'open',
      'over',
      'inDefault',
      'given',
    ];
    expect(await figures('partner-statement', 'rows', columns, { partnerId: '$A' })).toEqual([
      'EUR 0 2000 0 0 1500 500 0 500 1500',
      'day 0 60 0 15 45 0 0 0 45',
    ]);
    expect(await figures('partner-statement', 'rows', columns, { partnerId: '$D' })).toEqual([
      'EUR 1000 5000 3000 0 7000 1000 0 0 7000',
      'hour 0 0 0 0 0 0 0 0 6',
    ]);
    expect(await figures('needs', 'needs', ['requested', 'pledged', 'committed', 'covered', 'uncovered'])).toEqual([
      '10000 1000 7000 7000 3000',
      '300 0 240 240 60',
      '60 0 45 45 15',
      '80 20 80 91 0',
      '20 0 12 12 8',
    ]);
    expect(await figures('who-brings-what', 'totals', ['kind', 'pledged', 'committed', 'open', 'given'])).toEqual([
      'money 1000 10000 1500 8500',
      'goods 0 12 2 10',
      'premises-use 0 60 0 45',
      'skills 20 80 0 91',
      'volunteer-time 0 240 30 210',
    ]);
    const cerfa = { partnerId: '$C', period: '2026', edition: 'CERFA-12156' };
    expect(await figures('accounts', 'totals', ['uses', 'sources'], cerfa)).toEqual(['11192 11192']);
    const anc = { partnerId: '$C', period: '2026' };
    expect(await figures('accounts', 'totals', ['uses', 'sources'], anc)).toEqual(['11191.7 11191.7']);
  });

  it('prints the attestation of each acknowledgement, and no other', async () => {
    const entries = await served.entries();
    const acts = entries.flatMap(({ seq, hash, events }) =>
      events.flatMap(({ type, data }) =>
        type === 'ContributionAcknowledged'
          ? { path: `contributions/${data.contributionId}/attestations`, seq, hash }
          : [],
      ),
    );
    expect(acts).toHaveLength(11);
    for (const { path, seq, hash } of acts) {
      const url = `${path}/${String(seq)}`;
      const page = await served.get(`${url}?language=fr`);
      expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
      expect(page.text).toContain(`<dd>seq ${String(seq)}</dd>`);
      expect(page.text).toContain(hash);
      expect((await served.get(`${url}?language=fr`)).text).toBe(page.text);
    }
    const [{ path, seq } = { path: '', seq: 0 }] = acts;
    const english = await served.get(`${path}/${String(seq)}?language=en&format=markdown`);
    expect(english.text).toMatch(/^# Acknowledgement of receipt: 10 pieces\n/);
    for (const wrong of [`${path}/1`, `${path}/x`, `contributions/x/attestations/${String(seq)}`]) {
      expect((await served.get(wrong)).status).toBe(404);
    }
    expect((await served.get(`${path}/${String(seq)}?format=pdf`)).status).toBe(400);
  });

  it('prints the statement of a partner', async () => {
    const path = `partners/${served.names.put('$D')}/statement`;
    const page = await served.get(`${path}?language=en`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('<h1>Partner statement: Partenaire D</h1>');
    expect(page.text).toContain('carried by Partenaire C for the alliance, decision seq ');
    expect((await served.get(`partners/${'a'.repeat(26)}/statement`)).status).toBe(404);
    expect((await served.get('partners/x/statement')).status).toBe(404);
  });

  it('gives files to keep, with the digest of their bytes, and none in an order that a reader chose', async () => {
    const of = `partnerId=${served.names.put('$C')}`;
    const year = `${of}&year=2026`;
    const asked = [
      ...[`statement-csv?${of}`, `statement-json?${of}`, 'who-brings-what-csv', 'who-brings-what-json'],
      ...['guarantees-csv', `guarantees-json?${of}`],
      ...[`accounts-csv?${year}`, `accounts-json?${year}&edition=CRC-99-01`],
      ...[`cerfa-12156?${year}`, `cerfa-12156-json?${year}`],
    ];
    for (const path of asked) {
      const file = await served.get(`exports/${path}`);
      expect([path, file.status]).toEqual([path, 200]);
      const digest = createHash('sha256').update(file.text).digest('base64');
      expect(file.headers['content-digest']).toBe(`sha-256=:${digest}:`);
      expect(file.headers['content-disposition']).toMatch(
        /^attachment; filename="collegium-[A-Za-z0-9-]+\.(?:csv|json)"$/,
      );
      expect(file.headers['content-type']).toMatch(
        path.includes('json') ? /^application\/json/ : /^text\/csv; charset=utf-8/,
      );
      expect((await served.get(`exports/${path}`)).text).toBe(file.text);
      const sorted = await served.get(`exports/${path}${path.includes('?') ? '&' : '?'}sort=given`);
      expect([sorted.status, sorted.json.code]).toEqual([400, 'PARAMETER_INVALID']);
    }
    const status = async (path: string) => (await served.get(`exports/${path}`)).status;
    expect(await status('accounts-pdf')).toBe(404);
    expect(await status('constructor')).toBe(404);
    expect(await status(`accounts-csv?${of}`)).toBe(400);
    expect(await status(`accounts-csv?${of}&year=20x6`)).toBe(400);
    expect(await status(`cerfa-12156?${year}&edition=CRC-99-01`)).toBe(400);
    expect(await status(`accounts-csv?partnerId=${'a'.repeat(26)}&year=2026`)).toBe(404);
  });
});
