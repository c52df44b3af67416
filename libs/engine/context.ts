import type { ArgumentsOf, CommandName, DomainEvent } from '#contracts';
import type { Act, Decision, DueItem, Instant, Recorded } from '#kernel';

/**
 * The shape of a context, as the engine composes it. `S` is the context's own state, `W` the world that its rules see:
 * its own state and the read-only answers of the other contexts.
 */
export interface ContextDecider<S, W, N extends CommandName> {
  readonly initial: S;
  /** Total: never throws, ignores what does not concern it. Sees the events of every context. */
  evolve(state: S, event: DomainEvent, recorded: Recorded): S;
  /** One pure function per command. */
  readonly decide: { readonly [K in N]: (world: W, args: ArgumentsOf<K>, act: Act) => Decision<DomainEvent> };
  /**
   * The next automatic event that this state demands at `at`, or nothing. Asked again after each event, so that a
   * commit ends only when nothing is demanded; a commit that is full goes on in a system entry directly behind.
   */
  consequence(world: W, at: Instant): DomainEvent | undefined;
  /** The first thing that becomes due by time alone. */
  firstDue(state: S): DueItem | undefined;
  /** The event that the due item stands for, as of its `dueAt`; nothing when it no longer applies. */
  whenDue(world: W, item: DueItem): DomainEvent | undefined;
  /** The state without its first due item. */
  dropDue(state: S): S;
}
