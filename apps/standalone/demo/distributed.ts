import { SqliteLedgerStore } from '#ledger-sqlite';
import { configurationOfProcess } from '#platform';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerStore } from '#ledger';
import { storedAlliances, storedBodies } from '#transparency';
import { playStory, verdictLines } from '../commands/demo.js';
import type { Terminal } from '../subcommand.js';
import { terminalOfProcess } from '../terminal.js';
import { openDistributedStage } from './distributed-stage.js';
import { openStage } from './stage.js';
import { readStory } from './story.js';

const SEED = 'silver geek';

/**
 * Plays the story of Silver Geek in both modes, from the same seed and by the same clock, and compares what is printed:
 * every line, and the head's hash in the last. Exit code 0 only when nothing differs and every process stopped cleanly.
 */
async function main(): Promise<number> {
  const configuration = configurationOfProcess();
  const terminal = terminalOfProcess(configuration.locale);
  const startedMs = performance.now();
  const { lines, entries, unclean } = await playedDistributed(terminal);
  const distributedMs = performance.now() - startedMs;
  const embedded = await playedEmbedded(terminal);
  const expected = embedded.lines;
  for (const line of lines) terminal.out(line);
  const differing =
    lines.length === expected.length ? lines.findIndex((line, n) => line !== expected[n]) : lines.length;
  for (const fault of unclean) terminal.err(fault);
  terminal.out(`\ndistributed: 2 api, 1 relay, 2 projector; ${String(Math.round(distributedMs))} ms`);
  if (differing < 0 && unclean.length === 0) {
    terminal.out(
      `embedded: the same ${String(lines.length)} lines and ${String(entries.length)} entries, the same head`,
    );
    return 0;
  }
  terminal.err(`line ${String(differing + 1)} differs:`);
  terminal.err(`  distributed: ${lines[differing] ?? '(none)'}`);
  terminal.err(`  embedded:    ${expected[differing] ?? '(none)'}`);
  const entry = entries.findIndex((body, seq) => body !== embedded.entries[seq]);
  if (entry >= 0)
    terminal.err(`entry ${String(entry)}:\n  ${entries[entry] ?? ''}\n  ${embedded.entries[entry] ?? '(none)'}`);
  return 1;
}

async function playedDistributed(terminal: Terminal) {
  const { mongoUri, kafkaBrokers, mongoDatabase } = configurationOfProcess();
  const stage = await openDistributedStage({ mongoUri, kafkaBrokers, mongoDatabase }, SEED);
  const lines: string[] = [];
  let entries: readonly string[] = [];
  let unclean: readonly string[] = [];
  try {
    await playStory(stage, readStory(), collecting(terminal, lines));
    lines.push(...(await verdictLines(stage.ledgerStore, terminal.language)));
    entries = await entriesOf(stage.ledgerStore);
  } finally {
    unclean = await stage.close();
  }
  return { lines, entries, unclean };
}

async function playedEmbedded(terminal: Terminal) {
  const folder = await mkdtemp(join(tmpdir(), 'collegium-demo-'));
  const lines: string[] = [];
  let entries: readonly string[] = [];
  try {
    const stage = await openStage(folder, 0, { seed: SEED });
    try {
      await playStory(stage, readStory(), collecting(terminal, lines));
      const store = SqliteLedgerStore.openReadOnly(folder);
      lines.push(...(await verdictLines(store, terminal.language)));
      entries = await entriesOf(store);
      await store.close();
    } finally {
      await stage.server.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { lines, entries };
}

async function entriesOf(store: LedgerStore): Promise<readonly string[]> {
  const bodies: string[] = [];
  for await (const alliance of storedAlliances(store)) {
    for await (const { body } of storedBodies(store, alliance)) bodies.push(String(body));
  }
  return bodies;
}

/** As a terminal, but what is printed is kept. */
function collecting(terminal: Terminal, lines: string[]): Terminal {
  return { ...terminal, out: (text) => void lines.push(...text.split('\n')) };
}

process.exitCode = await main();
