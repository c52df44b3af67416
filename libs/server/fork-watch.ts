import type { State } from '#engine';
import type { AllianceLedger } from '#ledger';
import { Rounds } from '#platform';
import type { Log } from '#platform';
import { FORK } from '#views';
import type { ViewStore } from '#views';
import { stackOf } from './watch.js';

/** How often the views are asked, wherever they are moved on. */
const LOOK_EVERY_MS = 2_000;
/** Parked projections that are looked at, at most; a fold meets what is beyond. */
export const MAX_PARKED_LOOKED_AT = 1_000;

/** Stops the commands of an alliance as soon as the views say that its ledger was replaced. */
export class ForkWatch {
  private rounds: Rounds | undefined;

  constructor(
    private readonly views: Pick<ViewStore, 'listParked'>,
    private readonly ledger: Pick<AllianceLedger<State>, 'stop'>,
    private readonly log: Log,
  ) {}

  /** Looks now and then every two seconds; resolves after the first look. */
  async start(): Promise<void> {
    const look = () => this.look();
    const failed = (fault: unknown) => {
      this.log.error('the views did not tell which ledgers were replaced', { stack: stackOf(fault) });
    };
    await look().catch(failed);
    this.rounds = new Rounds(LOOK_EVERY_MS, look, failed);
  }

  async stop(): Promise<void> {
    await this.rounds?.close();
  }

  private async look(): Promise<void> {
    for (const { alliance, seq, cause } of await this.views.listParked(MAX_PARKED_LOOKED_AT)) {
      if (cause === FORK) this.ledger.stop(alliance, seq);
    }
  }
}
