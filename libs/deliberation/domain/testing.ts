import type {
  ArgumentsOf,
  Charter,
  DataOf,
  DeliberationCommandName,
  DomainEvent,
  EventType,
  PartnerKind,
  SealedValues,
} from '#contracts';
import { event } from '#contracts';
import { addHours, hashedId, isDue, isRefusal, refuse, sha256 } from '#kernel';
import type { Act, Actor, Id, Instant, Refusal } from '#kernel';
import { deliberation } from '../index.js';
import type { DeliberationState, DeliberationWorld } from '../index.js';
import { charterWith } from './testing-charter.js';

export { charterWith };

/** An id that a test calls by name. */
export function idOf(name: string): Id {
  return hashedId('test', name);
}

/** A text that a rule can only see to be there. */
export function texts(...names: readonly string[]): SealedValues {
  return Object.fromEntries(names.map((name) => [name, { __sealed: 'SealedValue' as const }]));
}

const KINDS: readonly PartnerKind[] = ['association', 'company', 'foundation', 'local-authority'];
interface Seat {
  readonly name: string;
  readonly kind: PartnerKind;
  status: 'active' | 'admitted' | 'withdrawn' | 'excluded';
}

export const START = '2026-03-02T09:00:00.000Z';

/** What a test sees of one act: the events recorded, consequences behind them, or the refusal. */
export interface Answer {
  readonly events: readonly DomainEvent[];
  readonly refusal: Refusal | undefined;
}

/**
 * One alliance on a table: partners `a`, `b`, `c`, `d` of four kinds, a facilitator, a clock. It runs commands, what
 * falls due and consequences as the engine does, with an alliance that answers as the test says.
 */
export class Stage {
  state: DeliberationState = deliberation.initial;
  now: Instant = START;
  phase: 'forming' | 'governed' | 'dissolved' = 'governed';
  standing: 'active' | 'dormant' = 'active';
  charter: Charter;
  readonly seats: Seat[];
  readonly adReferendum = new Set<string>();
  readonly powerless = new Set<string>();
  readonly substitutes = new Set<string>();
  /** Since when the mandate of a partner has ended. */
  readonly mandatesEnded = new Map<string, Instant>();
  /** What is firmly promised to whatever decision, by line. */
  readonly promised = new Map<string, string>();
  readonly ledger: DomainEvent[] = [];
  private seq = 0;
  private made = 0;

  constructor(options: { readonly partners?: number; readonly charter?: Charter } = {}) {
    this.charter = options.charter ?? charterWith();
    const count = options.partners ?? 4;
    this.seats = Array.from({ length: count }, (_, index) => ({
      name: String.fromCharCode(97 + index),
      kind: KINDS[index % KINDS.length] ?? 'other',
      status: 'active',
    }));
    this.happens(event('AllianceFormed', { timeZone: 'Europe/Paris', locale: 'fr', nonce: sha256('nonce') }));
    const version = { charterVersion: 1, charterHash: sha256('charter') };
    this.happens(event('CharterDrafted', { ...version, charter: this.charter }), event('CharterAdopted', version));
    for (const { name } of this.seats) this.happens(mandateGranted(name));
  }

  /** The clock moves on; what falls due by then is recorded. */
  at(instant: Instant): readonly DomainEvent[] {
    this.now = instant;
    return this.tick();
  }

  after(hours: number): readonly DomainEvent[] {
    return this.at(addHours(this.now, hours));
  }

  /** A command as `who`: a partner by its letter, `facilitator`, `citizen`. */
  does<N extends DeliberationCommandName>(who: string, name: N, args: ArgumentsFor<N>): Answer {
    this.tick();
    const complete = { sealed: {}, ...args } as unknown as ArgumentsOf<N>;
    const decide = deliberation.decide[name] as (
      world: DeliberationWorld,
      args: ArgumentsOf<N>,
      act: Act,
    ) => readonly DomainEvent[] | Refusal;
    const act = this.act(who);
    const decision = decide(this.world(), complete, act);
    if (isRefusal(decision)) return { events: [], refusal: decision };
    return { events: this.record(decision, { actor: act.actor }), refusal: undefined };
  }

  /** Events of the alliance context, with what they bring about here. */
  happens(...events: readonly DomainEvent[]): readonly DomainEvent[] {
    return this.record(events);
  }

  /** The standing of a partner is another from now on. */
  becomes(name: string, status: Seat['status']): void {
    for (const seat of this.seats) if (seat.name === name) seat.status = status;
  }

  /** A partner promises, or releases: so much is committed on a line from now on. */
  promises(line: string, committed: string): readonly DomainEvent[] {
    this.tick();
    this.promised.set(line, committed);
    const obligation = { commitmentId: idOf(`commitment ${String(this.made++)}`), amount: '1' } as const;
    return this.record([event('CommitmentReleased', { ...obligation, reason: 'agreement' })]);
  }

  leaves(name: string): readonly DomainEvent[] {
    this.tick();
    this.becomes(name, 'withdrawn');
    return this.record([
      event('PartnerWithdrew', { partnerId: idOf(name) }),
      event('MandateEnded', { mandateId: idOf(`mandate ${name}`), cause: 'partner-left' }),
    ]);
  }

  world(): DeliberationWorld {
    const committed = (_decisionId: Id, kind: string, unit: string) => this.promised.get(`${kind} ${unit}`) ?? '0';
    return { state: this.state, alliance: this.alliance(), contribution: { committed } };
  }

  private tick(): readonly DomainEvent[] {
    const recorded = [...this.record([])];
    for (let steps = 0; steps < 1000; steps++) {
      const item = deliberation.firstDue(this.state);
      if (!item || !isDue(item, this.now)) return recorded;
      const due = deliberation.whenDue(this.world(), item);
      if (due) recorded.push(...this.record([due], { dueAt: item.dueAt }));
      else this.state = deliberation.dropDue(this.state);
    }
    throw new Error('due events never come to rest');
  }

  private record(
    own: readonly DomainEvent[],
    { dueAt, actor = { kind: 'system' } }: { readonly dueAt?: Instant; readonly actor?: Actor } = {},
  ): readonly DomainEvent[] {
    const at = dueAt ?? this.now;
    const events: DomainEvent[] = [];
    const fold = (one: DomainEvent) => {
      const recorded = { seq: this.seq, index: events.length, at, actor };
      this.state = deliberation.evolve(this.state, one, recorded);
      events.push(one);
    };
    own.forEach(fold);
    for (let steps = 0; steps < 1000; steps++) {
      const next = deliberation.consequence(this.world(), at);
      if (!next) break;
      fold(next);
    }
    if (events.length > 0) this.seq++;
    this.ledger.push(...events);
    return events;
  }

  private act(who: string): Act {
    const actor: Actor =
      who === 'facilitator' || who === 'citizen'
        ? { kind: who, person: idOf(`person ${who}`) }
        : {
            kind: 'representative',
            partner: idOf(who),
            mandate: idOf(`mandate ${who}`),
            person: idOf(`person ${who}`),
          };
    const newId = (field: string) => idOf(`${field} ${String(this.made++)}`);
    return { at: this.now, actor, seq: this.seq, head: undefined, newId, newNonce: () => sha256('nonce') };
  }

  private alliance(): DeliberationWorld['alliance'] {
    const seatOf = (partnerId: Id) => this.seats.find(({ name }) => idOf(name) === partnerId);
    return {
      phase: () => this.phase,
      standing: () => this.standing,
      partner: (partnerId) => seatOf(partnerId),
      activePartners: () =>
        this.seats
          .filter(({ status }) => status === 'active')
          .map(({ name, kind }) => ({ partnerId: idOf(name), kind })),
      representative: (actor) => {
        if (actor.kind !== 'representative') return refuse('POWER_MISSING');
        const seat = seatOf(actor.partner);
        if (!seat || seat.status === 'withdrawn') return refuse('MANDATE_NOT_IN_FORCE');
        if (this.powerless.has(seat.name)) return refuse('POWER_MISSING');
        const standing = this.substitutes.has(seat.name) ? 'substitute' : 'titular';
        return { partnerId: actor.partner, mandateId: actor.mandate, standing };
      },
      speaker: (mandateId, _power, at) => {
        const seat = this.seats.find(({ name }) => idOf(`mandate ${name}`) === mandateId);
        const endedAt = seat && this.mandatesEnded.get(seat.name);
        if (!seat || (endedAt !== undefined && endedAt <= at)) return refuse('MANDATE_NOT_IN_FORCE');
        const standing = this.substitutes.has(seat.name) ? 'substitute' : 'titular';
        return { partnerId: idOf(seat.name), mandateId, standing };
      },
      isFacilitator: ({ kind }) => kind === 'facilitator',
      mandate: (mandateId) => ({
        adReferendum: [...this.adReferendum].some((name) => idOf(`mandate ${name}`) === mandateId),
      }),
      charterInForce: () => ({ version: 1, hash: sha256('charter'), charter: this.charter }),
    };
  }
}

type ArgumentsFor<N extends DeliberationCommandName> = Omit<ArgumentsOf<N>, 'sealed'> & {
  readonly sealed?: SealedValues;
};

export function mandateGranted(name: string, validTo?: string): DomainEvent {
  return event('MandateGranted', {
    ...{ mandateId: idOf(`mandate ${name}`), partnerId: idOf(name), personRef: idOf(`person ${name}`) },
    ...{ standing: 'titular', powers: ['propose', 'take-position', 'commit'], ceilings: [], adReferendum: false },
    ...{ validFrom: '2026-01-01', validTo, origin: 'appointed', grantedBy: 'admission' },
  });
}

export function types(events: readonly DomainEvent[]): readonly string[] {
  return events.map(({ type }) => type);
}

type Submitted = Partial<ArgumentsFor<'SubmitProposal'>>;

/** A proposal of partner `a`, submitted. */
export function submitted(
  stage: Stage,
  more: Submitted = {},
  decisionType: ArgumentsOf<'DraftProposal'>['decisionType'] = 'ordinary',
): Id {
  const drafted = stage.does('a', 'DraftProposal', { decisionType });
  const proposalId = firstOf(drafted.events, 'ProposalDrafted').proposalId;
  const answer = stage.does('a', 'SubmitProposal', {
    ...{ proposalId, reviewOn: '2027-01-15', textHash: sha256(`text ${proposalId}`) },
    ...more,
  });
  if (answer.refusal) throw new Error(`not submitted: ${answer.refusal.refused}`);
  return proposalId;
}

/** A round on a proposal, opened by its sponsor for ten days. */
export function opened(stage: Stage, proposalId: Id = submitted(stage), days = 10): Id {
  const answer = stage.does('a', 'OpenRound', { proposalId, closesAt: addHours(stage.now, days * 24) });
  if (answer.refusal) throw new Error(`not opened: ${answer.refusal.refused}`);
  return firstOf(answer.events, 'RoundOpened').roundId;
}

export const OBJECTION = {
  kind: 'harms-aim',
  touches: { sort: 'aim' },
  sealed: texts('reason'),
} as const satisfies ArgumentsOf<'TakePosition'>['objection'];

/** An objection of a partner in an open round; gives its id. */
export function objects(
  stage: Stage,
  name: string,
  roundId: Id,
  kind: (typeof OBJECTION)['kind'] | 'exceeds-our-limits' = 'harms-aim',
): Id {
  const answer = stage.does(name, 'TakePosition', { roundId, value: 'object', objection: { ...OBJECTION, kind } });
  return firstOf(answer.events, 'ObjectionRaised').objectionId;
}

/** The named partners agree. */
export function agree(stage: Stage, roundId: Id, ...names: readonly string[]): readonly DomainEvent[] {
  return names.flatMap((name) => stage.does(name, 'TakePosition', { roundId, value: 'agree' }).events);
}

/** The data of the first event of a type; there must be one. */
export function firstOf<T extends EventType>(events: readonly DomainEvent[], type: T): DataOf<T> {
  const found = events.find((one) => one.type === type);
  if (!found) throw new Error(`no ${type} among ${types(events).join(', ')}`);
  return found.data as DataOf<T>;
}

export function countOf(events: readonly DomainEvent[], type: EventType): number {
  return events.filter((one) => one.type === type).length;
}
