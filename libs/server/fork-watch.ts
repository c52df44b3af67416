import type { State } from '#engine';
import type { AllianceLedger } from '#ledger';
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
  private timeout: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly views: Pick<ViewStore, 'listParked'>,
    private readonly ledger: Pick<AllianceLedger<State>, 'stop'>,
    private readonly log: Log,
  ) {}

  /** Looks now and then every two seconds; resolves after the first look. */
  async start(): Promise<void> {
    this.looking = this.look();
    await this.looking;
    if (this.isStopped) return;
    this.timeout = setTimeout(() => void this.start(), LOOK_EVERY_MS);
    this.timeout.unref();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timeout);
    await this.looking;
  }

  private async look(): Promise<void> {
    try {
      for (const { alliance, seq, cause } of await this.views.listParked(MAX_PARKED_LOOKED_AT)) {
        if (cause === FORK) this.ledger.stop(alliance, seq);
      }
    } catch (fault) {
      this.log.error('the views did not tell which ledgers were replaced', { stack: stackOf(fault) });
    }
  }
}
