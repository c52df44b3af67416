import { canonicalJson, sha256 } from '#kernel';
import type { Hash, Json } from '#kernel';
import type { PolicyParameter } from './method.js';
import { readsParameter } from './methods.js';
import type { Snapshot, SnapshotPolicy } from './snapshot.js';

/** The bytes that `inputHash` hashes and `show snapshot` prints: RFC 8785, absent members left out. */
export function snapshotText(snapshot: Snapshot): string {
  return canonicalJson(snapshot as unknown as Json);
}

/** SHA-256 of the snapshot's canonical JSON, as base64 (part 1, 4.3). */
export function inputHash(snapshot: Snapshot): Hash {
  return sha256(snapshotText(snapshot));
}

/**
 * The policy of a recorded snapshot, from that of `RoundOpened`: exactly what the method and the counting read
 * (architecture 4.1, `inputHash`).
 */
export function policyRead(policy: SnapshotPolicy): SnapshotPolicy {
  const isRead = ([name, value]: [string, unknown]) =>
    value !== undefined && (name === 'method' || readsParameter(policy, name as PolicyParameter));
  return Object.fromEntries(Object.entries(policy).filter(isRead)) as unknown as SnapshotPolicy;
}
