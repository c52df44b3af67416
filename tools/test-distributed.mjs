// node tools/test-distributed.mjs [arguments of jest]: the tests against real servers. Installs the servers (once, in
// SERVERS_CACHE), starts one MongoDB and one Kafka for all suites that need nothing special, and runs the suites one
// after the other. TEST_MONGO_URI and TEST_KAFKA_BROKERS name clusters to use instead. A server that cannot be had fails
// the run; with ALLOW_NO_SERVERS=1 what needs it is left out, and the last lines say so.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { installKafka, installMongo, installMongoRust, ServerUnavailable } from '../deploy/local/install.mjs';
import { mayGoWithoutServers, startKafka, startMongo } from '../deploy/local/servers.mjs';

/** Suites that need the compiled build say so in their name. */
const NEEDS_RUST = String.raw`\.rust\.server\.spec\.ts$`;

const args = process.argv.slice(2);
const missing = {
  mongo: await tried(installMongo),
  kafka: await tried(installKafka),
  rust: await tried(installMongoRust),
};
const reasons = Object.values(missing).filter((reason) => reason !== undefined);

if (reasons.length > 0 && !mayGoWithoutServers()) {
  for (const reason of reasons) console.error(reason);
  process.exit(1);
}
const code = missing.mongo || missing.kafka ? 0 : await runSuites();
noteNotRun();
process.exit(code);

async function tried(install) {
  try {
    await install();
    return undefined;
  } catch (error) {
    if (error instanceof ServerUnavailable) return error.message;
    throw error;
  }
}

async function runSuites() {
  const named = process.env.TEST_MONGO_URI !== undefined || missing.rust !== undefined;
  // The compiled build is four times as fast; both pass the same suites.
  const started = await Promise.allSettled([startMongo(named ? {} : { build: 'rust' }), startKafka()]);
  try {
    const [mongo, kafka] = started.map(({ value, reason }) => {
      if (value === undefined) throw reason;
      return value;
    });
    return await jest({ TEST_MONGO_URI: mongo.uri, TEST_KAFKA_BROKERS: kafka.brokers.join(',') });
  } finally {
    await Promise.all(started.map(({ value }) => value?.stop()));
  }
}

function jest(addresses) {
  const leftOut = missing.rust ? ['--testPathIgnorePatterns', '/node_modules/', NEEDS_RUST] : [];
  const command = ['tools/run.mjs', 'jest', '--config', 'jest.distributed.config.mjs', ...args, ...leftOut];
  // kafkajs sets a timer that is always overdue; newer Node says so once in every process.
  const NODE_OPTIONS = [process.env.NODE_OPTIONS, '--disable-warning=TimeoutNegativeWarning'].join(' ').trim();
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...addresses, NODE_OPTIONS };
    const child = spawn(process.execPath, command, { stdio: 'inherit', env });
    for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.on(signal, () => child.kill(signal));
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Says what was left out as the last lines, and beside the totals of jest for whoever adds them up. */
function noteNotRun() {
  for (const reason of reasons) console.log(`NOT RUN against real servers: ${reason}`);
  const file = args.find((arg) => arg.startsWith('--outputFile='))?.slice('--outputFile='.length);
  if (reasons.length === 0 || file === undefined) return;
  const totals = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  writeFileSync(file, JSON.stringify({ ...totals, notRun: reasons }));
}
