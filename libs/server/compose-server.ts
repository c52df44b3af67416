import { EMPTY_STATE, foldEntry, VIEWS } from '#engine';
import type { State } from '#engine';
import { Clock, createApp, DueTimer, Randomness } from '#http';
import type { AppOptions } from '#http';
import { IdentityStore } from '#identity';
import { AllianceLedger, LedgerStore } from '#ledger';
import type { Entry } from '#ledger';
import type { Log } from '#platform';
import { sourceOf, ViewAsker, ViewProgress, ViewStore } from '#views';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ForkWatch } from './fork-watch.js';
import { keepHeapSmall } from './heap.js';

/** Requests that have not ended by then, because their callers send or read no more, are cut (a stop has five seconds). */
const CUT_REQUESTS_AFTER_MS = 3_000;

/** The ports that a server of alliances rests on. */
export interface ServerPorts {
  readonly ledgerStore: LedgerStore;
  readonly viewStore: ViewStore;
  readonly identity: IdentityStore;
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** Whoever moves the views on, asked how far they are. */
  readonly progress: ViewProgress;
}

export interface ServerOptions extends Pick<AppOptions, 'log' | 'hosts' | 'assertReady' | 'answered'> {
  /** Other processes append to the same ledgers. */
  readonly isShared?: boolean;
}

/** A server of alliances, composed; it listens to nothing yet, and its timer does not run. */
export interface ComposedServer {
  readonly app: NestFastifyApplication;
  readonly ledger: AllianceLedger<State>;
  readonly timer: DueTimer;
  /** Takes no new request and ends what is under way. The ports stay open. */
  close(): Promise<void>;
}

/** Binds every port to its adapter, in this one list: the same server in both modes. */
export async function composeServer(ports: ServerPorts, options: ServerOptions): Promise<ComposedServer> {
  keepHeapSmall();
  const { ledgerStore, viewStore, identity, clock, randomness, progress } = ports;
  const { log, isShared = false, ...more } = options;
  const ledger = new AllianceLedger<State>(ledgerStore, { initial: EMPTY_STATE, foldEntry }, { entropy: randomness });
  const asker = new ViewAsker({ store: viewStore, source: sourceOf(ledgerStore), now: () => clock.now() });
  const timer = new DueTimer({ ledger, store: ledgerStore, clock, entropy: randomness, log, isShared });
  const app = await createApp({
    ...more,
    views: VIEWS,
    log,
    adapters: [
      { provide: LedgerStore, useValue: ledgerStore },
      { provide: AllianceLedger, useValue: ledger },
      { provide: ViewStore, useValue: viewStore },
      { provide: ViewProgress, useValue: progress },
      { provide: ViewAsker, useValue: asker },
      { provide: IdentityStore, useValue: identity },
      { provide: Clock, useValue: clock },
      { provide: Randomness, useValue: randomness },
      { provide: DueTimer, useValue: timer },
    ],
  });
  const forks = new ForkWatch(viewStore, ledger, log);
  await forks.start();
  ledger.onAppended((entries) => {
    void bindNamed(identity, entries, log);
  });
  const close = async (): Promise<void> => {
    await closeApp(app);
    await forks.stop();
    await timer.stop();
    await ledger.close();
  };
  return { app, ledger, timer, close };
}

/** Takes no new request and waits for those under way, but for none whose caller has gone silent. */
async function closeApp(app: NestFastifyApplication): Promise<void> {
  const cut = setTimeout(() => {
    app.getHttpServer().closeAllConnections();
  }, CUT_REQUESTS_AFTER_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}

/** A person whose ref a mandate, an appointment or an access names belongs to that alliance from then on. */
async function bindNamed(identity: IdentityStore, entries: readonly Entry[], log: Log): Promise<void> {
  const named = entries.flatMap(({ alliance, events }) =>
    events.flatMap(({ data }) => ('personRef' in data ? [{ alliance, ref: data.personRef }] : [])),
  );
  try {
    for (const { alliance, ref } of named) await identity.bindNamed(alliance, ref);
  } catch (fault) {
    // The ref is bound when the person acts.
    log.error('a person could not be bound', { stack: String(fault) });
  }
}
