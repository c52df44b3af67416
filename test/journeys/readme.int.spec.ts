import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, endOf, outOf, shell, start, temporaryFolder, valueIn } from '../testing/product.js';
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
  expect(lines.length).toBeGreaterThanOrEqual(14);
  const known = lines.filter((line) => line.startsWith(PREFIX) || Object.hasOwn(SCRIPTS, line));
  expect(known).toEqual(lines);
  expect(scripts['collegium']).toBe('node tools/collegium.mjs');
});

test.each(Object.entries(SCRIPTS))('%s stands for what the tests run', (_line, expected) => {
  expect(scripts).toMatchObject(expected);
});

describe('in an empty folder, beside a server as npm start makes it', () => {
  const folder = temporaryFolder();
  const said = new Map<string, string>();
  let server: ReturnType<typeof start>;
  let url = '';
  let ended: Promise<Ended>;

  beforeAll(async () => {
    build();
    symlinkSync(resolve('docs'), join(folder, 'docs'));
    server = start(['serve'], { cwd: folder });
    ended = endOf(server);
    for await (const chunk of server.stdout) if ((url = /http:\S+/.exec(String(chunk))?.[0] ?? '') !== '') break;
  }, 120_000);
  afterAll(async () => {
    server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
  });

  /** The value of a placeholder: what a command before it printed. */
  async function filled(line: string): Promise<string> {
    if (line.includes('<alliance>') && !said.has('alliance')) said.set('alliance', await formAlliance());
    return line.replaceAll(/<([a-z]+)>/g, (_, name: string) => {
      const value = said.get(name);
      if (value === undefined) throw new Error(`nothing said what <${name}> is`);
      return value;
    });
  }

  async function formAlliance(): Promise<string> {
    writeFileSync(join(folder, '.collegium-token'), `token: ${said.get('token') ?? ''}\n`);
    const year = new Date().getFullYear();
    const facilitator = { name: 'F', validFrom: `${String(year)}-01-01`, validTo: `${String(year + 1)}-01-01` };
    const set = { name: 'A', timeZone: 'Europe/Paris', locale: 'fr', facilitator: JSON.stringify(facilitator) };
    const settings = Object.entries(set).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
    const out = await outOf(['do', 'FormAlliance', ...settings, '--url', url], { cwd: folder });
    return (JSON.parse(out) as { readonly alliance: string }).alliance;
  }

  test.each(lines.filter((line) => line.startsWith(PREFIX)))('%s', async (line) => {
    const { code, out, err } = await shell((await filled(line)).replace(PREFIX, 'collegium '), { cwd: folder });
    expect([code, err]).toEqual([0, '']);
    for (const name of ['person', 'token']) if (out.startsWith(`${name}: `)) said.set(name, valueIn(out, name));
  });
});
