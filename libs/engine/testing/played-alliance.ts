import { actorNamed } from '#alliance';
import { readArguments } from '#contracts';
import type { CommandName, DomainEvent, EventOf, EventType } from '#contracts';
import { addHours, hashedId, isRefusal, refuse } from '#kernel';
import type { Actor, Id, Instant } from '#kernel';
import type { Entry } from '#ledger';
import { SeededEntropy } from '#rehearsal';
import { perform, tick } from '../perform.js';
import type { Command, Step } from '../perform.js';
import { preparationWith, prepareCommand } from '../prepare.js';
import { EMPTY_STATE } from '../state.js';
import type { State } from '../state.js';

const POWERS = ['speak', 'propose', 'take-position', 'commit', 'sign-charter', 'appoint'];
const KINDS = ['association', 'company', 'local-authority'];

/** One alliance in memory whose clock stands where the test puts it; every act is a minute after the one before. */
export class PlayedAlliance {
  state: State = EMPTY_STATE;
  readonly entries: Entry[] = [];
  now: Instant = '2026-03-02T09:00:00.000Z';
  facilitator = '';
  readonly partners: Id[] = [];
  readonly mandates: string[] = [];
  private readonly entropy = new SeededEntropy('played');

  /** A governed alliance of three partners or more. */
  static async governed(size = 3, charter: object = {}): Promise<PlayedAlliance> {
    const played = await new PlayedAlliance().formed();
    for (let index = 0; index < size; index++) await played.admits(index);
    await played.accepts('DraftCharter', { charter }, played.facilitator);
    for (let index = 0; index < size; index++) await played.signs(index);
    return played;
  }

  async formed(): Promise<this> {
    const facilitator = { validFrom: '2026-03-02', validTo: '2027-03-01', name: 'Camille' };
    const body = { timeZone: 'Europe/Paris', locale: 'fr', name: 'Les Rives', facilitator };
    const events = await this.accepts('FormAlliance', body, { kind: 'account', person: hashedId('p', 'camille') });
    this.facilitator = `facilitator/${only(events, 'FacilitatorAppointed').facilitatorId}`;
    return this;
  }

  async admits(index: number): Promise<void> {
    const kind = KINDS[index] ?? 'association';
    const invited = await this.accepts(
      'InvitePartner',
      { kind, registerScheme: 'none', legalName: 'Un partenaire' },
      this.facilitator,
    );
    const { partnerId } = only(invited, 'PartnerInvited');
    const admitted = await this.accepts(
      'AdmitPartner',
      { partnerId, mandate: this.mandate(`person ${String(index)}`) },
      this.facilitator,
    );
    this.partners.push(partnerId);
    this.mandates.push(`mandate/${only(admitted, 'MandateGranted').mandateId}`);
  }

  mandate(person: string, more: object = {}) {
    const dates = { validFrom: '2026-03-02', name: 'Une personne' };
    return { personRef: hashedId('p', person), powers: POWERS, ceilings: [], ...dates, ...more };
  }

  signs(index: number): Promise<Step> {
    const [draft] = this.state.alliance.drafts;
    return this.send(
      'SignCharter',
      { charterVersion: 1, charterHash: draft?.hash ?? this.state.alliance.charterInForce?.hash },
      this.mandates[index] ?? '',
    );
  }

  /** A proposal of the first partner, submitted; gives its id. */
  async proposes(more: object = {}): Promise<Id> {
    const as = this.mandates[0] ?? '';
    const draft = { decisionType: 'ordinary', title: 'Une proposition', driver: 'Un motif' };
    const { proposalId } = only(await this.accepts('DraftProposal', draft, as), 'ProposalDrafted');
    const reviewOn = '2026-12-01';
    await this.accepts('SubmitProposal', { proposalId, text: 'Un texte', reviewOn, ...more }, as);
    return proposalId;
  }

  /** A round on a new proposal, answered by the partners given; gives its id. */
  async asks(answered: readonly number[], more: object = {}, hours = 240): Promise<Id> {
    const proposalId = await this.proposes(more);
    const closesAt = addHours(this.now, hours);
    const opened = await this.accepts('OpenRound', { proposalId, closesAt }, this.facilitator);
    const { roundId } = only(opened, 'RoundOpened');
    for (const index of answered)
      await this.accepts('TakePosition', { roundId, value: 'agree' }, this.mandates[index] ?? '');
    return roundId;
  }

  async accepts(name: CommandName, body: object, as: string | Actor): Promise<readonly DomainEvent[]> {
    const { entry, refusal } = await this.send(name, body, as);
    if (!entry) throw new Error(`${name}: ${JSON.stringify(refusal)}`);
    return entry.events;
  }

  async send(name: CommandName, body: object, as: string | Actor): Promise<Step> {
    const command = await this.prepare(name, body);
    const actorOf = (state: State) =>
      typeof as === 'string' ? (actorNamed(state.alliance, as) ?? refuse('NOT_FOUND')) : as;
    return this.keep(perform(this.state, { command, actorOf }, this.now, this.entropy));
  }

  tick(): Step {
    return this.keep(tick(this.state, this.now, this.entropy));
  }

  async prepare(name: CommandName, body: object): Promise<Command> {
    const input = readArguments(name, body);
    if ('faults' in input) throw new Error(`${name}: ${JSON.stringify(input.faults)}`);
    const args = await prepareCommand(name, input, { ...preparationWith(this.entropy), state: async () => this.state });
    return { id: this.entropy.id(), name, args };
  }

  private keep(step: Step): Step {
    this.state = step.state;
    this.entries.push(...step.entries);
    return step;
  }
}

/** The data of the first event of a type. */
export function only<T extends EventType>(events: readonly DomainEvent[], type: T): EventOf<T>['data'] {
  const found = events.find((event): event is EventOf<T> => event.type === type);
  if (!found) throw new Error(`no ${type}`);
  return found.data;
}

/** Types of the events of entries, an entry a list. */
export function typesOf(entries: readonly Entry[]): EventType[][] {
  return entries.map(({ events }) => events.map(({ type }) => type));
}

/** The code of a step's refusal. */
export function codeOf({ refusal }: Step): string | undefined {
  return isRefusal(refusal) ? refusal.refused : undefined;
}
