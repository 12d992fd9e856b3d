import { WarehouseError, type WarehouseReason } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { classify, warehouseError } from './databricks-errors.js';

describe('the reason', () => {
  it.each<[message: string, sqlState: string | undefined, reason: WarehouseReason]>([
    ['[TABLE_OR_VIEW_NOT_FOUND] The table or view `t` cannot be found. SQLSTATE: 42P01', undefined, 'not-found'],
    ['[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column', '42703', 'not-found'],
    ['[SCHEMA_NOT_FOUND] The schema', '42704', 'not-found'],
    ['[NO_SUCH_CATALOG_EXCEPTION] Catalog', '42704', 'not-found'],
    ['[INSUFFICIENT_PERMISSIONS] Insufficient privileges: User does not have SELECT', '42501', 'authorization'],
    ['User does not have USE SCHEMA', '42501', 'authorization'],
    ['[PARSE_SYNTAX_ERROR] Syntax error at or near', '42601', 'syntax'],
    ['[CAST_INVALID_INPUT] The value', '22018', 'syntax'],
    ['[DIVIDE_BY_ZERO] Division by zero', '22012', 'syntax'],
    ['[UNSUPPORTED_FEATURE.TIME_TRAVEL] The feature is not supported', '0A000', 'unsupported'],
    ['[OPERATION_CANCELED] Operation has been canceled', 'HY008', 'cancelled'],
    ['[QUERY_EXECUTION_TIMEOUT_EXCEEDED] Query execution timed out', '57KD0', 'timeout'],
    ['[DELTA_CONCURRENT_WRITE] There was a conflict', '2D521', 'throttled'],
    ['Too many queries', '53000', 'throttled'],
    ['[INTERNAL_ERROR] The Spark SQL phase failed', 'XX000', 'unknown'],
  ])('of %s is by condition, then by SQLSTATE', (message, sqlState, reason) => {
    expect(classify({ message, sqlState }).reason).toBe(reason);
  });

  it.each<[status: number, reason: WarehouseReason]>([
    [401, 'authentication'],
    [403, 'authorization'],
    [404, 'not-found'],
    [429, 'throttled'],
    [502, 'connection'],
    [503, 'throttled'],
  ])('of HTTP status %i', (httpStatus, reason) => {
    expect(classify({ message: 'Received a response with a bad HTTP status code', httpStatus }).reason).toBe(reason);
  });

  it.each<[message: string, code: string | undefined, reason: WarehouseReason]>([
    ['connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED', 'connection'],
    ['self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'connection'],
    ['invalid_client: Client authentication failed', undefined, 'authentication'],
    ['OAuth is not supported for localhost', undefined, 'unsupported'],
    ['Hive driver: 503 when connecting to resource. Max retry count exceeded.', undefined, 'throttled'],
    ['Request timed out', undefined, 'connection'],
    ['something else', undefined, 'unknown'],
  ])('of what the driver says: %s', (message, code, reason) => {
    expect(classify({ message, code }).reason).toBe(reason);
  });
});

it('keeps what is classified, and wraps anything that was thrown', () => {
  const known = new WarehouseError('timeout', 'slow');
  expect(warehouseError(known)).toBe(known);
  expect(warehouseError('plain text')).toMatchObject({ code: 'warehouse/unknown', message: 'plain text' });
  expect(warehouseError(new Error('x'.repeat(5_000))).message.length).toBeLessThan(400);
});
