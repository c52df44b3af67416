import type { ArgumentInput } from '#contracts';
import { preparationWith, prepareCommand } from '#engine';
import type { State } from '#engine';
import { IdentityStore } from '#identity';
import type { Formation } from '#identity';
import type { Hash, Id, Json } from '#kernel';
import { AllianceLedger, allianceIdOf, LedgerStore } from '#ledger';
import type { Answer, Entropy } from '#ledger';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { commandIdOf, fingerprintText } from './alliance-command.js';
import type { Sender } from './alliance-command.js';
import { Deciding } from './deciding.js';
import { receiptOf } from './receipt.js';
import type { Receipt } from './receipt.js';

export class FormAllianceCommand extends Command<Receipt> {
  constructor(
    readonly sender: Sender,
    readonly input: ArgumentInput,
  ) {
    super();
  }
}

interface Place {
  readonly alliance: Id;
  readonly nonce: Hash;
  readonly personRef: Id;
  /** Formed under this key before: another body is told so, and forms no second one. */
  readonly stands: boolean;
}

/**
 * Any account forms an alliance. (account, key) is reserved first, with the nonce that makes the alliance's id, so that
 * a repeat, also after a stop, finds the alliance that the first made (HTTP page, 2.2).
 */
@CommandHandler(FormAllianceCommand)
export class FormAllianceHandler implements ICommandHandler<FormAllianceCommand> {
  constructor(
    private readonly deciding: Deciding,
    private readonly ledger: AllianceLedger<State>,
    private readonly identity: IdentityStore,
    private readonly store: LedgerStore,
  ) {}

  async execute({ sender, input }: FormAllianceCommand): Promise<Receipt> {
    return receiptOf(await this.identity.inTurn(sender.account, () => this.form(sender, input)));
  }

  private async form(sender: Sender, input: ArgumentInput): Promise<Answer> {
    const { account, key, actingAs, correlation } = sender;
    const place = await this.place(sender, input);
    const { entropy } = this.deciding;
    const args = await prepareCommand('FormAlliance', input, preparationWith(entropy));
    const command = { id: commandIdOf(account, place.alliance, key), name: 'FormAlliance', args, correlation } as const;
    const actor = { kind: 'account', person: place.personRef } as const;
    const answer = await this.ledger.execute(place.stands ? place.alliance : undefined, {
      commandId: command.id,
      fingerprint: { text: fingerprintText('FormAlliance', input, actingAs) },
      decide: this.deciding.of(command, () => actor, startingWith(place.nonce, entropy)),
    });
    if (answer.kind === 'recorded') await this.identity.bind(account, place.alliance, place.personRef);
    return answer;
  }

  /** Where the alliance will stand: noted before anything is written, kept once an entry stands there. */
  private async place({ account, key }: Sender, input: ArgumentInput): Promise<Place> {
    const reserved = await this.identity.reserveFormation(account, key);
    const { nonce, alliance, personRef } = reserved;
    if (alliance && personRef && (await this.store.head(alliance))) return { alliance, nonce, personRef, stands: true };
    const next = { alliance: formedId(reserved, input), personRef: await this.freeSpare(account) };
    await this.identity.noteFormation(account, key, next);
    return { ...next, nonce, stands: false };
  }

  /** The spare ref; one that a formation before a stop has used already is bound first. */
  private async freeSpare(account: Id): Promise<Id> {
    const spare = await this.identity.spareRef(account);
    for (const alliance of await this.identity.unfinishedFormations(account, spare)) {
      if (!(await this.store.head(alliance))) continue;
      await this.identity.bind(account, alliance, spare);
      return await this.identity.spareRef(account);
    }
    return spare;
  }
}

/** The id follows from the data of AllianceFormed (architecture 7). */
function formedId({ nonce }: Formation, input: ArgumentInput): Id {
  return allianceIdOf({ ...(input.public as Record<string, Json>), nonce });
}

/** The nonce is the first key that the decision asks for; what follows are salts. */
function startingWith(nonce: Hash, entropy: Entropy): Entropy {
  let first: Hash | undefined = nonce;
  return {
    id: () => entropy.id(),
    key: () => {
      const key = first ?? entropy.key();
      first = undefined;
      return key;
    },
  };
}
