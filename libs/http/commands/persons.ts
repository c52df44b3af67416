import type { ArgumentInput } from '#contracts';
import { IdentityStore } from '#identity';
import type { PersonRefs } from '#identity';
import { isId, refuse } from '#kernel';
import type { Id } from '#kernel';
import { Injectable } from '@nestjs/common';
import { Problem } from '../problem.js';

interface Named {
  readonly pointer: string;
  readonly ref: unknown;
}

/**
 * The persons that a sender is in an alliance, and those that its command names. A ref that is bound to another alliance is of that alliance (HTTP page, 4.4 and A02): whoever
 * has it could never act here, so that naming it is refused as naming anything else that is not here.
 */
@Injectable()
export class Persons {
  constructor(private readonly identity: IdentityStore) {}

  async refsOf(account: Id, alliance: Id): Promise<PersonRefs> {
    return await this.identity.refsOf(account, alliance);
  }

  async assertNamedOf(alliance: Id, input: ArgumentInput): Promise<void> {
    for (const { pointer, ref } of namedIn(input)) {
      const bound = isId(ref) ? await this.identity.allianceOf(ref) : undefined;
      if (bound !== undefined && bound !== alliance) throw Problem.refused(refuse('NOT_FOUND', { pointer }), undefined);
    }
  }
}

/** In the arguments themselves, or in a part of them: the mandate of whoever is admitted. */
function namedIn({ public: own, parts }: ArgumentInput): readonly Named[] {
  return [
    { pointer: '/personRef', ref: own['personRef'] },
    ...Object.entries(parts).map(([part, given]) => ({
      pointer: `/${part}/personRef`,
      ref: given.public['personRef'],
    })),
  ];
}
