import { readFileSync } from 'node:fs';

/** One act of the story, before its names are put in: who sends which command when, and what it makes known. */
export interface ActStep {
  readonly at: string;
  /** `facilitator`, `account:<person>`, or a partner whose representative acts under its mandate. */
  readonly as: string;
  readonly command: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly let?: Readonly<Record<string, string>>;
  readonly title?: Titles;
  /** The date of the published fact that this step tells; without it the day is illustrative. */
  readonly fact?: string;
  /** The partner whose representative changes with this act. */
  readonly succeeds?: string;
  readonly quiet?: boolean;
}

export interface Titles {
  readonly fr: string;
  readonly en: string;
}

interface EveryStep {
  readonly at: string;
  readonly every: 'partner';
  readonly title: Titles;
  readonly steps: readonly (Omit<ActStep, 'at'> & { readonly afterHours: number })[];
}

export interface ProposeStep {
  readonly at: string;
  readonly propose: string;
  readonly by: string;
  readonly decisionType: string;
  readonly name: Titles;
  readonly driver: string;
  readonly text: string;
  readonly reviewOn?: string;
  readonly submission?: Readonly<Record<string, unknown>>;
  readonly requests?: readonly unknown[];
  readonly fact?: string;
}

export interface RoundStep {
  readonly at: string;
  readonly round: string;
  readonly days: number;
  readonly default: string;
  readonly but?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface IntegrateStep {
  readonly at: string;
  readonly integrate: string;
  readonly text: string;
  readonly title: Titles;
}

export type StoryStep = ActStep | EveryStep | ProposeStep | RoundStep | IntegrateStep;

export interface Story {
  readonly people: Readonly<Record<string, { readonly name: string }>>;
  readonly statementOf: string;
  readonly steps: readonly StoryStep[];
}

interface Dated {
  readonly date?: string;
  readonly occurredOn?: string;
  readonly precision: Precision;
}
export type Precision = 'day' | 'month' | 'season' | 'year';

/** The published facts, copied with their sources; nothing in them is filled in. */
export interface Facts {
  readonly name: string;
  readonly partners: readonly { readonly id: string; readonly name: string; readonly kind: string }[];
  readonly milestones: readonly Dated[];
  readonly contributions: readonly Dated[];
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as unknown;
}

export function readFacts(): Facts {
  return read('./silver-geek.json') as Facts;
}

export function readStory(): Story {
  return read('./story.json') as Story;
}

/** How precisely a published date may be shown. */
export function precisionOf(facts: Facts, date: string): Precision {
  const fact = [...facts.milestones, ...facts.contributions].find((one) => (one.date ?? one.occurredOn) === date);
  return fact?.precision ?? (date.length === 4 ? 'year' : 'month');
}

/** The acts of a step that every partner does in turn, an hour apart. */
export function everyPartner(step: EveryStep, facts: Facts, story: Story): ActStep[] {
  return facts.partners.flatMap((partner, index) => {
    const fill = (text: string): string =>
      text
        .replace('{id}', partner.id)
        .replace('{name}', partner.name)
        .replace('{kind}', partner.kind)
        .replace('{person}', story.people[partner.id]?.name ?? '');
    const start = Date.parse(step.at) + index * 60_000;
    return step.steps.map((act, place) => ({
      ...(JSON.parse(JSON.stringify(act), (_key, value: unknown) =>
        typeof value === 'string' ? fill(value) : value,
      ) as typeof act),
      let: Object.fromEntries(Object.entries(act.let ?? {}).map(([name, field]) => [fill(name), field])),
      at: new Date(start + act.afterHours * 3_600_000).toISOString(),
      title: step.title,
      quiet: index > 0 || place > 0,
    }));
  });
}
