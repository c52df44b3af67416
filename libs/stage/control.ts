import type { Instant } from '#kernel';
import type { Seeds } from './story-sources.js';

/** What whoever plays a story tells a server of a demonstration, through the channel to its parent. */
export interface Cue {
  /** Comes back in the answer. */
  readonly number: number;
  readonly at: Instant;
  /** Given to the one server that records what has become due, and that is sent the next act. */
  readonly seeds?: Seeds | undefined;
}

/** The server is as it was told to be, or could not. */
export type Done = { readonly number: number; readonly fault?: string };

/** Told once, when a process of the demonstration listens. */
export interface Listening {
  readonly listening: string;
}
