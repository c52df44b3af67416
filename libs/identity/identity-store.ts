import { base32 } from '#kernel';
import type { Hash, Id } from '#kernel';
import { createHash, randomBytes } from 'node:crypto';
import { isToken, makeToken, tokenHash } from './api-token.js';
import { IdentityDatabase } from './identity-database.js';
import { PendingActs } from './pending-acts.js';
import { TokenCache } from './token-cache.js';

const MAX_REMEMBERED_REFS = 10_000;

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

/**
 * Accounts, tokens, and the link from an account to its random `personRef` in each alliance. It has a file of its own,
 * so that the command line can use it while the server runs. All names stay here: the ledger knows random ids alone.
 * Every account always has exactly one spare ref, bound to no alliance yet. Methods throw IdentityFailed.
 */
export class IdentityStore {
  private readonly database: IdentityDatabase;
  private readonly cache: TokenCache;
  private readonly refs = new Map<string, PersonRefs>();
  readonly pendingActs: PendingActs;

  constructor(file: string, nowMs: () => number = Date.now) {
    this.database = new IdentityDatabase(file);
    this.cache = new TokenCache(nowMs);
    this.pendingActs = new PendingActs(this.database);
  }

  createAccount(label: string): Account {
    const account = { id: randomId(), label };
    this.database.atOnce(() => {
      const sql = 'INSERT INTO account (id, label, created_at) VALUES (?, ?, ?)';
      this.database.run(sql, account.id, label, new Date().toISOString());
      this.addSpare(account.id);
    });
    return account;
  }

  accounts(): readonly Account[] {
    return this.database.all('SELECT id, label FROM account ORDER BY created_at, id') as unknown as Account[];
  }

  account(id: Id): Account | undefined {
    return this.database.first('SELECT id, label FROM account WHERE id = ?', id) as unknown as Account | undefined;
  }

  /** A token of an existing account, with the ref to name in its next mandate. */
  createToken(account: Id): NewToken {
    const token = makeToken();
    const sql = 'INSERT INTO token (hash, account, created_at) VALUES (?, ?, ?)';
    this.database.run(sql, tokenHash(token), account, new Date().toISOString());
    return { token, personRef: this.spareRef(account) };
  }

  /** Whose token this was found to be within the last few seconds. */
  seenAccount(token: string): Id | undefined {
    return this.cache.get(token);
  }

  /** Whose token this is; nothing for a text that is no token of this instance. */
  authenticate(token: string): Id | undefined {
    const known = this.seenAccount(token);
    if (known !== undefined) return known;
    if (!isToken(token)) return undefined;
    const account = this.database.first('SELECT account FROM token WHERE hash = ?', tokenHash(token))?.['account'];
    if (typeof account !== 'string') return undefined;
    this.cache.put(token, account as Id);
    return account as Id;
  }

  /** The refs under which an account may be known in an alliance. Only this process binds, so they are remembered. */
  refsOf(account: Id, alliance: Id): PersonRefs {
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

  /** The account's ref that is bound to no alliance yet. */
  spareRef(account: Id): Id {
    const row = this.database.first('SELECT ref FROM person_ref WHERE account = ? AND alliance IS NULL', account);
    return row?.['ref'] as Id;
  }

  /**
   * Binds the account's spare to the alliance in which it was used, and makes the next spare. Idempotent; false when
   * the ref is not this account's or belongs to another alliance.
   */
  bind(account: Id, alliance: Id, ref: Id): boolean {
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

  /** Binds a ref that an alliance has named, whoever's spare it is; nothing happens when it is nobody's here. */
  bindNamed(alliance: Id, ref: Id): void {
    const row = this.database.first('SELECT account FROM person_ref WHERE ref = ? AND alliance IS NULL', ref);
    if (row) this.bind(row['account'] as Id, alliance, ref);
  }

  /** The alliances that an account has a ref in. */
  alliancesOf(account: Id): readonly Id[] {
    const sql = 'SELECT DISTINCT alliance FROM person_ref WHERE account = ? AND alliance IS NOT NULL ORDER BY alliance';
    return this.database.all(sql, account).map(({ alliance }) => alliance as Id);
  }

  /** Reserves (account, key) for FormAlliance: the first call makes the nonce, later ones find it. */
  reserveFormation(account: Id, key: string): Formation {
    const keyHash = sha256Hex(key);
    const nonce = randomBytes(32).toString('base64');
    this.database.run(
      'INSERT OR IGNORE INTO formation (account, key_hash, nonce) VALUES (?, ?, ?)',
      account,
      keyHash,
      nonce,
    );
    const sql = 'SELECT nonce, alliance, ref FROM formation WHERE account = ? AND key_hash = ?';
    return formationOf(this.database.first(sql, account, keyHash));
  }

  /** Notes, before anything is written to a ledger, which alliance this key is about to form, and for whom. */
  noteFormation(account: Id, key: string, formed: { readonly alliance: Id; readonly personRef: Id }): void {
    const sql = 'UPDATE formation SET alliance = ?, ref = ? WHERE account = ? AND key_hash = ?';
    this.database.run(sql, formed.alliance, formed.personRef, account, sha256Hex(key));
  }

  /** Formations noted for a ref that was never bound: a stop may have come between the ledger and the binding. */
  unfinishedFormations(account: Id, personRef: Id): readonly Id[] {
    const sql = 'SELECT alliance FROM formation WHERE account = ? AND ref = ? AND alliance IS NOT NULL';
    return this.database.all(sql, account, personRef).map(({ alliance }) => alliance as Id);
  }

  /** A whole copy in a folder, while others go on writing. Gives its path. */
  async backup(toFolder: string): Promise<string> {
    return await this.database.backup(toFolder);
  }

  close(): void {
    this.database.close();
  }

  private addSpare(account: Id): void {
    this.database.run('INSERT INTO person_ref (ref, account) VALUES (?, ?)', randomId(), account);
  }
}

function formationOf(row: Readonly<Record<string, unknown>> | undefined): Formation {
  const { nonce, alliance, ref } = row as { nonce: Hash; alliance: Id | null; ref: Id | null };
  return { nonce, ...(alliance === null ? {} : { alliance }), ...(ref === null ? {} : { personRef: ref }) };
}

function randomId(): Id {
  return base32(randomBytes(16)) as Id;
}

function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
