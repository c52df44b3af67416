import { LedgerStore } from '#ledger';
import { ViewStore } from '#views';
import { Injectable } from '@nestjs/common';

/** Whether requests can be served: the stores answer. */
@Injectable()
export class Readiness {
  constructor(
    private readonly ledger: LedgerStore,
    private readonly views: ViewStore,
  ) {}

  async check(): Promise<boolean> {
    try {
      await Promise.all([this.ledger.alliances(undefined, 1), this.views.listParked(1)]);
      return true;
    } catch {
      return false;
    }
  }
}
