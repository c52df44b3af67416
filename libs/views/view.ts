import type { DataFrom, DomainEvent, Fields } from '#contracts';
import type { Actor, Day, Hash, Id, Instant } from '#kernel';

/** Where an event stands. All of it is a function of the entry and of the alliance's time zone. */
export interface EventMeta {
  readonly alliance: Id;
  readonly seq: number;
  /** Place of the event in its entry, from 0. */
  readonly index: number;
  /** When the ledger learnt it. */
  readonly at: Instant;
  /** `occurredOn`, else the day of `dueAt`, else the day of `at`, in the alliance's time zone (part 1, 6.2). */
  readonly effectiveDay: Day;
  readonly actor: Actor;
  readonly entryId: Id;
  /** Hash of the entry. */
  readonly hash: Hash;
}

/**
 * One row of a projection. `doc` is plain JSON: members without value are absent. Keys and tags are printable ASCII
 * (ids, enums, numbers and the marks between them), so that every store sorts them alike.
 */
export interface Row<D = unknown> {
  readonly doc: D;
  /** What the row is found by beside its key. */
  readonly tags: readonly string[];
}

/**
 * Rows made from events. A handler is a function of its own row and the event only, never reads another row, and
 * commutes over effective days: the live rows are folded in the order of recording, those of an as-of view in the
 * order of effective days, and both must come out alike. Rows hold facts; what compares with today is computed in the
 * view's `answer`. It reads public data only; a sealed value shows its name, never its text.
 */
export interface Projection<D = unknown> {
  readonly name: string;
  /** At least 1; a changed version makes the projector rebuild the rows at start. */
  readonly version: number;
  /** Keys of the rows that the event changes or makes; none when it does not concern the projection. */
  touches(event: DomainEvent, meta: EventMeta): readonly string[];
  /** The row after the event; `undefined` removes it. Called once for each touched key. */
  evolve(row: Row<D> | undefined, event: DomainEvent, meta: EventMeta, key: string): Row<D> | undefined;
}

export type RowQuery = { readonly prefix: string } | { readonly tag: string };

export interface KeyedRow<D = unknown> extends Row<D> {
  readonly key: string;
}

/** Rows of one projection of one alliance. */
export interface RowReader<D = unknown> {
  get(key: string): Promise<Row<D> | undefined>;
  /** In the order of keys, at most `limit`, those behind `after` when it is given. */
  list(query: RowQuery, limit: number, after?: string): Promise<readonly KeyedRow<D>[]>;
}

/** The rows of a projection that the view names in `projections`. */
export type Readers = <D>(projection: Projection<D>) => RowReader<D>;

/** What the answer is true of: a day for the dates inside rows, and the last entry known. */
export interface AsOf {
  readonly trueOn: Day;
  /** The `seq` of the last entry in the answer; -1 before the first. */
  readonly knownAt: number;
  readonly timeZone: string;
}

/** A query over projections. `params` are its own query parameters; `trueOn`, `knownAt` and `at` are common to all. */
export interface View<F extends Fields = Fields, A = unknown> {
  /** Kebab case, as in `/views/<name>`. */
  readonly name: string;
  readonly projections: readonly Projection[];
  readonly params: F;
  answer(readers: Readers, params: DataFrom<F>, asOf: AsOf): Promise<A>;
}

/** Lets the compiler find `F` and `A` of a view. */
export function defineView<const F extends Fields, A>(view: View<F, A>): View<F, A> {
  return view;
}
