import { existsSync, globSync, readFileSync } from 'node:fs';

const RECORDS = globSync('docs/adr/[0-9]*.md').sort();
const enforced = (record: string): string =>
  (readFileSync(record, 'utf8').split('## The test that enforces it')[1] ?? '').replaceAll(/\s+/g, ' ');
const specs = globSync(['libs/**/*.{spec,contract}.ts', 'test/**/*.spec.ts'], {
  exclude: (path) => path.includes('node_modules'),
});
const allTests = specs.map((file) => readFileSync(file, 'utf8')).join('\n');

describe.each(RECORDS)('%s', (record) => {
  it('names files that there are, and tests that are in them', () => {
    const files = [...enforced(record).matchAll(/`([^`*]+\.spec\.ts)`/g)].map(([, file = '']) => file);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    const names = [...enforced(record).matchAll(/"([^"]+)"/g)].map(([, name = '']) => name);
    expect(names.filter((name) => !allTests.includes(name))).toEqual([]);
  });
});
