import { MongoLedgerStore } from '#ledger-mongo';
import { makeLog, Metrics, openAdminListener, processMetrics, Rounds } from '#platform';
import type { Configuration, Log, Running } from '#platform';
import { closeAll, stackOf } from '#server';
import { Relay } from '#stream';
import type { RelayWatch } from '#stream';
import { KafkaDelivery } from '#stream-kafka';
import { MongoCursorStore } from '#stream-mongo';
import { sourceOf } from '#views';
import { setTimeout } from 'node:timers/promises';

/** A stop has five seconds. */
const CUT_SENDS_AFTER_MS = 2_000;

/** How often the next documents are looked at for what dead writers have left. */
const LOST_EVERY_MS = 60_000;

/**
 * Sends every entry of every ledger to Kafka. One is enough; two send doubles and lose nothing. Beside it, clears away
 * what writers that died have left in the store.
 */
export async function startRelay(configuration: Configuration): Promise<Running> {
  const { mongoUri: uri, mongoDatabase: database, kafkaBrokers, publicUrl, logLevel } = configuration;
  const log = makeLog(logLevel);
  const metrics = new Metrics();
  processMetrics(metrics);
  const ledgerStore = await MongoLedgerStore.open({ uri, database });
  const cursors = await MongoCursorStore.open({ uri, database });
  const replaced = metrics.counter('relay_producers_replaced_total', 'Sends that were rejected and repeated.');
  const delivery = new KafkaDelivery({
    settings: {
      brokers: kafkaBrokers,
      clientId: 'collegium-relay',
      said: (line) => {
        log.warn('kafka', { code: line });
      },
    },
    group: 'collegium-relay',
    publicUrl,
    gaveUp: () => process.exit(1),
    watch: {
      producerReplaced: () => {
        replaced();
      },
    },
  });
  const relay = new Relay({ source: sourceOf(ledgerStore), delivery, cursors, watch: watchOf(log, metrics) });
  const rings = ledgerStore.onInserted(
    (alliance) => {
      relay.ring(alliance);
    },
    (fault) => {
      log.warn('no change stream: sweeps alone find new entries', { stack: stackOf(fault) });
    },
  );
  void relay.start();
  const dropped = metrics.counter(
    'ledger_lost_openings_total',
    'What dead writers left beside entries that never came.',
  );
  const rounds = new Rounds(
    LOST_EVERY_MS,
    async () => {
      dropped({}, await ledgerStore.dropLostOpenings());
    },
    (fault) => {
      log.warn('what dead writers left was not looked for', { stack: stackOf(fault) });
    },
  );
  const { adminHost: host, adminPort: port } = configuration;
  const checks = { ledger: () => ledgerStore.assertReady() };
  const admin = await openAdminListener({ host, port, metrics, checks });
  log.info('listening', { address: admin.url });
  const parts = [{ close: rings }, rounds, { close: () => stopped(relay, delivery) }, admin, cursors, ledgerStore];
  return { close: () => closeAll(parts) };
}

/**
 * A send that is under way may end; one that Kafka holds up is cut with the delivery, and what was not acknowledged is
 * sent again by the next process.
 */
async function stopped(relay: Relay, delivery: KafkaDelivery): Promise<void> {
  const ended = relay.stop();
  const inTime = new AbortController();
  await Promise.race([ended, setTimeout(CUT_SENDS_AFTER_MS, undefined, { signal: inTime.signal })]);
  inTime.abort();
  await delivery.close();
  await ended;
}

function watchOf(log: Log, metrics: Metrics): RelayWatch {
  const sent = metrics.counter('relay_entries_sent_total', 'Entries that Kafka has acknowledged.');
  const failed = metrics.counter('relay_failures_total', 'Turns that ended with an error.');
  return {
    sent: (entries) => {
      sent({}, entries.length);
    },
    failed: (alliance, fault) => {
      failed({ part: 'turn' });
      log.error('entries were not sent', { alliance, stack: stackOf(fault) });
    },
    sweepFailed: (fault) => {
      failed({ part: 'sweep' });
      log.error('the sweep of the relay failed', { stack: stackOf(fault) });
    },
  };
}
