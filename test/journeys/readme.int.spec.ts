import { readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, endOf, shell, start, temporaryFolder, valueIn } from '../testing/product.js';
import type { Ended } from '../testing/product.js';

/** README.md, and guides of docs/ when there are any: every `sh` block is run as it stands. */
const GUIDES = ['README.md', ...markdownIn('docs')];
const PREFIX = 'npm run -s collegium -- ';
/** What installs or goes on until Ctrl-C is not run here; its script is checked instead, and its work has other tests. */
const SCRIPTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'npm ci && npm run demo': { demo: 'node tools/collegium.mjs demo' },
  'npm ci && npm test': { test: 'node tools/run.mjs jest' },
  'npm start': { start: 'node tools/collegium.mjs serve' },
};

function markdownIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}

function linesOf(guide: string): string[] {
  const blocks = readFileSync(guide, 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm);
  return [...blocks].flatMap(([, block = '']) => block.split('\n')).filter((line) => line.trim() !== '');
}

const lines = GUIDES.flatMap(linesOf);
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

test('a guide has no command that is neither run here nor known as a script', () => {
  expect(lines.length).toBeGreaterThanOrEqual(20);
  const known = lines.filter((line) => line.startsWith(PREFIX) || Object.hasOwn(SCRIPTS, line));
  expect(known).toEqual(lines);
  expect(scripts['collegium']).toBe('node tools/collegium.mjs');
});

test('every script that a guide speaks of is there', () => {
  const named = GUIDES.flatMap((guide) => [...readFileSync(guide, 'utf8').matchAll(/`npm run (?:-s )?([\w:]+)/g)]);
  expect(named.length).toBeGreaterThanOrEqual(10);
  expect(named.map(([, name = '']) => name).filter((name) => scripts[name] === undefined)).toEqual([]);
});

test.each(Object.entries(SCRIPTS))('%s stands for what the tests run', (_line, expected) => {
  expect(scripts).toMatchObject(expected);
});

describe('in an empty folder, beside a server as npm start makes it', () => {
  const folder = temporaryFolder();
  const today = new Date().toISOString().slice(0, 10);
  const later = `${today.slice(0, 4)}-12-31`;
  const said = new Map([
    ['today', today],
    ['later', later],
  ]);
  let server: ReturnType<typeof start>;
  let url = '';
  let ended: Promise<Ended>;

  beforeAll(async () => {
    build();
    for (const name of ['docs', 'README.md']) symlinkSync(resolve(name), join(folder, name));
    server = start(['serve'], { cwd: folder });
    ended = endOf(server);
    for await (const chunk of server.stdout) if ((url = /http:\S+/.exec(String(chunk))?.[0] ?? '') !== '') break;
  }, 120_000);
  afterAll(async () => {
    server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
  });

  /** Values of placeholders: days, and what commands before printed. */
  function filled(line: string): string {
    return line.replaceAll(/<([a-z]+)>/g, (_, name: string) => {
      const value = said.get(name);
      if (value === undefined) throw new Error(`nothing said what <${name}> is`);
      return value;
    });
  }

  test.each(lines.filter((line) => line.startsWith(PREFIX)))('%s', async (line) => {
    const env = { COLLEGIUM_PORT: new URL(url).port };
    const { code, out, err } = await shell(filled(line).replace(PREFIX, 'collegium '), { cwd: folder, env });
    expect([code, err]).toEqual([0, '']);
    if (out.startsWith('person: ')) said.set('person', valueIn(out, 'person'));
    for (const name of ['alliance', 'partner']) {
      const found = new RegExp(`"${name}(?:Id)?": "([a-z2-7]{26})"`).exec(out)?.[1];
      if (line.includes(' do ') && found !== undefined && !said.has(name)) said.set(name, found);
    }
  });
});
