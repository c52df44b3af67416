// Fails when a generated file differs from what the code makes now; run after a build.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from './generated-files.mjs';
import { root } from './runtime.mjs';

const files = Object.entries(await generatedFiles());
const stored = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined);
const differing = files.filter(([path, content]) => stored(path) !== content).map(([path]) => path);
if (differing.length > 0) {
  console.error(`these files differ from what the code makes, run "npm run generate":\n${differing.join('\n')}`);
  process.exitCode = 1;
} else {
  console.log(`generated files: ${files.length}, as the code makes them`);
}
