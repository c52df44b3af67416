// Runs some specs of one folder again and again in one process: a child of main.mjs. Each mutant is one changed file.
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';

const [folder, ...specs] = process.argv.slice(2);
const require = createRequire(join(folder, 'suite.js'));
const jest = createRequire(require.resolve('jest-circus'));
const { expect } = jest('expect');

// The specs print tables of what they met; nobody reads them here.
process.stdout.write = () => true;

/** Tests of the spec that is being read, in their order. */
let tests = [];
let path = [];

function describe(name, body) {
  path.push(name);
  body();
  path.pop();
}
function test(name, body) {
  tests.push({ name: [...path, name].join(' > '), body });
}
const each = (one) => (cases) => (name, body) => {
  for (const values of cases) {
    const given = Array.isArray(values) ? values : [values];
    one(format(name, ...given), () => body(...given));
  }
};
describe.each = each(describe);
test.each = each(test);
Object.assign(globalThis, { describe, test, it: test, expect });

/** The first test that fails, or nothing. */
async function firstFailure() {
  for (const name of Object.keys(require.cache)) if (name.startsWith(folder)) delete require.cache[name];
  for (const spec of specs) {
    tests = [];
    path = [];
    try {
      require(join(folder, spec));
    } catch (error) {
      return `${spec}: ${String(error)}`;
    }
    for (const { name, body } of tests) {
      try {
        await body();
      } catch {
        return `${spec}: ${name}`;
      }
    }
  }
  return undefined;
}

process.on('message', async ({ id, file, code, original }) => {
  if (file !== undefined) writeFileSync(join(folder, file), code);
  const failure = await firstFailure();
  if (file !== undefined) writeFileSync(join(folder, file), original);
  process.send({ id, failure });
});
process.send({ ready: true });
