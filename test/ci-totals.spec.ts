import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import CiReporter from '../tools/ci-reporter.mjs';
import { temporaryFolder } from './testing/product.js';

const folder = temporaryFolder();
const fileOf = (name: string) => join(folder, `${name}.json`);
const write = (name: string, content: unknown): void => {
  writeFileSync(fileOf(name), typeof content === 'string' ? content : JSON.stringify(content));
};
beforeAll(() => {
  write('good', { numPassedTests: 5, numFailedTests: 0, numRuntimeErrorTestSuites: 0 });
  write('bad', { numPassedTests: 3, numFailedTests: 2, numRuntimeErrorTestSuites: 1 });
  write('without-servers', { notRun: ['MongoDB cannot be installed'] });
  write('torn', '{"numPassed');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function totals(failedSteps: number, ...names: readonly string[]) {
  const args = ['tools/ci-totals.mjs', String(failedSteps), ...names.map(fileOf)];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, last: stdout.trimEnd().split('\n').at(-1) };
}

it.each<[string, number, readonly string[], ReturnType<typeof totals>]>([
  ['all is well', 0, ['good', 'good'], { status: 0, last: '10 passed, 0 failed' }],
  ['tests and whole files failed', 2, ['good', 'bad'], { status: 1, last: '8 passed, 3 failed' }],
  ['a step failed that has no tests', 1, ['good'], { status: 1, last: '5 passed, 1 failed' }],
  ['a tier wrote no result', 1, ['good', 'absent'], { status: 1, last: '5 passed, 1 failed' }],
  ['a result was torn', 1, ['good', 'torn'], { status: 1, last: '5 passed, 1 failed' }],
  ['servers were allowed to be absent', 0, ['good', 'without-servers'], { status: 0, last: '5 passed, 0 failed' }],
  ['nothing was run', 0, [], { status: 1, last: '0 passed, 0 failed' }],
])('the last line tells the true totals when %s', (_when, failedSteps, names, expected) => {
  expect(totals(failedSteps, ...names)).toEqual(expected);
});

it('a tier that is cut short counts what had ended by then, and as failed', () => {
  const reporter = new CiReporter({ outputFile: fileOf('cut') });
  reporter.onTestResult({}, {}, { numPassedTests: 7, numFailedTests: 0, numRuntimeErrorTestSuites: 0 });
  expect(JSON.parse(readFileSync(fileOf('cut'), 'utf8'))).toMatchObject({ numPassedTests: 7, incomplete: true });
  expect(totals(1, 'good', 'cut')).toEqual({ status: 1, last: '12 passed, 1 failed' });
});
