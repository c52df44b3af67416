export const MAX_DEPTH = 16;
export const MAX_KEYS = 2_000;
export const MAX_ELEMENTS = 5_000;

/** How much of each there may be. */
export interface JsonBounds {
  readonly keys: number;
  readonly elements: number;
}
/** Those of a request (HTTP page, 5.1). A file of the user's own may be longer, and is bounded by its bytes. */
const REQUEST_BOUNDS: JsonBounds = { keys: MAX_KEYS, elements: MAX_ELEMENTS };
const FILE_BOUNDS: JsonBounds = { keys: Number.MAX_SAFE_INTEGER, elements: Number.MAX_SAFE_INTEGER };

export type JsonFaultCode =
  'JSON_INVALID' | 'FORBIDDEN_KEY' | 'DUPLICATE_KEY' | 'NUMBER_INVALID' | 'STRING_INVALID' | 'TOO_DEEP' | 'TOO_MANY';

/** The first fault of a JSON text: where it is, as RFC 6901 pointer, and after how many characters. */
export class JsonFault extends Error {
  constructor(
    readonly code: JsonFaultCode,
    readonly pointer: string,
    readonly offset: number,
  ) {
    super(code);
  }
}

/** Names of arguments, and random ids, which are keys of records of labels. Not `constructor` nor `prototype`. */
const KEY = /^(?!(?:constructor|prototype)$)(?:[A-Za-z][A-Za-z0-9-]{0,63}|[a-z2-7]{26})$/;
const INTEGER = /-?(?:0|[1-9][0-9]{0,15})(?![0-9.eE])/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const HEX = /[0-9a-fA-F]{4}/y;
/** Controls but LF, TAB, CR; marks that turn, hide or join text; lone surrogates; more than 8 combining marks running. */
const FORBIDDEN_TEXT =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]|[\ud800-\udfff]|\p{M}{9}/u;
const NEEDS_LOOK = /[^\u0020-\u007e\n\r\t]/;

/**
 * Reads a JSON text in one pass and keeps to the gate (HTTP page, 5.1): depth, number of keys and elements, names of
 * keys, no key twice, integers only, text without tricks. Objects have no prototype. Throws JsonFault at the first fault.
 */
export function readJson(text: string, bounds: JsonBounds = REQUEST_BOUNDS): unknown {
  const reader = new Reader(text, bounds);
  return reader.document();
}

/** What a JSON text of the user's own holds, or its first fault. */
export type JsonText =
  { readonly value: unknown } | { readonly pointer: string; readonly fault: JsonFaultCode; readonly offset: number };

/** The same gate for a file or a line of one, which is bounded by its bytes alone. */
export function readJsonText(text: string): JsonText {
  try {
    return { value: readJson(text, FILE_BOUNDS) };
  } catch (fault) {
    if (fault instanceof JsonFault) return { pointer: fault.pointer, fault: fault.code, offset: fault.offset };
    throw fault;
  }
}

class Reader {
  private position = 0;
  private keys = 0;
  private readonly path: (string | number)[] = [];

  constructor(
    private readonly text: string,
    private readonly bounds: JsonBounds,
  ) {}

  document(): unknown {
    const value = this.value();
    this.space();
    if (this.position < this.text.length) this.fail('JSON_INVALID');
    return value;
  }

  private value(): unknown {
    this.space();
    switch (this.text.charCodeAt(this.position)) {
      case 0x7b:
        return this.object();
      case 0x5b:
        return this.array();
      case 0x22:
        return this.checkedString();
      case 0x74:
        return this.word('true', true);
      case 0x66:
        return this.word('false', false);
      case 0x6e:
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  private object(): Record<string, unknown> {
    const object = Object.create(null) as Record<string, unknown>;
    this.enter();
    if (this.taken('}')) return this.leave(object);
    do {
      this.space();
      const start = this.position;
      const key = this.text[start] === '"' ? this.string() : this.fail('JSON_INVALID');
      if (!KEY.test(key)) this.fail('FORBIDDEN_KEY', start);
      this.path.push(key);
      if (key in object) this.fail('DUPLICATE_KEY', start);
      if (++this.keys > this.bounds.keys) this.fail('TOO_MANY', start);
      this.need(':');
      object[key] = this.value();
      this.path.pop();
    } while (this.taken(','));
    this.need('}');
    return this.leave(object);
  }

  private array(): unknown[] {
    const array: unknown[] = [];
    this.enter();
    if (this.taken(']')) return this.leave(array);
    do {
      if (array.length >= this.bounds.elements) this.fail('TOO_MANY');
      this.path.push(array.length);
      array.push(this.value());
      this.path.pop();
    } while (this.taken(','));
    this.need(']');
    return this.leave(array);
  }

  private depth = 0;

  private enter(): void {
    if (++this.depth > MAX_DEPTH) this.fail('TOO_DEEP');
    this.position++;
  }

  private leave<T>(value: T): T {
    this.depth--;
    return value;
  }

  private checkedString(): string {
    const start = this.position;
    const text = this.string();
    if (NEEDS_LOOK.test(text) && FORBIDDEN_TEXT.test(text)) this.fail('STRING_INVALID', start);
    return text;
  }

  private string(): string {
    let out = '';
    for (this.position++; ;) {
      out += this.match(PLAIN) ?? '';
      const next = this.text[this.position++];
      if (next === '"') return out;
      if (next !== '\\') return this.fail('JSON_INVALID', this.position - 1);
      out += this.escape();
    }
  }

  private escape(): string {
    const kind = this.text[this.position++] ?? '';
    if (kind !== 'u') return ESCAPES[kind] ?? this.fail('JSON_INVALID', this.position - 1);
    const hex = this.match(HEX) ?? this.fail('JSON_INVALID');
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  private number(): number {
    const first = this.text[this.position] ?? '';
    if (first !== '-' && !(first >= '0' && first <= '9')) return this.fail('JSON_INVALID');
    const start = this.position;
    const digits = this.match(INTEGER) ?? this.fail('NUMBER_INVALID', start);
    const value = Number(digits);
    if (!Number.isSafeInteger(value) || digits === '-0') this.fail('NUMBER_INVALID', start);
    return value;
  }

  private word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.position)) this.fail('JSON_INVALID');
    this.position += word.length;
    return value;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  private space(): void {
    for (let code = this.text.charCodeAt(this.position); isSpace(code); code = this.text.charCodeAt(this.position)) {
      this.position++;
    }
  }

  private taken(mark: string): boolean {
    this.space();
    if (this.text[this.position] !== mark) return false;
    this.position++;
    return true;
  }

  private need(mark: string): void {
    if (!this.taken(mark)) this.fail('JSON_INVALID');
  }

  private fail(code: JsonFaultCode, offset = this.position): never {
    const pointer = this.path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    throw new JsonFault(code, pointer, offset);
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
