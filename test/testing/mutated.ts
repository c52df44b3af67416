import { transformSync } from '@swc/core';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { compileFunction } from 'node:vm';

/** A small wrong change to a source: a text that stands once in its file, and what replaces it. */
export interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

type Exports = Readonly<Record<string, unknown>>;

function changed(text: string, { file, from, to }: Change): string {
  if (text.split(from).length !== 2) throw new Error(`${file} does not hold once: ${from}`);
  return text.replace(from, () => to);
}

const compiled = new Map<string, string>();

function compile(text: string): string {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const { code } = transformSync(text, {
    swcrc: false,
    module: { type: 'commonjs' },
    jsc: { target: 'es2024', parser: { syntax: 'typescript' } },
  });
  compiled.set(text, code);
  return code;
}

/**
 * The module of a source file read anew, one of the files behind it changed; nothing is written. `others` are the modules that it
 * imports by a name of the package, such as `#kernel`.
 */
export function mutated(entry: string, change: Change, others: Readonly<Record<string, Exports>>): Exports {
  const modules = new Map<string, { exports: Exports }>();
  const load = (file: string): Exports => {
    const known = modules.get(file);
    if (known) return known.exports;
    const source = readFileSync(file, 'utf8');
    const module = { exports: {} };
    modules.set(file, module);
    const require = (name: string) =>
      name.startsWith('.') ? load(normalize(join(dirname(file), name)).replace(/\.js$/, '.ts')) : others[name];
    const code = compile(file === normalize(change.file) ? changed(source, change) : source);
    const run = compileFunction(code, ['require', 'module', 'exports']) as (...given: unknown[]) => void;
    run(require, module, module.exports);
    return module.exports;
  };
  return load(normalize(entry));
}
