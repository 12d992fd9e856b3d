import type { Effects } from '@aegis/project/program';
import {
  type ClientCapabilities,
  type InputRequiredResult,
  isInputRequiredResult,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { type ClientRoots, clientCapabilities } from '../roots/client-roots.js';
import { hostFolders } from '../roots/host-folders.js';
import { Roots } from '../roots/roots.js';
import type { Host, ServerOptions } from '../server/server-options.js';

/** One request of a client, with all that answering it takes. */
export interface Call {
  readonly options: ServerOptions;
  /** In the first of the roots; ends when the client cancels or hangs up. */
  readonly effects: Effects;
  readonly roots: Roots;
  readonly client: ClientCapabilities;
  /** What the client said to questions of this call. */
  readonly responses: ServerContext['mcpReq']['inputResponses'];
  /** Tells the client how far the call is, where it asked for that. `done` only ever grows. */
  readonly progress: (done: number, total: number, message: string) => void;
}

/** What a server instance and its connection hold. */
export interface Connection {
  readonly server: McpServer;
  readonly host: Host;
  readonly clientRoots: ClientRoots;
}

/** The call that a request makes; a question where the client has to declare its folders first. */
export const openCall = async (
  connection: Connection,
  context: ServerContext,
  readsFiles: boolean,
): Promise<Call | InputRequiredResult> => {
  const { host, server } = connection;
  const declared = asksForRoots(host, readsFiles) ? connection.clientRoots.of(context) : undefined;
  if (declared !== undefined && isInputRequiredResult(declared)) return declared;
  const roots = await rootsOf(host, declared);
  return {
    options: host.options,
    effects: {
      ...host.effects,
      cwd: roots.base,
      signal: signalOf(context),
      mayRead: (path) => roots.contains(path),
    },
    roots,
    client: clientCapabilities(server, context),
    responses: context.mcpReq.inputResponses,
    progress: progressOf(context),
  };
};

/** Every call needs the folder to work in, which the client's folders decide where the server was given none. */
const asksForRoots = ({ options, trustsClientRoots }: Host, readsFiles: boolean): boolean =>
  readsFiles || (trustsClientRoots && options.roots === undefined);

const rootsOf = (host: Host, declared: readonly string[] | undefined): Promise<Roots> => {
  const { options, trustsClientRoots } = host;
  if (options.roots === undefined && trustsClientRoots && declared?.[0] !== undefined) return Roots.of(declared);
  return Roots.of(hostFolders(host), declared);
};

/** Over HTTP a client that is gone gets no answer any more, whatever its era says of cancelling. */
const signalOf = ({ mcpReq, http }: ServerContext): AbortSignal =>
  http?.req === undefined ? mcpReq.signal : AbortSignal.any([mcpReq.signal, http.req.signal]);

const progressOf = ({ mcpReq }: ServerContext): Call['progress'] => {
  const token = mcpReq._meta?.progressToken;
  if (token === undefined) return () => undefined;
  return (progress, total, message) => {
    const params = { progressToken: token, progress, total, message };
    // A client that is gone needs no progress.
    mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
  };
};
