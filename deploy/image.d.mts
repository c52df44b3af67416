import type { ChildProcess, StdioOptions } from 'node:child_process';

/** A service of docker-compose.yml that runs the image of this repository. */
export type Service = {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** `CMD` and what it runs in the container; or switched off. */
  readonly healthcheck: { readonly test: readonly string[] } | { readonly disable: true };
  readonly deploy?: { readonly replicas?: number };
};

export type Image = {
  /** The folder that is `/` in the image. */
  readonly folder: string;
  readonly command: readonly string[];
  /** Whether the image's user is another than this process's, so that nothing of it can be written. */
  readonly hasOwnUser: boolean;
  /** Starts the image's entry point with a command, as its user, with its environment and this one. */
  start(command: readonly string[], env?: Readonly<Record<string, string>>, stdio?: StdioOptions): ChildProcess;
  remove(): void;
};

export function servicesOfImage(): Readonly<Record<string, Service>>;
/** Follows the Dockerfile in a temporary folder; `said` hears every step. */
export function layOutImage(said?: (line: string) => void): Image;
