/** A server at work. */
export interface Serving {
  /** Resolves when the last client is gone, or the server was closed. */
  readonly closed: Promise<void>;
  /** Ends all connections; calls that are under way are cancelled. */
  close(): Promise<void>;
}
