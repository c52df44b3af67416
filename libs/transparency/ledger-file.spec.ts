import type { Entry } from '#ledger';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadLine, bodiesOf, linesOf, openingLine, readOpenings } from './ledger-file.js';
import type { OpeningLine } from './ledger-file.js';
import { chunksOf, exampleEntries } from './testing/example.js';

async function lines(text: string, maxBytes: number, chunk: number): Promise<string[]> {
  const found: string[] = [];
  for await (const line of linesOf(chunksOf(text, chunk), maxBytes)) found.push(Buffer.from(line).toString('utf8'));
  return found;
}

describe('lines of a file', () => {
  it.each([1, 2, 3, 7, 1000])('are the same in chunks of %i bytes, the last with or without its end', async (chunk) => {
    expect(await lines('é\nbeta\n\ngamma\n', 100, chunk)).toEqual(['é', 'beta', '', 'gamma']);
    expect(await lines('é\nbeta', 100, chunk)).toEqual(['é', 'beta']);
    expect(await lines('', 100, chunk)).toEqual([]);
  });

  it.each([1, 3, 1000])('longer than allowed are cut one byte behind it, in chunks of %i bytes', async (chunk) => {
    const text = `${'a'.repeat(10)}\n${'b'.repeat(50)}\nc\n${'d'.repeat(50)}`;
    expect(await lines(text, 10, chunk)).toEqual(['a'.repeat(10), 'b'.repeat(11), 'c', 'd'.repeat(11)]);
  });
});

describe('a line without end', () => {
  it('is never kept whole in memory', async () => {
    const concat = jest.spyOn(Buffer, 'concat');
    await lines('x'.repeat(10_000), 100, 50);
    const kept = concat.mock.results.map(({ value }) => (value as Buffer).length);
    concat.mockRestore();
    expect(Math.max(...kept)).toBeLessThanOrEqual(151);
  });
});

describe('files of an export', () => {
  let folder: string;
  let entries: readonly Entry[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'collegium-files-'));
    entries = await exampleEntries();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const written = async (text: string): Promise<string> => {
    const file = join(folder, 'file.ndjson');
    await writeFile(file, text);
    return file;
  };
  const opening: OpeningLine = {
    seq: 3,
    event: 0,
    name: 'text',
    salt: 'AAAA',
    payload: '"Un texte\\nsur deux lignes"',
  };

  it('give the bodies byte for byte', async () => {
    const file = await written(entries.map(({ body }) => `${body}\n`).join(''));
    const read: string[] = [];
    for await (const { body } of bodiesOf(file)) read.push(Buffer.from(body).toString('utf8'));
    expect(read).toEqual(entries.map(({ body }) => body));
  });

  it('give the openings back by entry, each a line of canonical JSON', async () => {
    expect(openingLine(opening)).toBe(
      '{"event":0,"name":"text","payload":"\\"Un texte\\\\nsur deux lignes\\"","salt":"AAAA","seq":3}',
    );
    const other = { ...opening, name: 'textKey' };
    const later = { ...opening, seq: 9 };
    const read = await readOpenings(
      await written([later, opening, other].map((one) => `${openingLine(one)}\n`).join('')),
    );
    expect([...read]).toEqual([
      [9, [later]],
      [3, [opening, other]],
    ]);
  });

  it.each([
    ['no JSON', '{"seq":3'],
    ['a list', '[]'],
    ['an empty line', ''],
    ['no seq', openingLine({ ...opening, seq: '3' as never })],
    ['half an event', openingLine({ ...opening, event: 0.5 })],
    ['no name', openingLine({ ...opening, name: 1 as never })],
    ['no salt', openingLine({ ...opening, salt: null as never })],
    ['a payload that is no JSON', openingLine({ ...opening, payload: 'Un texte' })],
  ])('%s is no opening, and the line is named', async (_what, line) => {
    const file = await written(`${openingLine(opening)}\n${line}\n${openingLine(opening)}\n`);
    await expect(readOpenings(file)).rejects.toEqual(new BadLine(2, 'not an opening'));
    await expect(readOpenings(file)).rejects.toThrow('line 2: not an opening');
  });
});
