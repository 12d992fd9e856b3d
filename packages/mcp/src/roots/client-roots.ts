import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';

/** What the client of a request can do, in either era of the protocol. */
export const clientCapabilities = (server: McpServer, { mcpReq }: ServerContext): ClientCapabilities => {
  const envelope: Envelope | undefined = mcpReq.envelope;
  return envelope?.[CLIENT_CAPABILITIES_META_KEY] ?? server.server.getClientCapabilities() ?? {};
};

interface Envelope {
  readonly [CLIENT_CAPABILITIES_META_KEY]?: ClientCapabilities;
}

const key = 'roots';

/** The folders that a client declares; they are asked for once per connection. */
export class ClientRoots {
  /** By the URIs it gave. */
  #known: { readonly folders: readonly string[]; readonly declared: number } | undefined;

  constructor(private readonly server: McpServer) {
    server.server.setNotificationHandler('notifications/roots/list_changed', () => {
      this.#known = undefined;
    });
  }

  /** `undefined` for a client that declares none, or an empty list of them; a question where the client has to be asked first. */
  of(context: ServerContext): readonly string[] | undefined | InputRequiredResult {
    if (clientCapabilities(this.server, context).roots === undefined) return undefined;
    const answer = inputResponse(context.mcpReq.inputResponses, key);
    if (answer.kind === 'roots') {
      const folders = answer.roots.flatMap(({ uri }) => folderOf(uri));
      this.#known = { folders, declared: answer.roots.length };
    }
    if (this.#known === undefined) return inputRequired({ inputRequests: { [key]: inputRequired.listRoots() } });
    return this.#known.declared === 0 ? undefined : this.#known.folders;
  }
}

const folderOf = (uri: string): readonly string[] => {
  try {
    const path = fileURLToPath(uri);
    return isAbsolute(path) ? [path] : [];
  } catch {
    return [];
  }
};
