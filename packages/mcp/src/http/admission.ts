import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { hostHeaderValidation, originValidation } from '@modelcontextprotocol/node';

export interface AdmissionOptions {
  readonly token: string;
  /** Names that this server answers to, besides those of this machine's loopback. */
  readonly names: readonly string[];
}

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** Whether a request may come in. Where not, it is answered, before any of its body is read. */
export type Admission = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * `Host` and `Origin` first: a page in a browser that found its way here by a name of its own (DNS rebinding) learns
 * nothing, whatever it sends. Then the token.
 */
export const admission = ({ token, names }: AdmissionOptions): Admission => {
  const allowed = [...loopback, ...names];
  const isHostAllowed = hostHeaderValidation(allowed);
  const isOriginAllowed = originValidation(allowed);
  return (request, response) => {
    if (!isHostAllowed(request, response) || !isOriginAllowed(request, response)) return false;
    return isAuthorized(request, token) || refuse(response);
  };
};

const isAuthorized = ({ headers }: IncomingMessage, token: string): boolean => {
  const [, given] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
};

/** Of one length whatever is compared. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const refuse = (response: ServerResponse): false => {
  const error = {
    code: -32_001,
    message: 'Unauthorized: send the token of this server as Authorization: Bearer TOKEN.',
  };
  response.writeHead(401, { 'content-type': 'application/json', 'www-authenticate': 'Bearer', connection: 'close' });
  response.end(JSON.stringify({ jsonrpc: '2.0', error, id: null }));
  return false;
};
