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
const PORT = /^(0|[1-9][0-9]{0,4})$/;

export const reader = {
  path: readerOf('a path', (text) => (text.trim() === '' || text.includes('\0') ? undefined : text)),
  host: readerOf('an address or a host name', (text) => (HOST.test(text) ? text : undefined)),
  port: readerOf('a port from 0 to 65535', (text) =>
    PORT.test(text) && Number(text) <= 65_535 ? Number(text) : undefined,
  ),
  oneOf: <const V extends string>(...values: readonly V[]) =>
    readerOf<V>(`one of ${values.join(', ')}`, (text) => values.find((value) => value === text)),
};
