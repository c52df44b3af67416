import {
  IdentityFailed,
  IdentityStore,
  isToken,
  keyHash,
  MACHINE_ENTROPY,
  makeToken,
  TokenCache,
  tokenHash,
} from '#identity';
import type { Account, Formation, IdentityEntropy, NewToken, PersonRefs } from '#identity';
import type { Id } from '#kernel';
import { assertIndexes, connectMongo, eq, MAX_READ_MS, prepareIndexes } from '#mongo';
import type { MongoAddress } from '#mongo';
import type { Connection } from 'mongoose';
import { ACCOUNT_INDEXES, FORMATION_INDEXES, modelsOf, PENDING_ACT_INDEXES } from './documents.js';
import type { AccountDocument, Models } from './documents.js';
import { FormationTurns } from './formation-turns.js';
import { MongoPendingActs } from './mongo-pending-acts.js';
import { RefCache } from './ref-cache.js';
import { wrapped } from './wrapped.js';

export interface MongoIdentityOptions {
  readonly nowMs?: () => number;
  readonly entropy?: IdentityEntropy;
}

/**
 * Identities in MongoDB, through mongoose, without transactions: an account is one document with all its refs, so that
 * binding one and making the next spare is one compare-and-set. Any number of processes use it at once.
 */
export class MongoIdentityStore extends IdentityStore {
  override readonly pendingActs: MongoPendingActs;
  private readonly models: Models;
  private readonly turns: FormationTurns;
  private readonly tokens: TokenCache;
  private readonly refs: RefCache;
  private readonly entropy: IdentityEntropy;

  private constructor(
    private readonly connection: Connection,
    { nowMs = Date.now, entropy = MACHINE_ENTROPY }: MongoIdentityOptions,
  ) {
    super();
    this.models = modelsOf(connection);
    this.pendingActs = new MongoPendingActs(this.models.pendingActs);
    this.turns = new FormationTurns(this.models.turns);
    this.tokens = new TokenCache(nowMs);
    this.refs = new RefCache(nowMs);
    this.entropy = entropy;
  }

  /** Ready when it resolves: throws IndexFault when the index is missing on which the oneness of refs rests. */
  static async open(address: MongoAddress, options: MongoIdentityOptions = {}): Promise<MongoIdentityStore> {
    const connection = await connectMongo(address);
    try {
      for (const { collection, indexes } of collectionsOf(connection)) await prepareIndexes(collection, indexes);
      return new MongoIdentityStore(connection, options);
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** For the readiness of a process: the server answers and the indexes are still what they must be. */
  async assertReady(): Promise<void> {
    for (const { collection, indexes } of collectionsOf(this.connection)) await assertIndexes(collection, indexes);
  }

  override async createAccount(label: string): Promise<Account> {
    const account = { id: this.entropy.id(), label };
    const { id: _id } = account;
    const createdAt = new Date().toISOString();
    await wrapped(() => this.models.accounts.create({ _id, label, createdAt, spare: this.entropy.id(), refs: [] }));
    return account;
  }

  override async accounts(): Promise<readonly Account[]> {
    const found = await wrapped(() => this.models.accounts.find().sort({ createdAt: 1, _id: 1 }).lean());
    return found.map(({ _id: id, label }) => ({ id, label }));
  }

  override async account(id: Id): Promise<Account | undefined> {
    const found = await this.find(id);
    return found && { id, label: found.label };
  }

  override async createToken(account: Id): Promise<NewToken> {
    const personRef = await this.spareRef(account);
    const token = makeToken();
    const document = { _id: tokenHash(token), account, createdAt: new Date().toISOString() };
    await wrapped(() => this.models.tokens.create(document));
    return { token, personRef };
  }

  override seenAccount(token: string): Id | undefined {
    return this.tokens.get(token);
  }

  override async authenticate(token: string): Promise<Id | undefined> {
    const known = this.seenAccount(token);
    if (known !== undefined) return known;
    if (!isToken(token)) return undefined;
    const filter = { _id: eq(tokenHash(token)) };
    const found = await wrapped(() => this.models.tokens.findOne(filter).lean().maxTimeMS(MAX_READ_MS));
    if (found) this.tokens.put(token, found.account);
    return found?.account;
  }

  override async refsOf(account: Id, alliance: Id): Promise<PersonRefs> {
    const known = this.refs.get(account, alliance);
    if (known) return known;
    const { refs, spare } = await this.get(account);
    const bound = refs.filter((one) => one.alliance === alliance).map(({ ref }) => ref);
    const found = { bound: bound.sort(), spare };
    this.refs.put(account, alliance, found);
    return found;
  }

  override async spareRef(account: Id): Promise<Id> {
    return (await this.get(account)).spare;
  }

  override async bind(account: Id, alliance: Id, ref: Id): Promise<boolean> {
    this.refs.clear();
    const filter = { _id: eq(account), spare: eq(ref) };
    if (await this.swap(filter, alliance, ref)) return true;
    const refs = (await this.find(account))?.refs ?? [];
    return refs.some((one) => one.ref === ref && one.alliance === alliance);
  }

  override async bindNamed(alliance: Id, ref: Id): Promise<void> {
    this.refs.clear();
    await this.swap({ spare: eq(ref) }, alliance, ref);
  }

  override async allianceOf(ref: Id): Promise<Id | undefined> {
    const filter = { 'refs.ref': eq(ref) };
    const found = await wrapped(() => this.models.accounts.findOne(filter).lean().maxTimeMS(MAX_READ_MS));
    return found?.refs.find((one) => one.ref === ref)?.alliance;
  }

  override async alliancesOf(account: Id): Promise<readonly Id[]> {
    const refs = (await this.find(account))?.refs ?? [];
    return [...new Set(refs.map(({ alliance }) => alliance))].sort();
  }

  override async reserveFormation(account: Id, key: string): Promise<Formation> {
    const _id = formationId(account, key);
    const nonce = this.entropy.key();
    const found = await wrapped(() =>
      this.models.formations
        .findOneAndUpdate(
          { _id: eq(_id) },
          { $setOnInsert: { account, nonce } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean(),
    );
    const { alliance, personRef } = found;
    return {
      nonce: found.nonce,
      ...(alliance !== undefined && { alliance }),
      ...(personRef !== undefined && { personRef }),
    };
  }

  override async noteFormation(
    account: Id,
    key: string,
    { alliance, personRef }: { readonly alliance: Id; readonly personRef: Id },
  ): Promise<void> {
    const filter = { _id: eq(formationId(account, key)) };
    await wrapped(() => this.models.formations.updateOne(filter, { $set: { alliance, personRef } }));
  }

  override async unfinishedFormations(account: Id, personRef: Id): Promise<readonly Id[]> {
    const filter = { account: eq(account), personRef: eq(personRef) };
    const found = await wrapped(() => this.models.formations.find(filter).lean());
    return found.flatMap(({ alliance }) => (alliance === undefined ? [] : [alliance]));
  }

  override inTurn<T>(account: Id, work: () => Promise<T>): Promise<T> {
    return this.turns.take(account, work);
  }

  override async close(): Promise<void> {
    await this.connection.close();
  }

  /** True when the spare was still that ref: now it is bound, and there is another. */
  private async swap(filter: Partial<Record<'_id' | 'spare', object>>, alliance: Id, ref: Id): Promise<boolean> {
    const update = { $set: { spare: this.entropy.id() }, $push: { refs: { ref, alliance } } };
    const { modifiedCount } = await wrapped(() => this.models.accounts.updateOne(filter, update));
    return modifiedCount === 1;
  }

  private async find(account: Id): Promise<AccountDocument | undefined> {
    const filter = { _id: eq(account) };
    const found = await wrapped(() => this.models.accounts.findOne(filter).lean().maxTimeMS(MAX_READ_MS));
    return found ?? undefined;
  }

  private async get(account: Id): Promise<AccountDocument> {
    const found = await this.find(account);
    if (!found) throw new IdentityFailed('no such account');
    return found;
  }
}

function collectionsOf({ db }: Connection) {
  if (!db) throw new Error('the connection is not open');
  return [
    { collection: db.collection('accounts'), indexes: ACCOUNT_INDEXES },
    { collection: db.collection('formations'), indexes: FORMATION_INDEXES },
    { collection: db.collection('pending_acts'), indexes: PENDING_ACT_INDEXES },
  ];
}

function formationId(account: Id, key: string): string {
  return `${account}/${keyHash(key)}`;
}
