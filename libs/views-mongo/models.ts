import type { Hash, Id } from '#kernel';
import { SCHEMA_OPTIONS } from '#mongo';
import type { IndexWanted } from '#mongo';
import mongoose from 'mongoose';
import type { Connection, Model } from 'mongoose';

/** One row of one making of a projection. `doc` is JSON text, so that every key and every nothing comes back. */
export interface RowDocument {
  /** All that says which row it is: found by it alone, and by nothing twice. */
  readonly _id: string;
  readonly alliance: Id;
  readonly projection: string;
  readonly generation: string;
  readonly key: string;
  /** The entry up to which events are in this row: what is older is not written over it. */
  readonly lastSeq: number;
  /** A tombstone: the row was removed and keeps its guard. */
  readonly gone: boolean;
  readonly doc: string;
  readonly tags: readonly string[];
}

export interface CheckpointDocument {
  readonly _id: string;
  readonly alliance: Id;
  readonly projection: string;
  readonly version: number;
  readonly seq: number;
  readonly hash?: Hash;
  readonly outdated: boolean;
  readonly parkedSeq?: number;
  readonly parkedCause?: string;
  /** Counts commits; a commit is a compare-and-set on it. */
  readonly revision: number;
  /** The making of the rows that is shown, and the one before, which late readers may still be reading. */
  readonly generation: string;
  readonly previous?: string;
  /** JSON of the rows of the last commit, until each of them is known to be written. */
  readonly pending?: string;
}

const text = { type: String };
const number = { type: Number };
const flag = { type: Boolean };

const rowSchema = new mongoose.Schema<RowDocument>(
  {
    _id: text,
    alliance: text,
    projection: text,
    generation: text,
    key: text,
    lastSeq: number,
    gone: flag,
    doc: text,
    tags: [text],
  },
  { ...SCHEMA_OPTIONS, collection: 'view_rows' },
);

const checkpointSchema = new mongoose.Schema<CheckpointDocument>(
  {
    _id: text,
    alliance: text,
    projection: text,
    version: number,
    seq: number,
    hash: text,
    outdated: flag,
    parkedSeq: number,
    parkedCause: text,
    revision: number,
    generation: text,
    previous: text,
    pending: text,
  },
  { ...SCHEMA_OPTIONS, collection: 'view_checkpoints' },
);

export const ROW_INDEXES: readonly IndexWanted[] = [
  { name: 'row_tag', keys: { alliance: 1, projection: 1, generation: 1, tags: 1, key: 1 }, unique: false },
];
export const CHECKPOINT_INDEXES: readonly IndexWanted[] = [
  { name: 'parked', keys: { parkedSeq: 1, alliance: 1, projection: 1 }, unique: false },
];

export interface Models {
  readonly rows: Model<RowDocument>;
  readonly checkpoints: Model<CheckpointDocument>;
}

export function modelsOf(connection: Connection): Models {
  return {
    rows: connection.model<RowDocument>('ViewRow', rowSchema),
    checkpoints: connection.model<CheckpointDocument>('ViewCheckpoint', checkpointSchema),
  };
}
