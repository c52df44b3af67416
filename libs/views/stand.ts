import type { Id } from '#kernel';
import { settledAt } from './catch-up.js';
import type { Settled } from './catch-up.js';
import { mustRebuild } from './place.js';
import type { ViewStore } from './view-store.js';
import type { Projection } from './view.js';

/** How far the views of one alliance are, by their checkpoints alone. */
export interface Stand {
  /** The least that a projection has reached; nothing when every one is parked. */
  readonly reached: number | undefined;
  readonly settled: Settled | undefined;
}

const NOWHERE = { seq: -1, hash: undefined, parked: undefined };

/** How far the views of these alliances are, with one question for each projection. */
export async function standsOf(
  store: Pick<ViewStore, 'checkpoints'>,
  projections: readonly Projection[],
  alliances: readonly Id[],
): Promise<ReadonlyMap<Id, Stand>> {
  const found = await Promise.all(projections.map(({ name }) => store.checkpoints(alliances, name)));
  const standOf = (alliance: Id): Stand => {
    const places = projections.map((projection, n) => {
      const checkpoint = found[n]?.get(alliance);
      return checkpoint && !mustRebuild(projection, checkpoint) ? checkpoint : NOWHERE;
    });
    const open = places.filter(({ parked }) => !parked).map(({ seq }) => seq);
    return { reached: open.length === 0 ? undefined : Math.min(...open), settled: settledAt(places) };
  };
  return new Map(alliances.map((alliance) => [alliance, standOf(alliance)]));
}
