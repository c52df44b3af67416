import { existsSync, readFileSync } from 'node:fs';

// Nest 12 and a growing part of the ecosystem are ES modules only. Jest 30 runs CommonJS on
// Node 20/22, so those packages - found from the lock file npm leaves in node_modules, never
// from a hand-kept list - are compiled to CommonJS (and cached); everything else is untouched.
const lock = JSON.parse(readFileSync(new URL('./node_modules/.package-lock.json', import.meta.url), 'utf8'));
const esm = Object.keys(lock.packages)
  .filter((p) => p.startsWith('node_modules/'))
  .filter((p) => {
    const manifest = new URL(`./${p}/package.json`, import.meta.url);
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
  })
  .map((p) => `${p.replaceAll('.', '\\.')}/(?!node_modules/)`);

const swc = (parser, transform = {}) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'commonjs' },
    jsc: { target: 'es2024', keepClassNames: true, parser, transform },
  },
];

export default {
  testEnvironment: 'node',
  coverageProvider: 'v8',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'require', 'default'] },
  testRegex: '\\.spec\\.ts$',
  testPathIgnorePatterns: ['/node_modules/', '\\.server\\.spec\\.ts$'],
  maxWorkers: 2,
  testTimeout: process.env.DEEP ? 600_000 : 30_000,
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.cache'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': swc(
      { syntax: 'typescript', decorators: true },
      { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    ),
    '^.+\\.m?js$': swc({ syntax: 'ecmascript' }),
  },
  transformIgnorePatterns: [`^<rootDir>/(?!${esm.join('|')}).*node_modules/`],
  collectCoverageFrom: ['apps/**/*.ts', 'libs/**/*.ts', '!**/*.spec.ts'],
};
