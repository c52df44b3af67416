import type { CommandName } from '#contracts';
import { perform } from '#engine';
import type { Command, State } from '#engine';
import type { Actor, Instant, Refusal } from '#kernel';
import type { Decide, Entropy } from '#ledger';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { DueTimer } from '../due-timer.js';
import { Randomness } from '../randomness.js';

/** Makes of a command the decision that the ledger asks for, as often as it asks: on the newest state, at the time of asking. */
@Injectable()
export class Deciding {
  constructor(
    private readonly clock: Clock,
    readonly entropy: Randomness,
    private readonly timer: DueTimer,
  ) {}

  now(): Instant {
    return this.clock.now();
  }

  of<N extends CommandName>(
    command: Command<N>,
    actorOf: (state: State, at: Instant) => Actor | Refusal,
    entropy: Entropy = this.entropy,
  ): Decide<State> {
    return (state) => {
      const step = perform(state, { command, actorOf }, this.clock.now(), entropy);
      this.timer.note(step.state);
      return step;
    };
  }
}
