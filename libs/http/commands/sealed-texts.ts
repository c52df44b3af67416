import type { EventType } from '#contracts';
import type { AmendedText, Preparation, State } from '#engine';
import type { Id, Json } from '#kernel';
import { AllianceLedger, LedgerStore, readLedger } from '#ledger';
import { objectKey, objects, ViewStore } from '#views';
import type { ObjectDoc } from '#views';
import { Injectable } from '@nestjs/common';
import { Randomness } from '../randomness.js';

interface Place {
  readonly seq: number;
  readonly event: number;
}

/** The sealed text of an object: where it is shown, and which event has it. */
interface Sought {
  readonly collection: string;
  readonly type: EventType;
  readonly field: string;
  readonly id: Id;
  readonly name: string;
}

/** Sealed texts from which a later one goes on: the key of a proposal's texts, the text of an amendment. */
@Injectable()
export class SealedTexts {
  constructor(
    private readonly store: LedgerStore,
    private readonly views: ViewStore,
    private readonly ledger: AllianceLedger<State>,
    private readonly entropy: Randomness,
  ) {}

  /** What a command of an alliance is prepared with. */
  preparation(alliance: Id): Preparation {
    return {
      entropy: this.entropy,
      textKeyOf: (proposalId) => this.of(alliance, proposalId),
      amendedTextOf: (amendmentId) => this.amended(alliance, amendmentId),
      state: () => this.ledger.state(alliance),
    };
  }

  /** The key of the versions before; nothing when there are none, or when it was erased. */
  private async of(alliance: Id, proposalId: Id): Promise<string | undefined> {
    const proposal = {
      collection: 'proposals',
      type: 'ProposalVersioned',
      field: 'proposalId',
      id: proposalId,
    } as const;
    return (await this.opened(alliance, { ...proposal, name: 'textKey' })) as string | undefined;
  }

  /** The text of an amendment with its key; nothing when there is none, or when it was erased. */
  private async amended(alliance: Id, amendmentId: Id): Promise<AmendedText | undefined> {
    const from = { collection: 'amendments', type: 'AmendmentSubmitted', field: 'amendmentId' } as const;
    const amendment = { ...from, id: amendmentId };
    const text = await this.opened(alliance, { ...amendment, name: 'text' });
    const textKey = await this.opened(alliance, { ...amendment, name: 'textKey' });
    return text === undefined || typeof textKey !== 'string' ? undefined : { text, textKey };
  }

  private async opened(alliance: Id, sought: Sought): Promise<Json | undefined> {
    const place = (await this.seen(alliance, sought)) ?? (await this.sought(alliance, sought));
    const opening = place && (await this.store.opening(alliance, place.seq, place.event, sought.name));
    return opening && (JSON.parse(opening.payload) as Json);
  }

  /** Where the view of objects has seen it; any version will do. */
  private async seen(alliance: Id, { collection, id, name }: Sought): Promise<Place | undefined> {
    const row = await this.views.get(alliance, objects.name, objectKey(collection, id));
    return (row?.doc as ObjectDoc | undefined)?.texts[name];
  }

  /** Where the ledger has it, when the view has not come so far. */
  private async sought(alliance: Id, { type, field, id }: Sought): Promise<Place | undefined> {
    for await (const { seq, events } of readLedger(this.store, alliance)) {
      const event = events.findIndex(
        (one) => one.type === type && (one.data as Readonly<Record<string, unknown>>)[field] === id,
      );
      if (event >= 0) return { seq, event };
    }
    return undefined;
  }
}
