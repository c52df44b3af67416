import type { EventType } from '#contracts';
import type { ToldEvent } from '#engine';
import type { Id } from '#kernel';

export type PositionEvent = ToldEvent<'PositionTaken' | 'PositionRecordedOnBehalf'>;

/** The events that minutes are made from, in the order of the ledger, and what they say of each other. */
export class Story {
  constructor(readonly events: readonly ToldEvent[]) {}

  all<T extends EventType>(...types: readonly T[]): readonly ToldEvent<T>[] {
    return this.events.filter((event): event is ToldEvent<T> => types.includes(event.type as T));
  }

  first<T extends EventType>(type: T, isIt: (event: ToldEvent<T>) => boolean = () => true): ToldEvent<T> | undefined {
    return this.all(type).find(isIt);
  }

  /** Those of one thing, named by a field that they have. */
  of<T extends EventType>(id: Id, ...types: readonly T[]): readonly ToldEvent<T>[] {
    return this.all(...types).filter(({ data }) => Object.values(data).includes(id));
  }

  /** Everything about a round, up to today. */
  inRound(roundId: Id): Story {
    const subject = `round/${roundId}`;
    const isIn = ({ subject: about, data }: ToldEvent) =>
      about === subject || ('roundId' in data && data.roundId === roundId);
    return new Story(this.events.filter(isIn));
  }

  get positions(): readonly PositionEvent[] {
    return this.all('PositionTaken', 'PositionRecordedOnBehalf');
  }

  positionOf(positionId: Id): PositionEvent | undefined {
    return this.positions.find(({ data }) => data.positionId === positionId);
  }

  /** The partner whom an event is about, also where it names only the thing that is that partner's. */
  partnerOf({ data, actor }: ToldEvent): Id | undefined {
    const named = data as Readonly<Record<string, unknown>>;
    for (const field of ['partnerId', 'giverId', 'sponsorId', 'providerId', 'obligorId']) {
      if (typeof named[field] === 'string') return named[field] as Id;
    }
    const owner = OWNERS.find(({ field }) => typeof named[field] === 'string');
    if (owner) return this.ownerOf(owner, named[owner.field] as Id);
    return actor.kind === 'representative' ? actor.partner : undefined;
  }

  private ownerOf({ field, made }: (typeof OWNERS)[number], id: Id): Id | undefined {
    const maker = this.events.find(
      ({ type, data }) => made.some((one) => one === type) && (data as Readonly<Record<string, unknown>>)[field] === id,
    );
    return maker && this.partnerOf({ ...maker, data: { ...maker.data, [field]: undefined } } as ToldEvent);
  }
}

/** Things that belong to a partner, and the event that says to whom. */
const OWNERS: readonly { readonly field: string; readonly made: readonly EventType[] }[] = [
  { field: 'objectionId', made: ['ObjectionRaised'] },
  { field: 'positionId', made: ['PositionTaken', 'PositionRecordedOnBehalf'] },
  { field: 'amendmentId', made: ['AmendmentSubmitted'] },
  { field: 'adviceId', made: ['AdviceRequested'] },
  { field: 'proxyId', made: ['ProxyGiven'] },
  { field: 'commitmentId', made: ['CommitmentMade'] },
  { field: 'guaranteeId', made: ['GuaranteeOffered'] },
];
