import base from './jest.config.mjs';

// Tests against real servers, one file after the other: each starts its own or takes TEST_MONGO_URI. A connection that a
// failed test has left open must not hold up the run: what a test started ends with its process.
const { testPathIgnorePatterns: _, ...config } = base;
export default {
  ...config,
  testRegex: '\\.server\\.spec\\.ts$',
  maxWorkers: 1,
  testTimeout: 300_000,
  forceExit: true,
};
