/** What happens to the connection after the loss: ended at once, or left open in silence. */
export type AfterLoss = { readonly then?: 'cut' | 'silence' };

export type LoopbackProxy = {
  readonly port: number;
  /** host:port of the proxy, for clients. */
  readonly address: string;
  /**
   * The server gets the next request and answers it; the client never sees the answer. Resolves when it was lost.
   * `name`: the MongoDB command (`insert`, `commitTransaction`) or the Kafka request (`Produce`, `OffsetCommit`);
   * without one it is the very next request, be it only a heartbeat. Each call loses one answer.
   */
  dropAnswer(name?: string, after?: AfterLoss): Promise<void>;
  /** The server does what the next produce request asks; the client is told this error code. Resolves when it was told. */
  failProduce(code: number): Promise<void>;
  /** The next request (of that name) never reaches the server. Resolves when it was lost. */
  dropRequest(name?: string, after?: AfterLoss): Promise<void>;
  /** Connections stay open and nothing passes, either way, until `resume()`. */
  stall(): void;
  resume(): void;
  /** Ends every open connection at once; new ones are taken. */
  cut(): void;
  /** Cuts, and ends every new connection at once, until `accept()`. */
  refuse(): void;
  accept(): void;
  close(): Promise<void>;
};

/** A proxy before a server of this machine. `protocol` is needed to drop single requests and answers. */
export function startProxy(options: {
  readonly port: number;
  readonly protocol?: 'mongo' | 'kafka';
  readonly listenOn?: number;
}): Promise<LoopbackProxy>;
