import type { LedgerStore } from '#ledger';
import { SqliteLedgerStore } from '#ledger-sqlite';
import { storedAlliances, storedBodies, verifyLedger } from '#transparency';
import type { Language } from '#words';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Player } from '../demo/player.js';
import type { Stage } from '../demo/player.js';
import { Programme } from '../demo/render.js';
import { openStage } from '../demo/stage.js';
import type { OpenStage } from '../demo/stage.js';
import { readFacts, readStory } from '../demo/story.js';
import type { Story } from '../demo/story.js';
import { BadUsage, say } from '../subcommand.js';
import type { Subcommand, Terminal } from '../subcommand.js';
import { stopAsked } from '#platform';
import { readOptions } from './words.js';

/** `collegium demo`: plays the story of Silver Geek through the real interface, prints what it came to, stays up. */
export const demoCommand: Subcommand = {
  name: 'demo',
  summary: {
    fr: 'joue l’histoire de Silver Geek sur un vrai serveur',
    en: 'plays the story of Silver Geek on a real server',
  },
  usage: { fr: 'collegium demo [--exit] [--port PORT]', en: 'collegium demo [--exit] [--port PORT]' },
  async run(args, terminal) {
    const { exit, port } = read(args);
    const folder = await mkdtemp(join(tmpdir(), 'collegium-demo-'));
    try {
      const stage = await openStage(folder, port);
      try {
        const player = await playStory(stage, readStory(), terminal);
        await printVerdict(folder, terminal);
        await hint(stage, player, { folder, exit, terminal });
      } finally {
        await stage.server.close();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    return 0;
  },
};

/** Plays a story and prints its programme; gives the player, whose names lead to what was made. */
export async function playStory(stage: Stage, story: Story, terminal: Terminal): Promise<Player> {
  const facts = readFacts();
  const player = new Player(stage, story, facts, (done, all) => {
    terminal.progress(done < all ? `${String(done)}/${String(all)}` : '');
  });
  await player.playAll();
  const programme = new Programme(player, facts, terminal.language);
  for (const line of programme.story()) terminal.out(line);
  for (const line of await programme.register()) terminal.out(line);
  for (const line of await programme.whoBringsWhat()) terminal.out(line);
  for (const line of await programme.statement(story.statementOf)) terminal.out(line);
  say(terminal, {
    fr: '\n* choisi pour l’histoire, non publié.\n  Les faits et leurs sources : apps/standalone/demo/silver-geek.json',
    en: '\n* chosen for the story, not published.\n  The facts and their sources: apps/standalone/demo/silver-geek.json',
  });
  return player;
}

async function printVerdict(folder: string, terminal: Terminal): Promise<void> {
  const store = SqliteLedgerStore.openReadOnly(folder);
  for (const line of await verdictLines(store, terminal.language)) terminal.out(line);
  await store.close();
}

/** What an auditor finds in each ledger of a store, and where it ends. */
export async function verdictLines(store: LedgerStore, language: Language): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const alliance of storedAlliances(store)) {
    const verdict = await verifyLedger(storedBodies(store, alliance), {
      openingsOf: (seq) => store.openings(alliance, seq, seq),
    });
    const { entries, head, fault } = verdict;
    const said = fault
      ? `${fault.word} (seq ${String(fault.seq)}): ${fault.detail}`
      : { fr: 'tout est vérifié', en: 'all holds' }[language];
    const count = `${String(entries)} ${{ fr: 'entrées', en: 'entries' }[language]}`;
    lines.push('', `verify: ${said}; ${count}, head ${String(head?.seq)}:${head?.hash ?? ''}`);
  }
  return lines;
}

async function hint(
  stage: OpenStage,
  player: Player,
  { folder, exit, terminal }: { folder: string; exit: boolean; terminal: Terminal },
): Promise<void> {
  if (exit) return;
  stage.clock.goOn();
  say(terminal, {
    fr: `\nLe serveur répond à ${stage.url()} jusqu’à Ctrl-C. Pour regarder de plus près :`,
    en: `\nThe server answers at ${stage.url()} until Ctrl-C. To look further:`,
  });
  terminal.out(`  npm run -s collegium -- show members --data ${folder} --alliance ${player.alliance}`);
  terminal.out(`  npm run -s collegium -- verify ${folder}`);
  terminal.out(`  npm run -s collegium -- export ${player.alliance} --data ${folder} > silver-geek.ndjson`);
  terminal.out(`  ${stage.url()}/openapi.json`);
  await stopAsked();
}

function read(args: readonly string[]): { exit: boolean; port: number } {
  const options = { exit: { type: 'boolean', default: false }, port: { type: 'string', default: '0' } } as const;
  const { exit, port } = readOptions(args, options);
  if (!/^\d{1,5}$/.test(port)) throw new BadUsage({ fr: '--port : de 0 à 65535', en: '--port: 0 to 65535' });
  return { exit, port: Number(port) };
}
