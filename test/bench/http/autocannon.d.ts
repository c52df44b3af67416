/** The part of autocannon that the bench uses; it brings no types of its own. */
declare module 'autocannon' {
  export interface Request {
    readonly method: 'POST';
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  }
  /** One of its connections. */
  export interface Client {
    on(what: 'response', listener: () => void): unknown;
    setRequests(requests: readonly Request[]): void;
  }
  export interface Options {
    readonly url: string;
    readonly connections: number;
    readonly amount: number;
    readonly setupClient: (client: Client) => void;
  }
  export interface Result {
    readonly errors: number;
    readonly '2xx': number;
  }
  export default function autocannon(options: Options): Promise<Result>;
}
