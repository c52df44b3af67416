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
  | { readonly sort: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** A name and what stands for it, one line. */
export type Fact = readonly [name: string, value: string];
