// A reporter of jest: writes the totals so far to --outputFile behind every test file, so that a run that is cut short has
// true ones too. At its end jest writes its own result there, which has no `incomplete`.
import { writeFileSync } from 'node:fs';

export default class CiReporter {
  #file;

  constructor({ outputFile }) {
    this.#file = outputFile;
  }

  onTestResult(_test, _result, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    if (this.#file === undefined || this.#file === '') return;
    const totals = { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, incomplete: true };
    writeFileSync(this.#file, JSON.stringify(totals));
  }
}
