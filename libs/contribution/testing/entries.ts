import type { AsOf, Projection, Readers, RowReader, View } from '#views';
import { foldAsOf, MemoryRows, metaOf } from '#views';
import type { DataFrom, Fields } from '#contracts';
import type { Entry } from '#ledger';
import type { Scene } from './scene.js';
import { idOf, ZONE } from './scene.js';

/** The scene's log as entries of a ledger. */
export function entriesOf(scene: Scene): readonly Entry[] {
  const entries = new Map<number, Entry>();
  for (const { event, recorded } of scene.log) {
    const { seq, at, actor } = recorded;
    const entry = entries.get(seq) ?? { ...BLANK, seq, at, actor, events: [] };
    entries.set(seq, { ...entry, events: [...entry.events, event] });
  }
  return [...entries.values()];
}

const BLANK = {
  alliance: idOf('alliance'),
  id: idOf('entry'),
  commandId: idOf('command'),
  command: '',
  hash: '',
  prev: undefined,
  correlation: '',
  causation: '',
  body: '',
  openings: [],
};

/** A view as of a day and an entry: the projection run over the ledger prefix. */
export async function askAsOf<F extends Fields, T>(
  view: View<F, T>,
  params: DataFrom<F>,
  entries: readonly Entry[],
  asOf: Omit<AsOf, 'timeZone'>,
): Promise<T> {
  const at = { ...asOf, timeZone: ZONE };
  return answer(view, params, await foldAsOf(view.projections, entries, at), at);
}

/** The view on the live rows, folded in the order of recording. */
export async function askLive<F extends Fields, T>(
  view: View<F, T>,
  params: DataFrom<F>,
  entries: readonly Entry[],
  trueOn: string,
): Promise<T> {
  const rows = new Map(view.projections.map((one) => [one.name, liveRows(one, entries)]));
  return answer(view, params, rows, { trueOn, knownAt: entries.length - 1, timeZone: ZONE });
}

function liveRows(projection: Projection, entries: readonly Entry[]): MemoryRows {
  const rows = new MemoryRows();
  for (const entry of entries) {
    for (const [index, event] of entry.events.entries()) {
      const meta = metaOf(entry, index, ZONE);
      for (const key of projection.touches(event, meta)) {
        const row = projection.evolve(rows.at(key), event, meta, key);
        rows.set(key, JSON.parse(JSON.stringify(row)) as typeof row);
      }
    }
  }
  return rows;
}

function answer<F extends Fields, T>(
  view: View<F, T>,
  params: DataFrom<F>,
  rows: ReadonlyMap<string, MemoryRows>,
  asOf: AsOf,
): Promise<T> {
  const readers: Readers = <Doc>({ name }: Projection<Doc>) => rows.get(name) as unknown as RowReader<Doc>;
  return view.answer(readers, params, asOf);
}
