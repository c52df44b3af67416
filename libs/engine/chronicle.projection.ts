import { contextOf } from '#contracts';
import type { DomainEvent, EventOf, EventType } from '#contracts';
import type { Actor, Day, Hash, Instant } from '#kernel';
import { textPlace } from '#views';
import type { EventMeta, Projection } from '#views';

/** An event as a printed page tells it: what it says in public, by whom, when, and where it stands. */
export type ToldEvent<T extends EventType = EventType> = T extends EventType
  ? {
      readonly type: T;
      readonly data: EventOf<T>['data'];
      readonly seq: number;
      readonly index: number;
      /** When the ledger learnt it. */
      readonly at: Instant;
      /** When it happened, of a due event. */
      readonly dueAt?: Instant;
      readonly day: Day;
      readonly actor: Actor;
      /** Hash of the entry. */
      readonly hash: Hash;
      readonly subject?: string;
      /** Places of the sealed texts that were written, by name, as in `/openings/<seq>/<event>/<name>`. */
      readonly texts: Readonly<Record<string, string>>;
    }
  : never;

/** Public fields that say what an event is about: each is a tag of its row. */
const ABOUT = [
  ...['proposalId', 'roundId', 'decisionId', 'enablingId', 'reviewOf', 'byDecisionId', 'newProposalId'],
  ...['amendmentId', 'adviceId', 'proxyId', 'requestId', 'commitmentId', 'guaranteeId', 'mandateId'],
];

/** Events of the other contexts without which a decision is not understood: who left, who spoke, how a condition was met. */
const OTHERS: ReadonlySet<EventType> = new Set<EventType>([
  ...([
    'PartnerWithdrew',
    'PartnerExcluded',
    'PartnerBecameUnrepresented',
    'MandateGranted',
    'CharterDrafted',
  ] as const),
  ...(['ResourceRequested', 'CommitmentMade', 'CommitmentRatified', 'CommitmentRatificationRefused'] as const),
  ...(['CommitmentReleased', 'GuaranteeOffered', 'GuaranteeRatified', 'GuaranteeRatificationRefused'] as const),
  ...(['GuaranteeEnteredIntoForce', 'GuaranteeReleased', 'GuaranteeExpired'] as const),
]);

/** Who left the electorate of any round, or has nobody left to speak for it. */
export const LEAVING_TAG = 'leaving';
const LEAVING: ReadonlySet<EventType> = new Set<EventType>([
  ...(['PartnerWithdrew', 'PartnerExcluded', 'PartnerBecameUnrepresented'] as const),
]);
/** Proxies that name no round: they hold between two dates. */
export const BETWEEN_DATES_TAG = 'proxy-between-dates';

/**
 * Every event of deliberation, and those of the others beside it, found by what it is about. A row is one event and is
 * never changed, so that no order of folding matters.
 */
export const chronicle: Projection<ToldEvent> = {
  name: 'chronicle',
  version: 1,
  touches: ({ type }, { seq, index }) =>
    contextOf(type) === 'deliberation' || OTHERS.has(type)
      ? [`${String(seq).padStart(15, '0')}/${String(index).padStart(3, '0')}`]
      : [],
  evolve: (_row, event, meta) => ({ doc: told(event, meta), tags: tagsOf(event) }),
};

function told(event: DomainEvent, { seq, index, at, effectiveDay: day, actor, hash }: EventMeta): ToldEvent {
  const { type, data, dueAt, subject } = event;
  const names = Object.keys(event.sealed ?? {}).filter(
    (name) => isForReaders(name) && event.sealed?.[name] !== undefined,
  );
  const texts = Object.fromEntries(names.map((name) => [name, textPlace({ seq, index }, name)]));
  const about = { ...(dueAt === undefined ? {} : { dueAt }), ...(subject === undefined ? {} : { subject }) };
  return { type, data, seq, index, at, ...about, day, actor, hash, texts } as ToldEvent;
}

/** Keys of hashes are for machines; where people are reached is nobody else's affair. */
function isForReaders(name: string): boolean {
  return !name.endsWith('Key') && name !== 'address' && name !== 'contact';
}

function tagsOf({ type, data, subject = '' }: DomainEvent): readonly string[] {
  const public_ = data as Readonly<Record<string, unknown>>;
  const ids = ABOUT.flatMap((name) => (typeof public_[name] === 'string' ? [public_[name]] : []));
  const round = subject.startsWith('round/') ? [subject.slice('round/'.length)] : [];
  const leaving = LEAVING.has(type) ? [LEAVING_TAG] : [];
  const charter = type === 'CharterDrafted' ? [public_['charterHash'] as string] : [];
  const between = type === 'ProxyGiven' && public_['roundId'] === undefined ? [BETWEEN_DATES_TAG] : [];
  return [...new Set([...ids, ...round, ...leaving, ...between, ...charter])];
}
