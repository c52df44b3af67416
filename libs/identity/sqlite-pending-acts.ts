import type { Id, Instant } from '#kernel';
import type { IdentityDatabase } from './identity-database.js';
import { PendingActs } from './pending-acts.js';
import type { PendingAct, Signature } from './pending-acts.js';

export class SqlitePendingActs extends PendingActs {
  constructor(private readonly database: IdentityDatabase) {
    super();
  }

  override sign(act: PendingAct, { account, mandateId, keyHash }: Signature): void {
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

  override find(alliance: Id, id: Id): PendingAct | undefined {
    const row = this.database.first('SELECT * FROM pending_act WHERE alliance = ? AND id = ?', alliance, id);
    return row && actOf(row);
  }

  override list(alliance: Id, at: Instant): readonly PendingAct[] {
    const sql = 'SELECT * FROM pending_act WHERE alliance = ? AND expires_at >= ? ORDER BY expires_at, id';
    return this.database.all(sql, alliance, at).map(actOf);
  }

  override signatures(id: Id): readonly Signature[] {
    const sql = 'SELECT account, mandate, key_hash FROM pending_signature WHERE act = ? ORDER BY rowid';
    return this.database
      .all(sql, id)
      .map(({ account, mandate, key_hash }) => ({ account, mandateId: mandate, keyHash: key_hash }) as Signature);
  }

  override forgetExpired(at: Instant): void {
    this.database.run("UPDATE pending_act SET input = '' WHERE expires_at < ? AND input <> ''", at);
  }
}

function actOf(row: Readonly<Record<string, unknown>>): PendingAct {
  const { id, alliance, name, input, command, fingerprint, expires_at } = row as Readonly<Record<string, string>>;
  return { id, alliance, name, input, commandId: command, fingerprint, expiresAt: expires_at } as PendingAct;
}
