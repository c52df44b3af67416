import type { Hash, Id, Instant } from '#kernel';
import type { Entry, Head } from './entry.js';
import type { Opening } from './sealing.js';

/** Entries of one answer of `read`, alliances of one of `alliances`, and width of the range of `openings`, at most. */
export const MAX_PAGE = 1_000;

/** Tells a repeat from another command under the same id: HMAC-SHA-256 under a salt that is erased with the openings. */
export interface Fingerprint {
  readonly salt: string;
  readonly mac: string;
}

/** An entry as stored. `body` comes back byte for byte as it was given; the other members are its index. */
export interface StoredEntry {
  readonly alliance: Id;
  readonly seq: number;
  readonly commandId: Id;
  readonly id: Id;
  readonly at: Instant;
  readonly hash: Hash;
  readonly body: string;
}

/** An entry on its way in, with all that is stored together with it. `prev` is the hash of the entry it stands on. */
export interface LedgerRow extends StoredEntry {
  readonly prev: Hash | undefined;
  readonly fingerprint: Fingerprint | undefined;
  readonly openings: readonly Opening[];
}

export interface StoredCommand {
  readonly body: string;
  /** Absent for entries of the system, and when erased. */
  readonly fingerprint: Fingerprint | undefined;
}

export type StoredOpening = Opening & { readonly seq: number };
export type StoredHead = Head & { readonly alliance: Id; readonly hash: Hash };
export type AppendResult = 'stored' | 'conflict';

/**
 * The store cannot say whether a batch was written (time-out, lost connection, failed flush): each of its rows may be
 * there now, later, or never. The caller looks up.
 */
export class OutcomeUnknown extends Error {
  readonly code = 'OUTCOME_UNKNOWN';
}

/** The store did not do what was asked, and nothing of it was written. `STORAGE_FULL` when there is no room left. */
export class StoreFailed extends Error {
  constructor(
    message: string,
    readonly code: 'STORAGE_FAILED' | 'STORAGE_FULL' = 'STORAGE_FAILED',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Port: where entries are kept. Entries are only ever added. Every method may throw StoreFailed, `append` also
 * OutcomeUnknown; a store throws no error of its driver. What `append` reported as stored, every later read sees.
 */
export abstract class LedgerStore {
  /**
   * Stores rows of one or more alliances; the rows of one alliance are consecutive and in order. Of each alliance's run
   * as much is stored as fits, then it stops: the first row that does not stand directly behind the stored head (a seq
   * taken or skipped, another `prev`) or repeats a command id is a `conflict`, and so is all of that alliance behind it.
   * Other alliances are not touched by it.
   *
   * Atomic per entry: a row is stored with its fingerprint and openings, or nothing of it; not atomic over rows.
   * Durable: one flush for the whole batch, done when the promise resolves. Idempotent in this sense: a row stored
   * before is a conflict, never stored twice. Results stand in the order of the rows. The caller waits for one batch
   * before it gives the next.
   */
  abstract append(rows: readonly LedgerRow[]): Promise<readonly AppendResult[]>;

  /** The newest entry's place; nothing for an alliance without entries. */
  abstract head(alliance: Id): Promise<StoredHead | undefined>;

  /** Entries from `fromSeq` on in order, at most `limit` and MAX_PAGE. Shorter only at the end of the ledger. */
  abstract read(alliance: Id, fromSeq: number, limit: number): Promise<readonly StoredEntry[]>;

  /** The bodies of what `read` gives, for who reads a ledger from end to end. */
  async bodies(alliance: Id, fromSeq: number, limit: number): Promise<readonly string[]> {
    return (await this.read(alliance, fromSeq, limit)).map(({ body }) => body);
  }

  /** The entry of a command. */
  abstract findCommand(alliance: Id, commandId: Id): Promise<StoredCommand | undefined>;

  /** Openings that still exist, of entries `fromSeq` to `toSeq` (both included), by seq, event and name; at most MAX_PAGE entries wide. */
  abstract openings(alliance: Id, fromSeq: number, toSeq: number): Promise<readonly StoredOpening[]>;

  /** One opening; nothing when there is none or it was erased. */
  abstract opening(alliance: Id, seq: number, event: number, name: string): Promise<StoredOpening | undefined>;

  /**
   * Adds openings to entries of an alliance that are there without them, as an import that is repeated with texts it
   * lacked; the caller has checked each against its commitment. One whose entry is not there, or whose place holds an
   * opening, is passed over, so that it may be repeated. Atomic per opening, durable when it resolves. Gives their number.
   */
  abstract addOpenings(alliance: Id, openings: readonly StoredOpening[]): Promise<number>;

  /** Heads of the alliances whose id comes after `after` (all when absent), by id, at most `limit` and MAX_PAGE. */
  abstract alliances(after: Id | undefined, limit: number): Promise<readonly StoredHead[]>;

  /** Lets go of files and connections once writes under way have ended. Nothing may be asked afterwards. */
  abstract close(): Promise<void>;
}

/** The limit of a page that a store keeps to. */
export function pageLimit(limit: number): number {
  return Math.max(0, Math.min(limit, MAX_PAGE));
}

/** Refuses a range of openings that is wider than a page: a fault of the caller. */
export function assertOpeningRange(fromSeq: number, toSeq: number): void {
  if (toSeq - fromSeq >= MAX_PAGE) throw new RangeError(`openings of more than ${MAX_PAGE} entries at once`);
}

/** What is stored of an entry, `openings` as the entry has them. */
export function rowOf(entry: Entry, fingerprint?: Fingerprint): LedgerRow {
  const { alliance, seq, commandId, id, at, hash, body, prev, openings } = entry;
  return { alliance, seq, commandId, id, at, hash, body, prev, fingerprint, openings };
}
