import { actorNamed } from '#alliance';
import { commandDefinition, isCommandName, readArguments, refusalIn } from '#contracts';
import type { ArgumentFault, CommandName, DomainEvent, EventType } from '#contracts';
import { EMPTY_STATE, instantAfter, perform, prepareCommand, tick } from '#engine';
import type { AmendedText, State, Step } from '#engine';
import { refuse } from '#kernel';
import type { Actor, Id, Json, Refusal } from '#kernel';
import type { Entry, Opening } from '#ledger';
import { readLine } from './script-line.js';
import type { Capacity, CommandLine, LineFault, QueryLine } from './script-line.js';
import { SeededEntropy } from './seeded-entropy.js';

/** What a rehearsal has recorded so far, with every sealed text. */
export interface Rehearsed {
  readonly entries: readonly Entry[];
  readonly openingsOf: (seq: number) => readonly Opening[];
}

/** Answers a query over what is recorded so far; given by the composition, which knows the views. */
export type AnswerQuery = (rehearsed: Rehearsed, line: QueryLine) => Promise<Json | LineFault>;

/** What a line answers: the recorded events, due ones included; or a refusal; or a view. */
export type LineAnswer = Readonly<Record<string, Json | undefined>>;

/**
 * Rules in, consequences out: plays a script of one alliance in memory, without server, files or clock. The same
 * script and seed give the same bytes. A line that cannot be read ends the rehearsal; a refusal does not.
 */
export class Rehearsal implements Rehearsed {
  private state: State = EMPTY_STATE;
  private readonly names = new Map<string, Json>();
  private readonly entropy: SeededEntropy;
  private readonly openings = new Map<number, readonly Opening[]>();
  readonly entries: Entry[] = [];
  private lines = 0;

  constructor(
    seed: string,
    private readonly answerQuery: AnswerQuery,
  ) {
    this.entropy = new SeededEntropy(seed);
  }

  openingsOf(seq: number): readonly Opening[] {
    return this.openings.get(seq) ?? [];
  }

  async play(text: string): Promise<LineAnswer | LineFault> {
    this.lines++;
    const line = readLine(text, (reference) => this.valueOf(reference));
    if ('fault' in line) return line;
    if ('query' in line) return this.ask(line);
    if (line.command === 'Tick')
      return this.record(tick(this.state, instantAfter(this.state, line.at), this.entropy), line);
    if (!isCommandName(line.command)) return { pointer: '/command', fault: 'no command of that name' };
    return this.command(line.command, line);
  }

  private async command(name: CommandName, line: CommandLine): Promise<LineAnswer | LineFault> {
    const input = readArguments(name, line.arguments, {});
    if ('faults' in input) return this.unreadable(input.faults, line);
    const { signatures } = commandDefinition(name);
    if (line.signed.length > 0 && !signatures) return { pointer: '/as', fault: 'this command is signed by one' };
    const prepared = await prepareCommand(name, input, {
      entropy: this.entropy,
      textKeyOf: async (proposalId) =>
        this.opened('ProposalVersioned', { proposalId }, 'textKey') as string | undefined,
      amendedTextOf: async (amendmentId) => this.amendedText(amendmentId),
      state: async () => this.state,
    });
    const signedBy = line.signed.flatMap((one) => (one.kind === 'representative' ? [one.mandate as Id] : []));
    const args = signatures ? { ...prepared, [signatures]: signedBy } : prepared;
    const command = { id: this.entropy.id(), name, args };
    return this.record(
      perform(this.state, { command, actorOf: (state) => actorOf(state, line.as) }, line.at, this.entropy),
      line,
    );
  }

  /** What only the domain could say of an argument is a refusal, behind what was due; the rest is a line that cannot be read. */
  private unreadable(faults: readonly ArgumentFault[], line: CommandLine): LineAnswer | LineFault {
    const refusal = refusalIn(faults);
    const [first] = faults;
    if (!refusal) return { pointer: `/arguments${first?.pointer ?? ''}`, fault: first?.code ?? 'ARGUMENTS_INVALID' };
    return this.record({ ...tick(this.state, instantAfter(this.state, line.at), this.entropy), refusal }, line);
  }

  private record(step: Step, line: CommandLine): LineAnswer {
    this.state = step.state;
    this.entries.push(...step.entries);
    for (const entry of step.entries) this.openings.set(entry.seq, entry.openings);
    const events = step.entries.flatMap((entry) => entry.events.map((event) => shown(event, entry)));
    // What the command itself recorded comes before what was due.
    const named = step.entry ? [step.entry, ...step.entries] : step.entries;
    for (const [name, field] of Object.entries(line.let)) this.bind(name, field, named);
    const head = this.state.head;
    const answer = { line: this.lines, seq: head.seq, hash: head.hash, events };
    return step.refusal ? { ...answer, ...(step.refusal as unknown as LineAnswer) } : answer;
  }

  private async ask(line: QueryLine): Promise<LineAnswer | LineFault> {
    // Time first: a view asked for at an instant shows what was due by then.
    this.record(tick(this.state, instantAfter(this.state, line.at), this.entropy), {
      ...line,
      ...{ as: undefined, signed: [] },
      command: 'Tick',
      let: {},
    });
    const answer = await this.answerQuery(this, line);
    if (typeof answer === 'object' && answer !== null && 'fault' in answer) return answer;
    return { line: this.lines, seq: this.state.head.seq, view: line.query, data: answer };
  }

  private bind(name: string, field: string, entries: readonly Entry[]): void {
    for (const { data } of entries.flatMap(({ events }) => events)) {
      const value = (data as Readonly<Record<string, Json | undefined>>)[field];
      if (value === undefined) continue;
      this.names.set(name, value);
      return;
    }
  }

  private valueOf(reference: string): Json | undefined {
    const name = reference.slice(1);
    return name.startsWith('p:') ? this.entropy.person(name.slice(2)) : this.names.get(name);
  }

  private amendedText(amendmentId: Id): AmendedText | undefined {
    const text = this.opened('AmendmentSubmitted', { amendmentId }, 'text');
    const textKey = this.opened('AmendmentSubmitted', { amendmentId }, 'textKey');
    return text === undefined || typeof textKey !== 'string' ? undefined : { text, textKey };
  }

  /** A sealed value of the first event of a type that has these data. */
  private opened(type: EventType, data: Readonly<Record<string, Id>>, name: string): Json | undefined {
    const [[field, id] = []] = Object.entries(data);
    for (const entry of this.entries) {
      const index = entry.events.findIndex(
        (event) => event.type === type && (event.data as Readonly<Record<string, unknown>>)[field ?? ''] === id,
      );
      const opening = this.openingsOf(entry.seq).find((one) => one.event === index && one.name === name);
      if (index >= 0 && opening) return JSON.parse(opening.payload) as Json;
    }
    return undefined;
  }
}

function shown(event: DomainEvent, entry: Entry): Json {
  const { type, subject, data, occurredOn, dueAt } = event;
  return { seq: entry.seq, at: entry.at, type, subject, data: data as unknown as Json, occurredOn, dueAt };
}

/** The actor that a capacity of the script stands for. */
function actorOf(state: State, as: Capacity | undefined): Actor | Refusal {
  switch (as?.kind) {
    case 'account':
    case 'citizen':
      return { kind: as.kind, person: as.person as Id };
    case 'representative':
      return named(state, `mandate/${as.mandate}`, '/as/mandate');
    case 'facilitator':
      return named(state, `facilitator/${as.facilitator}`, '/as/facilitator');
    case 'auditor':
      return named(state, `access/${as.access}`, '/as/access');
    default:
      return refuse('POWER_MISSING');
  }
}

function named(state: State, capacity: string, pointer: string): Actor | Refusal {
  return actorNamed(state.alliance, capacity) ?? refuse('NOT_FOUND', { pointer });
}
