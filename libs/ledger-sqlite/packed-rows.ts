import type { Hash, Id, Instant } from '#kernel';
import type { LedgerRow } from '#ledger';

/** A row as it goes to the writing thread: values in a fixed order, since the names of members cost more than they. */
export type PackedRow = readonly [
  alliance: Id,
  seq: number,
  commandId: Id,
  id: Id,
  at: Instant,
  hash: Hash,
  body: string,
  prev: Hash | undefined,
  salt: string | undefined,
  mac: string | undefined,
  openings: readonly (number | string)[],
];

export function packed(row: LedgerRow): PackedRow {
  const { alliance, seq, commandId, id, at, hash, body, prev, fingerprint } = row;
  const openings = row.openings.flatMap(({ event, name, salt, payload }) => [event, name, salt, payload]);
  return [alliance, seq, commandId, id, at, hash, body, prev, fingerprint?.salt, fingerprint?.mac, openings];
}

export function unpacked([
  alliance,
  seq,
  commandId,
  id,
  at,
  hash,
  body,
  prev,
  salt,
  mac,
  values,
]: PackedRow): LedgerRow {
  const fingerprint = salt !== undefined && mac !== undefined ? { salt, mac } : undefined;
  const openings = [];
  for (let place = 0; place < values.length; place += 4) {
    const [event, name, salted, payload] = values.slice(place, place + 4) as [number, string, string, string];
    openings.push({ event, name, salt: salted, payload });
  }
  return { alliance, seq, commandId, id, at, hash, body, prev, fingerprint, openings };
}
