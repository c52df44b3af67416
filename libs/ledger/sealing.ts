import type { SealedValue, SealedValues } from '#contracts';
import { canonicalJson, hmacSha256 } from '#kernel';
import type { Json } from '#kernel';
import type { Entropy } from './entropy.js';

/** A sealed value as kept outside the ledger: `payload` is its canonical JSON, `salt` base64 of 32 fresh bytes. */
export interface Opening {
  readonly event: number;
  readonly name: string;
  readonly salt: string;
  readonly payload: string;
}

export interface SealPlace {
  readonly origin: string;
  readonly seq: number;
  readonly event: number;
}

class Sealed implements SealedValue {
  readonly __sealed = 'SealedValue';
  constructor(readonly payload: Json) {}
}

/** Wraps a text so that a decider can pass it on without seeing it. */
export function seal(payload: Json): SealedValue {
  return new Sealed(payload);
}

/** HMAC-SHA-256 under the salt over place, name and canonical payload (architecture 6). */
export function commitmentOf(place: SealPlace, name: string, salt: string, payload: string): string {
  const { origin, seq, event } = place;
  return hmacSha256(salt, `collegium-seal/v1\n${origin}\n${String(seq)}\n${String(event)}\n${name}\n${payload}`);
}

/** Openings and commitments of one event's sealed values, by name. Values without text are left out. */
export function sealEvent(
  place: SealPlace,
  values: SealedValues | undefined,
  entropy: Entropy,
): { openings: Opening[]; commitments: Json[] } {
  const openings: Opening[] = [];
  const commitments: Json[] = [];
  for (const name of Object.keys(values ?? {}).sort()) {
    const value = values?.[name];
    if (!(value instanceof Sealed)) continue;
    const payload = canonicalJson(value.payload);
    const salt = entropy.key();
    openings.push({ event: place.event, name, salt, payload });
    const bytes = Math.ceil(Buffer.byteLength(payload) / 64) * 64;
    commitments.push({ name, commitment: commitmentOf(place, name, salt, payload), bytes });
  }
  return { openings, commitments };
}
