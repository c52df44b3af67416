import type { Hash, Id } from '#kernel';
import type { AppendResult, LedgerRow } from '#ledger';
import { among, codeOf, DUPLICATE_KEY, eq, isRefusal, MAX_READ_MS, within, writeFaults } from '#mongo';
import { entryDocument, sealedDocument } from './documents.js';
import type { Collections } from './documents.js';
import { outcomeUnknown, storeFailed } from './errors.js';

/** How often one batch is written again without getting on, and the first pause before it; it doubles. */
const MAX_TRIES = 5;
const FIRST_PAUSE_MS = 20;
const BOUNDED = { maxTimeMS: MAX_READ_MS };

export type Pause = (ms: number) => Promise<void>;
type Run = readonly LedgerRow[];

/**
 * Rows of one append on their way in. What is kept beside the entries is written before them, then the entries, in
 * order. Whatever goes wrong, the entries are read back by their place and compared by their hash: equal is stored,
 * another one a conflict, none is written again, which the unique indexes make safe.
 */
export class Batch {
  private readonly results = new Map<LedgerRow, AppendResult>();
  /** Rows of which something may have been written beside the entries. */
  private sealed: LedgerRow[] = [];

  constructor(
    private readonly collections: Collections,
    private readonly rows: readonly LedgerRow[],
    private readonly pause: Pause,
  ) {}

  async write(): Promise<readonly AppendResult[]> {
    await this.writeEntries(await this.prepared());
    await this.dropSealed();
    return this.rows.map((row) => this.results.get(row) ?? 'conflict');
  }

  /** The runs that stand behind their heads, with all that is kept beside them already written. */
  private async prepared(): Promise<Run[]> {
    try {
      const runs = await this.fitting(runsOf(this.rows));
      await this.writeSealed(runs.flat());
      return runs;
    } catch (error) {
      throw storeFailed('append', error);
    }
  }

  /** A run fits when its first entry is not there and the one before it is. */
  private async fitting(runs: readonly Run[]): Promise<Run[]> {
    const wanted = runs.flatMap(([first]) =>
      first ? [first.hash, ...(first.prev === undefined ? [] : [first.prev])] : [],
    );
    if (wanted.length === 0) return [];
    const projection = { alliance: 1, seq: 1 };
    const found = await this.collections.entries.find({ _id: among(wanted) }, { ...BOUNDED, projection }).toArray();
    const places = new Map(found.map(({ _id, alliance, seq }) => [_id, { alliance, seq }]));
    return runs.filter(([first]) => {
      if (!first || places.has(first.hash)) return false;
      if (first.prev === undefined) return first.seq === 0;
      const before = places.get(first.prev);
      return before?.alliance === first.alliance && before.seq === first.seq - 1;
    });
  }

  /** A document that is there already is of an earlier try at the same entry. */
  private async writeSealed(rows: readonly LedgerRow[]): Promise<void> {
    const documents = rows.map(sealedDocument).filter((document) => document !== undefined);
    if (documents.length === 0) return;
    this.sealed = rows.filter((row) => sealedDocument(row));
    try {
      await this.collections.openings.insertMany(documents, { ordered: false });
    } catch (error) {
      const faults = writeFaults(error);
      if (faults.length === 0 || faults.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
    }
  }

  private async writeEntries(runs: readonly Run[]): Promise<void> {
    let open = runs;
    for (let tries = 1; open.length > 0; tries += 1) {
      const rows = open.flat();
      const error = await this.insert(rows);
      if (error === undefined) {
        this.settle(rows, 'stored');
        return;
      }
      const before = this.results.size;
      open = await this.settleAfter(error.cause, open);
      if (this.results.size > before) tries = 0;
      else if (tries >= MAX_TRIES) throw outcomeUnknown(error.cause);
      else await this.pause(FIRST_PAUSE_MS * 2 ** tries);
    }
  }

  private async insert(rows: readonly LedgerRow[]): Promise<{ cause: unknown } | undefined> {
    try {
      await this.collections.entries.insertMany(rows.map(entryDocument), { ordered: true });
      return undefined;
    } catch (cause) {
      return { cause };
    }
  }

  /** What is still to be written after an error. The rows before one that the server names are stored: it keeps the order. */
  private async settleAfter(error: unknown, open: readonly Run[]): Promise<Run[]> {
    const rows = open.flat();
    const [fault] = writeFaults(error);
    const named = fault && rows[fault.index];
    if (named) this.settle(rows.slice(0, fault.index), 'stored');
    const looked = named ? open.filter((run) => run.includes(named)) : open;
    try {
      await Promise.all(looked.map((run) => this.readBack(run)));
      if (named && fault.code === DUPLICATE_KEY) await this.lookForCommand(named, looked[0] ?? []);
    } catch {
      throw outcomeUnknown(error);
    }
    const left = open.map((run) => run.filter((row) => !this.results.has(row))).filter((run) => run.length > 0);
    if (left.length > 0 && isRefusal(error) && codeOf(error) !== DUPLICATE_KEY) {
      throw [...this.results.values()].includes('stored') ? outcomeUnknown(error) : storeFailed('append', error);
    }
    return left;
  }

  private async readBack(run: Run): Promise<void> {
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last) return;
    const filter = { alliance: eq(first.alliance), seq: within({ $gte: first.seq, $lte: last.seq }) };
    const found = await this.collections.entries.find(filter, { ...BOUNDED, projection: { seq: 1 } }).toArray();
    const hashes = new Map<number, Hash>(found.map(({ _id, seq }) => [seq, _id]));
    for (const [index, row] of run.entries()) {
      const hash = hashes.get(row.seq);
      if (hash === undefined) return;
      if (hash === row.hash) this.settle([row], 'stored');
      else {
        this.settle(run.slice(index), 'conflict');
        return;
      }
    }
  }

  /** The place of a refused row is free: then its command must be taken, and the row can never be stored. */
  private async lookForCommand(row: LedgerRow, run: Run): Promise<void> {
    if (this.results.has(row)) return;
    const filter = { alliance: eq(row.alliance), commandId: eq(row.commandId) };
    const taken = await this.collections.entries.findOne(filter, { ...BOUNDED, projection: { _id: 1 } });
    if (taken && taken._id !== row.hash) this.settle(run.slice(run.indexOf(row)), 'conflict');
  }

  /** Takes away what was written beside entries that lost: those can never be stored. What stays is never shown. */
  private async dropSealed(): Promise<void> {
    const lost = this.sealed.filter((row) => this.results.get(row) === 'conflict').map(({ hash }) => hash);
    if (lost.length === 0) return;
    try {
      await this.collections.openings.deleteMany({ _id: among(lost) });
    } catch {
      // The answer is certain without it.
    }
  }

  private settle(rows: readonly LedgerRow[], result: AppendResult): void {
    for (const row of rows) this.results.set(row, result);
  }
}

/** The rows of each alliance, up to the first that does not stand on the one before it. */
function runsOf(rows: readonly LedgerRow[]): Run[] {
  const runs = new Map<Id, LedgerRow[]>();
  const broken = new Set<Id>();
  for (const row of rows) {
    const run = runs.get(row.alliance) ?? [];
    const before = run.at(-1);
    if (before && (row.seq !== before.seq + 1 || row.prev !== before.hash)) broken.add(row.alliance);
    if (!broken.has(row.alliance)) runs.set(row.alliance, [...run, row]);
  }
  return [...runs.values()];
}
