import { createHash } from 'node:crypto';
import { everyPartner } from './story.js';
import type { ActStep, Facts, IntegrateStep, ProposeStep, RoundStep, Story, StoryStep } from './story.js';

/** The server that the story is played against, through its real interface; the story's clock is moved beside it. */
export interface Stage {
  /** Where the next request goes; servers of one system may take turns. */
  url(): string;
  /** Moves the story's clock, then lets the server's own timer run. */
  moveTo(at: string): Promise<void>;
  /** Makes accounts and tokens of people who appear for the first time. */
  meet(people: readonly string[]): Promise<void>;
  /** The token of a person who was met. */
  token(person: string): string;
  /** The person's reference, as a mandate names it. */
  personRef(person: string): string;
}

/** What one act came to. */
export interface Played {
  readonly at: string;
  readonly act: ActStep;
  readonly refused?: string;
  readonly detail?: string;
}

interface RecordedEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}
interface EntriesPage {
  readonly items: readonly { readonly seq: number; readonly body: string }[];
}
interface Answer {
  readonly alliance?: string;
  readonly seq?: number;
  readonly code?: string;
  readonly title?: string;
  readonly events?: readonly RecordedEvent[];
}

const HOUR_MS = 3_600_000;
const COORDINATION = 'coordination';

/** Plays a story act by act. A refusal is part of the story: it is kept, and the story goes on. */
export class Player {
  readonly played: Played[] = [];
  readonly names = new Map<string, string>();
  alliance = '';
  private readonly holders = new Map<string, string>();
  private acts = 0;
  private lastSeq = -1;

  constructor(
    private readonly stage: Stage,
    private readonly story: Story,
    private readonly facts: Facts,
    private readonly onStep: (done: number, all: number) => void = () => undefined,
  ) {}

  async playAll(): Promise<void> {
    for (const [index, step] of this.story.steps.entries()) {
      await this.playStep(step);
      this.onStep(index + 1, this.story.steps.length);
    }
  }

  /** A read under the facilitator's login. */
  async get(path: string): Promise<unknown> {
    await this.stage.meet([COORDINATION]);
    const answer = await fetch(`${this.stage.url()}/v1/alliances/${this.alliance}${path}`, {
      headers: {
        authorization: `Bearer ${this.stage.token(COORDINATION)}`,
        'x-min-seq': String(Math.max(0, this.lastSeq)),
      },
    });
    return answer.json();
  }

  /** The published date that a proposal of the story tells, if it tells one. */
  factOf(proposal: string): string | undefined {
    return this.story.steps.find((one): one is ProposeStep => 'propose' in one && one.propose === proposal)?.fact;
  }

  private async playStep(step: StoryStep): Promise<void> {
    if ('every' in step) for (const act of everyPartner(step, this.facts, this.story)) await this.act(act);
    else if ('propose' in step) await this.propose(step);
    else if ('round' in step) await this.round(step);
    else if ('integrate' in step) await this.integrate(step);
    else await this.act(step);
  }

  private async propose(step: ProposeStep): Promise<void> {
    const { at, by, name, fact } = step;
    const shared = { at, as: by, title: name, ...(fact === undefined ? {} : { fact }) };
    const draft = { decisionType: step.decisionType, title: name.fr, driver: step.driver };
    await this.act({
      ...shared,
      command: 'DraftProposal',
      arguments: draft,
      let: { [step.propose]: 'proposalId' },
      quiet: true,
    });
    const proposalId = `$${step.propose}`;
    const dates = step.reviewOn === undefined ? {} : { reviewOn: step.reviewOn };
    const submission = { proposalId, text: step.text, requests: step.requests ?? [], ...dates, ...step.submission };
    const submitted = await this.act({ ...shared, command: 'SubmitProposal', arguments: submission });
    const version = submitted?.events?.find(({ type }) => type === 'ProposalVersioned');
    const requests = (version?.data['requests'] ?? []) as readonly { readonly requestId: string }[];
    requests.forEach(({ requestId }, index) =>
      this.names.set(`${step.propose}-request-${String(index + 1)}`, requestId),
    );
  }

  private async round(step: RoundStep): Promise<void> {
    const start = Date.parse(step.at);
    const closesAt = new Date(start + step.days * 24 * HOUR_MS).toISOString();
    const open = { proposalId: `$${step.round}`, closesAt };
    const round = `${step.round}-round`;
    await this.act({
      at: step.at,
      as: 'facilitator',
      command: 'OpenRound',
      arguments: open,
      let: { [round]: 'roundId' },
      quiet: true,
    });
    for (const [index, { id }] of this.facts.partners.entries()) {
      const at = new Date(start + (index + 1) * HOUR_MS).toISOString();
      const answer = { value: step.default, ...step.but?.[id] };
      const args = { roundId: `$${round}`, ...answer };
      const taken = await this.act({ at, as: id, command: 'TakePosition', arguments: args, quiet: true });
      const raised = taken?.events?.find(({ type }) => type === 'ObjectionRaised');
      if (raised) this.names.set(`${step.round}-objection`, String(raised.data['objectionId']));
      if (raised) this.names.set(`${step.round}-objector`, id);
    }
    // All have answered: the round closes when the hours that it must stay open have passed.
    await this.stage.moveTo(new Date(start + 49 * HOUR_MS).toISOString());
    await this.learnDecision(step.round);
  }

  /** Reads the new entries, as any partner may, for the decision that the round's closing brought. */
  private async learnDecision(key: string): Promise<void> {
    const page = await this.get(`/entries?limit=200&after=${String(this.lastSeq)}`);
    for (const { body, seq } of (page as EntriesPage).items) {
      this.lastSeq = Math.max(this.lastSeq, seq);
      const { events } = JSON.parse(body) as { readonly events: readonly RecordedEvent[] };
      const adopted = events.find(({ type }) => type === 'DecisionAdopted');
      if (adopted) this.names.set(`${key}-decision`, String(adopted.data['decisionId']));
    }
  }

  private async integrate(step: IntegrateStep): Promise<void> {
    const { at, integrate: key, text, title } = step;
    const proposalId = `$${key}`;
    const objectionId = `$${key}-objection`;
    const sponsor =
      this.story.steps.find((one): one is ProposeStep => 'propose' in one && one.propose === key)?.by ?? '';
    const objector = this.names.get(`${key}-objector`) ?? sponsor;
    const revised = { proposalId, text, integrates: [objectionId], requests: [] };
    await this.act({ at, as: sponsor, command: 'ReviseProposal', arguments: revised, title });
    await this.act({
      at,
      as: objector,
      command: 'ConfirmResolution',
      arguments: { objectionId, side: 'objector' },
      quiet: true,
    });
    await this.act({
      at,
      as: sponsor,
      command: 'ConfirmResolution',
      arguments: { objectionId, side: 'sponsor' },
      quiet: true,
    });
  }

  private async act(act: ActStep): Promise<Answer | undefined> {
    await this.stage.meet([this.login(act.as).person, ...personsIn(act.arguments)]);
    await this.stage.moveTo(act.at);
    const missing = this.unbound(act.arguments);
    if (missing !== undefined) {
      this.played.push({ at: act.at, act, refused: 'NOT_FOUND', detail: missing });
      return undefined;
    }
    const answer = await this.send(act);
    if (answer.code !== undefined)
      this.played.push({ at: act.at, act, refused: answer.code, detail: answer.title ?? '' });
    else this.accept(act, answer);
    return answer;
  }

  private accept(act: ActStep, answer: Answer): void {
    this.played.push({ at: act.at, act });
    this.alliance ||= answer.alliance ?? '';
    this.lastSeq = Math.max(this.lastSeq, answer.seq ?? -1);
    for (const [name, field] of Object.entries(act.let ?? {})) {
      const value = answer.events?.map(({ data }) => data[field]).find(isNameable);
      if (value !== undefined) this.names.set(name, String(value));
    }
    if (act.succeeds !== undefined) this.holders.set(act.succeeds, `${act.succeeds}-2`);
  }

  private async send(act: ActStep): Promise<Answer> {
    const { person, actingAs } = this.login(act.as);
    const forming = act.command === 'FormAlliance';
    const args = this.bound(act.arguments);
    const response = await fetch(`${this.stage.url()}/v1/alliances${forming ? '' : `/${this.alliance}/commands`}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${this.stage.token(person)}`,
        'idempotency-key': `act-${String(++this.acts)}`,
        ...(actingAs === undefined ? {} : { 'acting-as': actingAs }),
      },
      body: JSON.stringify(forming ? args : { name: act.command, arguments: args }),
    });
    return (await response.json()) as Answer;
  }

  private login(as: string): { person: string; actingAs?: string } {
    if (as.startsWith('account:')) return { person: as.slice('account:'.length) };
    if (as === 'facilitator')
      return { person: COORDINATION, actingAs: `facilitator/${this.names.get('facilitator') ?? ''}` };
    return { person: this.holders.get(as) ?? as, actingAs: `mandate/${this.names.get(`${as}-mandate`) ?? ''}` };
  }

  private unbound(args: unknown): string | undefined {
    return /"\$([^"]+)"/g.exec(JSON.stringify(args, (_key, value: unknown) => (this.isBound(value) ? '' : value)))?.[1];
  }

  private isBound(value: unknown): boolean {
    return (
      typeof value === 'string' && value.startsWith('$') && (value.startsWith('$p:') || this.names.has(value.slice(1)))
    );
  }

  /** `$name` is what an earlier act made known, `$p:name` a person, `#name` the SHA-256 of an invented document. */
  private bound(args: unknown): unknown {
    return JSON.parse(JSON.stringify(args), (_key, value: unknown) => {
      if (typeof value !== 'string') return value;
      if (value.startsWith('$p:')) return this.stage.personRef(value.slice(3));
      if (value.startsWith('$')) return this.names.get(value.slice(1)) ?? value;
      return value.startsWith('#') ? createHash('sha256').update(value).digest('base64') : value;
    }) as unknown;
  }
}

/** The people that arguments name. */
function personsIn(args: unknown): string[] {
  return [...JSON.stringify(args).matchAll(/"\$p:([^"]+)"/g)].map(([, name = '']) => name);
}

/** An id, a hash or a version: what a later act can name. */
function isNameable(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
