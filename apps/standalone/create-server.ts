import { EMPTY_STATE, foldEntry, PROJECTIONS, VIEWS } from '#engine';
import type { State } from '#engine';
import { Clock, createApp, DueTimer, Randomness } from '#http';
import { IdentityStore } from '#identity';
import { AllianceLedger, LedgerStore } from '#ledger';
import type { Entry } from '#ledger';
import type { Log } from '#platform';
import { Projector, sourceOf, ViewAsker, ViewStore } from '#views';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Adapters } from './adapters.js';
import { keepHeapSmall } from './heap.js';

export interface ServerOptions {
  readonly log: Log;
  /** Names with port that the server answers to, beside the loopback's. */
  readonly hosts?: readonly string[];
}

/** The embedded server, composed; it listens to nothing yet. */
export interface Server {
  readonly app: NestFastifyApplication;
  readonly identity: IdentityStore;
  readonly ledger: AllianceLedger<State>;
  readonly projector: Projector;
  readonly timer: DueTimer;
  /** Takes no new request, ends what is under way, writes the views' last rows, lets go of the files. */
  close(): Promise<void>;
}

/** Binds every port to its adapter, in this one list, and starts what runs by itself. */
export async function createServer(adapters: Adapters, { log, hosts = [] }: ServerOptions): Promise<Server> {
  keepHeapSmall();
  const { ledgerStore, viewStore, identity, clock, randomness } = adapters;
  const ledger = new AllianceLedger<State>(ledgerStore, { initial: EMPTY_STATE, foldEntry }, { entropy: randomness });
  const source = sourceOf(ledgerStore);
  const projector = new Projector({ store: viewStore, source, projections: PROJECTIONS, watch: watchOf(log) });
  const asker = new ViewAsker({ store: viewStore, source, now: () => clock.now() });
  const timer = new DueTimer({ ledger, store: ledgerStore, clock, entropy: randomness, log });
  const app = await createApp({
    views: VIEWS,
    hosts,
    log,
    adapters: [
      { provide: LedgerStore, useValue: ledgerStore },
      { provide: AllianceLedger, useValue: ledger },
      { provide: ViewStore, useValue: viewStore },
      { provide: Projector, useValue: projector },
      { provide: ViewAsker, useValue: asker },
      { provide: IdentityStore, useValue: identity },
      { provide: Clock, useValue: clock },
      { provide: Randomness, useValue: randomness },
      { provide: DueTimer, useValue: timer },
    ],
  });
  ledger.onAppended((entries) => {
    const [first] = entries;
    if (first) projector.ring(first.alliance, entries);
    bindNamed(identity, entries, log);
  });
  void projector.start();
  timer.start();
  return {
    app,
    identity,
    ledger,
    projector,
    timer,
    close: () => closeAll({ app, ledger, projector, timer }, adapters),
  };
}

/** A person whose ref a mandate, an appointment or an access names belongs to that alliance from then on. */
function bindNamed(identity: IdentityStore, entries: readonly Entry[], log: Log): void {
  const named = entries.flatMap(({ alliance, events }) =>
    events.flatMap(({ data }) => ('personRef' in data ? [{ alliance, ref: data.personRef }] : [])),
  );
  try {
    for (const { alliance, ref } of named) identity.bindNamed(alliance, ref);
  } catch (fault) {
    // The ref is bound when the person acts.
    log.error('a person could not be bound', { stack: String(fault) });
  }
}

async function closeAll(
  { app, ledger, projector, timer }: Pick<Server, 'app' | 'ledger' | 'projector' | 'timer'>,
  adapters: Adapters,
): Promise<void> {
  await app.close();
  await timer.stop();
  await ledger.close();
  await projector.stop();
  await adapters.close();
}

function watchOf(log: Log) {
  const failed = (message: string, alliance: string | undefined, fault: unknown): void => {
    log.error(message, { alliance, stack: fault instanceof Error ? fault.stack : String(fault) });
  };
  return {
    parked: (alliance: string, view: string, { seq, cause }: { readonly seq: number; readonly cause: string }) => {
      log.error('a view stands still', { alliance, view, seq, stack: cause });
    },
    failed: (alliance: string, fault: unknown) => {
      failed('a view could not be moved on', alliance, fault);
    },
    sweepFailed: (fault: unknown) => {
      failed('the sweep of the views failed', undefined, fault);
    },
  };
}
