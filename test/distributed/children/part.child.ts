import { PROJECTIONS } from '#engine';
import { MongoLedgerStore } from '#ledger-mongo';
import { MemoryCursorStore, Relay } from '#stream';
import { KafkaDelivery } from '#stream-kafka';
import { Projector, sourceOf } from '#views';
import { MongoViewStore } from '#views-mongo';
import { setTimeout } from 'node:timers/promises';
import type { Asked, PartSettings, Told } from '../testing/parts.js';

// One process of the distributed mode, told by its parent what to be. It ends with its parent, or on SIGTERM.
const settings = JSON.parse(process.argv[2] ?? '') as PartSettings;
const { role, mongo, kafka, group, publicUrl } = settings;
/** Alliances that the api role commands. */
const SITES = 20;

const ledgerStore = await MongoLedgerStore.open(mongo);
const source = sourceOf(ledgerStore);
const gaveUp = (): void => process.exit(3);
const delivery = new KafkaDelivery({ settings: kafka, group, publicUrl, gaveUp });
const count = { acknowledged: 0, failed: 0, slowestMs: 0, fault: '' };
const closing: (() => Promise<void>)[] = [];

if (role === 'relay') {
  const relay = new Relay({ source, delivery, cursors: new MemoryCursorStore() });
  await relay.start();
  closing.push(() => relay.stop());
}
if (role === 'projector') {
  const store = await MongoViewStore.open(mongo);
  const projector = new Projector({
    store,
    source,
    projections: PROJECTIONS,
    isShared: true,
    watch: {
      failed: (_alliance, error) => {
        count.failed += 1;
        count.fault = String(error);
      },
    },
  });
  await delivery.subscribe(async (alliance, entries) => {
    projector.ring(alliance, entries);
  });
  void projector.start();
  closing.push(
    () => projector.stop(),
    () => store.close(),
  );
}

let perSecond = 0;
async function command(): Promise<void> {
  // Only here: it brings the HTTP library along.
  const { declare, ledgerOn, worksite } = await import('../../bench/rules.js');
  const ledger = ledgerOn(ledgerStore);
  const sites = await Promise.all(Array.from({ length: SITES }, () => worksite(ledger)));
  tell({ sites: sites.map(({ alliance }) => alliance) });
  let started = performance.now();
  for (let n = 0; ; n += 1) {
    while (perSecond === 0) {
      await setTimeout(20);
      [n, started] = [0, performance.now()];
    }
    const early = started + (n * 1_000) / perSecond - performance.now();
    if (early > 0) await setTimeout(early);
    const [site] = sites.slice(n % SITES);
    const asked = performance.now();
    if (!site) continue;
    declare(ledger, site).then(
      () => {
        count.acknowledged += 1;
        count.slowestMs = Math.max(count.slowestMs, performance.now() - asked);
      },
      () => (count.failed += 1),
    );
  }
}

function tell(told: Told): void {
  process.send?.(told);
}

process.on('message', (asked: Asked) => {
  if (asked.perSecond !== undefined) perSecond = asked.perSecond;
  tell({ rss: process.memoryUsage().rss, ...count });
});
async function end(): Promise<never> {
  await delivery.close();
  for (const close of closing) await close();
  await ledgerStore.close();
  process.exit(0);
}
process.once('SIGTERM', () => void end());
process.once('disconnect', () => process.exit(0));
tell({ ready: true });
if (role === 'api') await command();
