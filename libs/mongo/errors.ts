/** Codes of the server, which are looked at where a class of the driver never is. */
export const DUPLICATE_KEY = 11_000;
export const NAMESPACE_NOT_FOUND = 26;
export const INDEX_OPTIONS_CONFLICT = 85;
export const INDEX_KEY_CONFLICT = 86;
export const UNAUTHORIZED = 13;
export const OUT_OF_DISK_SPACE = 14_031;

/** After these the server may have done what it was asked: it was stopping, stepping down, cut off or out of time. */
const AMBIGUOUS = new Set([6, 7, 50, 64, 89, 91, 100, 189, 262, 9_001, 10_058, 10_107, 11_600, 11_602, 13_435, 13_436]);

export function codeOf(error: unknown): number | undefined {
  const code = memberOf(error, 'code');
  return typeof code === 'number' ? code : undefined;
}

export function messageOf(error: unknown): string {
  const message = memberOf(error, 'message');
  return typeof message === 'string' ? message : String(error);
}

/** A document of a bulk write that the server did not write. */
export interface WriteFault {
  readonly index: number;
  readonly code: number;
}

/** What the server said of single documents; nothing when it said nothing, or could not say that the others will last. */
export function writeFaults(error: unknown): readonly WriteFault[] {
  if (hasWriteConcernFault(error)) return [];
  return [memberOf(error, 'writeErrors')].flat().flatMap((fault: unknown) => {
    const [index, code] = [memberOf(fault, 'index'), codeOf(fault)];
    return typeof index === 'number' && code !== undefined ? [{ index, code }] : [];
  });
}

/** True when the server certainly wrote nothing of the one thing it answered this for. */
export function isRefusal(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && !AMBIGUOUS.has(code) && !hasWriteConcernFault(error);
}

/** Codes that say nothing of what was asked, only that nobody is asked anything now. */
const NOT_NOW = new Set([...AMBIGUOUS, UNAUTHORIZED, OUT_OF_DISK_SPACE]);

/** True when the server was away, out of time or room, or let nobody in: the same may be asked again later. */
export function isServerFault(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined) return NOT_NOW.has(code) || hasWriteConcernFault(error);
  const name = memberOf(error, 'name');
  // The driver's own errors have no code; this one is about what it was given.
  return typeof name === 'string' && name.startsWith('Mongo') && name !== 'MongoInvalidArgumentError';
}

function hasWriteConcernFault(error: unknown): boolean {
  const result = memberOf(error, 'result');
  const asked = memberOf(result, 'getWriteConcernError');
  const fault: unknown = typeof asked === 'function' ? Reflect.apply(asked, result, []) : undefined;
  return (fault ?? memberOf(result, 'writeConcernError') ?? undefined) !== undefined;
}

function memberOf(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? (Reflect.get(of, name) as unknown) : undefined;
}
