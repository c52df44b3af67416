// node tools/ci-totals.mjs <failed steps> <results of jest --json>…: the totals on the last line; fails unless all is well.
import { existsSync, readFileSync } from 'node:fs';

const [failedSteps, ...files] = process.argv.slice(2);
let passed = 0;
let failed = 0;
const notRun = [];
let complete = true;
for (const file of files) {
  // A run that wrote no result, or executed no test, is a failure of its own.
  const result = resultIn(file);
  const executed = (result.numPassedTests ?? 0) + (result.numFailedTests ?? 0);
  passed += result.numPassedTests ?? 0;
  notRun.push(...(result.notRun ?? []));
  failed += (result.numFailedTests ?? 0) + (result.numRuntimeErrorTestSuites ?? 0);
  if (result.incomplete) console.log(`did not come to its end: ${file}`);
  else if (executed > 0 || result.notRun !== undefined) continue;
  else console.log(`no test was executed: ${file}`);
  complete = false;
}
if (!complete || (failed === 0 && Number(failedSteps) > 0)) failed += 1;
for (const reason of notRun) console.log(`NOT RUN against real servers: ${reason}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || files.length === 0 ? 1 : 0;

/** A file that is absent, or was cut in the middle of a write, has no totals. */
function resultIn(file) {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  } catch {
    return { incomplete: true };
  }
}
