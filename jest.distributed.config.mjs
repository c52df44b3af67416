import base from './jest.config.mjs';

// Tests against real servers, one file after the other: each starts its own or takes TEST_MONGO_URI. A connection that a
// failed test has left open must not hold up the run: what a test started ends with its process.
// `*.long.server.spec.ts` runs with LONG=1 alone: what a busy machine does not end in its time.
const { testPathIgnorePatterns: _, ...config } = base;
const LONG = process.env.LONG === '1';
export default {
  ...config,
  testRegex: LONG ? '\\.server\\.spec\\.ts$' : '(?<!\\.long)\\.server\\.spec\\.ts$',
  maxWorkers: 1,
  testTimeout: 300_000,
  forceExit: true,
};
