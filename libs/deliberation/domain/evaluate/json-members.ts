/** The first member of a JSON document that does not fit, by its RFC 6901 pointer. Thrown inside one reading only. */
export class Misfit extends Error {
  constructor(
    readonly pointer: string,
    readonly fault: string,
  ) {
    super(`${pointer}: ${fault}`);
  }
}

/** Reads a value at a pointer, or throws the misfit. */
export type Reader<T> = (json: unknown, pointer: string) => T;

/** The members of one JSON object, taken one by one in the order of the form; what nobody took is unknown. */
export class Members {
  private readonly json: Readonly<Record<string, unknown>>;
  private readonly taken = new Set<string>();

  constructor(
    json: unknown,
    private readonly pointer: string,
  ) {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Misfit(pointer, 'not an object');
    this.json = json as Readonly<Record<string, unknown>>;
  }

  take<T>(name: string, reader: Reader<T>): T {
    const value = this.maybe(name, reader);
    if (value === undefined) throw new Misfit(this.at(name), 'missing');
    return value;
  }

  maybe<T>(name: string, reader: Reader<T>): T | undefined {
    this.taken.add(name);
    return Object.hasOwn(this.json, name) ? reader(this.json[name], this.at(name)) : undefined;
  }

  /** Ends the object: a member that was not taken is unknown. */
  end(): void {
    const unknown = Object.keys(this.json).find((name) => !this.taken.has(name));
    if (unknown !== undefined) throw new Misfit(this.at(unknown), 'unknown member');
  }

  at(name: string): string {
    return `${this.pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  }
}

export const flag: Reader<boolean> = (json, pointer) => {
  if (typeof json !== 'boolean') throw new Misfit(pointer, 'not true or false');
  return json;
};

export function int(min: number, max: number): Reader<number> {
  return (json, pointer) => {
    const fits = typeof json === 'number' && Number.isSafeInteger(json) && json >= min && json <= max;
    if (!fits) throw new Misfit(pointer, `not an integer from ${min} to ${max}`);
    return json;
  };
}

export function oneOf<const V extends readonly string[]>(...values: V): Reader<V[number]> {
  return (json, pointer) => {
    const found = values.find((value) => value === json);
    if (found === undefined) throw new Misfit(pointer, `not one of ${values.join(', ')}`);
    return found;
  };
}

export function list<T>(of: Reader<T>): Reader<readonly T[]> {
  return (json, pointer) => {
    if (!Array.isArray(json)) throw new Misfit(pointer, 'not a list');
    return json.map((item: unknown, index) => of(item, `${pointer}/${index}`));
  };
}

/** A reader whose member `name` must not be that of an earlier item of the same reading. */
export function distinct<T>(name: keyof T & string, of: Reader<T>): Reader<T> {
  const seen = new Set<unknown>();
  return (json, pointer) => {
    const item = of(json, pointer);
    if (seen.has(item[name])) throw new Misfit(`${pointer}/${name}`, 'named twice');
    seen.add(item[name]);
    return item;
  };
}

const NAME = /^[A-Za-z0-9-]{1,64}$/;

/** An id of a snapshot: 1 to 64 letters, digits and hyphens. */
export const name: Reader<string> = (json, pointer) => {
  if (typeof json !== 'string' || !NAME.test(json)) throw new Misfit(pointer, 'not 1 to 64 of A-Z a-z 0-9 -');
  return json;
};
