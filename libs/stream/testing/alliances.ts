import { event } from '#contracts';
import type { Id } from '#kernel';
import { hashedId } from '#kernel';
import { toyHistory } from '#views/testing';
import type { ToyLedger } from '#views/testing';

let formed = Number(process.env['JEST_WORKER_ID'] ?? 1) * 1_000_000;

/** Alliances that no other test of this run has, with so many entries each. */
export function formAlliances(ledger: ToyLedger, count: number, length: number): Id[] {
  return Array.from({ length: count }, () => {
    const alliance = ledger.form((formed += 1));
    grow(ledger, alliance, length - 1);
    return alliance;
  });
}

export function grow(ledger: ToyLedger, alliance: Id, more: number): void {
  for (const one of toyHistory(more, more)) ledger.append(alliance, one);
}

/** An entry of a hundred events, about as large as one can be. */
export function growByLargest(ledger: ToyLedger, alliance: Id): void {
  const decisionId = hashedId('large', 'decision');
  const events = Array.from({ length: 100 }, (_, number) =>
    event('PartnerAdmitted', { partnerId: hashedId('large', number), decisionId }),
  );
  ledger.append(alliance, ...events);
}
