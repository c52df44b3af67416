import type { DataOf, DomainEvent } from '#contracts';
import type { Id } from '#kernel';
import type { EventMeta } from '#views';
import { dated } from './dated.js';
import type { Dated } from './dated.js';

/** A proxy, from its giving to its end (part 1, 4.8). */
export interface ProxyRow {
  readonly sort: 'proxy';
  readonly proxyId: Id;
  readonly given?: Dated & DataOf<'ProxyGiven'>;
  readonly revoked?: Dated & Pick<DataOf<'ProxyRevoked'>, 'cause'>;
}

export function proxyRow(before: ProxyRow | undefined, event: DomainEvent, meta: EventMeta, id: Id): ProxyRow {
  const row: ProxyRow = before ?? { sort: 'proxy', proxyId: id };
  if (event.type === 'ProxyGiven') return { ...row, given: { ...event.data, ...dated(meta) } };
  if (event.type !== 'ProxyRevoked') return row;
  return { ...row, revoked: { ...dated(meta), cause: event.data.cause } };
}

/** Found by its holder until it ended. */
export function tagsOfProxy({ given, revoked }: ProxyRow): readonly string[] {
  return given && !revoked ? [proxyOfTag(given.holderId)] : [];
}

export function proxyOfTag(holderId: Id): string {
  return `proxy-of/${holderId}`;
}
