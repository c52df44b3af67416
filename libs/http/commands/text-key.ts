import type { Id } from '#kernel';
import { LedgerStore, readLedger } from '#ledger';
import { objectKey, objects, ViewStore } from '#views';
import type { ObjectDoc } from '#views';
import { Injectable } from '@nestjs/common';

interface Place {
  readonly seq: number;
  readonly event: number;
}

/** The keys under which the texts of a proposal are hashed: one key for all versions of one proposal. */
@Injectable()
export class TextKeys {
  constructor(
    private readonly store: LedgerStore,
    private readonly views: ViewStore,
  ) {}

  /** The key of the versions before; nothing when there are none, or when it was erased. */
  async of(alliance: Id, proposalId: Id): Promise<string | undefined> {
    const place = (await this.seen(alliance, proposalId)) ?? (await this.sought(alliance, proposalId));
    const opening = place && (await this.store.opening(alliance, place.seq, place.event, 'textKey'));
    return opening && (JSON.parse(opening.payload) as string);
  }

  /** Where the view of objects has seen it; any version will do. */
  private async seen(alliance: Id, proposalId: Id): Promise<Place | undefined> {
    const row = await this.views.get(alliance, objects.name, objectKey('proposals', proposalId));
    return (row?.doc as ObjectDoc | undefined)?.texts['textKey'];
  }

  /** Where the ledger has it, when the view has not come so far. */
  private async sought(alliance: Id, proposalId: Id): Promise<Place | undefined> {
    for await (const { seq, events } of readLedger(this.store, alliance)) {
      const event = events.findIndex(
        ({ type, data }) => type === 'ProposalVersioned' && data.proposalId === proposalId,
      );
      if (event >= 0) return { seq, event };
    }
    return undefined;
  }
}
