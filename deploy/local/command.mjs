// The command line of servers.mjs.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { installKafka, installMongo, installMongoRust, ServerUnavailable } from './install.mjs';
import { mayGoWithoutServers, startKafka, startMongo } from './servers.mjs';

const PARENT_CHECK_MS = 500;
const USAGE = 'usage: servers.mjs [-- command …] | install [rust]';

export async function main([word, ...rest]) {
  if (word === 'install') return orSayWhy(() => install(rest.includes('rust')));
  if (word !== undefined && (word !== '--' || rest.length === 0)) {
    console.error(USAGE);
    process.exitCode = 2;
    return undefined;
  }
  return orSayWhy(() => serve(rest));
}

async function install(rust) {
  console.log(`MongoDB: ${await installMongo()}`);
  console.log(`Kafka: ${await installKafka()}`);
  if (rust) console.log(`MongoDB (Rust build): ${await installMongoRust()}`);
}

async function serve(command) {
  const stopped = askedToStop();
  const started = await Promise.allSettled([startMongo(), startKafka()]);
  try {
    const [mongo, kafka] = started.map(valueOrThrow);
    const addresses = { TEST_MONGO_URI: mongo.uri, TEST_KAFKA_BROKERS: kafka.brokers.join(',') };
    for (const [name, value] of Object.entries(addresses)) console.log(`${name}=${value}`);
    if (command.length > 0) process.exitCode = await runWith(addresses, command, stopped);
    else await stopped;
  } finally {
    await Promise.all(started.map(({ value }) => value?.stop()));
  }
}

function valueOrThrow({ status, value, reason }) {
  if (status === 'rejected') throw reason;
  return value;
}

/** By a signal, or by the end of the process that started us: a shell or npm does not always pass a signal on. */
function askedToStop() {
  const parent = process.ppid;
  return new Promise((resolve) => {
    setInterval(() => process.ppid === parent || resolve('SIGTERM'), PARENT_CHECK_MS);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve(signal));
  });
}

function runWith(addresses, [file, ...args], stopped) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit', env: { ...process.env, ...addresses } });
    // A terminal sends Ctrl-C to the whole group: the command has it already.
    void stopped.then((signal) => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal));
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/** Without servers the run fails; if that is allowed it ends well, and its last line says what was not done. */
async function orSayWhy(action) {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof ServerUnavailable)) throw error;
    console.error(mayGoWithoutServers() ? `NOT RUN against real servers: ${error.message}` : error.message);
    process.exitCode = mayGoWithoutServers() ? 0 : 1;
  }
  // Nothing else is to be waited for; a caller's pipe may still hold us.
  process.exit();
}
