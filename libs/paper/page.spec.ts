import type { Page } from './document.js';
import { PAGE_POLICY, toHtml } from './html.js';
import { toMarkdown } from './markdown.js';
import { withTexts } from './sealed-texts.js';

const ATTACK = '<svg onload=alert(1)>&"\'';
const page = (text: string): Page => ({
  language: 'fr',
  title: text,
  blocks: [
    { sort: 'heading', level: 2, text },
    { sort: 'paragraph', text },
    { sort: 'quote', text },
    { sort: 'facts', facts: [[text, text]] },
    { sort: 'table', head: [text], rows: [[text]] },
  ],
});

describe('a page as HTML', () => {
  it('has no text of a person as markup, wherever it stands', () => {
    const html = toHtml(page(ATTACK));
    expect(html).not.toContain('<svg');
    expect(html.split('&lt;svg onload=alert(1)&gt;&amp;&quot;&#39;')).toHaveLength(10);
  });

  it('lets a cell cut what is too long for the paper, and no word or figure', () => {
    const cells = { sort: 'table', head: ['x'], rows: [['5000,00', 'a'.repeat(44), ['b', 'c'.repeat(30)]]] } as const;
    expect(toHtml({ language: 'fr', title: 'x', blocks: [cells] })).toMatch(
      /<td>5000,00<\/td><td class="long">a{44}<\/td><td class="long"><span>b<\/span>/,
    );
  });

  it('says its language, and is allowed its one style alone', () => {
    expect(toHtml(page('x'))).toMatch(/^<!doctype html>\n<html lang="fr">/);
    expect(PAGE_POLICY).toMatch(
      /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; frame-ancestors 'none'; sandbox$/,
    );
  });
});

describe('a page as Markdown', () => {
  it.each([
    ['raw HTML', ATTACK, '\\<svg onload=alert(1)\\>\\&"\''],
    ['a heading', '# x', '\\# x'],
    ['a list', '- x', '\\- x'],
    ['a numbered list', '1. x', '1\\. x'],
    ['a link', '[x](http://x)', '\\[x\\](http\\://x)'],
    ['a bare address', 'voir https://x.fr et www.x.fr', 'voir https\\://x.fr et www\\.x.fr'],
    ['a mailbox', 'a@x.fr, mailto:a@x.fr', 'a\\@x.fr, mailto\\:a\\@x.fr'],
    ['a cell', 'a | b', 'a \\| b'],
    ['emphasis', '*x* _y_ ~z~ `q`', '\\*x\\* \\_y\\_ \\~z\\~ \\`q\\`'],
    ['several lines', 'a\n\n# b', 'a # b'],
  ])('does not take %s of a text for markup', (_what, text, expected) => {
    const [, , paragraph] = toMarkdown(page(text)).split('\n\n');
    expect(paragraph).toBe(expected);
  });
});

describe('sealed texts', () => {
  const openings = [{ event: 1, name: 'title', salt: '', payload: '"Un jardin"' }];

  it('stand where their places are named; what is not opened keeps its place', async () => {
    const answer = { a: '3/1/title', b: ['3/0/text', { c: '4/1/title' }], d: 'no place 3/1/title' };
    const opened = await withTexts(answer, (seq) => (seq === 3 ? openings : []));
    expect(opened).toEqual({ ...answer, a: 'Un jardin' });
  });
});
