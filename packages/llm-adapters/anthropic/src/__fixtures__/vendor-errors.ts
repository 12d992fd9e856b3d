import { randomUUID } from 'node:crypto';
import type { ErrorScript, WireAnswer, WireRequest } from '@aegis/conformance/model';
import { documentedProblem } from './documented-rules.js';
import { credentialProblem } from './message-request.js';

export const apiKey = 'sk-ant-api03-loopback-secret';

/** @see https://platform.claude.com/docs/en/api/errors */
const types: { readonly [status: number]: string } = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  503: 'api_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

const reasons: {
  readonly [reason in NonNullable<ErrorScript['reason']>]: readonly [status: number, message: string];
} = {
  quota: [402, 'There is an issue with your billing. Please check your payment details.'],
  'context-length': [400, 'prompt is too long: 210000 tokens > 200000 maximum'],
  'content-filter': [400, 'Output blocked by content filtering policy'],
};

const vendorError = (status: number, message: string, headers: WireAnswer['headers'] = {}): WireAnswer => ({
  status,
  headers: { 'request-id': `req_${randomUUID()}`, ...headers },
  body: JSON.stringify({
    type: 'error',
    error: { type: types[status] ?? 'api_error', message },
    request_id: `req_${randomUUID()}`,
  }),
});

/** The documented body for a scripted error. */
export const documentedError = (
  { status: asked, reason, retryAfterSeconds, echoesKey }: ErrorScript,
  { headers }: WireRequest,
): WireAnswer => {
  const [status, message] = reason ? reasons[reason] : [asked, `refused with ${asked}`];
  const key = headers['x-api-key'] ?? headers.authorization;
  return vendorError(
    status,
    echoesKey ? `${message} (key ${key})` : message,
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
  );
};

/** The answer to a request that the API would not take. */
export const documentedRefusal = (request: WireRequest): WireAnswer | undefined => {
  const { method, path, headers } = request;
  if (method !== 'POST' || path !== '/v1/messages') return vendorError(404, `no such endpoint: ${method} ${path}`);
  const unknown = credentialProblem(headers);
  if (unknown !== undefined) return vendorError(401, unknown);
  const problem = documentedProblem(request);
  return problem === undefined ? undefined : vendorError(400, problem);
};
