import type { AllianceCommandName, AllianceEvent, ArgumentsOf, DecisionType, DomainEvent, Power } from '#contracts';
import { POWERS } from '#contracts';
import { firstDue, hashedId, isDue, isRefusal, restDue, sha256 } from '#kernel';
import type { Act, Actor, Hash, Id, Instant, Refusal } from '#kernel';
import { allianceAnswers } from './answers.js';
import { consequence } from './consequences.js';
import { whenDue } from './deadlines.js';
import { decide } from './decide.js';
import { evolve } from './evolve.js';
import { NO_ALLIANCE } from './state.js';
import type { AllianceState } from './state.js';
import type { AllianceWorld, CitedDecision, Target } from './world.js';

export const id = (name: string): Id => hashedId(name);
export const hash = (name: string): Hash => sha256(name);
export const person = (name: string): Id => id(`person ${name}`);

/** Arguments without the sealed values where a command has none to speak of. */
type Given<N extends AllianceCommandName> = Omit<ArgumentsOf<N>, 'sealed'> & Partial<Pick<ArgumentsOf<N>, 'sealed'>>;

/** One alliance played in memory as the engine plays it: time first, then the command, then what follows from it. */
export class Play {
  state: AllianceState = NO_ALLIANCE;
  now: Instant = '2026-01-05T10:00:00.000Z';
  /** Events of the newest act, consequences included. */
  last: readonly DomainEvent[] = [];
  refusal: Refusal | undefined;
  readonly recorded: DomainEvent[] = [];
  readonly decisions = new Map<Id, CitedDecision>();
  openRounds: readonly Id[] = [];
  openCommitments: readonly Id[] = [];
  private made = 0;
  private seq = 0;

  get world(): AllianceWorld {
    return {
      state: this.state,
      deliberation: {
        decision: (decisionId) => this.decisions.get(decisionId),
        charterChangeInForce: (charterHash) => this.charterChange(charterHash),
        openRounds: () => this.openRounds,
      },
      contribution: { openCommitments: () => this.openCommitments },
    };
  }

  get answers() {
    return allianceAnswers(this.state);
  }

  /** The clock moves, and what is due by then happens. */
  at(now: Instant): this {
    this.now = now;
    this.last = [];
    for (let item = firstDue(this.state.due); item && isDue(item, now); item = firstDue(this.state.due)) {
      const event = whenDue(this.world, item);
      if (event) this.fold({ ...event, dueAt: item.dueAt }, { kind: 'system' }, item.dueAt);
      else this.state = { ...this.state, due: restDue(this.state.due) };
      this.settle({ kind: 'system' }, item.dueAt);
    }
    return this;
  }

  /** The types of the events that an act recorded, or the code of its refusal. */
  tries<N extends AllianceCommandName>(actor: Actor, name: N, args: Given<N>): readonly string[] | string {
    this.at(this.now);
    this.last = [];
    const decision = decide[name](this.world, { sealed: {}, ...args } as unknown as ArgumentsOf<N>, this.act(actor));
    this.refusal = isRefusal(decision) ? decision : undefined;
    if (isRefusal(decision)) return decision.refused;
    for (const event of decision) this.fold(event, actor, this.now);
    this.settle(actor, this.now);
    this.seq++;
    return this.last.map(({ type }) => type);
  }

  /** Acts, and gives the first event's data; a refusal is a fault of the test. */
  does<N extends AllianceCommandName>(actor: Actor, name: N, args: Given<N>): Readonly<Record<string, unknown>> {
    const outcome = this.tries(actor, name, args);
    if (typeof outcome === 'string') throw new Error(`${name} refused: ${outcome} ${JSON.stringify(this.refusal)}`);
    return this.dataOf(outcome[0] ?? '');
  }

  /** Data of the first event of a type in the newest act. */
  dataOf(type: string): Readonly<Record<string, unknown>> {
    return this.last.find((event) => event.type === type)?.data ?? {};
  }

  /** A decision as the deliberation would hold it. */
  decided(type: DecisionType, target?: Target, status = 'in-force'): Id {
    const decisionId = this.newId();
    this.decisions.set(decisionId, { type, target, status });
    return decisionId;
  }

  /** What automatic events the state demands now, as after a decision took effect. */
  settle(actor: Actor, at: Instant): void {
    for (let event = consequence(this.world); event; event = consequence(this.world)) this.fold(event, actor, at);
  }

  private charterChange(charterHash: Hash): Id | undefined {
    for (const [decisionId, { type, target, status }] of this.decisions)
      if (type === 'charter-change' && status === 'in-force' && target?.hash === charterHash) return decisionId;
    return undefined;
  }

  private act(actor: Actor): Act {
    const { now: at, seq } = this;
    const newId = () => this.newId();
    return { at, actor, seq, head: hash(`entry ${seq - 1}`), newId, newNonce: () => hash(this.newId()) };
  }

  private newId(): Id {
    this.made++;
    return id(`made ${this.made}`);
  }

  private fold(event: AllianceEvent, actor: Actor, at: Instant): void {
    this.state = evolve(this.state, event, { seq: this.seq, index: this.last.length, at, actor });
    this.last = [...this.last, event];
    this.recorded.push(event);
  }
}

export const FAY: Actor = { kind: 'facilitator', person: person('fay') };
export const account = (name: string): Actor => ({ kind: 'account', person: person(name) });

export const FACILITATOR_TERM = { validFrom: '2026-01-01', validTo: '2026-12-31' };

export function formed(): Play {
  const play = new Play();
  play.does(account('fay'), 'FormAlliance', {
    timeZone: 'Europe/Paris',
    locale: 'fr',
    facilitator: { ...FACILITATOR_TERM, sealed: {} },
  });
  return play;
}

export interface Member {
  readonly partnerId: Id;
  readonly mandateId: Id;
  readonly actor: Actor;
}

type Kind = ArgumentsOf<'InvitePartner'>['kind'];
interface Admission {
  readonly kind?: Kind;
  readonly powers?: readonly Power[];
  readonly decisionId?: Id;
  readonly validTo?: string;
}

/** Invited and admitted by the facilitator, with a first mandate for a person of that name. */
export function admit(play: Play, name: string, admission: Admission = {}): Member {
  const { kind = 'association', powers = POWERS, decisionId, validTo } = admission;
  const invited = play.does(FAY, 'InvitePartner', { kind, registerScheme: 'none', registerCode: undefined });
  const partnerId = invited['partnerId'] as Id;
  const decided = decisionId ?? (play.state.phase === 'forming' ? undefined : admissionOf(play, partnerId));
  const mandate = { personRef: person(name), powers, validFrom: '2026-01-01', validTo, sealed: {} };
  play.does(FAY, 'AdmitPartner', { partnerId, decisionId: decided, mandate });
  return memberOf(play, partnerId, name);
}

export function memberOf(play: Play, partnerId: Id, name: string): Member {
  const mandateId = play.dataOf('MandateGranted')['mandateId'] as Id;
  const actor: Actor = { kind: 'representative', partner: partnerId, mandate: mandateId, person: person(name) };
  return { partnerId, mandateId, actor };
}

export function admissionOf(play: Play, partnerId: Id): Id {
  return play.decided('admission', { sort: 'partner', id: partnerId });
}

export const DRAFT = { charterVersion: 1, charterHash: hash('charter 1') };

/** Three founders of three kinds, not signed yet: their acts are Ann's, Bob's and Cleo's. */
export function founded(): { readonly play: Play; readonly ann: Member; readonly bob: Member; readonly cleo: Member } {
  const play = formed();
  const ann = admit(play, 'ann', { kind: 'association' });
  const bob = admit(play, 'bob', { kind: 'company' });
  const cleo = admit(play, 'cleo', { kind: 'foundation' });
  play.does(FAY, 'DraftCharter', { charter: {}, charterHash: DRAFT.charterHash });
  return { play, ann, bob, cleo };
}

/** The same, with the charter in force. */
export function governed(): ReturnType<typeof founded> {
  const story = founded();
  for (const { actor } of [story.ann, story.bob, story.cleo]) story.play.does(actor, 'SignCharter', DRAFT);
  return story;
}
