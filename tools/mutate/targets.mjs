// What npm run mutate changes: the files of a folder, and the specs that test them. The quick specs come first: most mutants
// die there, and a spec that is not named says nothing of these rules.
export const TARGETS = {
  /** Evaluation and counting (part 1, 4.3 to 4.5). */
  deliberation: {
    folder: 'libs/deliberation/domain/evaluate',
    files: ['*.ts'],
    specs: [
      'consensus-and-silence.spec.js',
      'counted-positions.spec.js',
      'deeming.spec.js',
      'evaluate.spec.js',
      'golden-vectors.spec.js',
      'objections.spec.js',
      'option-methods.spec.js',
      'thresholds.spec.js',
      'read-snapshot.spec.js',
      'properties.spec.js',
    ],
  },
  /** Allocation, statement and valuation (part 2, 1.5, 1.6, 2.1 and 2.2). */
  contribution: {
    folder: 'libs/contribution',
    files: ['reading', 'statement', 'buckets', 'valuation', 'valuations', 'values-shown', 'obligations'].map(
      (file) => `domain/${file}.ts`,
    ),
    specs: [
      'domain/allocation.spec.js',
      'domain/statement.spec.js',
      'domain/valuations.spec.js',
      'views/worked-example.spec.js',
      'domain/contributions.spec.js',
      'domain/commitments.spec.js',
      'domain/guarantees.spec.js',
      'domain/ratifications.spec.js',
    ],
  },
};
