import type { Hash, Id } from '#kernel';
import { isToken, makeToken, tokenHash } from './api-token.js';
import { IdentityDatabase } from './identity-database.js';
import { IdentityStore, keyHash, MACHINE_ENTROPY } from './identity-store.js';
import type { Account, Formation, IdentityEntropy, NewToken, PersonRefs } from './identity-store.js';
import { SqlitePendingActs } from './sqlite-pending-acts.js';
import { TokenCache } from './token-cache.js';
import { Turns } from './turns.js';

const MAX_REMEMBERED_REFS = 10_000;

export interface SqliteIdentityOptions {
  readonly nowMs?: () => number;
  readonly entropy?: IdentityEntropy;
}

/**
 * Identities in a SQLite file of their own, so that the command line can use it while the server runs. Everything is
 * answered at once.
 */
export class SqliteIdentityStore extends IdentityStore {
  private readonly database: IdentityDatabase;
  private readonly cache: TokenCache;
  private readonly refs = new Map<string, PersonRefs>();
  override readonly pendingActs: SqlitePendingActs;
  private readonly turns = new Turns();
  private readonly entropy: IdentityEntropy;

  /** `file` may be `:memory:`. */
  constructor(file: string, { nowMs = Date.now, entropy = MACHINE_ENTROPY }: SqliteIdentityOptions = {}) {
    super();
    this.database = new IdentityDatabase(file);
    this.cache = new TokenCache(nowMs);
    this.pendingActs = new SqlitePendingActs(this.database);
    this.entropy = entropy;
  }

  override createAccount(label: string): Account {
    const account = { id: this.entropy.id(), label };
    this.database.atOnce(() => {
      const sql = 'INSERT INTO account (id, label, created_at) VALUES (?, ?, ?)';
      this.database.run(sql, account.id, label, new Date().toISOString());
      this.addSpare(account.id);
    });
    return account;
  }

  override accounts(): readonly Account[] {
    return this.database.all('SELECT id, label FROM account ORDER BY created_at, id') as unknown as Account[];
  }

  override account(id: Id): Account | undefined {
    return this.database.first('SELECT id, label FROM account WHERE id = ?', id) as unknown as Account | undefined;
  }

  override createToken(account: Id): NewToken {
    const token = makeToken();
    const sql = 'INSERT INTO token (hash, account, created_at) VALUES (?, ?, ?)';
    this.database.run(sql, tokenHash(token), account, new Date().toISOString());
    return { token, personRef: this.spareRef(account) };
  }

  override seenAccount(token: string): Id | undefined {
    return this.cache.get(token);
  }

  override authenticate(token: string): Id | undefined {
    const known = this.seenAccount(token);
    if (known !== undefined) return known;
    if (!isToken(token)) return undefined;
    const account = this.database.first('SELECT account FROM token WHERE hash = ?', tokenHash(token))?.['account'];
    if (typeof account !== 'string') return undefined;
    this.cache.put(token, account as Id);
    return account as Id;
  }

  /** Only this process binds, so they are remembered. */
  override refsOf(account: Id, alliance: Id): PersonRefs {
    const key = `${account} ${alliance}`;
    const known = this.refs.get(key);
    if (known) return known;
    if (this.refs.size >= MAX_REMEMBERED_REFS) this.refs.clear();
    const found = this.readRefs(account, alliance);
    this.refs.set(key, found);
    return found;
  }

  private readRefs(account: Id, alliance: Id): PersonRefs {
    const sql =
      'SELECT ref, alliance FROM person_ref WHERE account = ? AND (alliance = ? OR alliance IS NULL) ORDER BY ref';
    const rows = this.database.all(sql, account, alliance);
    const spare = rows.find((row) => row['alliance'] === null)?.['ref'] as Id;
    return { bound: rows.flatMap((row) => (row['alliance'] === null ? [] : [row['ref'] as Id])), spare };
  }

  override spareRef(account: Id): Id {
    const row = this.database.first('SELECT ref FROM person_ref WHERE account = ? AND alliance IS NULL', account);
    return row?.['ref'] as Id;
  }

  override bind(account: Id, alliance: Id, ref: Id): boolean {
    this.refs.clear();
    return this.database.atOnce(() => {
      const sql = 'UPDATE person_ref SET alliance = ? WHERE ref = ? AND account = ? AND alliance IS NULL';
      if (this.database.run(sql, alliance, ref, account) === 1) {
        this.addSpare(account);
        return true;
      }
      const bound = this.database.first('SELECT account, alliance FROM person_ref WHERE ref = ?', ref);
      return bound?.['account'] === account && bound['alliance'] === alliance;
    });
  }

  override bindNamed(alliance: Id, ref: Id): void {
    const row = this.database.first('SELECT account FROM person_ref WHERE ref = ? AND alliance IS NULL', ref);
    if (row) this.bind(row['account'] as Id, alliance, ref);
  }

  override allianceOf(ref: Id): Id | undefined {
    const sql = 'SELECT alliance FROM person_ref WHERE ref = ? AND alliance IS NOT NULL';
    return this.database.first(sql, ref)?.['alliance'] as Id | undefined;
  }

  override alliancesOf(account: Id): readonly Id[] {
    const sql = 'SELECT DISTINCT alliance FROM person_ref WHERE account = ? AND alliance IS NOT NULL ORDER BY alliance';
    return this.database.all(sql, account).map(({ alliance }) => alliance as Id);
  }

  override reserveFormation(account: Id, key: string): Formation {
    const hash = keyHash(key);
    const nonce = this.entropy.key();
    this.database.run(
      'INSERT OR IGNORE INTO formation (account, key_hash, nonce) VALUES (?, ?, ?)',
      account,
      hash,
      nonce,
    );
    const sql = 'SELECT nonce, alliance, ref FROM formation WHERE account = ? AND key_hash = ?';
    return formationOf(this.database.first(sql, account, hash));
  }

  override noteFormation(account: Id, key: string, formed: { readonly alliance: Id; readonly personRef: Id }): void {
    const sql = 'UPDATE formation SET alliance = ?, ref = ? WHERE account = ? AND key_hash = ?';
    this.database.run(sql, formed.alliance, formed.personRef, account, keyHash(key));
  }

  override unfinishedFormations(account: Id, personRef: Id): readonly Id[] {
    const sql = 'SELECT alliance FROM formation WHERE account = ? AND ref = ? AND alliance IS NOT NULL';
    return this.database.all(sql, account, personRef).map(({ alliance }) => alliance as Id);
  }

  /** One process alone forms alliances on a folder. */
  override inTurn<T>(account: Id, work: () => Promise<T>): Promise<T> {
    return this.turns.take(account, work);
  }

  /** A whole copy in a folder, while others go on writing. Gives its path. */
  async backup(toFolder: string): Promise<string> {
    return await this.database.backup(toFolder);
  }

  override close(): void {
    this.database.close();
  }

  private addSpare(account: Id): void {
    this.database.run('INSERT INTO person_ref (ref, account) VALUES (?, ?)', this.entropy.id(), account);
  }
}

function formationOf(row: Readonly<Record<string, unknown>> | undefined): Formation {
  const { nonce, alliance, ref } = row as { nonce: Hash; alliance: Id | null; ref: Id | null };
  return { nonce, ...(alliance === null ? {} : { alliance }), ...(ref === null ? {} : { personRef: ref }) };
}
