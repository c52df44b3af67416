/** Reads the text of a key, or says in words what it should be. */
export type KeyReader<T> = ((text: string) => { readonly value: T } | { readonly fault: string }) & {
  /** What is accepted, in words. */
  readonly accepts: string;
};

function readerOf<T>(accepts: string, read: (text: string) => T | undefined): KeyReader<T> {
  const reading = (text: string) => {
    const value = read(text);
    return value === undefined ? { fault: `must be ${accepts}` } : { value };
  };
  return Object.assign(reading, { accepts });
}

const HOST = /^[A-Za-z0-9.:-]{1,253}$/;
const MONGO = /^mongodb(?:\+srv)?:\/\/[^\s/]+(?:\/\S*)?$/;
const DATABASE = /^[A-Za-z0-9_-]{1,60}$/;
const BROKER = /^[A-Za-z0-9.-]{1,253}:[0-9]{1,5}$/;
const MAX_BROKERS = 30;
const ORIGIN = /^https?:\/\/[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?$/;
const PORT = /^(0|[1-9][0-9]{0,4})$/;

export const reader = {
  path: readerOf('a path', (text) => (text.trim() === '' || text.includes('\0') ? undefined : text)),
  host: readerOf('an address or a host name', (text) => (HOST.test(text) ? text : undefined)),
  port: readerOf('a port from 0 to 65535', (text) =>
    PORT.test(text) && Number(text) <= 65_535 ? Number(text) : undefined,
  ),
  mongo: readerOf('an address that begins with mongodb://', (text) => (MONGO.test(text) ? text : undefined)),
  database: readerOf('a name of letters, digits, - and _', (text) => (DATABASE.test(text) ? text : undefined)),
  brokers: readerOf('host:port, several with commas', (text) => {
    const brokers = text.split(',');
    return brokers.length <= MAX_BROKERS && brokers.every((broker) => BROKER.test(broker)) ? brokers : undefined;
  }),
  origin: readerOf('http:// or https://, a host, a port or none', (text) => (ORIGIN.test(text) ? text : undefined)),
  oneOf: <const V extends string>(...values: readonly V[]) =>
    readerOf<V>(`one of ${values.join(', ')}`, (text) => values.find((value) => value === text)),
};
