import { PROJECTIONS } from '#engine';
import { MongoLedgerStore } from '#ledger-mongo';
import { makeLog, Metrics, openAdminListener, processMetrics } from '#platform';
import type { Configuration, Log, Running } from '#platform';
import { closeAll, projectorWatch, stackOf } from '#server';
import { KafkaDelivery } from '#stream-kafka';
import { Projector, sourceOf } from '#views';
import { MongoViewStore } from '#views-mongo';
import { Subscription } from './subscription.js';

/** Readiness ends when an alliance has been behind for longer (HTTP page 3.2). */
const MAX_LAG_MS = 10_000;

/**
 * Moves the views in MongoDB on. Any number share the alliances through one Kafka group; each also looks at all heads
 * every two seconds and takes up what stands still, so that the views arrive without Kafka too.
 */
export async function startProjector(configuration: Configuration): Promise<Running> {
  const { mongoUri: uri, mongoDatabase: database, logLevel } = configuration;
  const log = makeLog(logLevel);
  const metrics = new Metrics();
  processMetrics(metrics);
  const ledgerStore = await MongoLedgerStore.open({ uri, database });
  const viewStore = await MongoViewStore.open({ uri, database });
  const watch = projectorWatch(log);
  const source = sourceOf(ledgerStore);
  const projector = new Projector({ store: viewStore, source, projections: PROJECTIONS, isShared: true, watch });
  metrics.gauge('projector_lag_seconds', 'Since when the oldest alliance is behind.', () => projector.lagMs() / 1_000);
  void projector.start();
  const subscription = new Subscription({
    open: () => deliveryOf(configuration, log, metrics),
    ring: async (alliance, entries) => {
      projector.ring(alliance, entries);
    },
    failed: (fault) => {
      log.warn('Kafka rings nobody: the ledger is looked at', { stack: stackOf(fault) });
    },
  });
  const checks = {
    ledger: () => ledgerStore.assertReady(),
    views: () => viewStore.assertReady(),
    lag: async () => {
      assertLag(projector.lagMs());
    },
  };
  const { adminHost: host, adminPort: port } = configuration;
  const admin = await openAdminListener({ host, port, metrics, checks });
  log.info('listening', { address: admin.url });
  const parts = [subscription, { close: () => projector.stop() }, admin, viewStore, ledgerStore];
  return { close: () => closeAll(parts) };
}

function deliveryOf({ kafkaBrokers, publicUrl }: Configuration, log: Log, metrics: Metrics): KafkaDelivery {
  const parked = metrics.counter('projector_records_parked_total', 'Records that are no entry of ours, by cause.');
  return new KafkaDelivery({
    settings: {
      brokers: kafkaBrokers,
      clientId: 'collegium-projector',
      said: (line) => {
        log.warn('kafka', { code: line });
      },
    },
    group: 'collegium-projector',
    publicUrl,
    // Whoever runs the process starts it again; the other projectors go on meanwhile.
    gaveUp: () => process.exit(1),
    watch: {
      parked: ({ cause, alliance, offset }) => {
        parked({ cause });
        log.error('a record was not understood', { alliance, code: `${cause} at ${offset}` });
      },
    },
  });
}

function assertLag(lagMs: number): void {
  if (lagMs > MAX_LAG_MS) throw new Error(`${String(Math.round(lagMs / 1_000))} s behind`);
}
