import { WarehouseError } from '@aegis/spec';
import type { QueryExecutionStatus } from '@aws-sdk/client-athena';
import { describe, expect, it } from 'vitest';
import {
  classify,
  classifyState,
  failedQuery,
  isExpired,
  isTransient,
  type Thrown,
  warehouseError,
} from './athena-errors.js';

const thrown = ({ message = '', ...members }: Thrown): Error => Object.assign(new Error(String(message)), members);

describe('reasons of requests', () => {
  it.each<[string, Thrown]>([
    ['throttled', { name: 'TooManyRequestsException', message: 'Rate exceeded' }],
    ['throttled', { name: 'ThrottlingException' }],
    ['throttled', { name: 'InternalServerException', $metadata: { httpStatusCode: 500 } }],
    ['throttled', { name: 'InternalServiceException' }],
    ['throttled', { name: 'OperationTimeoutException' }],
    ['throttled', { name: 'SyntaxError', message: 'Unexpected token <', $response: { statusCode: 503 } }],
    ['throttled', { name: 'UnknownError', $metadata: { httpStatusCode: 429 } }],
    ['authentication', { name: 'ExpiredTokenException' }],
    ['authentication', { name: 'ExpiredToken' }],
    ['authentication', { name: 'UnrecognizedClientException' }],
    ['authentication', { name: 'InvalidSignatureException' }],
    ['authentication', { name: 'CredentialsProviderError', message: 'Could not load credentials from any providers' }],
    ['authorization', { name: 'AccessDeniedException', message: 'not authorized to perform: glue:GetTable' }],
    ['authorization', { name: 'AccessDenied', message: 'is not authorized to perform: sts:AssumeRole' }],
    ['authorization', { name: 'GlueEncryptionException' }],
    ['not-found', { name: 'EntityNotFoundException', message: 'Database x not found.' }],
    ['not-found', { name: 'ResourceNotFoundException' }],
    ['not-found', { name: 'InvalidRequestException', message: 'WorkGroup x is not found.' }],
    ['unsupported', { name: 'InvalidRequestException', message: 'No output location provided.' }],
    ['unsupported', { name: 'InvalidRequestException', message: 'Query string length exceeds the maximum' }],
    ['authorization', { name: 'InvalidRequestException', message: 'Unable to verify/create output bucket x' }],
    ['syntax', { name: 'InvalidRequestException', message: "line 1:1: mismatched input 'SELEC'." }],
    ['syntax', { name: 'InvalidRequestException', message: 'what', AthenaErrorCode: 'MALFORMED_QUERY' }],
    ['unknown', { name: 'InvalidRequestException', message: 'what' }],
    ['connection', { name: 'TimeoutError', message: 'connect timed out' }],
    ['connection', { name: 'TimeoutError', message: 'socket hang up', code: 'ECONNRESET' }],
    ['connection', { name: 'Error', code: 'ECONNREFUSED' }],
    ['connection', { name: 'Error', code: 'ENOTFOUND' }],
    ['connection', { name: 'Error', code: 'ECONNRESET' }],
    ['connection', { name: 'Error', message: 'socket hang up' }],
    ['connection', { name: 'Error', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }],
    ['unknown', { name: 'TeapotException' }],
  ])('%s for %o', (reason, error) => {
    expect(classify(thrown(error)).reason).toBe(reason);
  });

  it('that are short-lived are worth asking again', () => {
    const transient = [{ name: 'TooManyRequestsException' }, { name: 'TimeoutError', code: 'ECONNRESET' }];
    const lasting = [
      { name: 'AccessDeniedException' },
      { name: 'Error', code: 'ECONNREFUSED' },
      { name: 'TimeoutError' },
    ];
    expect(transient.map((each) => isTransient(thrown(each)))).toEqual([true, true]);
    expect(lasting.map((each) => isTransient(thrown(each)))).toEqual([false, false, false]);
  });

  it('of credentials that are over are told from those of wrong ones', () => {
    expect(isExpired(thrown({ name: 'ExpiredTokenException' }))).toBe(true);
    expect(isExpired(thrown({ name: 'UnrecognizedClientException' }))).toBe(false);
  });

  it('look behind the addresses of a host that were tried in turn', () => {
    const error = new AggregateError([Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })]);
    expect(classify(error).reason).toBe('connection');
    expect(warehouseError(error).message).toBe('refused');
  });
});

describe('reasons of queries', () => {
  const failed = (StateChangeReason: string, Retryable = false): QueryExecutionStatus => ({
    State: 'FAILED',
    StateChangeReason,
    AthenaError: { ErrorCategory: 2, Retryable },
  });

  it.each<[string, QueryExecutionStatus]>([
    ['not-found', failed("TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.kit.x' does not exist")],
    [
      'not-found',
      failed(
        "COLUMN_NOT_FOUND: line 1:8: Column 'x' cannot be resolved or requester is not authorized to access requested resources",
      ),
    ],
    ['not-found', failed("SYNTAX_ERROR: line 1:8: Column 'x' cannot be resolved")],
    ['not-found', failed("SCHEMA_NOT_FOUND: line 1:15: Schema 'x' does not exist")],
    ['not-found', failed("FUNCTION_NOT_FOUND: line 1:8: Function 'f' not registered")],
    ['not-found', failed('INVALID_ARGUMENTS: No version history table kit.x at or before 2026-01-01T00:00:00Z')],
    ['syntax', failed('SYNTAX_ERROR: line 1:8: Unexpected parameters')],
    ['syntax', failed('TYPE_MISMATCH: line 1:8: Cannot apply operator: bigint = varchar')],
    ['syntax', failed("INVALID_CAST_ARGUMENT: Cannot cast 'x' to INT")],
    ['syntax', failed('DIVISION_BY_ZERO: Division by zero')],
    [
      'authorization',
      failed('Insufficient permissions to execute the query. User x is not authorized to perform: glue:GetTable'),
    ],
    ['authorization', failed('PERMISSION_DENIED: Permission denied on S3 path: s3://x')],
    ['authorization', failed('Access denied when writing output to url: s3://x')],
    [
      'throttled',
      failed('HIVE_CANNOT_OPEN_SPLIT: Please reduce your request rate. (Service: Amazon S3; Error Code: SlowDown)'),
    ],
    ['throttled', failed('GENERIC_INTERNAL_ERROR: try again', true)],
    ['throttled', failed('something new', true)],
    ['unknown', failed('GENERIC_INTERNAL_ERROR: no')],
    ['unknown', failed('HIVE_BAD_DATA: Error parsing field value')],
    ['unknown', failed('something new')],
    ['timeout', failed('Query timeout')],
    ['unsupported', failed('Query exhausted resources at this scale factor')],
    ['unsupported', failed('EXCEEDED_LOCAL_MEMORY_LIMIT: Query exceeded per-node memory limit')],
    ['unsupported', failed('NOT_SUPPORTED: This connector does not support versioned tables')],
    [
      'unsupported',
      failed(
        'CONSTRAINT_VIOLATION: For the injected projected partition column day, the WHERE clause must contain only static equality conditions, and at least one such condition must be present.',
      ),
    ],
    ['cancelled', { State: 'CANCELLED' }],
    ['cancelled', { State: 'CANCELLED', StateChangeReason: 'Query cancelled by user' }],
    ['unsupported', { State: 'CANCELLED', StateChangeReason: 'Query cancelled! : Bytes scanned limit was exceeded' }],
  ])('%s for %o', (reason, status) => {
    expect(classifyState(status).reason).toBe(reason);
  });

  it('are told without advice about files that a query may have left', () => {
    const said = 'SYNTAX_ERROR: no. If a data manifest file was generated at s3://x, you may need to clean it';
    expect(failedQuery(failed(said), 'q')).toMatchObject({ message: 'SYNTAX_ERROR: no', code: 'warehouse/syntax' });
  });
});

describe('errors', () => {
  it('keep what the service said, and nothing of the request', () => {
    const error = Object.assign(
      thrown({ name: 'AccessDeniedException', message: 'no', $metadata: { requestId: 'r' } }),
      {
        $response: { statusCode: 400, headers: { authorization: 'very-secret' } },
      },
    );
    const { cause } = warehouseError(error);
    expect(cause).toMatchObject({ name: 'AccessDeniedException', requestId: 'r' });
    expect(JSON.stringify(cause, Object.getOwnPropertyNames(cause))).not.toContain('very-secret');
  });

  it('that quote a secret show a gap', () => {
    const error = thrown({ name: 'InvalidSignatureException', message: 'token session-12345678 is wrong' });
    expect(warehouseError(error, new Set(['session-12345678'])).message).toBe('token … is wrong');
  });

  it('that are classified already stay as they are', () => {
    const error = new WarehouseError('timeout', 'late');
    expect(warehouseError(error)).toBe(error);
  });

  it('are one short line', () => {
    const { message } = warehouseError(thrown({ name: 'InvalidRequestException', message: `a\n${'x'.repeat(1_000)}` }));
    expect(message).toBe('a');
  });
});
