import type { Id } from '#kernel';
import { readLedger } from '#ledger';
import type { LedgerStore } from '#ledger';

/** The key under which a proposal's first version was hashed; nothing before it, or when it was erased. */
export async function textKeyOf(store: LedgerStore, alliance: Id, proposalId: Id): Promise<string | undefined> {
  for await (const { seq, events } of readLedger(store, alliance)) {
    const event = events.findIndex(({ type, data }) => type === 'ProposalVersioned' && data.proposalId === proposalId);
    if (event < 0) continue;
    const opening = await store.opening(alliance, seq, event, 'textKey');
    return opening && (JSON.parse(opening.payload) as string);
  }
  return undefined;
}
