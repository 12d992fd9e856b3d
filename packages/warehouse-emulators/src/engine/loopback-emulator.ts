import type { Fault } from './faults.js';
import { LoopbackServer, type NameOf, type Reply, type Request } from './loopback-server.js';

/** What goes wrong with requests, and which of them. */
export interface RequestFault {
  readonly times: number;
  /** Which requests are meant, by their names in `requests`. Default: all of them, but those for credentials. */
  readonly on?: RegExp;
}

/** A server on loopback whose requests can be made to fail. */
export abstract class LoopbackEmulator {
  #server: LoopbackServer | undefined;
  /** Requests that faults are about, unless they say which. */
  protected abstract readonly faulted: RegExp;

  /** Where the server is. */
  get url(): string {
    return this.#listening.url;
  }

  /** Names of all requests, oldest first. */
  get requests(): readonly string[] {
    return this.#listening.seen;
  }

  /** Answers with a status of the 5xx or any other class, and a page that is no JSON. */
  failRequests(fault: RequestFault, status = 503): void {
    this.fault(fault, { status, body: '<html>Service Unavailable</html>' });
  }

  /** Closes connections without an answer. */
  dropConnections(fault: RequestFault): void {
    this.fault(fault, 'drop');
  }

  /** Carries requests out and closes the connection before their answers. */
  loseAnswers(fault: RequestFault): void {
    this.fault(fault, 'lose');
  }

  protected fault({ times, on = this.faulted }: RequestFault, reply: Fault['reply']): void {
    this.#listening.faults.add({ times, on, reply });
  }

  protected async listen(answer: (request: Request) => Promise<Reply>, nameOf?: NameOf): Promise<void> {
    this.#server = await LoopbackServer.open(answer, nameOf);
  }

  protected async stopListening(): Promise<void> {
    await this.#server?.close();
  }

  get #listening(): LoopbackServer {
    if (!this.#server) throw new Error('the emulator does not listen yet');
    return this.#server;
  }
}
