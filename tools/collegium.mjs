#!/usr/bin/env node
// The command line: builds when the sources changed, then hands everything over. Prints nothing of its own on stdout.
import { join } from 'node:path';
import { buildIfChanged } from './build.mjs';
import { root, run } from './runtime.mjs';

buildIfChanged();
await run(join(root, 'dist', 'apps', 'standalone', 'main.js'), process.argv.slice(2));
