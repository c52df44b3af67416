import type { Language } from '#words';

/** A page for people: told once, written as HTML and as Markdown. Texts are plain; whoever writes them out escapes them. */
export interface Page {
  readonly language: Language;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly sort: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly sort: 'paragraph'; readonly text: string }
  | { readonly sort: 'quote'; readonly text: string }
  | { readonly sort: 'facts'; readonly facts: readonly Fact[] }
  | {
      readonly sort: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly Cell[])[];
      /** An annex in small print. */
      readonly small?: true;
    };

/** A name and what stands for it, one line. */
export type Fact = readonly [name: string, value: string];

/** One text, or several that stand below each other. */
export type Cell = string | readonly string[];

export function heading(level: 2 | 3, text: string): Block {
  return { sort: 'heading', level, text };
}

/** A heading and what stands below it; nothing where there is nothing. */
export function section(title: Block, below: readonly Block[]): readonly Block[] {
  return below.length === 0 ? [] : [title, ...below];
}

/** A table; nothing without rows. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): readonly Block[] {
  return rows.length === 0 ? [] : [{ sort: 'table', head, rows }];
}

export function facts(...all: readonly (Fact | undefined)[]): readonly Block[] {
  const known = all.filter((fact) => fact !== undefined);
  return known.length === 0 ? [] : [{ sort: 'facts', facts: known }];
}
