import type { Id } from '#kernel';
import { allianceIdOf } from '#ledger';
import type { Entry, Head } from '#ledger';
import type { RuleFault } from './replay.js';

/** Place of an entry in its chain: its log, its number, the hash before it, its instant, its command id. */
export function chainFault(head: Head, entry: Entry, seen: ReadonlySet<Id>): RuleFault | undefined {
  if (entry.alliance !== (head.alliance ?? originIdOf(entry))) return { word: 'wrong-log', detail: entry.alliance };
  if (entry.seq !== head.seq + 1) {
    return { word: 'gap', detail: `seq ${String(entry.seq)}, expected ${String(head.seq + 1)}` };
  }
  if (entry.prev !== head.hash) return { word: 'chain-broken', detail: 'prev is not the hash of the entry before' };
  if (entry.at < head.at) return { word: 'time-back', detail: `${entry.at} is before ${head.at}` };
  return seen.has(entry.commandId) ? { word: 'command-repeated', detail: entry.commandId } : undefined;
}

/** The id that follows from the data of AllianceFormed; a ledger that begins otherwise has none that fits. */
function originIdOf(entry: Entry): Id | undefined {
  const first = entry.events[0];
  return first?.type === 'AllianceFormed' ? allianceIdOf(first.data) : undefined;
}
