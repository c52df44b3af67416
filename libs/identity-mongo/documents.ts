import type { PendingAct, Signature } from '#identity';
import type { Hash, Id } from '#kernel';
import { SCHEMA_OPTIONS } from '#mongo';
import type { IndexWanted } from '#mongo';
import mongoose from 'mongoose';
import type { Connection, Model } from 'mongoose';

export interface BoundRef {
  readonly ref: Id;
  readonly alliance: Id;
}

/** A person with all their refs: binding one and making the next spare is a compare-and-set of this one document. */
export interface AccountDocument {
  readonly _id: Id;
  readonly label: string;
  readonly createdAt: string;
  readonly spare: Id;
  readonly refs: readonly BoundRef[];
}

/** A token under its SHA-256. */
export interface TokenDocument {
  readonly _id: string;
  readonly account: Id;
  readonly createdAt: string;
}

/** A formation under account and hashed key. */
export interface FormationDocument {
  readonly _id: string;
  readonly account: Id;
  readonly nonce: Hash;
  readonly alliance?: Id;
  readonly personRef?: Id;
}

/** An act that waits for signatures, with those that it has. */
export interface PendingActDocument extends Omit<PendingAct, 'id'> {
  readonly _id: Id;
  readonly signatures: readonly Signature[];
}

/** The account whose formation is under way, until when at most (ms of the machine's clock). */
export interface TurnDocument {
  readonly _id: Id;
  readonly until: number;
  readonly holder: string;
}

const text = { type: String };

const accountSchema = new mongoose.Schema<AccountDocument>(
  {
    _id: text,
    label: text,
    createdAt: text,
    spare: text,
    refs: [new mongoose.Schema<BoundRef>({ ref: text, alliance: text }, { _id: false })],
  },
  { ...SCHEMA_OPTIONS, collection: 'accounts' },
);
const tokenSchema = new mongoose.Schema<TokenDocument>(
  { _id: text, account: text, createdAt: text },
  { ...SCHEMA_OPTIONS, collection: 'tokens' },
);
const formationSchema = new mongoose.Schema<FormationDocument>(
  { _id: text, account: text, nonce: text, alliance: text, personRef: text },
  { ...SCHEMA_OPTIONS, collection: 'formations' },
);
const pendingActSchema = new mongoose.Schema<PendingActDocument>(
  {
    _id: text,
    alliance: text,
    name: text,
    input: text,
    commandId: text,
    fingerprint: text,
    expiresAt: text,
    signatures: [new mongoose.Schema<Signature>({ account: text, mandateId: text, keyHash: text }, { _id: false })],
  },
  { ...SCHEMA_OPTIONS, collection: 'pending_acts' },
);
const turnSchema = new mongoose.Schema<TurnDocument>(
  { _id: text, until: { type: Number }, holder: text },
  { ...SCHEMA_OPTIONS, collection: 'formation_turns' },
);

export const ACCOUNT_INDEXES: readonly IndexWanted[] = [
  { name: 'spare', keys: { spare: 1 }, unique: true },
  { name: 'refs', keys: { 'refs.ref': 1 }, unique: false },
];
export const FORMATION_INDEXES: readonly IndexWanted[] = [
  { name: 'of_account', keys: { account: 1, personRef: 1 }, unique: false },
];

export const PENDING_ACT_INDEXES: readonly IndexWanted[] = [
  { name: 'of_alliance', keys: { alliance: 1, expiresAt: 1 }, unique: false },
  { name: 'expiry', keys: { expiresAt: 1 }, unique: false },
];

export interface Models {
  readonly accounts: Model<AccountDocument>;
  readonly tokens: Model<TokenDocument>;
  readonly formations: Model<FormationDocument>;
  readonly pendingActs: Model<PendingActDocument>;
  readonly turns: Model<TurnDocument>;
}

export function modelsOf(connection: Connection): Models {
  return {
    accounts: connection.model<AccountDocument>('Account', accountSchema),
    tokens: connection.model<TokenDocument>('Token', tokenSchema),
    formations: connection.model<FormationDocument>('Formation', formationSchema),
    pendingActs: connection.model<PendingActDocument>('PendingAct', pendingActSchema),
    turns: connection.model<TurnDocument>('FormationTurn', turnSchema),
  };
}
