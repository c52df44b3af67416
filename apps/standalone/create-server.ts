import { PROJECTIONS } from '#engine';
import type { Log } from '#platform';
import { composeServer, projectorWatch } from '#server';
import type { ComposedServer } from '#server';
import { Projector, sourceOf } from '#views';
import type { Adapters } from './adapters.js';

export interface ServerOptions {
  readonly log: Log;
  /** Names with port that the server answers to, beside the loopback's. */
  readonly hosts?: readonly string[];
}

/** The embedded server, composed; it listens to nothing yet. */
export interface Server extends ComposedServer {
  readonly identity: Adapters['identity'];
  readonly projector: Projector;
  /** Takes no new request, ends what is under way, writes the views' last rows, lets go of the files. */
  close(): Promise<void>;
}

/** The server of alliances with a projector of its own, which its ledger rings; starts what runs by itself. */
export async function createServer(adapters: Adapters, options: ServerOptions): Promise<Server> {
  const { ledgerStore, viewStore, identity } = adapters;
  const projector = new Projector({
    store: viewStore,
    source: sourceOf(ledgerStore),
    projections: PROJECTIONS,
    watch: projectorWatch(options.log, (alliance, seq) => {
      server.ledger.stop(alliance, seq);
    }),
  });
  const server = await composeServer({ ...adapters, progress: projector }, options);
  server.ledger.onAppended((entries) => {
    const [first] = entries;
    if (first) projector.ring(first.alliance, entries);
  });
  void projector.start();
  server.timer.start();
  const close = async (): Promise<void> => {
    await server.close();
    await projector.stop();
    await adapters.close();
  };
  return { ...server, identity, projector, close };
}
