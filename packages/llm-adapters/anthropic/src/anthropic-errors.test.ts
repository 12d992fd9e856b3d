import { isAegisError, type LanguageModelError, LanguageModelError as ModelError } from '@aegis/spec';
import { Anthropic } from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import { classify, modelError } from './anthropic-errors.js';

const context = { model: 'claude-haiku-4-5', secrets: ['sk-ant-very-secret'] };

/** What the SDK makes of an answer. */
const answered = (status: number, body: unknown, headers: { readonly [name: string]: string } = {}) =>
  Anthropic.APIError.generate(status, body as object, undefined, new Headers(headers));

const refused = (status: number, type: string, message: string, errorCode?: string) =>
  answered(status, {
    type: 'error',
    error: { type, message, ...(errorCode && { details: { error_code: errorCode } }) },
    request_id: 'req_1',
  });

const wrapped = (error: unknown): LanguageModelError => {
  const ours = modelError(error, context);
  if (!isAegisError(ours)) throw new Error('not an error of ours');
  return ours as LanguageModelError;
};

describe('what the API says', () => {
  it.each([
    [400, 'invalid_request_error', 'max_tokens: Field required', 'invalid-request'],
    [400, 'invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum', 'context-length'],
    [
      400,
      'invalid_request_error',
      'input length and `max_tokens` exceed context limit: 190000 + 20000',
      'context-length',
    ],
    [400, 'invalid_request_error', 'Your credit balance is too low to access the Anthropic API.', 'quota'],
    [400, 'invalid_request_error', 'You have reached your specified API usage limits. You will regain access', 'quota'],
    [400, 'invalid_request_error', 'You have reached your specified workspace API usage limits.', 'quota'],
    [400, 'invalid_request_error', 'Output blocked by content filtering policy', 'content-filter'],
    [401, 'authentication_error', 'invalid x-api-key', 'authentication'],
    [402, 'billing_error', 'There is an issue with your billing.', 'quota'],
    [403, 'permission_error', 'Your API key does not have permission', 'authentication'],
    [404, 'not_found_error', 'model: claude-nope', 'not-found'],
    [413, 'request_too_large', 'Request exceeds the maximum size', 'context-length'],
    [429, 'rate_limit_error', 'This request would exceed your rate limit', 'rate-limit'],
    [500, 'api_error', 'Internal server error', 'overloaded'],
    [504, 'timeout_error', 'The request timed out', 'timeout'],
    [529, 'overloaded_error', 'Overloaded', 'overloaded'],
    [409, 'conflict_error', 'conflict', 'invalid-request'],
    [599, 'something_new', 'odd', 'overloaded'],
  ])('%i %s: %s', (status, type, message, reason) => {
    expect(classify(refused(status, type, message)).reason).toBe(reason);
  });

  it.each([
    [429, 'rate_limit_error', 'enforced_spend_limit_reached', 'quota'],
    [429, 'rate_limit_error', 'contract_spend_limit_reached', 'quota'],
    [429, 'rate_limit_error', 'ramp_limit_exceeded', 'rate-limit'],
    [400, 'invalid_request_error', 'organization_on_hold', 'authentication'],
  ])('%i %s, with the code %s', (status, type, code, reason) => {
    expect(classify(refused(status, type, 'a message that may change', code)).reason).toBe(reason);
  });

  it('takes the words of one kind of error for no other', () => {
    expect(classify(refused(429, 'rate_limit_error', 'your prompt is too long')).reason).toBe('rate-limit');
  });

  it('names another way for a schema that is too much', () => {
    const message = 'output_config.format.schema: Invalid schema: The compiled grammar is too large';
    expect(classify(refused(400, 'invalid_request_error', message)).hint).toContain('structuredOutput: tool');
  });
});

describe('what a gateway says', () => {
  it.each([
    [400, 'invalid-request'],
    [401, 'authentication'],
    [402, 'quota'],
    [403, 'authentication'],
    [404, 'not-found'],
    [407, 'connection'],
    [408, 'timeout'],
    [413, 'context-length'],
    [422, 'invalid-request'],
    [429, 'rate-limit'],
    [502, 'overloaded'],
    [504, 'timeout'],
  ])('%i', (status, reason) => {
    expect(classify(answered(status, undefined)).reason).toBe(reason);
    expect(wrapped(answered(status, undefined)).message).toBe(
      `anthropic/claude-haiku-4-5: the host answered with status ${status}`,
    );
  });

  it('may be in the form of another vendor', () => {
    expect(wrapped(answered(400, { error: { message: 'no such field', code: 'x' } }))).toMatchObject({
      code: 'model/invalid-request',
      message: 'anthropic/claude-haiku-4-5: no such field',
    });
  });
});

describe('what never was an answer', () => {
  const beneath = (code: string) =>
    new TypeError('fetch failed', { cause: Object.assign(new Error('beneath'), { code }) });

  it.each([
    ['a limit of the SDK', new Anthropic.APIConnectionTimeoutError(), 'timeout'],
    ['a stop', new Anthropic.APIUserAbortError(), 'cancelled'],
    ['no connection', new Anthropic.APIConnectionError({ cause: beneath('ECONNREFUSED') }), 'connection'],
    ['a broken body', new TypeError('terminated', { cause: beneath('UND_ERR_SOCKET').cause }), 'connection'],
    ['no JSON', new SyntaxError('Unexpected end of JSON input'), 'unknown'],
    ['something odd', 'odd', 'unknown'],
  ])('is %s', (_what, error, reason) => {
    expect(classify(error).reason).toBe(reason);
  });

  it('says what was beneath', () => {
    const cause = new Error('connect ECONNREFUSED 127.0.0.1:9');
    expect(wrapped(new Anthropic.APIConnectionError({ cause })).message).toContain('connect ECONNREFUSED 127.0.0.1:9');
  });
});

describe('how long to wait', () => {
  const waiting = (headers: { readonly [name: string]: string }) =>
    wrapped(answered(429, undefined, headers)).retryAfterMs;

  it('is told in milliseconds before seconds', () => {
    expect(waiting({ 'retry-after-ms': '1500', 'retry-after': '9' })).toBe(1_500);
    expect(waiting({ 'retry-after': '2.5' })).toBe(2_500);
    expect(waiting({})).toBeUndefined();
  });

  it('may be a date, also one that has passed', () => {
    expect(waiting({ 'retry-after': new Date(Date.now() + 60_000).toUTCString() })).toBeGreaterThan(50_000);
    expect(waiting({ 'retry-after': new Date(0).toUTCString() })).toBe(0);
  });

  it('is not known where it cannot be read', () => {
    expect(waiting({ 'retry-after': 'soon' })).toBeUndefined();
  });
});

describe('a wrapped error', () => {
  it('is one short line', () => {
    const { message } = wrapped(refused(400, 'invalid_request_error', `first\nsecond ${'long '.repeat(200)}`));
    expect(message).toMatch(/^anthropic\/claude-haiku-4-5: first second long .*…$/);
    expect(message.length).toBeLessThan(400);
  });

  it('keeps the original where that shows no secret, and its words where it does', () => {
    const harmless = refused(400, 'invalid_request_error', 'bad');
    expect(wrapped(harmless).cause).toBe(harmless);
    const telling = wrapped(refused(401, 'authentication_error', 'no such key: sk-ant-very-secret'));
    expect(telling.message).toBe('anthropic/claude-haiku-4-5: no such key: …');
    expect(String(telling.cause)).toContain('no such key: …');
  });

  it('is not wrapped again', () => {
    const first = new ModelError('timeout', 'late');
    expect(modelError(first, context)).toBe(first);
  });
});
