import { globSync, readFileSync } from 'node:fs';

const ADR = 'docs/adr/0015-bounds.md';
const CONSTANT = /^(?:export )?const ((?:MAX|MOST)_[A-Z_]+) = ([^;]+);/gm;

/** A figure without the marks that code and page put between its digits. */
function plain(figure: string): string {
  return figure.replaceAll(/(?<=\d)[_,](?=\d)/g, '').replaceAll('×', '*');
}

it('the page of bounds has every named maximum of the code with its figure, and no other', () => {
  const files = globSync(['libs/**/*.ts', 'apps/**/*.ts'], {
    exclude: (path) => /node_modules|dist|testing|\.spec\.ts$/.test(path),
  });
  const inCode = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(CONSTANT)].map(([, name = '', value = '']) => [file, name, plain(value)]),
  );
  const rows = readFileSync(ADR, 'utf8')
    .split('\n')
    .filter((line) => /^\|.*`(?:MAX|MOST)_/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
  const inPage = rows.map(([, _what, most = '', _beyond, name = '', file = '']) => [file, name, plain(most)]);
  expect(inPage.map(String).sort()).toEqual(inCode.map(String).sort());
  expect(inCode.length).toBeGreaterThan(40);
});
