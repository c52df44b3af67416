// One Kafka broker on loopback that is its own controller (KRaft).
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installKafka, javaCommand, ServerUnavailable } from './install.mjs';
import { dataFolder, freePorts, LocalServer, startOnFreePorts } from './local-server.mjs';
import { kafkaAnswers } from './protocols.mjs';
import { startProxy } from './proxy.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const FIXED = here('./kafka/server.properties');
const JVM = ['-Xms128m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
const LOGGING = `-Dlog4j2.configurationFile=${here('./kafka/log4j2.properties')}`;

/** Options: see servers.d.mts. */
export async function startOwnKafka(options) {
  const { storagePath, proxied = false, properties = {} } = options;
  const jars = join(await installKafka(), '*');
  const { folder, temporary } = await dataFolder('kafka', storagePath);
  const [proxyPort] = await freePorts(1);
  const make = async ([broker, controller, behindProxy]) => {
    const ports = { broker, controller, behindProxy, proxy: proxyPort };
    const clusterId = await format(folder, jars, { ...properties, ...addresses(ports, proxied) });
    const local = new LocalServer({
      name: 'Kafka',
      folder,
      temporary,
      command: javaCommand(),
      args: [...JVM, LOGGING, '-cp', jars, 'kafka.Kafka', 'server.properties'],
      answers: () => kafkaAnswers(broker, clusterId),
    });
    return { local, ports };
  };
  const given = options.port === undefined ? undefined : [options.port, ...(await freePorts(2))];
  const { local, ports } = await startOnFreePorts(make, 3, given);
  const proxy = proxied
    ? await startProxy({ port: ports.behindProxy, protocol: 'kafka', listenOn: proxyPort })
    : undefined;
  return new OwnKafka(local, ports.broker, proxy);
}

/** A client goes on to the address that a broker announces: a proxied one has a listener that announces the proxy. */
function addresses({ broker, controller, behindProxy, proxy }, proxied) {
  const local = (name, port) => `${name}://127.0.0.1:${port}`;
  const listeners = [local('PLAINTEXT', broker), ...(proxied ? [local('PROXIED', behindProxy)] : [])];
  const announced = [local('PLAINTEXT', broker), ...(proxied ? [local('PROXIED', proxy)] : [])];
  return {
    listeners: [...listeners, local('CONTROLLER', controller)].join(','),
    'advertised.listeners': announced.join(','),
    'controller.quorum.bootstrap.servers': `127.0.0.1:${controller}`,
    'log.dirs': 'data',
  };
}

/** Writes the properties and formats a new data folder; a folder that has data keeps it. Gives the cluster's id. */
async function format(folder, jars, properties) {
  const own = Object.entries(properties).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(folder, 'server.properties'), readFileSync(FIXED, 'utf8') + own.join(''));
  const meta = join(folder, 'data', 'meta.properties');
  if (!existsSync(meta)) {
    const tool = ['kafka.tools.StorageTool', 'format', '--standalone', '-t', newClusterId(), '-c', 'server.properties'];
    try {
      await promisify(execFile)(javaCommand(), [...JVM, LOGGING, '-cp', jars, ...tool], { cwd: folder });
    } catch (error) {
      throw new ServerUnavailable('Kafka', `its data folder could not be formatted: ${error.message}`);
    }
  }
  return /^cluster\.id=(.+)$/m.exec(readFileSync(meta, 'utf8'))[1];
}

/** Kafka's own form of a UUID. One that begins with a dash would be read as an option. */
function newClusterId() {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? newClusterId() : id;
}

class OwnKafka {
  owned = true;
  #local;

  constructor(local, port, proxy) {
    this.#local = local;
    this.port = port;
    this.brokers = [`127.0.0.1:${port}`];
    this.proxy = proxy;
    this.proxiedBrokers = proxy && [proxy.address];
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
