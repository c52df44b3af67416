import type { Day, Json } from '#kernel';

/** Arguments of one command as a client sent them, read and found well formed, split by class. */
export interface ArgumentInput {
  readonly public: Readonly<Record<string, unknown>>;
  /** Texts by name, in NFC with LF line ends. */
  readonly sealed: Readonly<Record<string, Json>>;
  readonly parts: Readonly<Record<string, PartInput>>;
  readonly occurredOn?: Day | undefined;
}

export interface PartInput {
  readonly public: Readonly<Record<string, unknown>>;
  readonly sealed: Readonly<Record<string, Json>>;
}
