import type { LoopbackProxy } from './proxy.mjs';

export { startProxy, type AfterLoss, type LoopbackProxy } from './proxy.mjs';

/** A server of this machine, or (`owned: false`) the one that the environment names, which cannot be killed. */
export type Server = {
  readonly owned: boolean;
  /** Undefined while it does not run. */
  readonly pid: number | undefined;
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
  /** kill -9 if it runs, then a start on the same data and the same address; resolves when it answers. */
  restart(): Promise<void>;
  /** Ends it for good; without `storagePath` its data is removed. */
  stop(): Promise<void>;
  readonly port?: number;
  readonly logFile?: string;
  /** With `proxied: true`. */
  readonly proxy?: LoopbackProxy;
};

export type MongoServer = Server & { readonly uri: string; readonly proxiedUri?: string };
export type KafkaServer = Server & { readonly brokers: string[]; readonly proxiedBrokers?: string[] };

/** Any option asks for a server of one's own, whatever the environment names. */
export type ServerOptions = {
  /** For a test that kills, restarts or floods its server. */
  readonly own?: true;
  /** A folder that is kept; otherwise the data goes with the server. */
  readonly storagePath?: string;
  /** Otherwise a free one, the same after every restart. */
  readonly port?: number;
  /** A loopback proxy in front, for faults. */
  readonly proxied?: boolean;
};

export type MongoOptions = ServerOptions & {
  /** `rust` for throughput, soak and durability runs. */
  readonly build?: 'python' | 'rust';
  /** False only as a negative control: the Rust build then loses acknowledged writes on kill -9. */
  readonly syncOnCommit?: boolean;
  /** Takes `configureFailPoint`. */
  readonly failpoints?: boolean;
  readonly args?: readonly string[];
};

export type KafkaOptions = ServerOptions & {
  /** Broker properties on top of kafka/server.properties. */
  readonly properties?: Readonly<Record<string, string | number>>;
};

/** Starts (or borrows) a MongoDB and resolves when it answers `hello` as a primary. */
export function startMongo(options?: MongoOptions): Promise<MongoServer>;
/** Starts (or borrows) a Kafka and resolves when broker and group coordinator answer. */
export function startKafka(options?: KafkaOptions): Promise<KafkaServer>;

/** The server cannot be had on this machine: `code` is SERVER_UNAVAILABLE, `reason` says why. */
export class ServerUnavailable extends Error {
  readonly code: 'SERVER_UNAVAILABLE';
  readonly server: string;
  readonly reason: string;
}

/** ALLOW_NO_SERVERS=1: the run may go on without, and must say so in its last lines. */
export function mayGoWithoutServers(): boolean;
