import type { Id, Instant } from '#kernel';
import type { IdentityDatabase } from './identity-database.js';

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

/** Acts that wait for the signatures of others: outside every ledger, and gone when their time is over. */
export class PendingActs {
  constructor(private readonly database: IdentityDatabase) {}

  /** Adds a signature, and the act with its first. */
  sign(act: PendingAct, { account, mandateId, keyHash }: Signature): void {
    const { id, alliance, name, input, commandId, fingerprint, expiresAt } = act;
    this.database.atOnce(() => {
      this.database.run(
        'INSERT OR IGNORE INTO pending_act (id, alliance, name, input, command, fingerprint, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        ...[id, alliance, name, input, commandId, fingerprint, expiresAt],
      );
      const sql = 'INSERT OR IGNORE INTO pending_signature (act, account, mandate, key_hash) VALUES (?, ?, ?, ?)';
      this.database.run(sql, id, account, mandateId, keyHash);
    });
  }

  find(alliance: Id, id: Id): PendingAct | undefined {
    const row = this.database.first('SELECT * FROM pending_act WHERE alliance = ? AND id = ?', alliance, id);
    return row && actOf(row);
  }

  /** Those of an alliance whose time is not over, the oldest first. */
  list(alliance: Id, at: Instant): readonly PendingAct[] {
    const sql = 'SELECT * FROM pending_act WHERE alliance = ? AND expires_at >= ? ORDER BY expires_at, id';
    return this.database.all(sql, alliance, at).map(actOf);
  }

  /** In the order in which they were given. */
  signatures(id: Id): readonly Signature[] {
    const sql = 'SELECT account, mandate, key_hash FROM pending_signature WHERE act = ? ORDER BY rowid';
    return this.database
      .all(sql, id)
      .map(({ account, mandate, key_hash }) => ({ account, mandateId: mandate, keyHash: key_hash }) as Signature);
  }

  /** Takes the arguments out of acts whose time is over; that there was one is still known. */
  forgetExpired(at: Instant): void {
    this.database.run("UPDATE pending_act SET input = '' WHERE expires_at < ? AND input <> ''", at);
  }
}

function actOf(row: Readonly<Record<string, unknown>>): PendingAct {
  const { id, alliance, name, input, command, fingerprint, expires_at } = row as Readonly<Record<string, string>>;
  return { id, alliance, name, input, commandId: command, fingerprint, expiresAt: expires_at } as PendingAct;
}
