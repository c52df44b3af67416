import type { AgendaItem } from '#engine';
import { IdentityStore } from '#identity';
import type { PendingAct } from '#identity';
import { dayOf } from '#kernel';
import type { Id } from '#kernel';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { Reading } from '../reading-rights.js';

/**
 * Acts that wait for the signature of a partner, for its agenda: they stand outside the ledger, so no view has them. Told
 * to those who may read them, that partner's people and facilitators (HTTP page, 8).
 */
@Injectable()
export class AwaitedSignatures {
  constructor(
    private readonly identity: IdentityStore,
    private readonly clock: Clock,
  ) {}

  async of(reading: Reading, partnerId: Id): Promise<readonly AgendaItem[]> {
    if (!mayRead(reading, partnerId)) return [];
    const acts = await this.identity.pendingActs.list(reading.alliance, this.clock.now());
    const items: AgendaItem[] = [];
    for (const act of acts) {
      const { id, expiresAt: until } = act;
      const by = dayOf(until, reading.state.alliance.timeZone);
      if (await this.isAwaited(reading, act, partnerId)) items.push({ what: 'sign-act', id, by, until });
    }
    return items;
  }

  /** The partner is a delegate for what the act rests on, and no mandate of it signed so far. */
  private async isAwaited({ state }: Reading, act: PendingAct, partnerId: Id): Promise<boolean> {
    const { public: given } = JSON.parse(act.input) as { readonly public: Readonly<Record<string, unknown>> };
    const enabling = state.deliberation.decisions.get(given['enablingId'] as Id);
    if (!enabling?.delegation?.delegates.includes(partnerId)) return false;
    const signatures = await this.identity.pendingActs.signatures(act.id);
    return !signatures.some(({ mandateId }) => state.alliance.mandates.get(mandateId)?.partnerId === partnerId);
  }
}

function mayRead({ capacities, untilSeq }: Reading, partnerId: Id): boolean {
  if (untilSeq !== undefined) return false;
  return capacities.some(({ actor }) =>
    actor.kind === 'representative' ? actor.partner === partnerId : actor.kind === 'facilitator',
  );
}
