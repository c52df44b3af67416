import { SqliteLedgerStore } from '#ledger-sqlite';
import { storedAlliances, storedBodies, verifyLedger } from '#transparency';
import type { Verdict } from '#transparency';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playStory } from '../../apps/standalone/commands/demo.js';
import type { Player } from '../../apps/standalone/demo/player.js';
import { openStage } from '../../apps/standalone/demo/stage.js';
import { readStory } from '../../apps/standalone/demo/story.js';
import type { Story } from '../../apps/standalone/demo/story.js';

interface Shown {
  readonly lines: readonly string[];
  readonly player: Player;
  readonly verdict: Verdict | undefined;
}

async function show(story: Story, language: 'fr' | 'en' = 'en'): Promise<Shown> {
  const folder = mkdtempSync(join(tmpdir(), 'collegium-story-'));
  const stage = await openStage(folder, 0, { sqlite: { inThread: true } });
  const lines: string[] = [];
  const terminal = {
    language,
    input: (async function* () {})(),
    out: (line: string) => void lines.push(...line.split('\n')),
    pour: async () => undefined,
    err: () => undefined,
    progress: () => undefined,
  };
  try {
    const player = await playStory(stage, story, terminal);
    const store = SqliteLedgerStore.openReadOnly(folder);
    let verdict: Verdict | undefined;
    for await (const alliance of storedAlliances(store)) {
      verdict = await verifyLedger(storedBodies(store, alliance), {
        openingsOf: (seq) => store.openings(alliance, seq, seq),
      });
    }
    await store.close();
    return { lines, player, verdict };
  } finally {
    await stage.server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The story with one partner's answer in one round changed, and nothing else. */
function withAnswer(round: string, partner: string, answer: Readonly<Record<string, unknown>>): Story {
  const story = readStory();
  const steps = story.steps.map((step) =>
    'round' in step && step.round === round ? { ...step, but: { ...step.but, [partner]: answer } } : step,
  );
  return { ...story, steps };
}

function refusals({ player }: Shown): string[] {
  return player.played.flatMap(({ act, refused }) => (refused === undefined ? [] : [`${act.command} ${refused}`]));
}

describe('the story of Silver Geek, played through the interface', () => {
  let shown: Shown;
  beforeAll(async () => (shown = await show(readStory())), 60_000);

  it('goes as it was told: one refusal, the gift of money without a carrier', () => {
    expect(refusals(shown)).toEqual(['DeclareContribution MONEY_NEEDS_CARRIER']);
    expect(shown.lines.join('\n')).toContain('REFUSED MONEY_NEEDS_CARRIER');
  });

  it('verifies, sealed texts included', () => {
    expect(shown.verdict?.fault).toBeUndefined();
    expect(shown.verdict?.openings).toMatchObject({ missing: 0 });
  });

  it('prints 100 columns at most, and the objection that was integrated', () => {
    expect(shown.lines.filter((line) => line.length > 100)).toEqual([]);
    expect(shown.lines.join('\n')).toContain('round 1: one objection, integrated in the next version');
  });

  it('prints published dates at the precision of their source, and marks its own days', () => {
    const text = shown.lines.join('\n');
    expect(text).toMatch(/^2012 +The collective is formed/m);
    expect(text).toMatch(/^about June 2013 +Territorial diagnosis published/m);
    expect(text).toMatch(/^17 Jan\. 2018 +The collective becomes an association/m);
    expect(text).toMatch(/^2012-04-16\* +Charter signed by the ten/m);
  });

  it('prints every figure as chosen for the story', () => {
    const figures = shown.lines.filter((line) => /\d+\*?\s+\d/.test(line) && /pieces|hours|days/.test(line));
    expect(figures.length).toBeGreaterThan(5);
    expect(figures.filter((line) => /\s\d+(?!\*)(\s|$)/.test(line))).toEqual([]);
  });
});

describe('one answer in the story changed', () => {
  it('one vote against: no unanimity, no decision, no association', async () => {
    const changed = await show(withAnswer('association', 'futurolan', { value: 'against' }));
    expect(refusals(changed)).toEqual(['DeclareContribution MONEY_NEEDS_CARRIER', 'StructureAlliance NOT_FOUND']);
    expect(changed.lines.join('\n')).not.toContain('Devenir une association (structuring)');
    expect(changed.verdict?.fault).toBeUndefined();
  }, 60_000);

  it('one objection to the call: no requests, so no commitment that answers them', async () => {
    const reason = 'Nous ne pouvons pas suivre.';
    const objection = { kind: 'exceeds-our-limits', touches: { sort: 'limit' }, reason };
    const changed = await show(withAnswer('call', 'orange', { value: 'object', reason, objection }));
    expect(refusals(changed)).toContain('MakeCommitment NOT_FOUND');
    expect(changed.verdict?.fault).toBeUndefined();
  }, 60_000);
});

describe('the published facts', () => {
  it('are the copied ones: no field left empty in public sources is filled in', () => {
    const facts = JSON.parse(readFileSync('apps/standalone/demo/silver-geek.json', 'utf8')) as {
      contributions: { quantity: string | null; provider: string | null }[];
      partners: { objective: { fr: string | null } }[];
    };
    expect(facts.contributions.filter(({ quantity }) => quantity === null)).toHaveLength(8);
    expect(facts.contributions.filter(({ provider }) => provider === null)).toHaveLength(3);
    expect(facts.partners.filter(({ objective }) => objective.fr === null)).toHaveLength(6);
  });
});
