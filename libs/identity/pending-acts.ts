import type { Id, Instant } from '#kernel';
import type { Soon } from './soon.js';

/** For how long signatures of one act are gathered (HTTP page 1.2, note 2). */
export const PENDING_ACT_DAYS = 14;

/** An act that several sign, as its first signatory sent it. `input` is its arguments as JSON, texts included. */
export interface PendingAct {
  readonly id: Id;
  readonly alliance: Id;
  readonly name: string;
  readonly input: string;
  readonly commandId: Id;
  readonly fingerprint: string;
  readonly expiresAt: Instant;
}

export interface Signature {
  readonly account: Id;
  readonly mandateId: Id;
  /** Hash of the idempotency key under which it was given. */
  readonly keyHash: string;
}

/** Port: acts that wait for the signatures of others, outside every ledger, and gone when their time is over. */
export abstract class PendingActs {
  /** Adds a signature, and the act with its first. One account signs once: a second signature of it is not kept. */
  abstract sign(act: PendingAct, signature: Signature): Soon<void>;

  abstract find(alliance: Id, id: Id): Soon<PendingAct | undefined>;

  /** Those of an alliance whose time is not over, the oldest first. */
  abstract list(alliance: Id, at: Instant): Soon<readonly PendingAct[]>;

  /** In the order in which they were given. */
  abstract signatures(id: Id): Soon<readonly Signature[]>;

  /** Takes the arguments out of acts whose time is over; that there was one is still known. */
  abstract forgetExpired(at: Instant): Soon<void>;
}
