// Every built module that makes files from the code: each exports `generatedFiles()`, contents by path from the root.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './runtime.mjs';

const MAKERS = ['dist/libs/platform/generated-files.js', 'dist/libs/http/generated-files.js'];

/** Contents by path, as the code of now makes them. */
export async function generatedFiles() {
  const files = {};
  for (const maker of MAKERS) {
    const { generatedFiles: make } = await import(pathToFileURL(join(root, maker)));
    Object.assign(files, await make());
  }
  return files;
}
