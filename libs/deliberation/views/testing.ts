import type { DataFrom, DomainEvent, Fields } from '#contracts';
import { hashedId, sha256, startOfDay } from '#kernel';
import type { Actor, Day, Id } from '#kernel';
import type { Entry } from '#ledger';
import { foldAsOf, MemoryRows, metaOf } from '#views';
import type { AsOf, Projection, Readers, RowReader, View } from '#views';

const timeZone = 'Europe/Paris';
export const idOf = (name: string): Id => hashedId('view', name);
export const voiceOf = (partner: Id): Actor => ({ kind: 'representative', partner, mandate: partner, person: partner });

/** Events as they stand, each entry at 01:00 of a day, and what a view shows of them. */
export class Told {
  private readonly entries: Entry[] = [];
  private day: Day = '2026-03-01';

  on(day: Day): this {
    this.day = day;
    return this;
  }

  tells(...events: readonly DomainEvent[]): this {
    return this.by({ kind: 'facilitator', person: idOf('fay') }, ...events);
  }

  by(actor: Actor, ...events: readonly DomainEvent[]): this {
    const seq = this.entries.length;
    const at = startOfDay(this.day, 'Europe/London');
    const names = {
      id: idOf(`entry ${seq}`),
      commandId: idOf(`command ${seq}`),
      command: 'Test',
      hash: sha256(`${seq}`),
    };
    const chain = { prev: undefined, correlation: '', causation: '', body: '', openings: [] };
    this.entries.push({ alliance: idOf('alliance'), seq, at, actor, events, ...names, ...chain });
    return this;
  }

  /** What the view shows as of a day, folded by effective days. */
  async shows<F extends Fields, A>(
    view: View<F, A>,
    params: DataFrom<F>,
    trueOn: Day,
    knownAt = this.head,
  ): Promise<A> {
    const asOf = { trueOn, knownAt, timeZone };
    return answer(view, params, await foldAsOf(view.projections, this.entries, asOf), asOf);
  }

  /** What the live rows show, folded in the order of recording, each event `times` times. */
  async showsLive<F extends Fields, A>(view: View<F, A>, params: DataFrom<F>, trueOn: Day, times = 1): Promise<A> {
    const rows = new Map(view.projections.map((one) => [one.name, this.liveRows(one, times)]));
    return answer(view, params, rows, { trueOn, knownAt: this.head, timeZone });
  }

  private get head(): number {
    return this.entries.length - 1;
  }

  private liveRows(projection: Projection, times: number): MemoryRows {
    const rows = new MemoryRows();
    for (const entry of this.entries) {
      for (const place of entry.events.keys()) {
        for (let told = 0; told < times; told++) tell(rows, projection, entry, place);
      }
    }
    return rows;
  }
}

function tell(rows: MemoryRows, projection: Projection, entry: Entry, place: number): void {
  const event = entry.events[place];
  const meta = metaOf(entry, place, timeZone);
  if (!event) return;
  for (const key of projection.touches(event, meta)) rows.set(key, projection.evolve(rows.at(key), event, meta, key));
}

function answer<F extends Fields, A>(
  view: View<F, A>,
  params: DataFrom<F>,
  rows: ReadonlyMap<string, MemoryRows>,
  asOf: AsOf,
): Promise<A> {
  const readers: Readers = <D>({ name }: Projection<D>) => rows.get(name) as unknown as RowReader<D>;
  return view.answer(readers, params, asOf);
}
