// Real servers for tests and for a local run, without Docker (README.md).
//   node deploy/local/servers.mjs                    starts both, prints their addresses, stays until Ctrl-C
//   node deploy/local/servers.mjs -- <command …>     runs a command with TEST_MONGO_URI and TEST_KAFKA_BROKERS set
//   node deploy/local/servers.mjs install [rust]     only installs; `rust` adds the compiled MongoDB build
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startOwnKafka } from './kafka.mjs';
import { startOwnMongo } from './mongo.mjs';

export { ServerUnavailable } from './install.mjs';
export { startProxy } from './proxy.mjs';

/** ALLOW_NO_SERVERS=1: a run on a machine that cannot have the servers may go on, and must say so. */
export const mayGoWithoutServers = () => process.env.ALLOW_NO_SERVERS === '1';

/** The server named by TEST_MONGO_URI, if there is one and the caller asks for nothing special; else one of its own. */
export async function startMongo(options = {}) {
  const uri = process.env.TEST_MONGO_URI;
  return uri && asksNothing(options) ? borrowed('MongoDB', { uri }) : startOwnMongo(options);
}

/** The brokers named by TEST_KAFKA_BROKERS (comma-separated), on the same condition; else a broker of its own. */
export async function startKafka(options = {}) {
  const brokers = process.env.TEST_KAFKA_BROKERS;
  return brokers && asksNothing(options) ? borrowed('Kafka', { brokers: brokers.split(',') }) : startOwnKafka(options);
}

const asksNothing = (options) => Object.values(options).every((value) => value === undefined);

function borrowed(name, address) {
  const refuse = async () => {
    throw new Error(`this ${name} is not ours to kill: ask for one with { own: true }`);
  };
  return { ...address, owned: false, pid: undefined, kill: refuse, restart: refuse, stop: async () => undefined };
}

// A module that is imported does nothing; node given this file runs the command line.
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  void import('./command.mjs').then(({ main }) => main(process.argv.slice(2)));
}
