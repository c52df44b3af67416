import { LedgerStore } from '#ledger';
import { ViewStore } from '#views';
import { Inject, Injectable } from '@nestjs/common';

export const READY_WHEN = Symbol('what must hold before requests are served');

/** Whether requests can be served: the stores answer, and what the app names holds. */
@Injectable()
export class Readiness {
  constructor(
    private readonly ledger: LedgerStore,
    private readonly views: ViewStore,
    @Inject(READY_WHEN) private readonly assertReady: () => Promise<void>,
  ) {}

  async check(): Promise<boolean> {
    try {
      await Promise.all([this.ledger.alliances(undefined, 1), this.views.listParked(1), this.assertReady()]);
      return true;
    } catch {
      return false;
    }
  }
}
