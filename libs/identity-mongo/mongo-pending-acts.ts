import { PendingActs } from '#identity';
import type { PendingAct, Signature } from '#identity';
import type { Id, Instant } from '#kernel';
import { codeOf, DUPLICATE_KEY, eq, MAX_READ_MS, not, within } from '#mongo';
import type { Model } from 'mongoose';
import type { PendingActDocument } from './documents.js';
import { wrapped } from './wrapped.js';

/** Acts that wait, each one document with its signatures. */
export class MongoPendingActs extends PendingActs {
  constructor(private readonly acts: Model<PendingActDocument>) {
    super();
  }

  override async sign(act: PendingAct, { account, mandateId, keyHash }: Signature): Promise<void> {
    await wrapped(() => this.begin(act));
    const unsigned = { _id: eq(act.id), 'signatures.account': not(account) };
    const update = { $push: { signatures: { account, mandateId, keyHash } } };
    await wrapped(() => this.acts.updateOne(unsigned, update));
  }

  override async find(alliance: Id, id: Id): Promise<PendingAct | undefined> {
    const filter = { _id: eq(id), alliance: eq(alliance) };
    const found = await wrapped(() => this.acts.findOne(filter).lean().maxTimeMS(MAX_READ_MS));
    return found ? actOf(found) : undefined;
  }

  override async list(alliance: Id, at: Instant): Promise<readonly PendingAct[]> {
    const filter = { alliance: eq(alliance), expiresAt: within({ $gte: at }) };
    const found = this.acts.find(filter).sort({ expiresAt: 1, _id: 1 }).lean().maxTimeMS(MAX_READ_MS);
    return (await wrapped(() => found)).map(actOf);
  }

  override async signatures(id: Id): Promise<readonly Signature[]> {
    const found = await wrapped(() =>
      this.acts
        .findOne({ _id: eq(id) })
        .lean()
        .maxTimeMS(MAX_READ_MS),
    );
    return (found?.signatures ?? []).map(({ account, mandateId, keyHash }) => ({ account, mandateId, keyHash }));
  }

  override async forgetExpired(at: Instant): Promise<void> {
    const filter = { expiresAt: within({ $lt: at }), input: not('') };
    await wrapped(() => this.acts.updateMany(filter, { $set: { input: '' } }));
  }

  private async begin({ id: _id, ...act }: PendingAct): Promise<void> {
    try {
      await this.acts.updateOne({ _id: eq(_id) }, { $setOnInsert: { ...act, signatures: [] } }, { upsert: true });
    } catch (error) {
      // Two signatories began it at once: it is there.
      if (codeOf(error) !== DUPLICATE_KEY) throw error;
    }
  }
}

function actOf({ _id: id, ...document }: PendingActDocument): PendingAct {
  const { alliance, name, input, commandId, fingerprint, expiresAt } = document;
  return { id, alliance, name, input, commandId, fingerprint, expiresAt };
}
