import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnswerScript, ErrorScript, ModelScript, ModelServer, SeenRequest } from './model-kit.js';

/** One HTTP request as it came in. */
export interface WireRequest {
  readonly method: string;
  /** With the query, if there is one. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body: string | Uint8Array;
}

/** How one vendor writes requests, answers and errors on the wire. */
export interface ModelProtocol {
  /** What a request means; an error that is thrown becomes the answer of a server that broke. */
  read(request: WireRequest): Omit<SeenRequest, 'wasAborted'>;
  /** The vendor's refusal of a request that breaks its documented rules; `undefined` where it breaks none. */
  refuse(request: WireRequest): WireAnswer | undefined;
  answer(script: AnswerScript, request: WireRequest): WireAnswer;
  error(script: ErrorScript, request: WireRequest): WireAnswer;
}

/** A loopback server that plays scripts in a vendor's protocol: the waiting, breaking and counting that all have in common. */
export const serveModel = async (protocol: ModelProtocol): Promise<ModelServer> => {
  const scripts: ModelScript[] = [];
  const requests: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    respond(incoming, response).catch((error: unknown) => send(response, { status: 500, body: String(error) }));
  });
  const respond = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await received(incoming);
    let wasAborted = false;
    response.on('close', () => {
      wasAborted = !response.writableFinished;
    });
    requests.push({ ...protocol.read(request), wasAborted: () => wasAborted });
    const refusal = protocol.refuse(request);
    if (refusal) send(response, refusal);
    else await play(scripts.shift() ?? noScript, { protocol, request, response });
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    play: (...more) => scripts.push(...more),
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const noScript: ErrorScript = { kind: 'error', status: 500 };

interface Exchange {
  readonly protocol: ModelProtocol;
  readonly request: WireRequest;
  readonly response: ServerResponse;
}

const play = async (script: ModelScript, { protocol, request, response }: Exchange): Promise<void> => {
  if (script.kind === 'error') return send(response, protocol.error(script, request));
  if (script.kind === 'answer') {
    if (script.delayMs !== undefined) await sleep(script.delayMs);
    return send(response, protocol.answer(script, request));
  }
  if (script.kind === 'hang' && !script.afterHalf) return;
  await sendHalf(
    response,
    protocol.answer({ kind: 'answer', text: 'An answer that nobody reads. '.repeat(9) }, request),
  );
  if (script.kind === 'drop') response.destroy();
};

const send = (response: ServerResponse, { status, headers, body }: WireAnswer): void => {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
};

/** Of as many bytes as were promised, half. */
const sendHalf = async (response: ServerResponse, { status, headers, body }: WireAnswer): Promise<void> => {
  const bytes = Buffer.from(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers, 'content-length': bytes.length });
  await new Promise((resolve) => response.write(bytes.subarray(0, bytes.length / 2), resolve));
};

const received = async (incoming: IncomingMessage): Promise<WireRequest> => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { method = '', url = '', headers } = incoming;
  return { method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') };
};
