import type { ArgumentInput, CommandName } from '#contracts';
import { prepareCommand } from '#engine';
import { IdentityStore, PENDING_ACT_DAYS } from '#identity';
import type { PendingAct, Signature } from '#identity';
import { addMs, DAY_MS, isRefusal, refuse, sha256 } from '#kernel';
import type { Id, Instant } from '#kernel';
import type { Answer } from '#ledger';
import { Injectable } from '@nestjs/common';
import { Problem } from '../problem.js';
import { actorOf } from './actor.js';
import type { Sender } from './alliance-command.js';
import { Deciding } from './deciding.js';
import { ObjectVersions } from './object-versions.js';
import type { ReadObject } from './object-versions.js';
import { receiptOf } from './receipt.js';
import type { Receipt } from './receipt.js';
import { SealedTexts } from './sealed-texts.js';

/** An act that more have to sign: nothing is recorded yet. */
export interface Awaited {
  readonly awaited: PendingAct;
  readonly signedBy: readonly Id[];
  /** How many delegates have signed, of how many that must. */
  readonly signatures: string;
  /** Delegates that have not signed; not all of them need to. */
  readonly maySign: readonly string[];
}

/** What one try with the signatures so far came to, and the mandate under which it was made. */
interface Tried {
  readonly answer: Answer;
  readonly mandateId: Id | undefined;
}

/**
 * Gathers the signatures of one act: each signatory by its own login, the last one sends the command (HTTP page 1.2,
 * note 2). Whether more are needed is the domain's word (`NOT_ENOUGH_DELEGATES`), asked at each signature.
 */
@Injectable()
export class Gathering {
  constructor(
    private readonly deciding: Deciding,
    private readonly versions: ObjectVersions,
    private readonly identity: IdentityStore,
    private readonly texts: SealedTexts,
  ) {}

  async find(alliance: Id, id: Id): Promise<PendingAct | undefined> {
    return await this.identity.pendingActs.find(alliance, id);
  }

  /** Until when an act that begins now can be signed. */
  expiry(): Instant {
    return addMs(this.deciding.now(), PENDING_ACT_DAYS * DAY_MS);
  }

  async sign(act: PendingAct, sender: Sender, readAs?: ReadObject): Promise<Receipt | Awaited> {
    const acts = this.identity.pendingActs;
    const keyHash = sha256(sender.key);
    await acts.forgetExpired(this.deciding.now());
    if (this.deciding.now() > act.expiresAt) throw new Problem('PENDING_ACT_EXPIRED');
    for (;;) {
      const before = await acts.signatures(act.id);
      const own = ownAmong(before, { account: sender.account, keyHash });
      const { answer, mandateId } = await this.attempt(act, sender, before, readAs);
      if (!own) await this.refuseOthers(answer, act, sender);
      const isAwaited = answer.kind === 'refused' && answer.refusal.refused === 'NOT_ENOUGH_DELEGATES';
      const isKept = isAwaited || (answer.kind === 'recorded' && before.length > 0);
      if (isKept && mandateId) await acts.sign(act, { account: sender.account, mandateId, keyHash });
      if (!isAwaited) return receiptOf(answer);
      const after = await acts.signatures(act.id);
      // Who signed meanwhile did not see this signature either: with both the act may be complete.
      if (after.length > before.length + (own ? 0 : 1)) continue;
      const { rule = '', choices = [] } = answer.refusal;
      return { awaited: act, signedBy: after.map((one) => one.mandateId), signatures: rule, maySign: choices };
    }
  }

  /** The act is in the ledger already: who did not sign it gets no receipt of it. */
  private async refuseOthers(answer: Answer, { alliance }: PendingAct, { account }: Sender): Promise<void> {
    if (answer.kind !== 'recorded' || !answer.repeated) return;
    const { actor, seq } = answer.entry;
    const { bound } = await this.identity.refsOf(account, alliance);
    if ('person' in actor && bound.includes(actor.person)) return;
    throw Problem.refused(refuse('WRONG_STATE', { rule: 'recorded' }), seq);
  }

  /** Sends the command with the signatures so far and the sender's own. */
  private async attempt(
    { alliance, name, input, commandId, fingerprint }: PendingAct,
    { account, actingAs, correlation }: Sender,
    signatures: readonly Signature[],
    readAs: ReadObject | undefined,
  ): Promise<Tried> {
    const command = name as CommandName;
    const prepared = await prepareCommand(
      command,
      JSON.parse(input) as ArgumentInput,
      this.texts.preparation(alliance),
    );
    const args = { ...prepared, signedBy: signatures.map((one) => one.mandateId) };
    const refs = await this.identity.refsOf(account, alliance);
    let mandateId: Id | undefined;
    const answer = await this.versions.execute(alliance, readAs, {
      commandId,
      fingerprint: { text: fingerprint },
      decide: this.deciding.of({ id: commandId, name: command, args, correlation }, (state, at) => {
        const actor = actorOf(state, refs, actingAs, at);
        mandateId = !isRefusal(actor) && actor.kind === 'representative' ? actor.mandate : undefined;
        return actor;
      }),
    });
    return { answer, mandateId };
  }
}

/** The sender's own signature, given under the same key; no person signs twice. */
function ownAmong(signatures: readonly Signature[], { account, keyHash }: Pick<Signature, 'account' | 'keyHash'>) {
  const own = signatures.find((one) => one.account === account);
  if (own && own.keyHash !== keyHash) throw new Problem('ALREADY_SIGNED');
  return own;
}
