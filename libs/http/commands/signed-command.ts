import type { ArgumentInput, CommandName } from '#contracts';
import { hashedId } from '#kernel';
import type { Id } from '#kernel';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Problem } from '../problem.js';
import { commandIdOf, fingerprintText } from './alliance-command.js';
import type { Sender } from './alliance-command.js';
import { Gathering } from './gathering.js';
import type { Awaited } from './gathering.js';
import type { ReadObject } from './object-versions.js';
import type { Receipt } from './receipt.js';

/** A command that several sign, from the first of them (HTTP page 1.2, note 2). */
export class SignedCommand extends Command<Receipt | Awaited> {
  constructor(
    readonly name: CommandName,
    readonly alliance: Id,
    readonly sender: Sender,
    readonly given: { readonly input: ArgumentInput; readonly readAs?: ReadObject | undefined },
  ) {
    super();
  }
}

/** One more signature under an act that waits. */
export class SignPendingAct extends Command<Receipt | Awaited> {
  constructor(
    readonly alliance: Id,
    readonly actId: Id,
    readonly sender: Sender,
  ) {
    super();
  }
}

/** A repeat of the first signatory's command finds the act that it began. */
@CommandHandler(SignedCommand)
export class SignedCommandHandler implements ICommandHandler<SignedCommand> {
  constructor(private readonly gathering: Gathering) {}

  async execute({ name, alliance, sender, given }: SignedCommand): Promise<Receipt | Awaited> {
    const commandId = commandIdOf(sender.account, alliance, sender.key);
    const fingerprint = fingerprintText(name, given.input, sender.actingAs);
    const id = hashedId('collegium-pending-act/v1', commandId);
    const known = await this.gathering.find(alliance, id);
    if (known && known.fingerprint !== fingerprint) throw new Problem('COMMAND_ID_REUSED');
    const act = { id, alliance, name, input: JSON.stringify(given.input), commandId, fingerprint };
    return await this.gathering.sign(known ?? { ...act, expiresAt: this.gathering.expiry() }, sender, given.readAs);
  }
}

@CommandHandler(SignPendingAct)
export class SignPendingActHandler implements ICommandHandler<SignPendingAct> {
  constructor(private readonly gathering: Gathering) {}

  async execute({ alliance, actId, sender }: SignPendingAct): Promise<Receipt | Awaited> {
    const act = await this.gathering.find(alliance, actId);
    if (!act) throw new Problem('NOT_FOUND');
    return await this.gathering.sign(act, sender);
  }
}
