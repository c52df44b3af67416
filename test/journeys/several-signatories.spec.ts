import type { Id } from '#kernel';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { doCommand } from '../../apps/standalone/commands/do.js';
import { pendingActsCommand } from '../../apps/standalone/commands/pending-acts.js';
import type { Subcommand } from '../../apps/standalone/subcommand.js';
import { TestServer } from '../testing/test-server.js';
import type { Answer } from '../testing/test-server.js';

const DAY = '2026-03-02';
const POWERS = ['speak', 'propose', 'take-position', 'commit', 'sign-charter', 'appoint'];
const SUBJECT = 's'.repeat(26);

type Arguments = Readonly<Record<string, unknown>>;

/** An alliance of three partners, the first two of which may decide together on one subject. */
class Scene {
  alliance = '';
  enablingId = '';
  readonly mandates: string[] = [];
  readonly partners: string[] = [];
  readonly facilitator;
  readonly people;

  constructor(readonly server: TestServer) {
    this.facilitator = server.person('facilitator');
    this.people = ['one', 'two', 'three'].map((label) => server.person(label));
  }

  get url(): string {
    return `/v1/alliances/${this.alliance}`;
  }

  token(place: number): string {
    return this.people[place]?.token ?? '';
  }

  send(token: string, name: string, args: Arguments, more = {}): Promise<Answer> {
    const body = { name, arguments: args };
    return this.server.send('POST', `${this.url}/commands`, { token, body, ...more });
  }

  /** The data of the first event of the answer, which accepts. */
  async does(token: string, name: string, args: Arguments): Promise<Arguments> {
    const { status, json, text } = await this.send(token, name, args);
    if (status > 201) throw new Error(`${name}: ${text}`);
    return json.events[0]?.data ?? {};
  }

  async form(): Promise<this> {
    const facilitator = { name: 'F', validFrom: DAY, validTo: '2027-03-01' };
    const body = { name: 'Pays de test', timeZone: 'Europe/Paris', locale: 'fr', facilitator };
    const formed = await this.server.send('POST', '/v1/alliances', { token: this.facilitator.token, body });
    this.alliance = formed.json.alliance;
    const { token } = this.facilitator;
    for (const [place, person] of this.people.entries()) {
      const kind = ['association', 'company', 'academic'][place];
      const invited = await this.does(token, 'InvitePartner', { kind, registerScheme: 'none', legalName: 'Une' });
      const partnerId = String(invited['partnerId']);
      const mandate = { personRef: person.ref, powers: POWERS, validFrom: DAY, name: 'N' };
      const admitted = await this.send(token, 'AdmitPartner', { partnerId, mandate });
      const granted = admitted.json.events.find(({ type }) => type === 'MandateGranted');
      this.mandates.push(String(granted?.data['mandateId']));
      this.partners.push(partnerId);
    }
    const { charterVersion, charterHash } = await this.does(token, 'DraftCharter', { charter: {}, preamble: 'Nous' });
    for (const person of this.people) await this.does(person.token, 'SignCharter', { charterVersion, charterHash });
    return this;
  }

  async propose(decisionType: string, more: Arguments = {}): Promise<string> {
    const draft = { decisionType, title: 'Un titre', driver: 'Un motif' };
    const { proposalId } = await this.does(this.token(0), 'DraftProposal', draft);
    const submission = { proposalId, text: 'Un texte', reviewOn: '2027-01-15', ...more };
    await this.does(this.token(0), 'SubmitProposal', submission);
    return String(proposalId);
  }

  async delegate(delegates = 2, needs = delegates): Promise<this> {
    const delegation = {
      needs,
      ...{ delegates: this.partners.slice(0, delegates), subjects: [SUBJECT] },
      ...{ ceilings: [{ kind: 'money', unit: 'EUR', amount: '100' }], validUntil: '2026-12-31' },
    };
    const proposalId = await this.propose('delegation', { delegation });
    const closesAt = new Date(Date.parse(this.server.clock.at) + 10 * 86_400_000).toISOString();
    const { roundId } = await this.does(this.token(0), 'OpenRound', { proposalId, closesAt });
    this.server.clock.at = new Date(Date.parse(this.server.clock.at) + 3 * 86_400_000).toISOString();
    for (const { token } of this.people) {
      const { json } = await this.send(token, 'TakePosition', { roundId, value: 'agree' });
      const adopted = json.events.find(({ type }) => type === 'DecisionAdopted');
      this.enablingId = String(adopted?.data['decisionId']);
    }
    return this;
  }

  get act(): Arguments {
    const amounts = [{ kind: 'money', unit: 'EUR', amount: '40' }];
    return { enablingId: this.enablingId, subjectKey: SUBJECT, amounts, text: 'Nous décidons' };
  }

  begin(more = {}): Promise<Answer> {
    return this.send(this.token(0), 'TakeDelegatedDecision', this.act, { key: 'begin', ...more });
  }

  sign(place: number, pendingAct: unknown, more = {}): Promise<Answer> {
    const url = `${this.url}/pending-acts/${String(pendingAct)}/signatures`;
    return this.server.send('POST', url, { token: this.token(place), body: {}, ...more });
  }
}

describe('an act signed by several (HTTP page 1.2, note 2)', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = new Scene(await new TestServer(`${DAY}T09:00:00.000Z`).start());
    await (await scene.form()).delegate();
  });
  afterEach(async () => {
    await scene.server.stop();
  });

  test('waits outside the ledger until the last signatory sends it', async () => {
    const [before, first] = [await scene.server.entries(scene.alliance), await scene.begin()];
    expect([first.status, await scene.server.entries(scene.alliance)]).toEqual([202, before]);
    const { pendingAct } = first.json;
    expect(first.headers['location']).toBe(`${scene.url}/pending-acts/${String(pendingAct)}`);
    expect(first.json['signedBy']).toEqual([scene.mandates[0]]);
    expect([first.json['signatures'], first.json['maySign']]).toEqual(['1 of 2', [scene.partners[1]]]);
    const last = await scene.sign(1, pendingAct);
    expect(last.status).toBe(201);
    expect(last.json.events.map(({ type }) => type)).toEqual([
      'DelegatedDecisionTaken',
      'DecisionAdopted',
      'DecisionTookEffect',
    ]);
    expect(last.json.events[0]?.data['signedBy']).toEqual(scene.mandates.slice(0, 2));
    const decisionId = String(last.json.events[1]?.data['decisionId']);
    expect(last.headers['location']).toBe(`${scene.url}/decisions/${decisionId}`);
    const register = await scene.server.send('GET', `${scene.url}/views/decision-register`, {
      token: scene.token(2),
      headers: { 'x-min-seq': String(last.json.seq) },
    });
    const { decisions } = register.json.data as { readonly decisions: readonly Arguments[] };
    const { enablingId } = scene;
    const text = `${String(last.json.seq)}/0/text`;
    expect(decisions[1]).toMatchObject({ decisionId, enablingId, proposalId: null, title: null, text });
    const opened = await scene.server.send('GET', `${scene.url}/openings/${text}`, { token: scene.token(2) });
    expect(opened.json['value']).toBe('Nous décidons');
  });

  test('gives the first answer again under the same key, and the receipt once it is recorded', async () => {
    const first = await scene.begin();
    expect((await scene.begin()).text).toBe(first.text);
    const last = await scene.sign(1, first.json['pendingAct'], { key: 'mine' });
    expect((await scene.sign(1, first.json['pendingAct'], { key: 'mine' })).text).toBe(last.text);
    const again = await scene.begin();
    expect([again.status, again.text]).toEqual([201, last.text]);
    const other = { ...scene.act, text: 'Autre chose' };
    const reused = await scene.send(scene.token(0), 'TakeDelegatedDecision', other, { key: 'begin' });
    expect([reused.status, reused.json.code]).toEqual([422, 'COMMAND_ID_REUSED']);
  });

  test('that some of the delegates may decide says how many more it takes, and who may be one of them', async () => {
    const other = new Scene(scene.server);
    await (await other.form()).delegate(3, 2);
    const begun = await other.begin();
    expect([begun.status, begun.json['signatures']]).toEqual([202, '1 of 2']);
    expect(begun.json['maySign']).toEqual(other.partners.slice(1));
    expect((await other.sign(2, begun.json['pendingAct'])).status).toBe(201);
  });

  test('is signed once by each person, by delegates alone, and names no signatory for another', async () => {
    const { pendingAct } = (await scene.begin()).json;
    const twice = await scene.sign(0, pendingAct);
    expect([twice.status, twice.json.code]).toEqual([409, 'ALREADY_SIGNED']);
    const stranger = await scene.sign(2, pendingAct);
    expect([stranger.status, stranger.json.code]).toEqual([403, 'NOT_THE_DELEGATE']);
    const forOthers = { ...scene.act, signedBy: scene.mandates.slice(0, 2) };
    const named = await scene.send(scene.token(0), 'TakeDelegatedDecision', forOthers);
    expect([named.status, named.json.errors[0]?.pointer]).toEqual([400, '/arguments/signedBy']);
    const told = await scene.sign(1, pendingAct, { body: { signedBy: scene.mandates } });
    expect([told.status, told.json.errors[0]?.pointer]).toEqual([400, '/signedBy']);
  });

  test('is begun by a delegate alone, and asks the domain at the end', async () => {
    const stranger = await scene.send(scene.token(2), 'TakeDelegatedDecision', scene.act);
    expect([stranger.status, stranger.json.code]).toEqual([403, 'NOT_THE_DELEGATE']);
    const amounts = [{ kind: 'money', unit: 'EUR', amount: '101' }];
    const begun = await scene.send(scene.token(0), 'TakeDelegatedDecision', { ...scene.act, amounts });
    expect(begun.status).toBe(202);
    const last = await scene.sign(1, begun.json['pendingAct']);
    expect([last.status, last.json.code]).toEqual([403, 'ABOVE_CEILING']);
  });

  test('is read, texts included, by people of partners, and by nobody else', async () => {
    const { pendingAct } = (await scene.begin()).json;
    const one = `${scene.url}/pending-acts/${String(pendingAct)}`;
    const read = await scene.server.send('GET', one, { token: scene.token(1) });
    expect(read.json).toMatchObject({ pendingAct, name: 'TakeDelegatedDecision', arguments: scene.act });
    const list = await scene.server.send('GET', `${scene.url}/pending-acts`, { token: scene.token(1) });
    expect(list.json.items).toEqual([expect.objectContaining({ pendingAct, signedBy: [scene.mandates[0]] })]);
    const { token } = scene.server.person('stranger');
    expect((await scene.server.send('GET', one, { token })).status).toBe(404);
    expect((await scene.sign(1, 'x'.repeat(26))).status).toBe(404);
    const sign = { token, body: {} };
    expect((await scene.server.send('POST', `${one}/signatures`, sign)).status).toBe(404);
  });

  test('waits in the agenda of each delegate that has not signed, for its own people and facilitators', async () => {
    const { pendingAct, expiresAt } = (await scene.begin()).json;
    const awaited = async (token: string, partner: number, more = '') => {
      const query = `partnerId=${String(scene.partners[partner])}${more}`;
      const { json } = await scene.server.send('GET', `${scene.url}/views/agenda?${query}`, { token });
      const { items } = json.data as { readonly items: readonly Arguments[] };
      return items.filter(({ what }) => what === 'sign-act');
    };
    const item = { what: 'sign-act', id: pendingAct, by: String(expiresAt).slice(0, 10), until: expiresAt };
    expect(await awaited(scene.token(1), 1)).toEqual([item]);
    expect(await awaited(scene.facilitator.token, 1)).toEqual([item]);
    expect(await awaited(scene.token(0), 1)).toEqual([]);
    expect(await awaited(scene.token(0), 0)).toEqual([]);
    expect(await awaited(scene.token(2), 2)).toEqual([]);
    expect(await awaited(scene.token(1), 1, '&trueOn=2026-03-05')).toEqual([]);
    await scene.sign(1, pendingAct);
    expect(await awaited(scene.token(1), 1)).toEqual([]);
  });

  test('can be signed for 14 days, after which its text is gone', async () => {
    const begun = await scene.begin();
    const { pendingAct } = begun.json;
    expect(begun.json['expiresAt']).toBe('2026-03-19T09:00:00.000Z');
    scene.server.clock.at = '2026-03-19T09:00:00.001Z';
    const late = await scene.sign(1, pendingAct);
    expect([late.status, late.json.code]).toEqual([410, 'PENDING_ACT_EXPIRED']);
    const { status } = await scene.server.send('GET', `${scene.url}/pending-acts/${String(pendingAct)}`, {
      token: scene.token(1),
    });
    expect(status).toBe(410);
    const kept = scene.server.identity.pendingActs.find(scene.alliance as Id, pendingAct as Id);
    expect(kept?.input).toBe('');
  });

  test('signed by the last two at once is sent by one of them', async () => {
    const other = new Scene(scene.server);
    await (await other.form()).delegate(3);
    const { pendingAct } = (await other.begin()).json;
    const acts = other.server.identity.pendingActs;
    const before = acts.signatures(pendingAct as Id);
    expect((await other.sign(1, pendingAct)).status).toBe(202);
    // The other one had looked before that signature was given.
    jest.spyOn(acts, 'signatures').mockReturnValueOnce(before);
    const sent = await other.sign(2, pendingAct);
    expect(sent.status).toBe(201);
    expect(sent.json.events[0]?.data['signedBy']).toEqual(other.mandates);
  });

  test('once recorded, gives its receipt to those who signed it, and is refused to everybody else', async () => {
    const other = new Scene(scene.server);
    await (await other.form()).delegate(2);
    const { pendingAct } = (await other.begin()).json;
    expect((await other.sign(1, pendingAct, { key: 'one' })).status).toBe(201);
    expect((await other.sign(1, pendingAct, { key: 'one' })).status).toBe(201);
    const late = await other.sign(2, pendingAct);
    expect([late.status, late.json]).toEqual([409, expect.objectContaining({ rule: 'recorded' })]);
  });
});

describe('the same from the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'collegium-'));
  let scene: Scene;
  let url: string;
  beforeAll(async () => {
    scene = await new Scene(await new TestServer(`${DAY}T09:00:00.000Z`).start()).form();
    await scene.delegate();
    await scene.server.running.app.listen(0, '127.0.0.1');
    url = await scene.server.running.app.getUrl();
  });
  afterAll(async () => {
    await scene.server.running.app.close();
    await scene.server.stop();
    rmSync(folder, { recursive: true });
  });

  /** A subcommand run by one of the people; the arguments of `input` stand on its standard input. */
  async function run(place: number, subcommand: Subcommand, words: readonly string[], input = '') {
    const tokenFile = join(folder, `token-${String(place)}`);
    writeFileSync(tokenFile, scene.token(place));
    const [out, err]: [string[], string[]] = [[], []];
    const terminal = {
      ...{ language: 'en' as const, progress: () => undefined, pour: async (line: string) => void out.push(line) },
      input: Readable.from([Buffer.from(input)]),
      out: (line: string) => void out.push(line),
      err: (line: string) => void err.push(line),
    };
    const more = ['--alliance', scene.alliance, '--url', url, '--token-file', tokenFile];
    const code = await subcommand.run([...words, ...more], terminal);
    return { code, out: out.join('\n'), err: err.join('\n') };
  }

  test('an act begins with its arguments from a file, is listed, read whole, and signed', async () => {
    const file = join(folder, 'act.json');
    writeFileSync(file, JSON.stringify(scene.act));
    const begun = await run(0, doCommand, ['TakeDelegatedDecision', '--arguments', file]);
    expect([begun.code, begun.err]).toEqual([0, '']);
    const { pendingAct, signatures } = JSON.parse(begun.out) as Readonly<Record<string, string>>;
    expect(signatures).toBe('1 of 2');
    const act = String(pendingAct);
    expect((await run(1, pendingActsCommand, [])).out).toContain(act);
    expect((await run(1, pendingActsCommand, [act])).out).toContain('text: Nous décidons');
    const refused = await run(2, doCommand, ['--sign', act]);
    expect([refused.code, refused.out, refused.err]).toEqual([1, '', expect.stringMatching(/^NOT_THE_DELEGATE: /)]);
    const signed = await run(1, doCommand, ['--sign', act]);
    expect([signed.code, signed.out]).toEqual([0, expect.stringContaining('DelegatedDecisionTaken')]);
    expect((await run(1, pendingActsCommand, [])).out).not.toContain(act);
    expect((await run(1, pendingActsCommand, [act])).out).toMatch(/^recordedSeq: \d+$/m);
  });

  test('arguments come from the standard input, and --set adds to them', async () => {
    const draft = { title: 'Un titre', driver: 'Un motif' };
    const words = ['DraftProposal', '--arguments', '-', '--set', 'decisionType=ordinary'];
    const drafted = await run(0, doCommand, words, JSON.stringify(draft));
    expect([drafted.code, drafted.out]).toEqual([0, expect.stringContaining('ProposalDrafted')]);
  });

  test.each([
    ['a member twice', '{"title":"a","title":"b"}', '/title: the same member twice'],
    ['a list', '[]', '(whole document): not an object'],
    ['what --set says too', '{"decisionType":"ordinary"}', '--set key=value, once a key: decisionType=ordinary'],
  ])('%s is told and nothing is sent', async (_what, input, words) => {
    const asked = ['DraftProposal', '--arguments', '-', '--set', 'decisionType=ordinary'];
    await expect(run(0, doCommand, asked, input)).rejects.toThrow(words);
  });
});

describe('an amendment that is accepted (part 1, 4.1)', () => {
  test('is the next version with the text as its author wrote it; its hash is checked from the openings', async () => {
    const scene = await new Scene(await new TestServer(`${DAY}T09:00:00.000Z`).start()).form();
    const requests = [{ partnerIds: [], kind: 'money', unit: 'EUR', amount: '10' }];
    const proposalId = await scene.propose('ordinary', { requests });
    const amendment = { proposalId, baseVersion: 1, text: 'Un autre texte' };
    const { amendmentId, textHash } = await scene.does(scene.token(1), 'SubmitAmendment', amendment);
    const same = await scene.send(scene.token(1), 'SubmitAmendment', { ...amendment, text: 'Un texte' });
    expect([same.status, same.json.code]).toEqual([409, 'SAME_VERSION']);
    const accepted = await scene.send(scene.token(0), 'AcceptAmendment', { amendmentId });
    expect(accepted.json.events[1]?.data).toMatchObject({ version: 2, textHash, requests });
    const opening = `${scene.url}/openings/${String(accepted.json.seq)}/1/text`;
    const opened = await scene.server.send('GET', opening, { token: scene.token(2) });
    expect(opened.json['value']).toBe('Un autre texte');
    const shown = await scene.server.send('GET', `${scene.url}/amendments/${String(amendmentId)}`, {
      token: scene.token(2),
      headers: { 'x-min-seq': String(accepted.json.seq) },
    });
    expect(shown.json.data).toMatchObject({ amendmentId, proposalId, baseVersion: 1 });
    await scene.server.stop();
  });
});
