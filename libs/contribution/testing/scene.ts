import type { ArgumentsOf, ContributionCommandName, DomainEvent, Power, SealedValue } from '#contracts';
import { event } from '#contracts';
import { hashedId, isDue, isRefusal, refuse, startOfDay } from '#kernel';
import type { Actor, Day, Id, Instant, Recorded, Refusal, Table } from '#kernel';
import { contribution } from '../domain/contribution.js';
import { comparePlaces } from '../domain/facts.js';
import type { Facts, Stamp } from '../domain/facts.js';
import type { ContributionState } from '../domain/state.js';
import type { AllianceQuestions, DeliberationQuestions, MandateTerms, World } from '../domain/world.js';

export const ZONE = 'Europe/Paris';
export const idOf = (label: string): Id => hashedId('test', label);
export const [A, B, C, D] = ['A', 'B', 'C', 'D'].map(idOf) as [Id, Id, Id, Id];
export const mandateOf = (partnerId: Id): Id => hashedId('mandate', partnerId);
export const sealedText = { __sealed: 'SealedValue' } as SealedValue;

type Args<N extends ContributionCommandName> = Omit<ArgumentsOf<N>, 'sealed'>;

/** What the alliance and deliberation would answer; a test changes what it is about. */
export class Neighbours {
  phase: 'none' | 'forming' | 'governed' | 'dissolved' = 'governed';
  legalForm: 'informal' | 'carried' | 'incorporated' = 'carried';
  readonly status = new Map<Id, string>([A, B, C, D].map((partnerId) => [partnerId, 'active']));
  readonly powers = new Map<Id, readonly Power[]>();
  readonly mandates = new Map<Id, MandateTerms>();
  readonly ended = new Set<Id>();
  readonly decisions = new Map<Id, { type: 'resource-call' | 'dissolution'; status: string }>();
  carriers = [{ carrierId: idOf('c1'), partnerId: C as Id | undefined, from: '2026-01-10', to: '9999-12-31' }];
  facilitates = true;
  ratifyDays = 90;
  /** Partners whose ratification every decision awaits. */
  awaited: readonly Id[] = [];
  /** Partners that no decision may ask. */
  readonly spared = new Set<Id>();

  readonly alliance: AllianceQuestions = {
    timeZone: () => ZONE,
    phase: () => this.phase,
    partner: (partnerId) => {
      const status = this.status.get(partnerId);
      return status === undefined ? undefined : { status };
    },
    activePartners: () =>
      [...this.status].filter(([, status]) => status === 'active').map(([partnerId]) => ({ partnerId })),
    charterInForce: () => ({ charter: { ratifyDays: this.ratifyDays } }),
    representative: (actor, powers) => this.representative(actor, powers),
    isFacilitator: () => this.facilitates,
    mandate: (mandateId) => this.mandates.get(mandateId) ?? { ceilings: HIGH_CEILINGS, adReferendum: false },
    legalForm: () => this.legalForm,
    isCarrierOn: (id, day) => this.carriers.some((one) => one.carrierId === id && one.from <= day && day <= one.to),
    carrier: (id) => this.carriers.find((one) => one.carrierId === id),
    isCarriedBy: (id, day) => this.carriers.some((one) => one.partnerId === id && one.from <= day && day <= one.to),
  };

  readonly deliberation: DeliberationQuestions = {
    decision: (decisionId) => this.decisions.get(decisionId),
    suspendedFor: () => this.awaited,
    mayBeAsked: (_decisionId, partnerId) => !this.spared.has(partnerId),
  };

  private representative(actor: Actor, powers: readonly Power[]) {
    if (actor.kind !== 'representative' || this.ended.has(actor.partner)) return refuse('MANDATE_NOT_IN_FORCE');
    const held = this.powers.get(actor.partner) ?? ['speak', 'propose', 'commit'];
    if (!powers.some((power) => held.includes(power))) return refuse('POWER_MISSING');
    return { partnerId: actor.partner, mandateId: actor.mandate };
  }
}

/** The facts of a table in the order of the ledger. */
function inOrder<F extends Stamp>(table: Table<{ readonly fact: F }>): readonly F[] {
  return [...table.values()].map(({ fact }) => fact).sort(comparePlaces);
}

const HIGH_CEILINGS = (
  [
    ['money', 'EUR'],
    ['goods', 'piece'],
    ['premises-use', 'day'],
    ['skills', 'hour'],
    ['volunteer-time', 'hour'],
    ['guarantee', 'EUR'],
  ] as const
).map(([kind, unit]) => ({ kind, unit, amount: '99999' }));

/** A ledger of this context alone: time first, then the command, then its consequences, as the engine does it. */
export class Scene {
  readonly neighbours = new Neighbours();
  readonly log: { event: DomainEvent; recorded: Recorded }[] = [];
  state: ContributionState = contribution.initial;
  at: Instant = startOfDay('2026-01-10', ZONE);
  private seq = -1;
  private made = 0;
  private actor: Actor = { kind: 'system' };

  constructor() {
    this.given(event('AllianceFormed', { timeZone: ZONE, locale: 'fr', nonce: '' }));
  }

  get world(): World {
    return { state: this.state, alliance: this.neighbours.alliance, deliberation: this.neighbours.deliberation };
  }

  get facts(): Facts {
    const { requests, pledges, commitments, contributions, guarantees, scales } = this.state;
    return {
      requests: inOrder(requests),
      pledges: inOrder(pledges),
      commitments: inOrder(commitments),
      contributions: inOrder(contributions),
      guarantees: inOrder(guarantees),
      scales,
    };
  }

  /** Noon of a day in the alliance's time zone. */
  on(day: Day): this {
    this.at = new Date(Date.parse(startOfDay(day, ZONE)) + 12 * 3_600_000).toISOString();
    return this;
  }

  by(partnerId: Id): this {
    this.actor = { kind: 'representative', partner: partnerId, mandate: mandateOf(partnerId), person: idOf('person') };
    return this;
  }

  byFacilitator(): this {
    this.actor = { kind: 'facilitator', person: idOf('facilitator') };
    return this;
  }

  as(actor: Actor): this {
    this.actor = actor;
    return this;
  }

  given(...events: readonly DomainEvent[]): this {
    this.append(events, this.at);
    return this;
  }

  /** Emits what is due at the scene's instant. */
  tick(): readonly DomainEvent[] {
    const emitted: DomainEvent[] = [];
    for (let steps = 0; steps < 1000; steps++) {
      const item = contribution.firstDue(this.state);
      if (!item || !isDue(item, this.at)) return emitted;
      const due = contribution.whenDue(this.world, item);
      if (due) emitted.push({ ...due, dueAt: item.dueAt });
      if (due) this.append([{ ...due, dueAt: item.dueAt }], item.dueAt);
      else this.state = contribution.dropDue(this.state);
    }
    throw new Error('never comes to rest');
  }

  /** Time first, then the command; a refusal records nothing. */
  when<N extends ContributionCommandName>(name: N, args: Args<N>, sealed = {}): readonly DomainEvent[] | Refusal {
    this.tick();
    return this.send(name, args, sealed);
  }

  /** The command alone, as with a clock that stands still. */
  send(name: ContributionCommandName, args: object, sealed = {}): readonly DomainEvent[] | Refusal {
    const decide = contribution.decide[name] as (world: World, args: object, act: object) => DomainEvent[] | Refusal;
    const newId = () => idOf(`made ${++this.made}`);
    const act = { at: this.at, actor: this.actor, seq: this.seq + 1, head: undefined, newId, newNonce: () => '' };
    const decision = decide(this.world, { ...args, sealed }, act);
    if (!isRefusal(decision)) this.append(decision, this.at);
    return decision;
  }

  /** The code of the refusal; undefined when accepted. */
  refusal<N extends ContributionCommandName>(name: N, args: Args<N>, sealed = {}): string | undefined {
    const before = this.state;
    const answer = this.when(name, args, sealed);
    if (!isRefusal(answer)) return undefined;
    if (this.state !== before && this.log.at(-1)?.event.dueAt === undefined) throw new Error('a refusal recorded');
    return answer.refused;
  }

  /** Sends a command that must pass and gives the id that it made. */
  make<N extends ContributionCommandName>(name: N, args: Args<N>, sealed = {}): Id {
    const answer = this.when(name, args, sealed);
    if (isRefusal(answer)) throw new Error(`${name}: ${answer.refused} ${answer.pointer ?? ''}`);
    return idOf(`made ${this.made}`);
  }

  private append(events: readonly DomainEvent[], at: Instant): void {
    this.seq++;
    let index = 0;
    const fold = (one: DomainEvent): void => {
      const recorded = { seq: this.seq, index: index++, at, actor: this.actor };
      this.log.push({ event: one, recorded });
      this.state = contribution.evolve(this.state, one, recorded);
    };
    events.forEach(fold);
    for (let steps = 0; steps < 200; steps++) {
      const demanded = contribution.consequence(this.world, at);
      if (!demanded) return;
      fold(demanded);
    }
    throw new Error('never comes to rest');
  }
}

export const given = (): Scene => new Scene();
