import { hmacSha256 } from '#kernel';
import type { Fingerprint, StoredCommand } from './ledger-store.js';

/** Keeps what a repeat is told by (HTTP page, 2.2). `salt` is fresh: base64 of 32 bytes. */
export function fingerprintOf(text: string, salt: string): Fingerprint {
  return { salt, mac: hmacSha256(salt, text) };
}

/** Whether a command is the one stored. An erased fingerprint tells nothing, so that a repeat gets the first answer. */
export function isRepeat(stored: StoredCommand, text: string | undefined): boolean {
  if (text === undefined || !stored.fingerprint) return true;
  return fingerprintOf(text, stored.fingerprint.salt).mac === stored.fingerprint.mac;
}
