import { closing, forming, idOf, ledgerOn } from '#ledger/testing';
import { lockFolder, SqliteLedgerStore } from '../index.js';

// Forms an alliance, then records one command of five events with five sealed texts, and dies after statement `last`.
const [folder = '', last = '0'] = process.argv.slice(2);
let armed = false;
const afterStatement = (count: number): void => {
  if (armed && count === Number(last)) process.kill(process.pid, 'SIGKILL');
};
const store = await SqliteLedgerStore.open(lockFolder(folder), { inThread: true, hooks: { afterStatement } });
const ledger = ledgerOn(store);
const formed = await ledger.execute(undefined, forming('five'));
if (formed.kind !== 'recorded') throw new Error('not formed');
armed = true;
const partners = [1, 2, 3, 4, 5].map((n) => idOf('partner', n));
await ledger.execute(formed.entry.alliance, closing(idOf('five'), partners, { reason: 'why' }));
await store.close();
