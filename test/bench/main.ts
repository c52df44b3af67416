import { contribution } from './contribution.js';
import { kafkaVisible } from './distributed/kafka-visible.js';
import { replicas } from './distributed/replicas.js';
import { machine, table } from './figures.js';
import type { Bench, Figure } from './figures.js';
import { command } from './http/command.js';
import { memory } from './http/memory.js';
import { visible } from './http/visible.js';
import { ledger } from './ledger.js';
import { oneAlliance } from './one-alliance.js';
import { relay } from './relay.js';
import { replay } from './replay.js';
import { rounds } from './rounds.js';

// npm run bench [-- <name> …]: each figure beside the raw limit that was taken in the same run (architecture 8).
/** Need real servers, and are taken only when they are named. */
const WITH_SERVERS: readonly Bench[] = [relay, replicas, kafkaVisible];
const BENCHES: readonly Bench[] = [
  ledger,
  oneAlliance,
  command,
  replay,
  visible,
  memory,
  rounds,
  contribution,
  ...WITH_SERVERS,
];

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const names = process.argv.slice(2);
const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
  print(`no figure named ${unknown.join(', ')}; there are: ${BENCHES.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const figures: Figure[] = [];
const start = performance.now();
for (const bench of BENCHES) {
  if (names.length > 0 ? !names.includes(bench.name) : WITH_SERVERS.includes(bench)) continue;
  figures.push(...(await bench.run(print)));
}
const seconds = (performance.now() - start) / 1_000;
print('');
print(`${new Date().toISOString().slice(0, 10)}, ${machine()}`);
print(`npm run bench${names.length > 0 ? ` -- ${names.join(' ')}` : ''} (${seconds.toFixed(0)} s)`);
print('');
print(table(figures));
