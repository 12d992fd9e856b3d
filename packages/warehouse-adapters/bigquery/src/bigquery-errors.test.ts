import { type WarehouseError, WarehouseError as Wrapped } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { classify, isTransient, warehouseError } from './bigquery-errors.js';

interface Thrown {
  readonly code?: number | string;
  readonly reason?: string;
  readonly message?: string;
}

const thrown = ({ code, reason, message = reason ?? String(code) }: Thrown): Error =>
  Object.assign(new Error(message), {
    ...(code !== undefined && { code }),
    ...(reason !== undefined && { errors: [{ reason, message }] }),
  });

describe('reasons', () => {
  it.each<[string, Thrown]>([
    ['authorization', { code: 403, reason: 'accessDenied', message: 'Access Denied: Table p:d.t' }],
    ['authorization', { code: 403, reason: 'billingNotEnabled' }],
    [
      'authorization',
      {
        code: 403,
        reason: 'accessDenied',
        message: 'Access Denied: BigQuery: Time travel on table t is forbidden as it has',
      },
    ],
    ['authentication', { code: 401, reason: 'authError' }],
    ['authentication', { code: 401 }],
    ['authentication', { code: 400, message: 'invalid_grant: Invalid JWT Signature.' }],
    ['authentication', { message: 'Could not load the default credentials.' }],
    ['authentication', { code: 'ERR_OSSL_UNSUPPORTED', message: 'error:1E08010C:DECODER routines::unsupported' }],
    ['not-found', { code: 404, reason: 'notFound', message: 'Not found: Table p:d.t was not found in location US' }],
    ['not-found', { code: 400, reason: 'invalidQuery', message: 'Unrecognized name: x at [1:8]' }],
    [
      'not-found',
      { code: 400, reason: 'invalid', message: 'Table "t" must be qualified with a dataset (e.g. dataset.table).' },
    ],
    ['syntax', { code: 400, reason: 'invalidQuery', message: 'Syntax error: Unexpected identifier "SELEC" at [1:1]' }],
    ['syntax', { code: 400, reason: 'invalidQuery', message: 'Bad int64 value: x' }],
    [
      'unsupported',
      {
        code: 400,
        reason: 'invalidQuery',
        message: "Cannot query over table 'd.t' without a filter over column(s) 'day'",
      },
    ],
    ['unsupported', { code: 400, reason: 'bytesBilledLimitExceeded' }],
    ['unsupported', { code: 403, reason: 'quotaExceeded' }],
    ['unsupported', { code: 400, reason: 'resourcesExceeded' }],
    ['throttled', { code: 403, reason: 'rateLimitExceeded' }],
    ['throttled', { code: 400, reason: 'jobRateLimitExceeded' }],
    ['throttled', { code: 503, reason: 'backendError' }],
    ['throttled', { code: 500, reason: 'internalError' }],
    ['throttled', { code: 502, message: 'Bad Gateway' }],
    ['throttled', { code: 429 }],
    ['timeout', { code: 499, reason: 'stopped', message: 'Job execution was cancelled: Job timed out after 1 sec' }],
    ['timeout', { code: 400, reason: 'timeout' }],
    [
      'cancelled',
      { code: 499, reason: 'stopped', message: 'Job execution was cancelled: User requested cancellation' },
    ],
    ['connection', { code: 'ECONNREFUSED' }],
    ['connection', { code: 'ENOTFOUND' }],
    ['connection', { code: 'ECONNRESET' }],
    ['connection', { message: 'request to https://x failed, reason: socket hang up' }],
    ['connection', { message: 'network timeout at: https://x' }],
    ['unknown', { code: 418, reason: 'teapot' }],
    ['unknown', { message: 'something else' }],
  ])('%s for %o', (reason, error) => {
    expect(classify(thrown(error)).reason).toBe(reason);
  });

  it('that are short-lived are worth asking again', () => {
    const transient = [{ code: 503 }, { code: 403, reason: 'rateLimitExceeded' }, { code: 'ECONNRESET' }];
    const lasting = [
      { code: 403, reason: 'quotaExceeded' },
      { code: 'ECONNREFUSED' },
      { code: 400, reason: 'invalidQuery' },
    ];
    expect(transient.map((each) => isTransient(thrown(each)))).toEqual([true, true, true]);
    expect(lasting.map((each) => isTransient(thrown(each)))).toEqual([false, false, false]);
  });
});

describe('errors', () => {
  it('keep what the service said, and nothing of the request', () => {
    const error = Object.assign(thrown({ code: 403, reason: 'accessDenied' }), {
      response: { request: { headers: { Authorization: 'Bearer very-secret' } } },
    });
    const wrapped = warehouseError(error) as WarehouseError;
    expect(wrapped.cause).toMatchObject({ code: 403, errors: [{ reason: 'accessDenied' }] });
    expect(JSON.stringify(wrapped.cause, Object.getOwnPropertyNames(wrapped.cause))).not.toContain('very-secret');
  });

  it('that are classified already stay as they are', () => {
    const error = new Wrapped('timeout', 'late');
    expect(warehouseError(error)).toBe(error);
  });

  it('are one short line', () => {
    const { message } = warehouseError(
      thrown({ code: 400, reason: 'invalidQuery', message: `a\n${'x'.repeat(1_000)}` }),
    );
    expect(message).toBe('a');
  });
});
