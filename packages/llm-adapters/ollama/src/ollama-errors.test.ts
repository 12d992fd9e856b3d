import { describe, expect, it } from 'vitest';
import { classify, HttpError, modelError } from './ollama-errors.js';

const none = { get: () => null };

describe('the reason of an error', () => {
  it.each<[object, string]>([
    [{ status: 404, message: "model 'x' not found" }, 'not-found'],
    [{ status: 404, message: 'model "x" not found, try pulling it first' }, 'not-found'],
    [{ status_code: 404, message: "model 'x' not found" }, 'not-found'],
    [{ status: 400, message: 'the input length exceeds the context length' }, 'context-length'],
    [{ status: 500, message: 'input length exceeds maximum context length' }, 'context-length'],
    [{ status: 400, message: 'registry.ollama.ai/library/x does not support tools' }, 'invalid-request'],
    [{ status: 400, message: '"x" does not support thinking' }, 'invalid-request'],
    [{ status: 500, message: 'model requires more system memory (9.8 GiB) than is available (5.1 GiB)' }, 'unknown'],
    [{ status: 500, message: 'llama runner process has terminated: exit status 2' }, 'overloaded'],
    [{ status: 503, message: 'server busy, please try again. maximum pending requests exceeded' }, 'overloaded'],
    [{ status: 502, message: 'bad gateway' }, 'overloaded'],
    [{ status: 401, message: 'unauthorized' }, 'authentication'],
    [{ status: 402, message: 'usage limit' }, 'quota'],
    [{ status: 429, message: 'too many requests' }, 'rate-limit'],
    [{ status: 418, message: 'odd' }, 'unknown'],
    [{ message: 'fetch failed', cause: { code: 'ENOTFOUND' } }, 'connection'],
    [{ message: 'fetch failed', cause: { code: 'UND_ERR_CONNECT_TIMEOUT' } }, 'connection'],
    [{ message: 'terminated', cause: { code: 'UND_ERR_SOCKET' } }, 'connection'],
    [{ message: 'Unexpected token <' }, 'unknown'],
  ])('%j is %s', (error, reason) => {
    expect(classify(error, 'x').reason).toBe(reason);
  });
});

describe('what a host says instead of an answer', () => {
  it.each([
    ['{"error":"no"}', 'no'],
    ['{"error":{"message":"no"}}', '{"message":"no"}'],
    ['404 page not found', '404 page not found'],
    ['<html>', 'the host answered with status 502'],
    ['', 'the host answered with status 502'],
  ])('%s is told as %s', (body, message) => {
    expect(new HttpError(502, body, none).message).toBe(message);
  });
});

describe('an error', () => {
  it('of a host with several addresses says what was wrong with the first', () => {
    const refused = [new Error('connect ECONNREFUSED ::1:11434'), new Error('connect ECONNREFUSED 127.0.0.1:11434')];
    const cause = new TypeError('fetch failed', {
      cause: Object.assign(new AggregateError(refused), { code: 'ECONNREFUSED' }),
    });
    expect(modelError(cause, { model: 'x', secrets: [] })).toMatchObject({
      code: 'model/connection',
      message: 'ollama/x: fetch failed (connect ECONNREFUSED ::1:11434)',
    });
  });

  it.each([
    ['7', 7_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', undefined],
  ])('with retry-after %s asks to wait %s ms', (after, retryAfterMs) => {
    const cause = new HttpError(429, '{"error":"too many requests"}', new Headers({ 'retry-after': after }));
    expect(modelError(cause, { model: 'x', secrets: [] })).toMatchObject({ code: 'model/rate-limit', retryAfterMs });
  });
});
