import { MongoIdentityStore } from '#identity-mongo';
import { topicsApply } from '#stream-kafka';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { freePorts } from '../../testing/free-ports.js';
import { seedWith } from '../http/seed.js';
import type { Target } from '../http/load.js';

const READY_WITHIN_MS = 60_000;
const DATABASE = 'bench';

interface Server {
  stop(): Promise<void>;
}
interface Servers {
  startMongo(options: { readonly build: 'rust' }): Promise<Server & { readonly uri: string }>;
  startKafka(options: { readonly own: true }): Promise<Server & { readonly brokers: string[] }>;
}

/** Two api replicas, a relay and a projector, as they are shipped, on servers of this machine. */
export class Platform {
  /** Ports of the replicas. */
  readonly ports: number[] = [];
  private readonly children: ChildProcess[] = [];

  private constructor(
    readonly mongo: { readonly uri: string; readonly database: string },
    private readonly brokers: readonly string[],
    private readonly servers: readonly Server[],
  ) {}

  static async start(): Promise<Platform> {
    const local = (await import(pathToFileURL('deploy/local/servers.mjs').href)) as Servers;
    const [mongo, kafka] = await Promise.all([local.startMongo({ build: 'rust' }), local.startKafka({ own: true })]);
    await topicsApply({ brokers: kafka.brokers, clientId: 'bench' });
    const platform = new Platform({ uri: mongo.uri, database: DATABASE }, kafka.brokers, [mongo, kafka]);
    // A bench that is ended leaves nothing running.
    process.once('SIGTERM', () => void platform.stop().then(() => process.exit(1)));
    try {
      for (const app of ['api', 'api', 'relay', 'projector']) await platform.app(app);
      return platform;
    } catch (fault) {
      await platform.stop();
      throw fault;
    }
  }

  async seed(alliances: number): Promise<readonly Target[]> {
    const identity = await MongoIdentityStore.open(this.mongo);
    try {
      return await seedWith(identity, this.ports[0] ?? 0, alliances);
    } finally {
      await identity.close();
    }
  }

  async stop(): Promise<void> {
    const ended = this.children.map(async (child) => {
      const exit = once(child, 'exit');
      if (child.kill()) await exit;
    });
    await Promise.all(ended);
    for (const server of this.servers) await server.stop();
  }

  private async app(name: string): Promise<void> {
    const { port, adminPort } = await freePorts();
    const env = {
      PATH: process.env['PATH'],
      NODE_OPTIONS: '--disable-warning=TimeoutNegativeWarning',
      COLLEGIUM_MONGO_URI: this.mongo.uri,
      COLLEGIUM_MONGO_DATABASE: this.mongo.database,
      COLLEGIUM_KAFKA_BROKERS: this.brokers.join(','),
      COLLEGIUM_LOG_LEVEL: 'error',
      COLLEGIUM_PORT: String(port),
      COLLEGIUM_ADMIN_PORT: String(adminPort),
    };
    const file = join(import.meta.dirname, '..', '..', '..', 'apps', name, 'main.js');
    this.children.push(spawn(process.execPath, [file], { env, stdio: ['ignore', 'ignore', 'inherit'] }));
    if (name === 'api') this.ports.push(port);
    for (const end = performance.now() + READY_WITHIN_MS; performance.now() < end;) {
      const answer = await fetch(`http://127.0.0.1:${String(adminPort)}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await setTimeout(50);
    }
    throw new Error(`${name} is not ready`);
  }
}
