import { readLedger } from '#ledger';
import { lockFolder, SqliteLedgerStore } from '#ledger-sqlite';
import { atLeast, median, whole } from './figures.js';
import type { Bench } from './figures.js';
import { inFolder } from './folder.js';
import { declare, ledgerOn, worksite } from './rules.js';

const WRITERS = 64;
const COMMANDS = 6_000;
const ROUNDS = 3;
const LEAST_PER_SECOND = 2_000;
/** Entries of a worksite before its first objective. */
const FORMING = 3;

/** Real commands under the real rules, all on one alliance: nothing is won by doing alliances side by side. */
export const oneAlliance: Bench = {
  name: 'one-alliance',
  async run(print) {
    const rates: number[] = [];
    for (let round = 0; round < ROUNDS; round++) rates.push(await inFolder(writersOn));
    print(`one alliance: ${rates.map(whole).join(', ')} commands/s; no gap, no lost answer`);
    const what = `one alliance, ${String(WRITERS)} writers, DeclarePartnerObjective under its rules`;
    return [atLeast(what, median(rates), LEAST_PER_SECOND, 'commands/s')];
  },
};

async function writersOn(folder: string): Promise<number> {
  const lock = lockFolder(folder);
  const store = await SqliteLedgerStore.open(lock);
  const ledger = ledgerOn(store);
  const site = await worksite(ledger);
  const answered = new Set<number>();
  let given = 0;
  const writer = async () => {
    while (given++ < COMMANDS) answered.add((await declare(ledger, site)).seq);
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: WRITERS }, writer));
  const perSecond = (COMMANDS * 1_000) / (performance.now() - start);
  let stored = 0;
  // The reader throws at a gap and at a broken chain.
  for await (const { seq } of readLedger(store, site.alliance)) if (seq >= FORMING && answered.has(seq)) stored++;
  if (answered.size !== COMMANDS || stored !== COMMANDS) throw new Error(`${String(stored)} of ${String(COMMANDS)}`);
  await store.close();
  lock.release();
  return perSecond;
}
