import type { Id } from '#kernel';

/** Work of one account comes one after the other within this process. */
export class Turns {
  private readonly lastOf = new Map<Id, Promise<unknown>>();

  async take<T>(account: Id, work: () => Promise<T>): Promise<T> {
    const before = this.lastOf.get(account);
    const mine = before ? before.then(work, work) : work();
    this.lastOf.set(account, mine);
    try {
      return await mine;
    } finally {
      if (this.lastOf.get(account) === mine) this.lastOf.delete(account);
    }
  }
}
