import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { PROBLEM_CODES, titleAndDetail } from '#http';

const HEADINGS = {
  fr: ["Ce qui s'est passé", 'Pourquoi cette règle', 'Que faire', 'Exemple'],
  en: ['What happened', 'Why the rule exists', 'What to do now', 'Example'],
} as const;

interface Part {
  readonly title: string;
  readonly sections: readonly { readonly heading: string; readonly sentences: readonly string[] }[];
}

/** What `nest-cli.json` says of the files that a program reads beside its code. */
interface Layout {
  readonly projects: Readonly<
    Record<string, { readonly compilerOptions: { readonly assets: readonly { readonly include: string }[] } }>
  >;
}

const pages = globSync('docs/problems/*.md').map((file) => ({ code: basename(file, '.md'), parts: partsOf(file) }));

function partsOf(file: string): readonly Part[] {
  const parts = readFileSync(file, 'utf8').split(/^# /m).slice(1);
  return parts.map((part) => {
    const [head = '', ...sections] = part.split(/^## /m);
    const [title = ''] = head.split('\n');
    return { title, sections: sections.map(sectionOf) };
  });
}

function sectionOf(section: string): Part['sections'][number] {
  const [heading = '', ...lines] = section.trim().split('\n');
  return { heading, sentences: sentencesOf(lines.join(' ')) };
}

function sentencesOf(text: string): readonly string[] {
  return text
    .trim()
    .split(/(?<=[.!?])\s+/)
    .filter((sentence) => sentence !== '');
}

test('every code has its page, and no page is left over', () => {
  expect(pages.map(({ code }) => code).sort()).toEqual([...PROBLEM_CODES].sort());
});

test('each page says in French and then in English what happened, why, what to do, with an example', () => {
  const headings = pages.filter(({ parts }) => {
    const found = parts.map(({ sections }) => sections.map(({ heading }) => heading));
    return JSON.stringify(found) !== JSON.stringify([HEADINGS.fr, HEADINGS.en]);
  });
  expect(headings.map(({ code }) => code)).toEqual([]);
});

test('the titles of a page are those of the catalogue', () => {
  const titles = pages.map(({ code, parts }) => [code, ...parts.map(({ title }) => title)]);
  const catalogue = PROBLEM_CODES.map((code) => [
    code,
    titleAndDetail(code, 'fr').title,
    titleAndDetail(code, 'en').title,
  ]);
  expect(titles.sort()).toEqual(catalogue.sort());
});

test('each part of a page has one to four sentences', () => {
  const sections = pages.flatMap(({ code, parts }) =>
    parts.flatMap(({ sections }) => sections.map(({ heading, sentences }) => ({ code, heading, sentences }))),
  );
  const wrong = sections.filter(({ sentences }) => sentences.length < 1 || sentences.length > 4);
  expect(wrong.map(({ code, heading }) => [code, heading])).toEqual([]);
});

test('no two pages share a sentence', () => {
  const pagesOf = new Map<string, string[]>();
  for (const { code, parts } of pages) {
    for (const { sections } of parts) {
      for (const sentence of sections.flatMap(({ sentences }) => sentences)) {
        const words = sentence.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
        pagesOf.set(words, [...(pagesOf.get(words) ?? []), code]);
      }
    }
  }
  expect(pagesOf.size).toBeGreaterThan(PROBLEM_CODES.length * 8);
  expect([...pagesOf].filter(([, codes]) => codes.length > 1)).toEqual([]);
});

test.each(['standalone', 'api'])('the build of %s takes the pages along', (program) => {
  const { projects } = JSON.parse(readFileSync('nest-cli.json', 'utf8')) as Layout;
  const included = projects[program]?.compilerOptions.assets.map(({ include }) => include);
  expect(included).toContain('../../docs/problems/*.md');
  expect(readFileSync('.dockerignore', 'utf8')).toMatch(/^docs\n(?:#.*\n)*!docs\/problems$/m);
});
