import { closing, forming, idOf, ledgerOn } from '#ledger/testing';
import { lockFolder, SqliteLedgerStore } from '../index.js';

// Eight writers on one alliance, each one command after the other, until killed. `>` is given, `<` acknowledged.
const [folder = '', run = ''] = process.argv.slice(2);
const store = await SqliteLedgerStore.open(lockFolder(folder));
const ledger = ledgerOn(store);
const formed = await ledger.execute(undefined, forming('killed'));
if (formed.kind !== 'recorded') throw new Error('not formed');
const { alliance } = formed.entry;

/** Resolves once the line is out, however slowly the other side reads. */
async function say(line: string): Promise<void> {
  await new Promise((resolve) => process.stdout.write(`${line}\n`, resolve));
}

async function write(writer: number): Promise<void> {
  for (let n = 0; ; n++) {
    const commandId = idOf('command', run, writer, n);
    await say(`> ${commandId}`);
    await ledger.execute(alliance, closing(commandId, [idOf('partner', run, writer, n)], { reason: 'why' }));
    await say(`< ${commandId}`);
  }
}
await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(write));
