// A MongoDB-compatible server on loopback (SecantusDB: MongoDB's wire protocol over WiredTiger).
import { installMongo, installMongoRust } from './install.mjs';
import { dataFolder, LocalServer, startOnFreePorts } from './local-server.mjs';
import { mongoAnswers } from './protocols.mjs';
import { startProxy } from './proxy.mjs';

const BUILDS = {
  // Not by the script in bin/: that one holds the path of the folder it was installed in.
  python: async () => ({ command: await installMongo(), args: ['-c', 'from secantus.cli import main; main()'] }),
  rust: async () => ({ command: await installMongoRust(), args: [] }),
};

/** Options: see servers.d.mts. Without `syncOnCommit: false` (a negative control) every commit reaches the disk. */
export async function startOwnMongo(options) {
  const { build = 'python', syncOnCommit = true, failpoints = false, args = [], port, storagePath, proxied } = options;
  const program = await BUILDS[build]();
  const { folder, temporary } = await dataFolder('mongo', storagePath);
  const make = ([port]) => {
    const address = ['--host', '127.0.0.1', '--port', String(port), '--storage-path', folder];
    const flags = [...(syncOnCommit ? ['--sync-on-commit'] : []), ...(failpoints ? ['--enable-test-commands'] : [])];
    const local = new LocalServer({
      name: 'MongoDB',
      folder,
      temporary,
      command: program.command,
      args: [...program.args, ...address, ...flags, ...args],
      env: { PYTHONUNBUFFERED: '1' },
      // The line in its own log tells our server from another one that took the port.
      answers: async (log) => log.includes(`listening on 127.0.0.1:${port}`) && mongoAnswers(port),
    });
    return { local, port };
  };
  const { local, port: own } = await startOnFreePorts(make, 1, port === undefined ? undefined : [port]);
  const proxy = proxied ? await startProxy({ port: own, protocol: 'mongo' }) : undefined;
  return new OwnMongo(local, own, proxy);
}

class OwnMongo {
  owned = true;
  #local;

  constructor(local, port, proxy) {
    this.#local = local;
    this.port = port;
    this.uri = `mongodb://127.0.0.1:${port}/?replicaSet=secantus&serverSelectionTimeoutMS=5000&heartbeatFrequencyMS=500`;
    this.proxy = proxy;
    // Direct: a replica set's members are found by the addresses they announce, which pass the proxy by.
    this.proxiedUri = proxy && `mongodb://${proxy.address}/?directConnection=true&serverSelectionTimeoutMS=5000`;
  }

  get pid() {
    return this.#local.pid;
  }

  get logFile() {
    return this.#local.logFile;
  }

  kill() {
    return this.#local.kill();
  }

  restart() {
    return this.#local.restart();
  }

  async stop() {
    await this.proxy?.close();
    await this.#local.stop();
  }
}
