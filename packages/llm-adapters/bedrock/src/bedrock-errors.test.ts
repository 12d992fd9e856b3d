import { describe, expect, it } from 'vitest';
import { classify, modelError } from './bedrock-errors.js';

const context = { model: 'amazon.nova-pro-v1:0', secrets: new Set(['session-token-0123', '']) };
const named = (name: string, message = 'no') => ({ name, message, $metadata: { httpStatusCode: 400 } });

describe('the reason of an error', () => {
  it.each<[object, string]>([
    [named('ThrottlingException', 'Too many requests, please wait before trying again.'), 'rate-limit'],
    [named('ThrottlingException', 'Too many tokens per day, please wait before trying again.'), 'quota'],
    [named('TooManyRequestsException'), 'rate-limit'],
    [named('ServiceQuotaExceededException'), 'quota'],
    [named('ServiceUnavailableException'), 'overloaded'],
    [named('InternalServerException'), 'overloaded'],
    [named('ModelNotReadyException'), 'overloaded'],
    [named('ModelErrorException'), 'overloaded'],
    [named('ModelTimeoutException'), 'timeout'],
    [named('AccessDeniedException', "You don't have access to the model"), 'authentication'],
    [named('ExpiredTokenException', 'The security token included in the request is expired'), 'authentication'],
    [named('UnrecognizedClientException'), 'authentication'],
    [named('InvalidSignatureException'), 'authentication'],
    [named('CredentialsProviderError', 'Could not load credentials from any providers'), 'authentication'],
    [named('ResourceNotFoundException'), 'not-found'],
    [named('ValidationException', 'The provided model identifier is invalid.'), 'not-found'],
    [named('ValidationException', 'Input is too long for requested model.'), 'context-length'],
    [named('ValidationException', 'prompt is too long: 210000 tokens > 200000 maximum'), 'context-length'],
    [named('ValidationException', 'Input Tokens Exceeded: maximum context length is 300000'), 'context-length'],
    [named('ValidationException', 'Invocation with on-demand throughput isn’t supported.'), 'invalid-request'],
    [named('ValidationException', 'Malformed input request'), 'invalid-request'],
    [{ name: 'SyntaxError', message: 'Unexpected token <', $response: { statusCode: 502 } }, 'overloaded'],
    [{ name: 'SyntaxError', message: 'Unexpected token <', $metadata: { httpStatusCode: 200 } }, 'unknown'],
    [{ name: 'Error', message: 'x', code: 'ECONNREFUSED' }, 'connection'],
    [{ name: 'TimeoutError', message: 'Socket timed out' }, 'connection'],
    [{ name: 'Error', message: 'x', cause: { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' } }, 'connection'],
    [{ name: 'Error', message: 'socket hang up' }, 'connection'],
    [{ name: 'Error', message: 'odd' }, 'unknown'],
  ])('%j is %s', (error, reason) => {
    expect(classify(error).reason).toBe(reason);
  });

  it('comes with the next step where there is one', () => {
    expect(classify(named('ExpiredTokenException')).hint).toContain('aws sso login');
    expect(classify(named('AccessDeniedException')).hint).toContain('bedrock:InvokeModel');
    expect(classify(named('ValidationException', 'on-demand throughput')).hint).toContain('inference profile');
  });
});

describe('an error', () => {
  it('shows no session token, not even in what the SDK hides', () => {
    const cause = Object.defineProperty(new Error('no'), '$response', {
      value: { statusCode: 500, headers: {}, body: { sent: 'x-amz-security-token: session-token-0123' } },
      enumerable: false,
    });
    const error = modelError(cause, context);
    expect(error).toMatchObject({ code: 'model/overloaded' });
    expect(error.cause).not.toBe(cause);
    expect(error.cause).toMatchObject({ message: 'no' });
  });

  it.each([
    ['7', 7_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', undefined],
  ])('with retry-after %s asks to wait %s ms', (after, retryAfterMs) => {
    const $response = { statusCode: 429, headers: { 'retry-after': after } };
    const cause = Object.assign(new Error('slow down'), { name: 'ThrottlingException', $response });
    expect(modelError(cause, context)).toMatchObject({ code: 'model/rate-limit', retryAfterMs });
  });
});
