import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { build, collegium, endOf, outOf, serve, start, temporaryFolder, valueIn } from '../testing/product.js';
import type { Ended, Served } from '../testing/product.js';

/** A collective that works from the command line alone, on one served folder. Each test goes on where the last ended. */
const root = temporaryFolder();
const data = join(root, 'data');
const at = (name: string): string => join(root, name);
const today = new Date().toISOString().slice(0, 10);
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

interface Person {
  readonly ref: string;
  readonly tokenFile: string;
}
interface Receipt {
  readonly alliance: string;
  readonly seq: number;
  readonly events: readonly { readonly type: string; readonly data: Readonly<Record<string, unknown>> }[];
}

let server: Served;
let facilitator: Person;
let alliance: string;
let roundId: string;
const people: Person[] = [];
const partners: string[] = [];
const mandates: string[] = [];

beforeAll(async () => {
  build();
  server = await serve(data);
}, 120_000);
afterAll(async () => {
  await server.end('SIGTERM');
  rmSync(root, { recursive: true });
});

async function makePerson(name: string): Promise<Person> {
  const person = valueIn(await outOf(['person', 'create', name, '--data', data]), 'person');
  const tokenFile = at(`${name}.token`);
  const out = await outOf(['token', 'create', person, '--data', data, '--token-file', tokenFile]);
  return { ref: valueIn(out, 'personRef'), tokenFile };
}

async function attempt(
  who: Person,
  name: string,
  set: Readonly<Record<string, string>>,
  ...more: string[]
): Promise<Ended> {
  const settings = Object.entries(set).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const place = name === 'FormAlliance' ? [] : ['--alliance', alliance];
  return await collegium([
    'do',
    name,
    ...place,
    ...settings,
    ...more,
    '--url',
    server.url,
    '--token-file',
    who.tokenFile,
  ]);
}

async function act(
  who: Person,
  name: string,
  set: Readonly<Record<string, string>>,
  ...more: string[]
): Promise<Receipt> {
  const { code, out, err } = await attempt(who, name, set, ...more);
  if (code !== 0) throw new Error(`${name}: ${String(code)} ${err}`);
  return JSON.parse(out) as Receipt;
}

const dataOf = ({ events }: Receipt, type: string) => events.find((event) => event.type === type)?.data ?? {};

test('persons and tokens are made while the server runs; a token file is for its owner alone', async () => {
  const made = await Promise.all(['facilitator', 'one', 'two', 'three'].map(makePerson));
  people.push(...made.slice(1));
  facilitator = made[0] as Person;
  expect(statSync(facilitator.tokenFile).mode & 0o777).toBe(0o600);
  expect(
    (await outOf(['person', 'list', '--data', data]))
      .trim()
      .split('\n')
      .map((line) => line.split('  ')[1]),
  ).toEqual(expect.arrayContaining(['facilitator', 'one', 'two', 'three']));
  const person = valueIn(await outOf(['person', 'create', 'printed', '--data', data]), 'person');
  const printed = await outOf(['token', 'create', person, '--data', data]);
  expect(valueIn(printed, 'token').length).toBeGreaterThan(30);
  // Never over another token.
  const again = await collegium(['token', 'create', person, '--data', data, '--token-file', facilitator.tokenFile]);
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('exists')]);
  const nobody = await collegium(['token', 'create', 'a'.repeat(26), '--data', data]);
  expect([nobody.code, nobody.err]).toEqual([1, 'collegium: no such person here\n']);
});

test('an alliance is formed, three partners are admitted, and the charter is signed by all', async () => {
  const formed = await act(facilitator, 'FormAlliance', {
    name: 'true',
    timeZone: 'Europe/Paris',
    locale: 'fr',
    'facilitator.name': 'F',
    'facilitator.validFrom': today,
    'facilitator.validTo': inDays(300).slice(0, 10),
  });
  ({ alliance } = formed);
  const powers = '["speak","propose","take-position","commit","sign-charter","appoint"]';
  for (const [place, person] of people.entries()) {
    const kind = ['association', 'company', 'academic'][place] ?? '';
    const invited = await act(facilitator, 'InvitePartner', { kind, registerScheme: 'none', legalName: `Nom ${kind}` });
    const partnerId = String(dataOf(invited, 'PartnerInvited')['partnerId']);
    const mandate = { 'mandate.personRef': person.ref, 'mandate.powers': powers, 'mandate.validFrom': today };
    const admitted = await act(facilitator, 'AdmitPartner', { partnerId, ...mandate, 'mandate.name': 'N' });
    partners.push(partnerId);
    mandates.push(String(dataOf(admitted, 'MandateGranted')['mandateId']));
  }
  const drafted = await act(facilitator, 'DraftCharter', { charter: '{}', preamble: 'Nous agissons ensemble' });
  const { charterVersion, charterHash } = dataOf(drafted, 'CharterDrafted');
  let last: Receipt | undefined;
  for (const [place, person] of people.entries()) {
    const signed = { charterVersion: String(charterVersion), charterHash: String(charterHash) };
    last = await act(person, 'SignCharter', signed, '--as', `mandate/${mandates[place] ?? ''}`);
  }
  expect(last?.events.map(({ type }) => type)).toEqual(['CharterSigned', 'CharterAdopted']);
}, 60_000);

test('a proposal is opened, waits in the agenda of who has not answered, and takes positions', async () => {
  const [one, two, three] = people as [Person, Person, Person];
  const drafted = await act(one, 'DraftProposal', { decisionType: 'ordinary', title: '2026', driver: 'La place' });
  const proposalId = String(dataOf(drafted, 'ProposalDrafted')['proposalId']);
  await act(one, 'SubmitProposal', { proposalId, text: 'Un jardin', reviewOn: inDays(200).slice(0, 10) });
  const opened = await act(facilitator, 'OpenRound', { proposalId, closesAt: inDays(10) });
  roundId = String(dataOf(opened, 'RoundOpened')['roundId']);
  const agenda = async (place: number) => {
    const asked = ['--alliance', alliance, '--partner', partners[place] ?? '', '--url', server.url];
    return await outOf(['agenda', ...asked, '--token-file', people[place]?.tokenFile ?? '']);
  };
  expect(await agenda(1)).toContain(roundId);
  for (const person of [one, two, three]) await act(person, 'TakePosition', { roundId, value: 'agree' });
  expect(await agenda(1)).not.toContain(roundId);
}, 60_000);

test('what the server refuses is told in its words, exit 1; without a server or a token, exit 2', async () => {
  const [one] = people as [Person];
  // Who facilitates holds no mandate, and a mandate is what takes positions.
  const refused = await attempt(facilitator, 'TakePosition', { roundId, value: 'agree' });
  expect([refused.code, refused.out]).toEqual([1, '']);
  expect(refused.err).toMatch(/^[A-Z_]+: \S/);
  const misfit = await attempt(facilitator, 'InvitePartner', { kind: 'king', registerScheme: 'none', legalName: 'X' });
  expect([misfit.code, misfit.err]).toEqual([1, expect.stringContaining('/arguments/kind')]);
  const none = await attempt(facilitator, 'FormAlliance', {}, '--url', 'http://127.0.0.1:9');
  const silent = await collegium(['do', 'FormAlliance', '--url', 'http://127.0.0.1:9', '--token-file', one.tokenFile]);
  expect([silent.code, silent.err]).toEqual([2, 'collegium: no server answers at http://127.0.0.1:9\n']);
  expect(none.code).not.toBe(0);
  const missing = await collegium(['do', 'FormAlliance', '--token-file', at('none')]);
  expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('token create')]);
});

test('the same --key gives the first answer again', async () => {
  const set = { kind: 'company', registerScheme: 'none', legalName: 'Une autre' };
  const first = await act(facilitator, 'InvitePartner', set, '--key', 'mine');
  expect(await act(facilitator, 'InvitePartner', set, '--key', 'mine')).toEqual(first);
});

test('a document that the ledger holds is known again by its reference', async () => {
  writeFileSync(at('study.pdf'), 'study');
  writeFileSync(at('other.pdf'), 'other');
  const documentHash = valueIn(await outOf(['document', 'seal', at('study.pdf')]), 'sha256');
  const set = { title: 'Étude', studiedOn: today, documentHash, sourceHashes: `["${documentHash}"]` };
  const { seq, events } = await act(facilitator, 'PublishDiagnosis', set);
  expect(events[0]?.data['documentHash']).not.toBe(documentHash);
  const check = (file: string, field: string) =>
    collegium(['document', 'check', at(file), `${alliance}/${String(seq)}/0/${field}`, '--data', data]);
  expect(await check('study.pdf', 'documentHash')).toEqual({ code: 0, out: 'this is the document\n', err: '' });
  expect((await check('study.pdf', 'sourceHashes')).code).toBe(0);
  expect((await check('other.pdf', 'documentHash')).code).toBe(1);
  expect(await check('study.pdf', 'title')).toMatchObject({
    code: 2,
    err: expect.stringContaining('cannot read') as string,
  });
});

describe('an exported ledger', () => {
  const files = { ledger: at('ledger.ndjson'), openings: at('openings.ndjson') };
  let head: string;

  beforeAll(async () => {
    writeFileSync(files.ledger, await outOf(['export', alliance, '--data', data, '--openings', files.openings]));
    head = valueIn(await outOf(['verify', data]), 'head');
  });

  test('verifies, and shows what the served folder shows', async () => {
    const verified = await outOf(['verify', files.ledger, '--openings', files.openings, '--head', head]);
    expect(valueIn(verified, 'openings')).toMatch(/^[1-9]\d* checked, 0 missing$/);
    for (const view of ['members', 'charter', 'decision-register', 'who-brings-what']) {
      const live = await outOf(['show', view, '--data', data, '--alliance', alliance, '--json', '--true-on', today]);
      expect(await outOf(['show', view, '--ledger', files.ledger, '--json', '--true-on', today])).toBe(live);
    }
  });

  test.each([
    ['with its openings', true, '0'],
    ['without them', false, expect.stringMatching(/^[1-9]\d*$/) as string],
  ])(
    'has the same head on the other side, %s, which says how many texts are missing',
    async (how, isWhole, missing) => {
      const there = at(`there ${how}`);
      const openings = isWhole ? ['--openings', files.openings] : [];
      const out = await outOf(['import', files.ledger, ...openings, '--data', there]);
      expect([valueIn(out, 'head'), valueIn(out, 'texts missing')]).toEqual([head, missing]);
      const verified = await outOf(['verify', there]);
      expect([valueIn(verified, 'head'), valueIn(verified, 'verdict')]).toEqual([head, 'all holds']);
      expect(await outOf(['export', alliance, '--data', there])).toBe(readFileSync(files.ledger, 'utf8'));
      // An import can be repeated: texts that it lacked are filled in once they are given, and never another text.
      const forged = at(`forged ${how}`);
      writeFileSync(forged, readFileSync(files.openings, 'utf8').replace(/"payload":"\\"./, '"payload":"\\"~'));
      const refused = await collegium(['import', files.ledger, '--openings', forged, '--data', there]);
      expect([refused.code, refused.err]).toEqual([
        1,
        expect.stringMatching(/refused: commitment-differs \(seq \d+\)/),
      ]);
      const again = await outOf(['import', files.ledger, '--openings', files.openings, '--data', there]);
      expect([valueIn(again, 'head'), valueIn(again, 'texts filled in')]).toEqual([head, missing]);
      expect(valueIn(again, 'texts missing')).toBe('0');
      const copy = at(`openings ${how}`);
      await outOf(['export', alliance, '--data', there, '--openings', copy]);
      expect(readFileSync(copy, 'utf8')).toBe(readFileSync(files.openings, 'utf8'));
    },
  );

  test('is refused by a folder that a server works on, and when it does not verify', async () => {
    const used = await collegium(['import', files.ledger, '--data', data]);
    expect([used.code, used.err]).toEqual([
      1,
      `collegium: another process already uses ${data}; stop it first, or choose --data\n`,
    ]);
    const text = readFileSync(files.ledger, 'utf8');
    writeFileSync(at('changed.ndjson'), text.replace('"academic"', '"company"'));
    const changed = await collegium(['import', at('changed.ndjson'), '--data', at('nowhere')]);
    expect([changed.code, changed.err]).toEqual([1, expect.stringMatching(/refused: chain-broken \(seq \d+\)/)]);
    expect(existsSync(at('nowhere'))).toBe(false);
    const none = await collegium(['import', 'README.md', '--data', at('nowhere')]);
    expect([none.code, none.err]).toEqual([2, 'collegium: cannot read: README.md (not a ledger)\n']);
  });

  test('is not made of an alliance that is not there', async () => {
    const { code, err } = await collegium(['export', 'a'.repeat(26), '--data', data, '--openings', at('no-openings')]);
    expect([code, err, existsSync(at('no-openings'))]).toEqual([2, 'collegium: no such alliance\n', false]);
    const nowhere = await collegium(['export', alliance, '--data', at('nowhere')]);
    expect([nowhere.code, existsSync(at('nowhere'))]).toEqual([2, false]);
  });
});

describe('a backup', () => {
  const copy = at('copy');

  test('made while the server runs and writes is whole: the restored folder verifies and serves', async () => {
    const writing = Promise.all(
      [1, 2, 3, 4].map((n) =>
        act(facilitator, 'InvitePartner', {
          kind: 'company',
          registerScheme: 'none',
          legalName: `During ${String(n)}`,
        }),
      ),
    );
    await outOf(['backup', copy, '--data', data]);
    await writing;
    expect(readdirSync(copy).sort()).toEqual(['ledger.sqlite', 'secrets']);
    expect(readFileSync(join(copy, 'ledger.sqlite')).includes('facilitator.token')).toBe(false);
    expect(statSync(join(copy, 'secrets')).mode & 0o077).toBe(0);
    const back = at('back');
    const restored = await outOf(['restore', copy, '--data', back]);
    expect(valueIn(restored, 'verdict')).toBe('all holds');
    const second = await serve(back);
    const asked = await fetch(`${second.url}/v1/alliances/${alliance}/views/members`, {
      headers: { authorization: `Bearer ${readFileSync(facilitator.tokenFile, 'utf8').trim()}` },
    });
    expect(asked.status).toBe(200);
    expect((await second.end('SIGTERM')).code).toBe(0);
  }, 60_000);

  test('goes over nothing, and a restore into a folder that is not empty is refused', async () => {
    expect(await collegium(['backup', copy, '--data', data])).toMatchObject({
      code: 1,
      err: `collegium: ${copy} exists already\n`,
    });
    const over = await collegium(['restore', copy, '--data', data]);
    expect([over.code, over.err]).toEqual([1, `collegium: ${data} is not empty\n`]);
    const none = await collegium(['restore', root, '--data', at('empty')]);
    expect([none.code, existsSync(at('empty'))]).toEqual([2, false]);
    expect((await collegium(['backup', at('of-nothing'), '--data', at('nowhere')])).code).toBe(2);
    expect(existsSync(at('of-nothing'))).toBe(false);
  });

  test('does not go into the data it copies', async () => {
    const { code, err } = await collegium(['backup', join(data, 'copy'), '--data', data]);
    expect([code, err]).toEqual([1, 'collegium: a copy does not go into the data\n']);
    expect(existsSync(join(data, 'copy'))).toBe(false);
  });

  test('that does not verify puts nothing back; one without secrets says so', async () => {
    const damaged = at('damaged-copy');
    mkdirSync(damaged);
    const bytes = readFileSync(join(copy, 'ledger.sqlite'), 'latin1');
    writeFileSync(join(damaged, 'ledger.sqlite'), bytes.replaceAll('"kind":"company"', '"kind":"academic'), 'latin1');
    expect(await collegium(['restore', damaged, '--data', at('not-put')])).not.toMatchObject({ code: 0 });
    expect(existsSync(at('not-put'))).toBe(false);
    const bare = at('bare-copy');
    mkdirSync(bare);
    copyFileSync(join(copy, 'ledger.sqlite'), join(bare, 'ledger.sqlite'));
    const { code, err } = await collegium(['restore', bare, '--data', at('bare-back')]);
    expect([code, err]).toEqual([0, expect.stringContaining('a copy without secrets/')]);
  });

  test('killed at any moment leaves no half under its name', async () => {
    const moments = [120, 140, 160, 180, 200, 220];
    let halves = 0;
    for (const [n, moment] of moments.entries()) {
      const target = at(`killed-${String(n)}`);
      const child = start(['backup', target, '--data', data], {});
      const ended = endOf(child);
      setTimeout(() => child.kill('SIGKILL'), moment);
      await ended;
      if (existsSync(target)) {
        expect(readdirSync(target).sort()).toEqual(['ledger.sqlite', 'secrets']);
        await outOf(['verify', target]);
      } else halves += 1;
    }
    expect(halves).toBeGreaterThan(0);
    expect((await collegium(['backup', at('after'), '--data', data])).code).toBe(0);
  }, 60_000);
});
