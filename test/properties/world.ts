import { actorNamed } from '#alliance';
import { commandDefinition, readArguments } from '#contracts';
import type { CommandName, DomainEvent, EventOf, EventType } from '#contracts';
import { EMPTY_STATE, perform, preparationWith, prepareCommand, tick } from '#engine';
import type { Command, State } from '#engine';
import { fromMs, isRefusal, refuse, toMs } from '#kernel';
import type { Actor, Id, Instant, Refusal } from '#kernel';
import type { Entry } from '#ledger';
import { SeededEntropy } from '#rehearsal';

/** A small generator of numbers (mulberry32): the same seed walks the same way, whatever the machine. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }
}

/** A command as it was sent, so that a whole walk can be sent again in another way. */
export interface Sent {
  readonly at: Instant;
  readonly actor: Actor;
  readonly command: Command;
  readonly entropySeed: string;
  readonly accepted: boolean;
}

/** One alliance in memory, driven through the engine as the server drives it. */
export class World {
  state: State = EMPTY_STATE;
  readonly entries: Entry[] = [];
  readonly sent: Sent[] = [];
  readonly refusals = new Map<string, number>();
  private ms = Date.parse('2026-01-05T09:00:00.000Z');
  private readonly entropy: SeededEntropy;

  constructor(readonly seed: number) {
    this.entropy = new SeededEntropy(`walk-${String(seed)}`);
  }

  get now(): Instant {
    return fromMs(this.ms);
  }

  wait(ms: number): void {
    this.ms += ms;
  }

  person(name: string): Id {
    return this.entropy.person(name);
  }

  /** Lets the timer run now. */
  tick(): void {
    const step = tick(this.state, this.now, new SeededEntropy(`tick-${String(this.entries.length)}`));
    this.state = step.state;
    this.entries.push(...step.entries);
  }

  /** Sends one command; gives its own events, or nothing when it was refused. */
  async send(
    name: CommandName,
    body: Readonly<Record<string, unknown>>,
    as: string | Actor,
    signedBy: readonly string[] = [],
  ): Promise<readonly DomainEvent[] | undefined> {
    const input = readArguments(name, body, {});
    if ('faults' in input) throw new Error(`${name}: ${JSON.stringify(input.faults)}`);
    const entropySeed = `command-${String(this.seed)}-${String(this.sent.length)}`;
    const entropy = new SeededEntropy(entropySeed);
    const prepared = await prepareCommand(name, input, {
      ...preparationWith(entropy),
      amendedTextOf: async () => ({ text: 'Un texte amendé', textKey: entropy.key() }),
      state: async () => this.state,
    });
    const { signatures } = commandDefinition(name);
    const args = signatures ? { ...prepared, [signatures]: signedBy } : prepared;
    const actor = typeof as === 'string' ? (actorNamed(this.state.alliance, as) ?? refuse('NOT_FOUND')) : as;
    const command: Command = { id: entropy.id(), name, args };
    // What is due comes first in any case; on its own, so that its entries draw no ids from those of the command.
    this.tick();
    const before = this.state.head;
    const step = perform(
      this.state,
      { command, actorOf: () => actor },
      this.now,
      new SeededEntropy(`${entropySeed}-made`),
    );
    this.state = step.state;
    this.entries.push(...step.entries);
    if (!isRefusal(actor))
      this.sent.push({ at: this.now, actor, command, entropySeed, accepted: step.entry !== undefined });
    if (step.refusal) this.noteRefusal(step.refusal, before.seq, step.entries);
    this.ms = Math.max(this.ms + 1, toMs(this.state.head.at || this.now) + 1);
    return step.entry?.events;
  }

  /** After a refusal only due entries may stand behind the old head (part 1, 6.1, 19). */
  private noteRefusal({ refused }: Refusal, seq: number, entries: readonly Entry[]): void {
    this.refusals.set(refused, (this.refusals.get(refused) ?? 0) + 1);
    const others = entries.filter(({ actor }) => actor.kind !== 'system');
    if (others.length > 0 || this.state.head.seq !== seq + entries.length) throw new Error('a refusal left an entry');
  }
}

/** The first event of a type, typed. */
export function found<T extends EventType>(
  events: readonly DomainEvent[] | undefined,
  type: T,
): EventOf<T> | undefined {
  return events?.find((event): event is EventOf<T> => event.type === type);
}
