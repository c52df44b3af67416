import { reader } from './configuration-readers.js';
import type { KeyReader } from './configuration-readers.js';

/** Every name of ours in the environment begins so; one that is not of the schema stops the start. */
export const PREFIX = 'COLLEGIUM_';

interface Key<T> {
  /** What the key is for, in one sentence; printed in the table of the documentation. */
  readonly about: string;
  readonly base: T;
  readonly read: KeyReader<T>;
}

const key = <T>(about: string, base: T, read: KeyReader<T>): Key<T> => ({ about, base, read });

/** The one schema of the configuration. A key stands in the environment under `COLLEGIUM_` and its name here. */
export const CONFIGURATION = {
  /** Folder of the ledger, the views and the identities; made when absent, and used by one process at a time. */
  DATA: key(
    'Folder of the ledger, the views and the identities; one process at a time uses it.',
    './data',
    reader.path,
  ),
  /** Address that the server listens on. Others than this machine reach it only when told so. */
  HOST: key('Address that the server listens on.', '127.0.0.1', reader.host),
  /** Port that the server listens on; 0 takes a free one and prints it. */
  PORT: key('Port that the server listens on; 0 takes a free one.', 3210, reader.port),
  /** Address of the second listener: metrics and details of readiness, for whoever runs the process. */
  ADMIN_HOST: key('Address of the listener for metrics and readiness.', '127.0.0.1', reader.host),
  /** Port of the second listener of `api`, and the only one of `relay` and `projector`; 0 takes a free one. */
  ADMIN_PORT: key('Port of the listener for metrics and readiness; 0 takes a free one.', 3211, reader.port),
  /** Where others reach the server: a host that it answers to, and where the schemas of events are read. */
  PUBLIC_URL: key('Address under which others reach the server.', 'http://127.0.0.1:3210', reader.origin),
  /** Distributed mode: the MongoDB of ledger, views, identities and cursors. May hold a password: it is never printed. */
  MONGO_URI: key('Distributed mode: address of MongoDB.', 'mongodb://127.0.0.1:27017/', reader.mongo),
  /** Distributed mode: the database in it. */
  MONGO_DATABASE: key('Distributed mode: name of the database.', 'collegium', reader.database),
  /** Distributed mode: the Kafka brokers to begin with. */
  KAFKA_BROKERS: key('Distributed mode: Kafka brokers.', ['127.0.0.1:9092'], reader.brokers),
  /** Least level of the log lines on the standard error output. */
  LOG_LEVEL: key('Least level of log lines.', 'info', reader.oneOf('error', 'warn', 'info', 'debug')),
  /** Language of what is printed and answered where nobody asked for one. */
  LOCALE: key('Language where nobody asked for one.', 'fr', reader.oneOf('fr', 'en')),
} satisfies Record<string, Key<unknown>>;

type Schema = typeof CONFIGURATION;
export type ConfigurationKey = keyof Schema;

/** The configuration, read once at the start and handed on. */
export interface Configuration {
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  readonly adminHost: string;
  readonly adminPort: number;
  readonly publicUrl: string;
  readonly mongoUri: string;
  readonly mongoDatabase: string;
  readonly kafkaBrokers: readonly string[];
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug';
  readonly locale: 'fr' | 'en';
}

/** An environment that cannot be used. The message lists every bad key and repeats no value. */
export class ConfigurationInvalid extends Error {
  constructor(readonly faults: readonly string[]) {
    super(['the configuration cannot be used:', ...faults].join('\n  '));
  }
}

/** Reads the configuration; throws ConfigurationInvalid with every bad key at once, unknown ones of ours included. */
export function readConfiguration(environment: Readonly<Record<string, string | undefined>>): Configuration {
  const faults = unknownNames(environment).map((name) => `${name}: no such key`);
  const value = <T>(name: ConfigurationKey, { base, read }: Key<T>): T => {
    const text = environment[PREFIX + name];
    const found = text === undefined ? { value: base } : read(text);
    if ('value' in found) return found.value;
    faults.push(`${PREFIX}${name}: ${found.fault}`);
    return base;
  };
  const configuration: Configuration = {
    dataFolder: value('DATA', CONFIGURATION.DATA),
    host: value('HOST', CONFIGURATION.HOST),
    port: value('PORT', CONFIGURATION.PORT),
    adminHost: value('ADMIN_HOST', CONFIGURATION.ADMIN_HOST),
    adminPort: value('ADMIN_PORT', CONFIGURATION.ADMIN_PORT),
    publicUrl: value('PUBLIC_URL', CONFIGURATION.PUBLIC_URL),
    mongoUri: value('MONGO_URI', CONFIGURATION.MONGO_URI),
    mongoDatabase: value('MONGO_DATABASE', CONFIGURATION.MONGO_DATABASE),
    kafkaBrokers: value('KAFKA_BROKERS', CONFIGURATION.KAFKA_BROKERS),
    logLevel: value('LOG_LEVEL', CONFIGURATION.LOG_LEVEL),
    locale: value('LOCALE', CONFIGURATION.LOCALE),
  };
  if (faults.length > 0) throw new ConfigurationInvalid(faults);
  return configuration;
}

/** The configuration of this process. Nothing else reads `process.env`. */
export function configurationOfProcess(): Configuration {
  return readConfiguration(process.env);
}

/** The environment of this process and more, for a process that it starts. */
export function environmentWith(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...more };
}

function unknownNames(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith(PREFIX) && !Object.hasOwn(CONFIGURATION, name.slice(PREFIX.length)))
    .sort();
}
