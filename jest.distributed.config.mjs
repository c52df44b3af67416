import base from './jest.config.mjs';

// Tests against real servers, one file after the other: each starts its own or takes TEST_MONGO_URI.
const { testPathIgnorePatterns: _, ...config } = base;
export default { ...config, testRegex: '\\.server\\.spec\\.ts$', maxWorkers: 1, testTimeout: 300_000 };
