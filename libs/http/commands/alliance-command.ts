import type { ArgumentInput, CommandName } from '#contracts';
import { prepareCommand } from '#engine';
import { canonicalJson, hashedId } from '#kernel';
import type { Id, Json } from '#kernel';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { actorOf } from './actor.js';
import { Deciding } from './deciding.js';
import { Persons } from './persons.js';
import { ObjectVersions } from './object-versions.js';
import type { ReadObject } from './object-versions.js';
import { receiptOf } from './receipt.js';
import type { Receipt } from './receipt.js';
import { SealedTexts } from './sealed-texts.js';

/** Who sends a command, and how: all of it from the credential and the headers. */
export interface Sender {
  readonly account: Id;
  /** The idempotency key: free text, which never enters the ledger. */
  readonly key: string;
  readonly actingAs?: string | undefined;
  readonly correlation?: string | undefined;
}

/** A command of an existing alliance, its arguments read and found well formed. */
export class AllianceCommand<N extends CommandName = CommandName> extends Command<Receipt> {
  constructor(
    readonly name: N,
    readonly alliance: Id,
    readonly sender: Sender,
    readonly given: { readonly input: ArgumentInput; readonly readAs?: ReadObject | undefined },
  ) {
    super();
  }
}

/** Load, decide, append: one handler for every command (the rules are the contexts'). */
@CommandHandler(AllianceCommand)
export class AllianceCommandHandler implements ICommandHandler<AllianceCommand> {
  constructor(
    private readonly deciding: Deciding,
    private readonly versions: ObjectVersions,
    private readonly persons: Persons,
    private readonly texts: SealedTexts,
  ) {}

  async execute({ name, alliance, sender, given }: AllianceCommand): Promise<Receipt> {
    const { account, key, actingAs, correlation } = sender;
    await this.persons.assertNamedOf(alliance, given.input);
    const args = await prepareCommand(name, given.input, this.texts.preparation(alliance));
    const command = { id: commandIdOf(account, alliance, key), name, args, correlation };
    const refs = await this.persons.refsOf(account, alliance);
    const answer = await this.versions.execute(alliance, given.readAs, {
      commandId: command.id,
      fingerprint: { text: fingerprintText(name, given.input, actingAs) },
      decide: this.deciding.of(command, (state, at) => actorOf(state, refs, actingAs, at)),
    });
    return receiptOf(answer);
  }
}

/** HTTP page, 2.2: keys of two people never meet, and nothing can be guessed of the key. */
export function commandIdOf(account: Id, alliance: Id, key: string): Id {
  return hashedId('collegium-command/v1', account, alliance, key);
}

/** What makes a repeat the same command, whichever door it came through. */
export function fingerprintText(name: CommandName, input: ArgumentInput, actingAs: string | undefined): string {
  return canonicalJson({ name, arguments: input as unknown as Json, actingAs });
}
