import { COMMAND_NAMES, commandDefinition } from '#contracts';
import { VIEWS } from '#engine';
import { labelOf } from '#words';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordsOfFault } from '../../apps/standalone/commands/fault-words.js';
import { optionOf } from '../../apps/standalone/commands/view-parameters.js';
import { SUBCOMMANDS } from '../../apps/standalone/subcommands.js';
import { build, collegium, outOf, shell, temporaryFolder, valueIn } from '../testing/product.js';
import { rehearsedLedger, SCRIPT } from '../testing/rehearsed.js';
import type { Opening } from '#ledger';
import type { LedgerFiles } from '../testing/rehearsed.js';

const NAMES = Object.keys(SUBCOMMANDS);
const folder = temporaryFolder();
const STACK = /^\s+at .+:\d+/m;
let files: LedgerFiles;

beforeAll(async () => {
  build();
  files = await rehearsedLedger(folder);
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const inFolder = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

describe('help', () => {
  test.each(NAMES)('%s says in French and in English what it does and how', async (name) => {
    const { summary, usage } = (await SUBCOMMANDS[name]?.()) ?? {};
    for (const texts of [summary, usage]) {
      expect([texts?.fr.trim(), texts?.en.trim()]).not.toContain('');
      expect(`${texts?.fr ?? ''}\n${texts?.en ?? ''}`.split('\n').filter((line) => line.length > 96)).toEqual([]);
    }
    expect(summary?.fr).not.toBe(summary?.en);
    for (const line of [usage?.fr, usage?.en]) expect(line).toMatch(new RegExp(`^collegium ${name}( |$)`));
  });

  test('names every subcommand, in the language asked for, and tells how to get the other one', async () => {
    const [french, english] = await Promise.all(
      ['fr', 'en'].map((language) => outOf(['help'], { env: { COLLEGIUM_LOCALE: language } })),
    );
    for (const name of NAMES) for (const text of [french, english]) expect(text).toContain(`collegium ${name} `);
    expect(french).toContain('démarre le serveur');
    expect(french).toContain('COLLEGIUM_LOCALE=en');
    expect(english).toContain('starts the server');
    expect(english).toContain('COLLEGIUM_LOCALE=fr');
  });

  test('is given on one subcommand, and where --help stands behind it', async () => {
    const texts = await Promise.all([
      outOf(['help', 'verify']),
      outOf(['verify', '--help']),
      outOf(['verify', 'x', '-h']),
    ]);
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toMatch(/^collegium verify </);
  });

  test('npm run -s collegium prints nothing of its own', async () => {
    const { code, out, err } = await shell('npm run -s collegium -- help evaluate');
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(await outOf(['help', 'evaluate']));
  });
});

describe('do --help', () => {
  test('tells the arguments of a command, which are needed, and who may send it', async () => {
    const out = await outOf(['do', 'MakeCommitment', '--help']);
    expect(out).toMatch(/^MakeCommitment, by:\n {2}a mandate to commit\n/m);
    expect(out).toMatch(/^ {2}amount +\* amount, such as 12\.5$/m);
    expect(out).toMatch(/^ {2}obligation +\* means \| result$/m);
    expect(out).toMatch(/^ {2}terms {4,}text, at most 5000 characters$/m);
  });

  test('tells an instant in words, in the language asked for, and each kind of an objection once', async () => {
    const [french, english] = await Promise.all(
      ['fr', 'en'].map((language) => outOf(['do', 'OpenRound', '--help'], { env: { COLLEGIUM_LOCALE: language } })),
    );
    expect(french).toMatch(/closesAt +\* instant en temps universel, tel que 2026-03-01T10:00:00\.000Z/);
    expect(english).toMatch(/closesAt +\* instant in UTC, such as 2026-03-01T10:00:00\.000Z/);
    const kinds = (await outOf(['do', 'TakePosition', '--help'])).match(/breaks-charter/g);
    expect(kinds).toEqual(['breaks-charter']);
  });

  test('tells of no command who may send it in the letters of the specification', async () => {
    for (const name of COMMAND_NAMES) {
      for (const one of commandDefinition(name).who) {
        for (const language of ['fr', 'en'] as const) expect(labelOf('who', one, language)).not.toBe(one);
      }
    }
    expect(await outOf(['do', 'OpenRound', '--help'])).not.toMatch(/^ {2}[A-Z](\(|$)/m);
  });

  test('tells parts as --set names them', async () => {
    expect(await outOf(['do', 'TakePosition', '--help'])).toMatch(/^ {2}objection\.touches\.sort +\* aim \| stake/m);
  });
});

test('output that cannot be written is told in words, exit 2', async () => {
  const { code, err } = await shell('collegium help > /dev/full');
  expect([code, err]).toEqual([2, 'collegium: the output cannot be written (ENOSPC)\n']);
});

describe('what cannot be understood', () => {
  test.each(NAMES)('%s names an unknown option, shows its usage, exit 2', async (name) => {
    const { code, out, err } = await collegium([name, '--no-such-option']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('unknown option: --no-such-option');
    expect(err).toContain(`collegium ${name}`);
    expect(err).not.toMatch(STACK);
  });

  test.each([
    ['an unknown subcommand', ['fly'], 'no command "fly"'],
    ['a name of every object', ['constructor'], 'no command "constructor"'],
    ['an option without its value', ['verify', 'x', '--head'], 'value missing or not wanted: --head'],
    ['a head of another form', ['verify', 'x', '--head', '12'], '--head is seq:hash'],
    ['an unknown command', ['do', 'Fly'], 'one command of: '],
    ['a setting that is none', ['do', 'FormAlliance', '--set', 'name'], '--set key=value'],
    ['a setting given twice', ['do', 'FormAlliance', '--set', 'name=a', '--set', 'name=b'], '--set key=value'],
    ['a setting below a value', ['do', 'FormAlliance', '--set', 'name=a', '--set', 'name.x=b'], '--set key=value'],
    ['a signature with a command', ['do', 'FormAlliance', '--sign', 'x'], '--sign takes neither'],
    ['a signature in no alliance', ['do', '--sign', 'x'], '--alliance is needed'],
    ['a file of arguments that is not there', ['do', 'FormAlliance', '--arguments', '/none'], 'cannot read: /none'],
    ['help about nothing there is', ['help', 'fly'], 'no command "fly"'],
    ['a view that is none', ['show', 'stars'], 'one view of: '],
    ['an alliance that is none', ['export', 'x'], 'the id of an alliance'],
    ['a port that is none', ['serve', '--port', '70000'], '--port: 0 to 65535'],
    ['no person', ['token', 'create', 'x'], 'create <person>'],
    ['a blank name', ['person', 'create', ' '], 'create <name>'],
    ['a word too many', ['evaluate', 'x'], 'unexpected word: x'],
  ])('%s: exit 2', async (_what, args, words) => {
    const { code, out, err } = await collegium(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
    expect(err).not.toMatch(STACK);
  });

  test('a bad configuration is told whole, without a stack', async () => {
    const { code, err } = await collegium(['help'], { env: { COLLEGIUM_PORT: 'x', COLLEGIUM_COLOUR: 'red' } });
    expect(code).toBe(2);
    expect(err).toMatch(/COLLEGIUM_COLOUR.*\n.*COLLEGIUM_PORT/);
    expect(err).not.toMatch(STACK);
  });
});

test('a fault that nobody foresaw is told without a stack, which the debug level shows: exit 2', async () => {
  const data = join(folder, 'damaged');
  mkdirSync(data);
  writeFileSync(join(data, 'ledger.sqlite'), 'no database at all, whatever its name says'.repeat(100));
  const { code, out, err } = await collegium(['verify', data]);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/^collegium: \S/);
  expect(err).not.toMatch(STACK);
  const debugged = await collegium(['verify', data], { env: { COLLEGIUM_LOG_LEVEL: 'debug' } });
  expect([debugged.code, debugged.err]).toEqual([2, expect.stringMatching(STACK)]);
});

describe('pages and files', () => {
  const acknowledgements = () =>
    files.entries.flatMap(({ seq, events }) =>
      events.flatMap(({ type, data }) => (type === 'ContributionAcknowledged' ? { seq, ...data } : [])),
    );
  const from = () => ['--ledger', files.ledger, '--openings', files.openings];

  test('attestation of the acknowledgement named, in the language asked for; of none there is none, exit 2', async () => {
    const [{ seq, contributionId } = { seq: -1, contributionId: '' }] = acknowledgements();
    const words = ['attestation', contributionId, String(seq), '--markdown', ...from()];
    expect(await outOf(words)).toMatch(/^# Acknowledgement of receipt: /);
    expect(await outOf(words, { env: { COLLEGIUM_LOCALE: 'fr' } })).toMatch(/^# Attestation de réception\u00a0: /);
    expect(await outOf(['attestation', contributionId, ...from()])).toContain(files.entries[seq]?.hash);
    const none = await collegium(['attestation', contributionId, '1', ...from()]);
    expect([none.code, none.out]).toEqual([2, '']);
    expect(none.err).toContain('no such acknowledgement');
  });

  test('statement of a partner, and tables whose bytes are the same when made twice', async () => {
    const partners = files.entries.flatMap(({ events }) =>
      events.flatMap(({ type, data }) => (type === 'PartnerAdmitted' ? data.partnerId : [])),
    );
    const [partner = ''] = partners;
    expect(await outOf(['statement', partner, ...from()])).toContain('<h1>Partner statement: ');
    expect(await outOf(['handover', partner, '--markdown', ...from()])).toContain('# Handover dossier: ');
    const table = ['export-csv', 'who-brings-what-csv', '--true-on', '2030-01-01', ...from()];
    const out = await outOf(table);
    expect(out).toMatch(/^\uFEFFpartner;id;.*\r\n/);
    expect(await outOf(table)).toBe(out);
    const json = await outOf(['export-csv', 'accounts-json', '--partner', partner, '--year', '2026', ...from()]);
    expect(JSON.parse(json)).toMatchObject({ export: 'accounts', data: { partnerId: partner } });
    const { code, err } = await collegium(['export-csv', 'accounts-csv', '--partner', partner, ...from()]);
    expect([code, err]).toEqual([2, expect.stringContaining('--year')]);
  });
});

describe('verify', () => {
  test('of a whole ledger: exit 0, its head, and that no openings were given', async () => {
    const { code, out } = await collegium(['verify', files.ledger]);
    const last = files.entries.at(-1);
    expect(code).toBe(0);
    expect(valueIn(out, 'head')).toBe(`${String(last?.seq)}:${String(last?.hash)}`);
    expect(valueIn(out, 'openings')).toBe('not given');
    expect(valueIn(out, 'verdict')).toBe('all holds');
  });

  test('with its openings: each is checked; a changed one is named, exit 1', async () => {
    const sealed = readFileSync(files.openings, 'utf8');
    const { code, out } = await collegium(['verify', files.ledger, '--openings', files.openings]);
    expect([code, valueIn(out, 'openings')]).toEqual([
      0,
      `${String(sealed.trim().split('\n').length)} checked, 0 missing`,
    ]);
    const changed = inFolder('changed-openings', sealed.replace('Les Rives', 'Les Rivez'));
    const found = await collegium(['verify', files.ledger, '--openings', changed]);
    expect([found.code, valueIn(found.out, 'verdict')]).toEqual([
      1,
      expect.stringContaining('commitment-differs (seq 0)'),
    ]);
  });

  test('with a head held from before: a cut ledger is found, exit 1', async () => {
    const last = files.entries.at(-1);
    const head = `${String(last?.seq)}:${String(last?.hash)}`;
    expect((await collegium(['verify', files.ledger, '--head', head])).code).toBe(0);
    const cut = inFolder('cut', readFileSync(files.ledger, 'utf8').split('\n').slice(0, 10).join('\n'));
    expect((await collegium(['verify', cut])).code).toBe(0);
    const found = await collegium(['verify', cut, '--head', head]);
    expect([found.code, valueIn(found.out, 'verdict')]).toEqual([1, expect.stringContaining('head-differs')]);
  });

  test('of a changed ledger: the word and the place, exit 1; even of its first byte', async () => {
    const text = readFileSync(files.ledger, 'utf8');
    const changed = inFolder('changed', text.replace('"company"', '"academic"'));
    const found = await collegium(['verify', changed]);
    expect([found.code, valueIn(found.out, 'verdict')]).toEqual([
      1,
      expect.stringMatching(/^chain-broken \(seq \d+\)/),
    ]);
    const first = await collegium(['verify', inFolder('first', `X${text.slice(1)}`)]);
    expect([first.code, valueIn(first.out, 'verdict')]).toEqual([1, expect.stringContaining('unreadable (seq 0)')]);
  });

  test.each([
    ['nothing', '/no/such/place', 'nothing there'],
    ['a file that is no ledger', 'README.md', 'not a ledger'],
    ['a folder without data', 'docs', 'not a data folder'],
  ])('of %s: cannot read, exit 2', async (_what, target, why) => {
    const { code, out, err } = await collegium(['verify', target]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe(`collegium: cannot read: ${target} (${why})\n`);
  });

  test('with openings that are none: cannot read, exit 2, and the line', async () => {
    const { code, err } = await collegium(['verify', files.ledger, '--openings', 'README.md']);
    expect([code, err]).toEqual([2, 'collegium: cannot read: README.md:1 (not an opening)\n']);
  });
});

describe('evaluate', () => {
  test('of a recorded snapshot gives the recorded outcome, from a file alone', async () => {
    const closed = files.entries.flatMap(({ events }) => events.filter(({ type }) => type === 'RoundClosed'));
    expect(closed.length).toBeGreaterThan(1);
    for (const event of closed) {
      if (event.type !== 'RoundClosed') continue;
      const { roundId, outcome } = event.data;
      const line = `collegium show snapshot --ledger '${files.ledger}' --round ${roundId} | collegium evaluate`;
      expect(JSON.parse((await shell(line)).out)).toEqual(outcome);
    }
  });

  test.each([
    ['no JSON', '{', '(whole document): '],
    ['no object', '[]', '(whole document): not an object'],
    ['a bad member', '{"policy":{"method":"lottery"}}', '/policy/method: '],
    ['a member given twice', '{"policy":{"method":"consent","method":"unanimity"}}', '/policy/method: the same member'],
  ])('of %s points at the first bad member, exit 2', async (_what, input, words) => {
    const { code, out, err } = await collegium(['evaluate'], { input });
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`collegium: ${words}`);
  });
});

test('what does not fit is told in French too: every fault that the readers of snapshots and scripts name', async () => {
  const sources = globSync(['libs/deliberation/domain/evaluate/*.ts', 'libs/rehearsal/*.ts'])
    .filter((path) => !path.endsWith('.spec.ts'))
    .map((file) => readFileSync(file, 'utf8'));
  const named = sources.flatMap((source) => [
    ...source.matchAll(/(?:Misfit\([^;]*?, |fault: |undefined : )(['`])((?!\$\{)[^\n]*?)\1(?=\)| \}|,|;)/g),
  ]);
  const faults = [...new Set(named.map(([, , text = '']) => text.replaceAll(/\$\{[^}]*\}/g, '7')))];
  expect(faults.length).toBeGreaterThan(20);
  expect(faults.filter((fault) => wordsOfFault(fault).fr === fault)).toEqual([]);
  const french = { env: { COLLEGIUM_LOCALE: 'fr' } };
  const { err } = await collegium(['evaluate'], { ...french, input: '{"policy":{}}' });
  expect(err).toBe('collegium: /policy/method : manque\n');
});

describe('rehearse', () => {
  const script = readFileSync(SCRIPT, 'utf8');

  test('the same script gives the same bytes, another seed others', async () => {
    const seeds = [[], [], ['--seed', '1'], ['--seed', '2']];
    const [first, again, one, two] = await Promise.all(
      seeds.map((seed) => outOf(['rehearse', ...seed], { input: script })),
    );
    expect(again).toBe(first);
    expect(one).toBe(first);
    expect(two).not.toBe(first);
    expect(first?.trim().split('\n').length).toBe(script.trim().split('\n').length);
  });

  test.each([
    ['no JSON', '{"at":', '/at'],
    ['no object', '[]', '(whole line)'],
    ['a member given twice', '{"at":"2026-03-02T09:00:00Z","at":"2026-03-02T09:00:00Z"}', '/at'],
    ['an unknown member', '{"at":"2026-03-02T09:00:00Z","command":"Tick","x":1}', '/x'],
    ['no instant', '{"at":"noon","command":"Tick"}', '/at'],
    [
      'an unknown capacity',
      '{"at":"2026-03-02T09:00:00Z","as":{"kind":"king"},"command":"CloseInvitation"}',
      '/as/kind',
    ],
    ['an unbound name', '{"at":"2026-03-02T09:00:00Z","query":"members","arguments":{"x":"$y"}}', '/arguments/x'],
    ['an unknown view', '{"at":"2026-03-02T09:00:00Z","query":"stars","arguments":{}}', '/query'],
  ])('%s names the line and the pointer, exit 2, after the answers before it', async (_what, line, pointer) => {
    const input = `${script.split('\n').slice(0, 2).join('\n')}\n\n${line}\n`;
    const { code, out, err } = await collegium(['rehearse'], { input });
    expect([code, out.trim().split('\n').length]).toEqual([2, 2]);
    expect(err).toContain(`collegium: line 4, ${pointer}: `);
  });

  test('what is refused is an answer, exit 0', async () => {
    const line = '{"at":"2026-03-02T09:00:00Z","as":{"kind":"account","person":"$p:a"},"command":"DissolveAlliance"}';
    const { code, out } = await collegium(['rehearse'], { input: line });
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ refused: expect.any(String) as string })]);
  });
});

describe('show', () => {
  const show = (...args: string[]) => outOf(['show', ...args, '--ledger', files.ledger]);
  const partner = () => {
    const data = files.entries.flatMap(({ events }) => events).find(({ type }) => type === 'PartnerAdmitted')?.data;
    return String((data as { readonly partnerId?: string } | undefined)?.partnerId);
  };

  test('every view is readable at 100 columns, and leaves out nothing of what --json has', async () => {
    for (const [name, ...more] of [
      ['decision-register'],
      ['members'],
      ['charter'],
      ['who-brings-what'],
      ['partner-statement', '--partner', partner()],
      ['agenda', '--partner', partner()],
    ] as const) {
      const [text, json] = await Promise.all([show(name, ...more), show(name, ...more, '--json')]);
      expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
      const said = text.replaceAll(/\s+/g, ' ');
      for (const value of scalarsIn(JSON.parse(json))) expect(said).toContain(String(value).replaceAll(/\s+/g, ' '));
    }
  });

  test('with its openings: sealed texts stand where the view names their place', async () => {
    const title = `title: ${titleOf(files.openings)}`;
    expect(await show('decision-register', '--openings', files.openings)).toContain(title);
    expect(await show('decision-register')).not.toContain(title);
  });

  test('as known at an entry, true on a day, and at both', async () => {
    const at = async (...args: string[]) => JSON.parse(await show('decision-register', '--json', ...args)) as Shown;
    const [all, before, early, both] = await Promise.all([
      at(),
      at('--known-at', '10'),
      at('--true-on', '2026-03-01'),
      at('--at', '2026-03-12'),
    ]);
    expect([all.data.decisions.length, all.knownAt]).toEqual([1, files.entries.length - 1]);
    expect([before.data.decisions.length, before.knownAt]).toEqual([0, 10]);
    expect([early.trueOn, early.knownAt]).toEqual(['2026-03-01', files.entries.length - 1]);
    expect(both.trueOn).toBe('2026-03-12');
  });

  test('every parameter of every view has an option, which its help explains and which reaches the view', async () => {
    expect(VIEWS.length).toBeGreaterThan(15);
    for (const { name, params } of VIEWS) {
      const help = await outOf(['show', name, '--help']);
      const options = Object.keys(params).map(optionOf);
      expect(new Set(options).size).toBe(options.length);
      for (const option of options) {
        expect(help).toMatch(new RegExp(`^ {2}--${option} +(\\* )?\\S`, 'm'));
        const needed = Object.entries(params).filter(
          ([other, { is }]) => is !== 'optional' && optionOf(other) !== option,
        );
        const given = needed.flatMap(([other, { is }]) => [
          `--${optionOf(other)}`,
          is === 'id' ? 'a'.repeat(26) : '2026',
        ]);
        const words = ['show', name, ...given, `--${option}`, '?', '--ledger', files.ledger];
        const { code, err } = await collegium(words);
        expect([code, err]).toEqual([2, expect.stringMatching(new RegExp(`^collegium: --${option}: .+`))]);
      }
    }
  }, 120_000);

  test('an option of another view is told, and a flag and a number are read as such', async () => {
    const other = await collegium(['show', 'members', '--round', 'a'.repeat(26), '--ledger', files.ledger]);
    expect([other.code, other.err]).toEqual([2, expect.stringContaining('--round: this view has no such option')]);
    expect(await show('mandates', '--in-force', 'true')).toContain('mandateId');
    expect(await show('balance', '--threshold-bp', '500')).toContain('knownAt');
    const closed = files.entries.flatMap(({ events }) => events).find(({ type }) => type === 'RoundClosed');
    const { roundId } = closed?.data as unknown as { readonly roundId: string };
    expect(JSON.parse(await show('round', '--round', roundId, '--json'))).toHaveProperty('data.round.roundId', roundId);
  });

  test.each([
    ['a missing partner', ['partner-statement'], '--partner: '],
    ['a day that is none', ['members', '--true-on', 'x'], '--true-on: '],
    ['an entry that is none', ['members', '--known-at', '99999'], '--known-at: '],
    ['a round that is none', ['snapshot', '--round', 'a'.repeat(26)], 'cannot read: aaa'],
  ])('%s is named by its option, exit 2', async (_what, args, words) => {
    const { code, err } = await collegium(['show', ...args, '--ledger', files.ledger]);
    expect(code).toBe(2);
    expect(err).toContain(`collegium: ${words}`);
  });

  test('a line that is no entry is named', async () => {
    const broken = inFolder('broken', readFileSync(files.ledger, 'utf8').replace('\n', '\n{}\n'));
    const { code, err } = await collegium(['show', 'members', '--ledger', broken]);
    expect([code, err]).toEqual([2, `collegium: cannot read: ${broken}:2 (not an entry of a ledger)\n`]);
  });

  test('a line left out or changed is named by the line behind it', async () => {
    const lines = readFileSync(files.ledger, 'utf8').split('\n');
    const without = inFolder('without', lines.filter((_line, at) => at !== 4).join('\n'));
    const show = async (ledger: string) => (await collegium(['show', 'members', '--ledger', ledger])).err;
    expect(await show(without)).toBe(`collegium: cannot read: ${without}:5 (gap; see collegium verify)\n`);
    const changed = inFolder('changed', lines.with(3, (lines[3] ?? '').replace('"v":1}', '"v":1} ')).join('\n'));
    expect(await show(changed)).toBe(`collegium: cannot read: ${changed}:5 (chain-broken; see collegium verify)\n`);
  });
});

function titleOf(openings: string): string {
  const lines = readFileSync(openings, 'utf8').trim().split('\n');
  const titles = lines.map((line) => JSON.parse(line) as Opening).filter(({ name }) => name === 'title');
  return JSON.parse(titles[0]?.payload ?? '') as string;
}

interface Shown {
  readonly trueOn: string;
  readonly knownAt: number;
  readonly data: { readonly decisions: readonly unknown[] };
}

function scalarsIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => scalarsIn(item));
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap((item) => scalarsIn(item));
  return value === null ? [] : [value];
}

test('a reader that goes away early ends it quietly', async () => {
  const line = `set -o pipefail; yes "$(cat ${SCRIPT})" | head -c 3000000 | collegium rehearse | head -1`;
  const { code, out, err } = await shell(line);
  expect([code, err]).toEqual([141, '']);
  expect(out.trim().split('\n').length).toBe(1);
});

test('document seal makes a hash that document check knows again, of that file alone', async () => {
  const file = inFolder('statutes.pdf', 'statutes');
  const sealed = await outOf(['document', 'seal', file]);
  const reference = `${valueIn(sealed, 'hash')}:${valueIn(sealed, 'key')}`;
  expect((await collegium(['document', 'check', file, reference])).code).toBe(0);
  const other = await collegium(['document', 'check', inFolder('other.pdf', 'other'), reference]);
  expect([other.code, other.out]).toEqual([1, 'this is not the document\n']);
  expect((await collegium(['document', 'seal', join(folder, 'none.pdf')])).code).toBe(2);
  // The same document under another key has another hash: who guesses it cannot recognise it.
  expect(valueIn(await outOf(['document', 'seal', file]), 'hash')).not.toBe(valueIn(sealed, 'hash'));
});
