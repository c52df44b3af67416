import fc from 'fast-check';
import { number, toCsv } from './csv.js';

/** RFC 4180 read by another hand: cells of each line. */
function readBack(csv: string): string[][] {
  const rows: string[][] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^;\r\n"]*))(;|\r\n)/gy;
  let row: string[] = [];
  for (const [, quoted, bare, end] of csv.replace(/^\uFEFF/, '').matchAll(cell)) {
    row.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'));
    if (end === ';') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

const written = (text: string): string => toCsv({ head: [], rows: [[text]] }).slice(3, -2);

describe('a table for spreadsheets', () => {
  it('is UTF-8 with a byte order mark, has `;` between cells and ends each line with CR LF', () => {
    const csv = toCsv({ head: ['été', 'b'], rows: [['x', number('12')]] });
    expect([...Buffer.from(csv).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(csv).toBe('\uFEFFété;b\r\nx;12\r\n');
  });

  it.each([
    ['a formula', '=HYPERLINK("http://x";"y")', '"\'=HYPERLINK(""http://x"";""y"")"'],
    ['a plus', '+33 5', "'+33 5"],
    ['a minus', '-1+2', "'-1+2"],
    ['an at sign', '@SUM(A1)', "'@SUM(A1)"],
    ['a tab', '\t=1', "'\t=1"],
    ['a carriage return', '\r=1', '"\'\r=1"'],
    ['a NUL', '\0=1', "'\0=1"],
    ['a negative number that is a text', '-12.5', "'-12.5"],
    ['a mark inside', 'a=b', 'a=b'],
    ['a separator and a line break', 'a;b\nc', '"a;b\nc"'],
  ])('begins no formula with %s', (_what, text, expected) => {
    expect(written(text)).toBe(expected);
  });

  it('keeps numbers numbers, with a comma before decimals, negative ones too', () => {
    const csv = toCsv({ head: [], rows: [['0', '12.5', '-10', '-0.05', '999999999999.999', 3].map(number)] });
    expect(csv.split('\r\n')[1]).toBe('0;12,5;-10;-0,05;999999999999,999;3');
  });

  it('gives back any text as it was but for one mark before what could begin a formula', () => {
    const text = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '\0', ';', '"', "'", 'a', 'é', ' '),
    });
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 2 }), { minLength: 1 }), (rows) => {
        const back = readBack(toCsv({ head: ['a', 'b'], rows })).slice(1);
        expect(back).toHaveLength(rows.length);
        for (const [place, row] of rows.entries()) {
          for (const [column, cell] of row.entries()) {
            const shown = back[place]?.[column] ?? '';
            expect('=+-@\t\r\0').not.toContain(shown.charAt(0) || 'none');
            expect([cell, `'${cell}`]).toContain(shown);
          }
        }
      }),
    );
  });
});
