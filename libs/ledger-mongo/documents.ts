import type { Hash, Id, Instant } from '#kernel';
import type { Fingerprint, LedgerRow, Opening, StoredEntry } from '#ledger';
import type { IndexWanted } from '#mongo';
import type { Connection, mongo } from 'mongoose';

/** One entry. Documents of this collection are only ever inserted and found. */
export interface EntryDocument {
  /** The hash of the entry. */
  readonly _id: Hash;
  readonly alliance: Id;
  readonly seq: number;
  readonly commandId: Id;
  readonly id: Id;
  readonly at: Instant;
  readonly body: string;
}

/** What is kept beside one entry and can be erased. Without an entry of this hash it is as if it were not there. */
export interface SealedDocument {
  /** The hash of the entry. */
  readonly _id: Hash;
  readonly alliance: Id;
  readonly seq: number;
  readonly fingerprint?: Fingerprint;
  readonly openings: readonly Opening[];
}

/** The order of entries rests on the first index, one answer for each command on the second; the third lists alliances. */
export const ENTRY_INDEXES: readonly IndexWanted[] = [
  { name: 'alliance_seq', keys: { alliance: 1, seq: 1 }, unique: true },
  { name: 'alliance_command', keys: { alliance: 1, commandId: 1 }, unique: true },
  { name: 'alliance_first', keys: { alliance: 1 }, unique: true, only: { seq: 0 } },
];

export interface Collections {
  readonly entries: mongo.Collection<EntryDocument>;
  readonly openings: mongo.Collection<SealedDocument>;
}

/** The native collections of a connection, with what must hold of them said again, whatever the connection says. */
export function collectionsOf(connection: Connection): Collections {
  const durable = {
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    readPreference: 'primary',
  } as const;
  const { db } = connection;
  if (!db) throw new Error('the connection is not open');
  return { entries: db.collection('entries', durable), openings: db.collection('openings', durable) };
}

export function entryDocument({ hash, alliance, seq, commandId, id, at, body }: LedgerRow): EntryDocument {
  return { _id: hash, alliance, seq, commandId, id, at, body };
}

export function storedEntry({ _id: hash, alliance, seq, commandId, id, at, body }: EntryDocument): StoredEntry {
  return { alliance, seq, commandId, id, at, hash, body };
}

/** Nothing for a row that has nothing to keep beside it. */
export function sealedDocument({ hash, alliance, seq, fingerprint, openings }: LedgerRow): SealedDocument | undefined {
  if (!fingerprint && openings.length === 0) return undefined;
  return { _id: hash, alliance, seq, ...(fingerprint && { fingerprint }), openings };
}
