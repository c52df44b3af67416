// node tools/run.mjs <file or package> [arguments]: on a Node that is new enough (tools/runtime.mjs).
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { commandOf, run } from './runtime.mjs';

const [name, ...args] = process.argv.slice(2);
if (name === undefined) {
  console.error('usage: node tools/run.mjs <file or package> [arguments]');
  process.exit(2);
}
await run(existsSync(name) ? resolve(name) : commandOf(name), args);
