import { describe, expect, it } from 'vitest';
import { classify, modelError } from './openai-errors.js';

const context = { model: 'gpt-4o', secrets: ['sk-proj-0123456789'] };

describe('the reason of an error', () => {
  it.each<[object, string]>([
    [{ status: 429, code: 'insufficient_quota', message: 'You exceeded your current quota' }, 'quota'],
    [{ status: 402, message: 'Insufficient credits' }, 'quota'],
    [{ status: 429, code: 'rate_limit_exceeded', message: 'Rate limit reached' }, 'rate-limit'],
    [{ status: 400, code: 'context_length_exceeded', message: 'too long' }, 'context-length'],
    [{ status: 400, message: "This model's maximum context length is 4096 tokens." }, 'context-length'],
    [{ status: 400, type: 'exceed_context_size_error', message: 'n_prompt_tokens' }, 'context-length'],
    [{ status: 413, message: 'Request too large' }, 'context-length'],
    [{ status: 400, code: 'content_filter', message: 'filtered' }, 'content-filter'],
    [{ status: 400, message: "triggering Azure OpenAI's content management policy" }, 'content-filter'],
    [{ status: 400, message: "Unsupported parameter: 'x'" }, 'invalid-request'],
    [{ status: 422, message: 'Input should be a valid list' }, 'invalid-request'],
    [{ status: 404, code: 'model_not_found', message: 'no such model' }, 'not-found'],
    [{ status: 401, message: 'no' }, 'authentication'],
    [{ status: 504, message: 'Gateway Timeout' }, 'timeout'],
    [{ status: 520, message: 'odd' }, 'overloaded'],
    [{ status: 418, message: 'odd' }, 'unknown'],
    [{ message: 'Connection error.', cause: { message: 'fetch failed', cause: { code: 'ENOTFOUND' } } }, 'connection'],
    [{ message: 'x', cause: { code: 'UND_ERR_CONNECT_TIMEOUT' } }, 'timeout'],
    [{ message: 'x', cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } }, 'connection'],
    [{ message: 'x', cause: { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' } }, 'connection'],
    [{ message: 'terminated' }, 'connection'],
    [{ message: 'Unexpected token < in JSON' }, 'unknown'],
  ])('%j is %s', (error, reason) => {
    expect(classify(error).reason).toBe(reason);
  });
});

describe('an error', () => {
  it('hides the key, and what OpenAI repeats of it', () => {
    const cause = new Error('Incorrect API key provided: sk-pr***89. You sent sk-proj-0123456789');
    const error = modelError(Object.assign(cause, { status: 401 }), context);
    expect(error.message).toBe('openai/gpt-4o: Incorrect API key provided: …. You sent …');
    expect(String(error.cause)).not.toMatch(/sk-/);
  });

  it('keeps the original where that shows no secret', () => {
    const cause = Object.assign(new Error('no'), { status: 500 });
    expect(modelError(cause, context).cause).toBe(cause);
  });

  it.each([
    [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 1_500],
    [{ 'retry-after': '2.5' }, 2_500],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
  ])('says how long to wait as far as %j does', (headers, retryAfterMs) => {
    const cause = Object.assign(new Error('slow down'), { status: 429, headers: new Headers(Object.entries(headers)) });
    expect(modelError(cause, context)).toMatchObject({ code: 'model/rate-limit', retryAfterMs });
  });

  it('may be anything that was thrown', () => {
    expect(modelError('odd', context)).toMatchObject({ code: 'model/unknown', message: 'openai/gpt-4o: odd' });
    expect(modelError(undefined, context)).toMatchObject({ code: 'model/unknown' });
  });
});
