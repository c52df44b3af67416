import type { Id } from '#kernel';

/** Ids that are remembered, at most. */
export const MAX_RECENT_COMMANDS = 10_000;

/** Ids of commands that this process recorded not long ago, in two halves: the older one is forgotten as a whole. */
export class RecentCommands {
  private newer = new Set<Id>();
  private older = new Set<Id>();

  has(commandId: Id): boolean {
    return this.newer.has(commandId) || this.older.has(commandId);
  }

  add(commandId: Id): void {
    if (this.newer.size >= MAX_RECENT_COMMANDS / 2) {
      this.older = this.newer;
      this.newer = new Set();
    }
    this.newer.add(commandId);
  }
}
