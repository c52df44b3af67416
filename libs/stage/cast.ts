import type { IdentityStore, NewToken } from '#identity';

/** People of the story at this instance: an account, a token and a reference for each, made when first needed. */
export class Cast {
  private readonly people = new Map<string, NewToken>();

  /** `before` is told whom the next ids are for. */
  constructor(
    private readonly identity: IdentityStore,
    private readonly before: (person: string) => void = () => undefined,
  ) {}

  async meet(people: readonly string[]): Promise<void> {
    for (const person of people) {
      if (this.people.has(person)) continue;
      this.before(person);
      const { id } = await this.identity.createAccount(person);
      this.people.set(person, await this.identity.createToken(id));
    }
  }

  /** Somebody who was met. */
  of(person: string): NewToken {
    const known = this.people.get(person);
    if (!known) throw new Error(`${person} was never met`);
    return known;
  }
}
