import type { Id } from '#kernel';

/** Randomness of the entries: ids of 128 bits and keys or salts of 256 bits as base64. Tests and `rehearse` seed it. */
export interface Entropy {
  id(): Id;
  key(): string;
}
