type Totals = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
};

export default class CiReporter {
  constructor(config: { readonly outputFile?: string });
  onTestResult(test: unknown, result: unknown, totals: Totals): void;
}
