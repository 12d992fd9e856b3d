import { WarehouseError } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import {
  classify,
  classifyStatus,
  connectionError,
  isBroken,
  isLostTransaction,
  isTransientStatus,
  queryError,
  statusError,
} from './trino-errors.js';

const failure = (errorName: string, message = errorName, errorType = 'USER_ERROR') => ({
  errorName,
  errorType,
  message,
});

describe('reasons', () => {
  it.each([
    ['syntax', 'SYNTAX_ERROR', "line 1:1: mismatched input 'SELEC'. Expecting: 'ALTER'"],
    ['syntax', 'TYPE_MISMATCH', 'line 1:8: Cannot apply operator: varchar = integer'],
    ['syntax', 'INVALID_CAST_ARGUMENT', "Cannot cast 'x' to INT"],
    ['syntax', 'DIVISION_BY_ZERO', 'Division by zero'],
    ['syntax', 'NUMERIC_VALUE_OUT_OF_RANGE', 'bigint addition overflow: 9223372036854775807 + 1'],
    ['syntax', 'AN_ERROR_OF_USERS_THAT_IS_NEW', 'x'],
    ['not-found', 'TABLE_NOT_FOUND', "line 1:15: Table 'a.b.c' does not exist"],
    ['not-found', 'COLUMN_NOT_FOUND', "line 1:8: Column 'x' cannot be resolved"],
    ['not-found', 'SCHEMA_NOT_FOUND', "line 1:15: Schema 'x' does not exist"],
    ['not-found', 'CATALOG_NOT_FOUND', "line 1:15: Catalog 'x' not found"],
    ['not-found', 'FUNCTION_NOT_FOUND', "line 1:8: Function 'x' not registered"],
    ['not-found', 'MISSING_SCHEMA_NAME', 'line 1:15: Schema must be specified when session schema is not set'],
    ['not-found', 'VIEW_IS_STALE', "line 1:15: View 'v' is stale or in invalid state"],
    ['authorization', 'PERMISSION_DENIED', 'Access Denied: Cannot select from columns [x] in table or view t'],
    ['authorization', 'PERMISSION_DENIED', 'Access Denied: Cannot set system session property query_max_run_time'],
    ['authorization', 'READ_ONLY_VIOLATION', 'Cannot execute write in a read-only transaction'],
    ['authorization', 'AUTOCOMMIT_WRITE_CONFLICT', 'Catalog only supports writes using autocommit: hive'],
    ['unsupported', 'NOT_SUPPORTED', 'This connector does not support versioned tables'],
    ['unsupported', 'QUERY_REJECTED', 'Filter required on a.b for at least one of the partition columns: day'],
    ['unsupported', 'INCOMPATIBLE_CLIENT', 'Client does not support transactions'],
    ['connection', 'UNKNOWN_TRANSACTION', 'Unknown transaction ID: x'],
    ['connection', 'ABANDONED_QUERY', 'Query x has not been accessed'],
    ['cancelled', 'USER_CANCELED', 'Query was canceled'],
    ['cancelled', 'ADMINISTRATIVELY_KILLED', 'Query killed via web UI'],
  ] as const)('%s for %s: %s', (reason, errorName, message) => {
    expect(classify(failure(errorName, message)).reason).toBe(reason);
  });

  it.each([
    ['timeout', 'EXCEEDED_TIME_LIMIT', 'INSUFFICIENT_RESOURCES'],
    ['unsupported', 'EXCEEDED_SCAN_LIMIT', 'INSUFFICIENT_RESOURCES'],
    ['unsupported', 'EXCEEDED_LOCAL_MEMORY_LIMIT', 'INSUFFICIENT_RESOURCES'],
    ['unsupported', 'A_NEW_LIMIT', 'INSUFFICIENT_RESOURCES'],
    ['throttled', 'QUERY_QUEUE_FULL', 'INSUFFICIENT_RESOURCES'],
    ['throttled', 'CLUSTER_OUT_OF_MEMORY', 'INSUFFICIENT_RESOURCES'],
    ['throttled', 'NO_NODES_AVAILABLE', 'INTERNAL_ERROR'],
    ['connection', 'SERVER_SHUTTING_DOWN', 'INTERNAL_ERROR'],
    ['connection', 'REMOTE_HOST_GONE', 'INTERNAL_ERROR'],
    ['unknown', 'GENERIC_INTERNAL_ERROR', 'INTERNAL_ERROR'],
    ['unknown', 'HIVE_METASTORE_ERROR', 'EXTERNAL'],
  ] as const)('%s for %s, %s', (reason, errorName, errorType) => {
    expect(classify(failure(errorName, errorName, errorType)).reason).toBe(reason);
  });

  it('that are specific in words come before names', () => {
    const missingFilter = classify(
      failure('QUERY_REJECTED', 'Filter required on a.b for at least one partition column'),
    );
    expect(missingFilter.hint).toContain('scope.where');
    const property = classify(failure('PERMISSION_DENIED', 'Cannot set system session property query_max_run_time'));
    expect(property.hint).toContain('query_max_run_time');
  });

  it.each([
    [401, 'authentication'],
    [403, 'authorization'],
    [404, 'connection'],
    [410, 'connection'],
    [307, 'connection'],
    [429, 'throttled'],
    [500, 'throttled'],
    [503, 'throttled'],
    [418, 'unknown'],
  ] as const)('of the status %i are %s', (status, reason) => {
    expect(classifyStatus(status).reason).toBe(reason);
  });

  it('that pass are those that the protocol names', () => {
    expect([429, 502, 503, 504].every(isTransientStatus)).toBe(true);
    expect([400, 401, 403, 404, 500].some(isTransientStatus)).toBe(false);
  });

  it.each([
    ['ECONNREFUSED', 'option server'],
    ['ENOTFOUND', 'option server'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificateAuthority'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'another name'],
  ])('of the network are a connection: %s', (code, hint) => {
    const error = connectionError(Object.assign(new Error(code), { code }));
    expect(error).toMatchObject({ code: 'warehouse/connection', hint: expect.stringContaining(hint) });
    expect(isBroken(Object.assign(new Error(code), { code }))).toBe(false);
  });

  it('of a connection that broke are worth another try', () => {
    expect(isBroken(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))).toBe(true);
  });
});

describe('errors', () => {
  it('keep what Trino said, in one short line', () => {
    const error = queryError(failure('SYNTAX_ERROR', `a\n${'x'.repeat(1_000)}`));
    expect(error.message).toBe('a');
    expect(error.cause).toMatchObject({ errorName: 'SYNTAX_ERROR', errorType: 'USER_ERROR' });
    expect(queryError(failure('X', 'x'.repeat(1_000))).message.length).toBeLessThan(310);
  });

  it('of a proxy show no page of HTML', () => {
    expect(statusError(502, '<html>Bad Gateway</html>').message).toBe('the server answered 502');
    expect(statusError(400, 'User must be set\n').message).toBe('the server answered 400: User must be set');
  });

  it('that are classified already stay as they are', () => {
    const error = new WarehouseError('timeout', 'late');
    expect(connectionError(error)).toBe(error);
  });

  it('of a transaction that is gone are known by their cause', () => {
    expect(isLostTransaction(queryError(failure('UNKNOWN_TRANSACTION')))).toBe(true);
    expect(isLostTransaction(queryError(failure('TABLE_NOT_FOUND')))).toBe(false);
    expect(isLostTransaction(new Error('x'))).toBe(false);
  });
});
