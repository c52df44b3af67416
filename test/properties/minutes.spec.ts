import { contextOf, events } from '#contracts';
import type { DomainEvent, EventType, Outcome } from '#contracts';
import { WITH_ROUNDS } from '#deliberation/testing';
import { minutesView, proposalMinutesView } from '#engine';
import type { Id } from '#kernel';
import { minutes, toHtml, toMarkdown, typeset, withTextsOf } from '#paper';
import type { Page } from '#paper';
import { foldAsOf } from '#views';
import type { AsOf, Readers } from '#views';
import { labelOf, resultSentence } from '#words';
import type { Language } from '#words';
import { Walk } from './walk.js';
import type { World } from './world.js';

const WALKS = process.env['DEEP'] === '1' ? 200 : 60;
const TYPES = new Set((Object.keys(events) as EventType[]).filter((type) => contextOf(type) === 'deliberation'));
const HASH = /[A-Za-z0-9+/]{43}=/g;

interface Placed {
  readonly seq: number;
  readonly event: DomainEvent;
}

/** The things that belong to a decision or proposal, found by reading the ledger from end to end until nothing is new. */
class Concern {
  private readonly ids = new Set<unknown>();

  constructor(
    private readonly ledger: readonly Placed[],
    private readonly about: Id,
  ) {
    this.ids.add(about);
    for (let size = 0; size < this.ids.size;) {
      size = this.ids.size;
      for (const { event } of ledger) this.learn(event);
    }
  }

  private learn({ type, data }: DomainEvent): void {
    if (type === 'DecisionAdopted' && data.decisionId === this.about) this.ids.add(data.proposalId);
    if (type === 'RoundOpened' && this.ids.has(data.proposalId)) this.ids.add(data.roundId);
    if (type === 'AmendmentSubmitted' && this.ids.has(data.proposalId)) this.ids.add(data.amendmentId);
    if (type === 'AdviceRequested' && this.ids.has(data.proposalId)) this.ids.add(data.adviceId);
    if (!('roundId' in data) || !this.ids.has(data.roundId)) return;
    const named = data as Readonly<Record<string, unknown>>;
    for (const name of ['positionId', 'objectionId', 'proxyId'])
      if (named[name] !== undefined) this.ids.add(named[name]);
  }

  get events(): readonly Placed[] {
    return this.ledger.filter(({ event }) => this.isConcerned(event) || this.isItsAct(event));
  }

  private isConcerned({ type, data }: DomainEvent): boolean {
    if (!TYPES.has(type)) return false;
    // The same proxy may serve in other rounds.
    if ('roundId' in data && data.roundId !== undefined && type !== 'DecisionReviewed')
      return this.ids.has(data.roundId);
    const named = data as Readonly<Record<string, unknown>>;
    return Object.entries(named).some(([name, value]) => NAMES.has(name) && this.ids.has(value));
  }

  /** What delegates signed stands in the entry of its decision. */
  private isItsAct({ type, data }: DomainEvent): boolean {
    const adopted = this.ledger.find(
      ({ event }) => event.type === 'DecisionAdopted' && event.data.decisionId === this.about,
    );
    const enabling = adopted?.event.type === 'DecisionAdopted' ? adopted.event.data.enablingId : undefined;
    const isHere = this.ledger.some(({ seq, event }) => seq === adopted?.seq && event.data === data);
    return type === 'DelegatedDecisionTaken' && data.enablingId === enabling && isHere;
  }
}

const NAMES = new Set([
  ...['proposalId', 'newProposalId', 'roundId', 'positionId', 'objectionId', 'amendmentId', 'adviceId', 'proxyId'],
  ...['decisionId', 'byDecisionId', 'byObjectionId', 'enablingId', 'reviewOf'],
]);

/** The rows behind minutes, folded once for all pages of a ledger. */
async function pagesOf({ entries }: World) {
  const asOf: AsOf = { trueOn: '2199-01-01', knownAt: entries.length - 1, timeZone: 'Europe/Paris' };
  const folded = await foldAsOf(minutesView.projections, entries, asOf);
  const readers = (({ name }: { readonly name: string }) => folded.get(name)) as unknown as Readers;
  return async (asked: NonNullable<ReturnType<typeof askedOf>>, language: Language): Promise<Page> => {
    const answer = await asked.ask(readers, asOf);
    const { data, isWhole } = await withTextsOf(answer, (seq) => entries[seq]?.openings ?? []);
    if (!data.minutes) throw new Error('nothing is told');
    return minutes({ ...data.minutes, isWhole, knownAt: asOf.knownAt }, language);
  };
}

/** The rows of the chronology, as `seq` and the name of what happened. */
function rowsOf(markdown: string): ReadonlySet<string> {
  const [, chronology = ''] = markdown.split(/\n## (?:Chronologie|Chronology)\n/);
  const rows = [...chronology.matchAll(/^\| (\d+) \| [^|]+ \| [^|]+ \| ([^|:]+?)(?:\u00a0?:| \|)/gm)];
  return new Set(rows.map(([, seq = '', what = '']) => `${seq} ${what.trim()}`));
}

/** Entries named in the sections before it, each where what happened in them matters. */
function seqsOf(markdown: string): ReadonlySet<number> {
  const [sections = ''] = markdown.split(/\n## (?:Chronologie|Chronology)\n/);
  return new Set([...sections.matchAll(/\bseq (\d+)/g)].map(([, seq]) => Number(seq)));
}

describe('minutes of any decision and proposal', () => {
  const told = new Set<EventType>();
  const cells = new Set<string>();
  const worlds: World[] = [];

  beforeAll(async () => {
    for (let seed = 1; seed <= WALKS; seed++) worlds.push(await new Walk(seed).run(200));
  }, 600_000);

  /** Each event has its row in the chronology and its place in a section; each outcome is told in its sentence. */
  function isTold(concerned: readonly Placed[], page: Page): void {
    const [markdown, { language }] = [toMarkdown(page), page];
    const [rows, seqs] = [rowsOf(markdown), seqsOf(markdown)];
    const isMissing = ({ seq, event: { type } }: Placed): boolean =>
      !rows.has(`${String(seq)} ${labelOf('event', type, language)}`) || !seqs.has(seq);
    expect(concerned.filter(isMissing).map(({ seq, event }) => [seq, event.type])).toEqual([]);
    for (const outcome of concerned.flatMap(({ event }) => outcomeOf(event) ?? []))
      expect(markdown).toContain(typeset(resultSentence(outcome, language), language));
    for (const as of concerned.flatMap(({ event }) => countsAsOf(event, concerned)))
      expect(markdown).toContain(`, ${labelOf('countsAs', as, language)}`);
    expect(toHtml(page).replaceAll(HASH, '')).not.toMatch(/undefined|NaN|\[object|>\d+\/\d+\/[a-zA-Z]+</);
  }

  it('tell every event that concerns it, in both languages', async () => {
    for (const world of worlds) {
      const pageOf = await pagesOf(world);
      const ledger = world.entries.flatMap(({ seq, events: recorded }) => recorded.map((event) => ({ seq, event })));
      for (const asked of ledger.flatMap(({ event }) => askedOf(event) ?? [])) {
        const concerned = new Concern(ledger, asked.id).events;
        for (const language of ['fr', 'en'] as const) isTold(concerned, await pageOf(asked, language));
        for (const { event } of concerned) told.add(event.type);
        for (const cell of concerned.flatMap(({ event }) => cellsOf(event))) cells.add(cell);
      }
    }
  }, 600_000);

  it('met every method adopted and not, and both that have no round', () => {
    const wanted = WITH_ROUNDS.flatMap((method) => [`${method} yes`, `${method} no`]);
    expect([...wanted, 'advice yes', 'mandated yes'].filter((cell) => !cells.has(cell))).toEqual([]);
  });

  it('met every event of deliberation that there is', () => {
    expect([...TYPES].filter((type) => !told.has(type))).toEqual([]);
  });
});

function outcomeOf({ type, data }: DomainEvent): Outcome | undefined {
  return type === 'RoundClosed' || type === 'RoundReevaluated' ? data.outcome : undefined;
}

/** What an agreement counts as once its ratification was refused: an objection under consent, else an abstention. */
function countsAsOf({ type, data }: DomainEvent, all: readonly Placed[]): readonly string[] {
  if (type !== 'RoundReevaluated' || data.cause === 'contested') return [];
  const opened = all.find(({ event }) => event.type === 'RoundOpened' && event.data.roundId === data.roundId);
  if (opened?.event.type !== 'RoundOpened' || !data.outcome.counted.includes(data.positionId)) return [];
  return [['consent', 'silent-consent'].includes(opened.event.data.policy.method) ? 'object' : 'abstain'];
}

/** The method that an event is of, with whether it came to something. */
function cellsOf({ type, data }: DomainEvent): readonly string[] {
  if (type === 'DecisionAdopted') return [`${data.method} yes`];
  if (type !== 'RoundClosed') return [];
  const { result, appliedMethod } = data.outcome;
  return [`${appliedMethod} ${result === 'adopted' || result === 'selected' ? 'yes' : 'no'}`];
}

function askedOf({ type, data }: DomainEvent) {
  if (type === 'DecisionAdopted') {
    const { decisionId } = data;
    return { id: decisionId, ask: (readers: Readers, asOf: AsOf) => minutesView.answer(readers, { decisionId }, asOf) };
  }
  if (type !== 'ProposalDrafted') return undefined;
  const { proposalId } = data;
  return {
    id: proposalId,
    ask: (readers: Readers, asOf: AsOf) => proposalMinutesView.answer(readers, { proposalId }, asOf),
  };
}
