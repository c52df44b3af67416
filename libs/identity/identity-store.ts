import { base32 } from '#kernel';
import type { Hash, Id } from '#kernel';
import { createHash, randomBytes } from 'node:crypto';
import type { PendingActs } from './pending-acts.js';
import type { Soon } from './soon.js';

/** A person at this instance. The label is the operator's own reminder; it never leaves this store. */
export interface Account {
  readonly id: Id;
  readonly label: string;
}

export interface NewToken {
  /** Shown once: only its SHA-256 is kept. */
  readonly token: string;
  /** The person that a mandate can name; bound to the first alliance in which it is used. */
  readonly personRef: Id;
}

/** `bound` to the alliance asked for, usually one; `spare` is bound to none yet, but may be named in a mandate there. */
export interface PersonRefs {
  readonly bound: readonly Id[];
  readonly spare: Id;
}

/**
 * What a repeat of FormAlliance needs to find what the first made (HTTP page, 2.2): the nonce that makes the alliance's
 * id, and, once known, that id and the person who formed it.
 */
export interface Formation {
  readonly nonce: Hash;
  readonly alliance?: Id;
  readonly personRef?: Id;
}

/** Where ids of accounts, spare refs and nonces come from; a composition may bind another source. */
export interface IdentityEntropy {
  id(): Id;
  key(): string;
}

export const MACHINE_ENTROPY: IdentityEntropy = {
  id: () => base32(randomBytes(16)) as Id,
  key: () => randomBytes(32).toString('base64'),
};

/** A fault of the identity store. The driver's own error is the cause, and is shown to nobody. */
export class IdentityFailed extends Error {
  readonly code = 'IDENTITY_FAILED';
}

/**
 * Port: accounts, tokens, and the link from an account to its random `personRef` in each alliance. All names stay here:
 * the ledger knows random ids alone. Every account always has exactly one spare ref, bound to no alliance yet. Any number
 * of processes use it at once; each method is atomic and durable. Methods throw, or reject with, IdentityFailed.
 */
export abstract class IdentityStore {
  abstract readonly pendingActs: PendingActs;

  abstract createAccount(label: string): Soon<Account>;

  /** All accounts, the oldest first. */
  abstract accounts(): Soon<readonly Account[]>;

  abstract account(id: Id): Soon<Account | undefined>;

  /** A token of an existing account, with the ref to name in its next mandate. Fails for an unknown account. */
  abstract createToken(account: Id): Soon<NewToken>;

  /** Whose token this was found to be within the last few seconds. */
  abstract seenAccount(token: string): Id | undefined;

  /** Whose token this is; nothing for a text that is no token of this instance. May be five seconds late. */
  abstract authenticate(token: string): Soon<Id | undefined>;

  /** The refs under which an account may be known in an alliance. */
  abstract refsOf(account: Id, alliance: Id): Soon<PersonRefs>;

  /** The account's ref that is bound to no alliance yet. */
  abstract spareRef(account: Id): Soon<Id>;

  /**
   * Binds the account's spare to the alliance in which it was used, and makes the next spare. Idempotent; false when
   * the ref is not this account's or belongs to another alliance.
   */
  abstract bind(account: Id, alliance: Id, ref: Id): Soon<boolean>;

  /** Binds a ref that an alliance has named, whoever's spare it is; nothing happens when it is nobody's here. */
  abstract bindNamed(alliance: Id, ref: Id): Soon<void>;

  /** The alliance to which a ref is bound; nothing for a spare, and for a ref of nobody here. */
  abstract allianceOf(ref: Id): Soon<Id | undefined>;

  /** The alliances that an account has a ref in, by id. */
  abstract alliancesOf(account: Id): Soon<readonly Id[]>;

  /** Reserves (account, key) for FormAlliance: the first call makes the nonce, later ones find it. */
  abstract reserveFormation(account: Id, key: string): Soon<Formation>;

  /** Notes, before anything is written to a ledger, which alliance this key is about to form, and for whom. */
  abstract noteFormation(
    account: Id,
    key: string,
    formed: { readonly alliance: Id; readonly personRef: Id },
  ): Soon<void>;

  /** Formations noted for a ref: a stop may have come between the ledger and the binding. */
  abstract unfinishedFormations(account: Id, personRef: Id): Soon<readonly Id[]>;

  /**
   * Runs one formation of an account at a time, through whatever process it comes: two at once would both take its spare
   * ref. Rejects as the work does, and with IdentityFailed when its turn does not come.
   */
  abstract inTurn<T>(account: Id, work: () => Promise<T>): Promise<T>;

  abstract close(): Soon<void>;
}

/** What is stored of an idempotency key, which is free text. */
export function keyHash(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
