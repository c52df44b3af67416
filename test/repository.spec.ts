import { readdirSync, readFileSync } from 'node:fs';

const read = (path: string): string => readFileSync(path, 'utf8');

interface Manifest {
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}
const manifest = (path: string): Manifest => JSON.parse(read(path)) as Manifest;

describe('the repository', () => {
  it('asks for the same least Node in the launcher and in the packages that bring one', () => {
    const [, oldest] = /OLDEST_NODE = '([\d.]+)'/.exec(read('tools/runtime.mjs')) ?? [];
    for (const kind of ['glibc', 'other']) {
      expect(manifest(`tools/runtime-${kind}/package.json`).engines.node).toBe(`<${String(oldest)}`);
    }
  });

  it('says of every package that it depends on why, and of no other', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest('package.json');
    const used = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
    const lines = read('docs/adr/0004-dependencies.md').split('\n');
    const reasons = lines.filter((line) => line.startsWith('- `')).map((line) => line.split(':')[0] ?? '');
    const named = reasons.flatMap((line) => [...line.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
    expect(named.sort()).toEqual(used.sort());
  });

  it('depends on exact versions, so that an update is a deliberate act', () => {
    const { dependencies, devDependencies } = manifest('package.json');
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, v]) => !/^\d+\.\d+\.\d+$/.test(v));
    expect(loose).toEqual([]);
  });

  it('has in every decision record the six parts that a reader looks for', () => {
    const parts = read('docs/adr/0000-template.md').match(/^## .*$/gm);
    const records = readdirSync('docs/adr').filter((file) => /^\d{4}-.*\.md$/.test(file));
    for (const file of records) expect([file, read(`docs/adr/${file}`).match(/^## .*$/gm)]).toEqual([file, parts]);
    expect(records.map((file) => file.slice(0, 4))).toEqual(
      records.map((_, number) => String(number).padStart(4, '0')),
    );
  });
});
