import { readLedger } from '#ledger';
import { closing, formed, idOf, ledgerOn } from '#ledger/testing';
import { rmSync } from 'node:fs';
import { FolderInUse, lockFolder, SqliteLedgerStore } from './index.js';
import { linesOf, startChild } from './testing/children.js';
import { temporaryFolder } from './testing/index.js';

const IS_DEEP = process.env['DEEP'] === '1';
const KILLS = IS_DEEP ? 30 : 3;
const MIN_IN_FLIGHT = IS_DEEP ? 25 : 1;
/** BEGIN, the entry, five openings, COMMIT; what the head is the writer knows since it stored it. */
const STATEMENTS = 8;

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Opens the folder that a killed process left, looks, and closes. */
async function afterwards<T>(look: (store: SqliteLedgerStore) => Promise<T>): Promise<T> {
  const lock = lockFolder(folder);
  const store = await SqliteLedgerStore.open(lock, { inThread: true });
  try {
    return await look(store);
  } finally {
    await store.close();
    lock.release();
  }
}

async function fiveEvents(last: number): Promise<{ signal: string | null; events: number; openings: number }> {
  const { signal } = await linesOf(startChild('five-events.child', folder, String(last)), () => undefined);
  return await afterwards(async (store) => {
    const [head] = await store.alliances(undefined, 1);
    if (!head) throw new Error('nothing formed');
    let events = 0;
    for await (const entry of readLedger(store, head.alliance)) if (entry.seq === 1) events += entry.events.length;
    return { signal, events, openings: (await store.openings(head.alliance, 1, 1)).length };
  });
}

describe('a process killed between two statements of a command of five events', () => {
  it.each(Array.from({ length: STATEMENTS }, (_, index) => index + 1))(
    'leaves all or nothing: after statement %i',
    async (last) => {
      const all = last === STATEMENTS ? 5 : 0;
      expect(await fiveEvents(last)).toEqual({ signal: 'SIGKILL', events: all, openings: all });
    },
  );

  it('has no statement behind the last one', async () => {
    expect(await fiveEvents(STATEMENTS + 1)).toEqual({ signal: null, events: 5, openings: 5 });
  });
});

/** Starts eight writers, kills them once `enough` commands are acknowledged; what was given and what acknowledged. */
async function killedUnderLoad(
  run: number,
  enough: number,
): Promise<{ given: Set<string>; acknowledged: Set<string> }> {
  const child = startChild('eight-writers.child', folder, String(run));
  const given = new Set<string>();
  const acknowledged = new Set<string>();
  const { signal, errors } = await linesOf(child, (line) => {
    (line.startsWith('>') ? given : acknowledged).add(line.slice(2));
    if (acknowledged.size === enough) child.kill('SIGKILL');
  });
  if (signal !== 'SIGKILL') throw new Error(`not killed: ${errors}`);
  return { given, acknowledged };
}

it(`kill -9 under eight writers, ${String(KILLS)} times: nothing acknowledged is lost, the chain is whole`, async () => {
  let runsInFlight = 0;
  const everAcknowledged = new Set<string>();
  for (let run = 0; run < KILLS; run++) {
    const { given, acknowledged } = await killedUnderLoad(run, 50 + 37 * run);
    if (given.size > acknowledged.size) runsInFlight += 1;
    for (const command of acknowledged) everAcknowledged.add(command);
    const recorded = await afterwards(async (store) => {
      const commands: string[] = [];
      const alliance = (await store.alliances(undefined, 1))[0]?.alliance ?? idOf('none');
      for await (const entry of readLedger(store, alliance)) commands.push(entry.commandId);
      return commands;
    });
    const distinct = new Set<string>(recorded);
    expect(distinct.size).toBe(recorded.length);
    expect([...everAcknowledged].filter((command) => !distinct.has(command))).toEqual([]);
  }
  expect(runsInFlight).toBeGreaterThanOrEqual(MIN_IN_FLIGHT);
}, 120_000);

it('a second process is refused while the first one runs, and let in once it is killed', async () => {
  const child = startChild('eight-writers.child', folder, 'lock');
  let refused: unknown;
  await linesOf(child, () => {
    if (refused) return;
    try {
      lockFolder(folder);
    } catch (error) {
      refused = error;
    }
    child.kill('SIGKILL');
  });
  expect(refused).toBeInstanceOf(FolderInUse);
  expect(refused).toMatchObject({ code: 'FOLDER_IN_USE' });
  lockFolder(folder).release();
});

it('no answer leaves, and nothing is read, before the commit', async () => {
  const commit = Promise.withResolvers<undefined>();
  const reached = Promise.withResolvers<undefined>();
  let hold = false;
  const beforeCommit = async () => {
    if (!hold) return;
    reached.resolve(undefined);
    await commit.promise;
  };
  const lock = lockFolder(folder);
  const store = await SqliteLedgerStore.open(lock, { inThread: true, hooks: { beforeCommit } });
  const ledger = ledgerOn(store);
  const alliance = await formed(ledger);
  hold = true;
  let answered = 0;
  const answers = [1, 2, 3].map(async (n) => {
    await ledger.execute(alliance, closing(idOf('held', n), [idOf('partner', n)]));
    answered += 1;
  });
  await reached.promise;
  for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
  expect([answered, (await store.head(alliance))?.seq]).toEqual([0, 0]);
  commit.resolve(undefined);
  await Promise.all(answers);
  expect([answered, (await store.head(alliance))?.seq]).toEqual([3, 3]);
  await store.close();
  lock.release();
});
