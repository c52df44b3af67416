import { refuse } from '#kernel';
import type { Id } from '#kernel';
import { readEntry } from './entry.js';
import type { Entropy } from './entropy.js';
import type { Entry } from './entry.js';
import { fingerprintOf, isRepeat } from './fingerprint.js';
import { GroupCommit } from './group-commit.js';
import { Lane } from './lane.js';
import type { Flight, Job } from './lane.js';
import { rowOf } from './ledger-store.js';
import type { LedgerStore } from './ledger-store.js';
import { LedgerBroken } from './reader.js';
import { RecentCommands } from './recent-commands.js';
import { CommandFailed } from './request.js';
import type { Answer, Decide, Decided, Request, Standing } from './request.js';
import { StoppedAlliances } from './stopped-alliances.js';
import { MACHINE_TIMING } from './timing.js';
import type { Timing } from './timing.js';

/** States of alliances kept in memory, at most; those with work under way are never let go. */
export const MAX_STATES = 250;

export interface Folding<S> {
  readonly initial: S;
  readonly foldEntry: (state: S, entry: Entry) => S;
}

export interface AllianceLedgerOptions {
  /** Makes the salts of fingerprints. */
  readonly entropy: Pick<Entropy, 'key'>;
  readonly timing?: Timing;
  readonly maxStates?: number;
}

type Listener = (entries: readonly Entry[]) => void;

/**
 * The append loop, one for every store (architecture 4): decides on the state at the head of an alliance and inserts
 * behind it. Order rests on the store's unique (alliance, seq), idempotence on its unique (alliance, command id). An
 * answer leaves only when its entry, and everything it was decided on, is flushed.
 */
export class AllianceLedger<S extends Standing> {
  private readonly lanes = new Map<Id, Lane<S>>();
  /** Per command under way its last twin, so that twins come one after the other. */
  private readonly twins = new Map<string, Promise<unknown>>();
  /** A repeat of one of these is looked up before it is decided, so that it costs its alliance no lost flush. */
  private readonly recent = new RecentCommands();
  private readonly listeners = new Set<Listener>();
  private readonly group: GroupCommit<Flight<S>>;
  private readonly timing: Timing;
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly stopped = new StoppedAlliances();
  private isClosing = false;

  constructor(
    private readonly store: LedgerStore,
    private readonly folding: Folding<S>,
    private readonly options: AllianceLedgerOptions,
  ) {
    this.timing = options.timing ?? MACHINE_TIMING;
    this.group = new GroupCommit(store, this.timing);
  }

  /**
   * Decides a command and records it. `alliance` is left out for the command that forms one. A repeat under the same
   * command id and fingerprint gets the first answer, also when it would be refused by now. An unknown alliance is
   * refused NOT_FOUND, one that exists already ALLIANCE_EXISTS. Throws CommandFailed, StoreFailed, LedgerBroken,
   * UnknownEvent, and what `decide` throws.
   */
  async execute(alliance: Id | undefined, request: Request<S>): Promise<Answer> {
    if (alliance !== undefined) return await this.inTurn(alliance, { ...request, decide: known(request.decide) });
    const first = request.decide(this.folding.initial);
    const formed = first.entries[0]?.alliance;
    if (formed === undefined) return refused(first);
    const decide: Decide<S> = (state) =>
      state.head.seq < 0 ? first : { entries: [], state, refusal: refuse('ALLIANCE_EXISTS') };
    return await this.inTurn(formed, { ...request, decide });
  }

  /** Records what the clock demands; answers with what was recorded. An unknown alliance has nothing due. */
  async tick(alliance: Id, decide: Decide<S>): Promise<readonly Entry[]> {
    const decided = await this.enqueue(alliance, jobOf(known(decide)));
    return decided?.entries ?? [];
  }

  /** The state behind everything recorded, and behind every command given before; nothing for an unknown alliance. */
  async state(alliance: Id): Promise<S | undefined> {
    this.laneOf(alliance).lookAgain();
    const decided = await this.enqueue(
      alliance,
      jobOf((state) => ({ entries: [], state })),
    );
    return decided && decided.state.head.seq >= 0 ? decided.state : undefined;
  }

  /**
   * A doorbell: called with entries of one alliance that this process appended, in order, after their flush. Rings are
   * not kept: who needs every entry reads the store. Gives back what ends it.
   */
  onAppended(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * The ledger of an alliance was replaced from `seq` on, as somebody found who reads it too: from now on every command
   * of it throws LedgerBroken, until a process starts that knows nothing of it.
   */
  stop(alliance: Id, seq: number): void {
    this.stopped.add(new LedgerBroken(alliance, seq, 'chain-broken'));
  }

  /** Takes nothing new and waits for what is under way. The store stays open. */
  async close(): Promise<void> {
    this.isClosing = true;
    await Promise.allSettled([...this.underWay]);
  }

  /** Twins of one command run one after the other, so that the second finds the first's answer. */
  private async inTurn(alliance: Id, request: Request<S>): Promise<Answer> {
    const key = `${alliance} ${request.commandId}`;
    const before = this.twins.get(key);
    const run = () => this.perform(alliance, request);
    const mine = before ? before.then(run, run) : run();
    this.twins.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.twins.get(key) === mine) this.twins.delete(key);
    }
  }

  /**
   * Decides first and looks the command id up when that came to nothing: a repeat is refused by the state or by the
   * store, whose index is the truth, and a look-up before would cost every command what only a repeat needs.
   */
  private async perform(alliance: Id, request: Request<S>): Promise<Answer> {
    const earlier = this.recent.has(request.commandId) ? await this.firstAnswer(alliance, request) : undefined;
    if (earlier) return earlier;
    const first = await this.decideOnce(alliance, request);
    if (first.kind === 'recorded' || !(await this.isBehind(alliance, first.seq))) return first;
    // Another process has appended: a refusal must not come from a ledger older than what its client may have seen.
    this.laneOf(alliance).lookAgain();
    return await this.decideOnce(alliance, request);
  }

  private async decideOnce(alliance: Id, request: Request<S>): Promise<Answer> {
    const decided = await this.enqueue(alliance, this.jobFor(alliance, request));
    if (!decided?.entry) return (await this.firstAnswer(alliance, request)) ?? refused(decided);
    this.recent.add(request.commandId);
    return { kind: 'recorded', entry: decided.entry, repeated: false };
  }

  private async isBehind(alliance: Id, seq: number): Promise<boolean> {
    return ((await this.store.head(alliance))?.seq ?? -1) > seq;
  }

  private async firstAnswer(alliance: Id, request: Request<S>): Promise<Answer | undefined> {
    const stored = await this.store.findCommand(alliance, request.commandId);
    if (!stored) return undefined;
    if (!isRepeat(stored, request.fingerprint?.text)) throw new CommandFailed('COMMAND_ID_REUSED');
    return { kind: 'recorded', entry: readEntry(stored.body), repeated: true };
  }

  private jobFor(alliance: Id, { commandId, fingerprint, decide }: Request<S>): Job<S> {
    const kept = fingerprint && fingerprintOf(fingerprint.text, this.options.entropy.key());
    return {
      decide,
      rowsOf: (entries) => entries.map((entry) => rowOf(entry, entry.commandId === commandId ? kept : undefined)),
      isDone: async () => (await this.store.findCommand(alliance, commandId)) !== undefined,
    };
  }

  private async enqueue(alliance: Id, job: Job<S>): Promise<Decided<S> | undefined> {
    if (this.isClosing) throw new CommandFailed('NOT_READY');
    this.stopped.assertGoesOn(alliance);
    const lane = this.laneOf(alliance);
    const result = lane.submit(job);
    this.underWay.add(result);
    try {
      return await result;
    } catch (fault) {
      if (fault instanceof LedgerBroken && fault.reason === 'chain-broken') this.stopped.add(fault);
      throw fault;
    } finally {
      this.underWay.delete(result);
      if (lane.isEmpty && lane.isIdle) this.lanes.delete(alliance);
    }
  }

  /** The lane of an alliance, now the one used last. The one not used for longest makes room. */
  private laneOf(alliance: Id): Lane<S> {
    const { store, group, timing } = this;
    const lane =
      this.lanes.get(alliance) ?? new Lane(alliance, { store, group, timing, ...this.folding, appended: this.ring });
    this.lanes.delete(alliance);
    this.lanes.set(alliance, lane);
    for (const [other, { isIdle }] of this.lanes) {
      if (this.lanes.size <= (this.options.maxStates ?? MAX_STATES)) break;
      if (isIdle && other !== alliance) this.lanes.delete(other);
    }
    return lane;
  }

  /** A listener that throws is a fault of its own and must not hold up answers. */
  private readonly ring = (entries: readonly Entry[]): void => {
    for (const listener of this.listeners) {
      queueMicrotask(() => {
        listener(entries);
      });
    }
  };
}

function jobOf<S>(decide: Decide<S>): Job<S> {
  return { decide, rowsOf: (entries) => entries.map((entry) => rowOf(entry)), isDone: async () => false };
}

function known<S extends Standing>(decide: Decide<S>): Decide<S> {
  return (state) => (state.head.seq < 0 ? { entries: [], state, refusal: refuse('NOT_FOUND') } : decide(state));
}

function refused(decided: Decided<Standing> | undefined): Answer {
  if (!decided?.refusal) throw new Error('a decision has an entry of its command or a refusal');
  return { kind: 'refused', refusal: decided.refusal, seq: decided.state.head.seq };
}
