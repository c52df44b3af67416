import { alliance } from '#alliance';
import type { DomainEvent } from '#contracts';
import { contribution } from '#contribution';
import { deliberation } from '#deliberation';
import type { Actor, Id, Instant } from '#kernel';
import { MAX_ENTRY_BYTES, MAX_ENTRY_EVENTS } from '#ledger';
import { effectiveAt, foldEvent, worldsOf } from './state.js';
import type { State } from './state.js';

/** Bytes of a body outside its events, at most: members, ids, hashes, an actor. */
const ENVELOPE_BYTES = 1_000;
/** Bytes of an event beside its data and type, at most: members, subject, day and instant. */
const EVENT_BYTES = 260;
/** Bytes of one commitment, at most. */
const COMMITMENT_BYTES = 160;

/** The next automatic event that the state demands, contexts in fixed order. */
export function consequence(state: State, at: Instant): DomainEvent | undefined {
  const worlds = worldsOf(state);
  return (
    alliance.consequence(worlds.alliance) ??
    deliberation.consequence(worlds.deliberation, at) ??
    contribution.consequence(worlds.contribution, at)
  );
}

/** One entry being filled: events folded as they come, counted against the limits of an entry. */
export class Commit {
  events: readonly DomainEvent[] = [];
  private bytes = ENVELOPE_BYTES;

  constructor(
    public state: State,
    private readonly at: Instant,
    private readonly actor: Actor,
  ) {}

  get seq(): number {
    return this.state.head.seq + 1;
  }

  /** The alliance; before the first entry there is none, and nothing of the system can be recorded then. */
  get alliance(): Id {
    if (!this.state.head.alliance) throw new Error('no alliance yet');
    return this.state.head.alliance;
  }

  fork(): Commit {
    const copy = new Commit(this.state, this.at, this.actor);
    copy.events = this.events;
    copy.bytes = this.bytes;
    return copy;
  }

  add(event: DomainEvent): void {
    const index = this.events.length;
    this.events = [...this.events, event];
    this.bytes += eventBytes(event);
    const at = effectiveAt(event, this.at);
    this.state = foldEvent(this.state, event, { seq: this.seq, index, at, actor: this.actor });
  }

  fits(more?: DomainEvent): boolean {
    const count = this.events.length + (more ? 1 : 0);
    return count <= MAX_ENTRY_EVENTS && this.bytes + (more ? eventBytes(more) : 0) <= MAX_ENTRY_BYTES;
  }

  /** Adds consequences while they fit; true when nothing more is demanded. */
  settle(at: Instant, dueAt?: Instant): boolean {
    for (let steps = 0; steps <= MAX_ENTRY_EVENTS; steps++) {
      const demanded = consequence(this.state, at);
      if (!demanded) return true;
      const next: DomainEvent = dueAt === undefined ? demanded : { ...demanded, dueAt };
      if (!this.fits(next)) return false;
      this.add(next);
    }
    return false;
  }
}

function eventBytes(event: DomainEvent): number {
  const sealed = Object.keys(event.sealed ?? {}).length;
  // As long as its canonical form, which only has another order, and sooner made.
  return Buffer.byteLength(JSON.stringify(event.data)) + EVENT_BYTES + sealed * COMMITMENT_BYTES;
}
