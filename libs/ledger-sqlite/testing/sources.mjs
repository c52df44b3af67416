// For tests: `node --import <this file>` lets a child process or a thread run the TypeScript sources, as Jest does.
import { transformSync } from '@swc/core';
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const jsc = {
  target: 'es2024',
  parser: { syntax: 'typescript', decorators: true },
  transform: { legacyDecorator: true },
};

registerHooks({
  resolve(specifier, context, next) {
    const isOurs = /^(\.|file:)/.test(specifier) && specifier.endsWith('.js');
    const source = isOurs && new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (source && existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true };
    return next(specifier, { ...context, conditions: ['source', ...context.conditions] });
  },
  load(url, context, next) {
    if (url.endsWith('.json')) return next(url, { ...context, importAttributes: { type: 'json' } });
    if (!url.endsWith('.ts')) return next(url, context);
    const file = fileURLToPath(url);
    const { code } = transformSync(readFileSync(file, 'utf8'), {
      swcrc: false,
      filename: file,
      module: { type: 'es6' },
      jsc,
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
