import { type CanonicalForm, type ColumnType, PlanError } from '@aegis/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigqueryDialect } from '../dialects/bigquery.js';
import { databricksDialect } from '../dialects/databricks.js';
import { duckdbDialect } from '../dialects/duckdb.js';
import { postgresDialect } from '../dialects/postgres.js';
import { trinoDialect } from '../dialects/trino.js';
import { openDuckDb, type TestDuckDb } from '../testing/duckdb.js';
import { canonicalText } from './canonical-text.js';

let duckdb: TestDuckDb;
beforeAll(async () => {
  duckdb = await openDuckDb();
});
afterAll(() => duckdb.close());

const duckdbText = (native: string, form: CanonicalForm): string =>
  canonicalText(
    { column: { kind: 'column', name: 'x', type: duckdbDialect.columnType(native) }, form },
    duckdbDialect as Parameters<typeof canonicalText>[1],
  );

const textOf = (native: string, value: string, form: CanonicalForm) =>
  duckdb.scalar(`SELECT ${duckdbText(native, form)} FROM (SELECT CAST('${value}' AS ${native}) AS x)`);

describe('canonical text on DuckDB', () => {
  it.each([
    ['INTEGER', '-5', '-5'],
    ['HUGEINT', '170141183460469231731687303715884105727', '170141183460469231731687303715884105727'],
    ['DECIMAL(18,2)', '1.50', '1.5'],
    ['DECIMAL(18,2)', '100', '100'],
    ['DECIMAL(38,0)', '100', '100'],
    ['DECIMAL(38,10)', '0', '0'],
    ['DECIMAL(4,4)', '-0.05', '-0.05'],
    ['DECIMAL(4,4)', '0', '0'],
    ['DECIMAL(38,38)', '0.5', '0.5'],
  ])('drops zeros that say nothing: %s %s is %s', async (native, value, text) => {
    expect(await textOf(native, value, { kind: 'number' })).toBe(text);
  });

  it.each([
    ['DECIMAL(18,2)', '2.25', 1, '2.3'],
    ['DECIMAL(18,2)', '-2.25', 1, '-2.3'],
    ['DECIMAL(3,2)', '9.99', 1, '10'],
    ['DECIMAL(18,2)', '99.50', 0, '100'],
    ['DECIMAL(18,2)', '1.25', 5, '1.25'],
    ['BIGINT', '125', 0, '125'],
  ])('rounds half away from zero: %s %s to %i digits', async (native, value, digits, text) => {
    expect(await textOf(native, value, { kind: 'number', digits })).toBe(text);
  });

  it.each([
    ['DOUBLE', '0.285', 2, '0.29'],
    ['DOUBLE', '-0.001', 2, '0'],
    ['DOUBLE', '1e-300', 15, '0'],
    ['FLOAT', '0.1', 6, '0.1'],
    ['DECIMAL(18,4)', '0.2849', 2, '0.28'],
    ['BIGINT', '5', 2, '5'],
  ])('rounds doubles by the digits that name them: %s %s to %i digits', async (native, value, digits, text) => {
    expect(await textOf(native, value, { kind: 'double', digits })).toBe(text);
  });

  it('reads large numbers of every type as doubles, and rounds them no more', async () => {
    const form = { kind: 'double', digits: 2 } as const;
    const large = await textOf('DOUBLE', '1e20', form);
    for (const native of ['DECIMAL(38,2)', 'HUGEINT'])
      expect(await textOf(native, '100000000000000000000', form)).toBe(large);
    expect(await textOf('BIGINT', '-9223372036854775808', form)).toBe(
      await textOf('DOUBLE', '-9223372036854775808', form),
    );
  });

  it.each(['NaN', 'Infinity', '-Infinity', '1e15', '-1e300'])('gives a rounded %s a text of its own', async (value) => {
    const text = await textOf('DOUBLE', value, { kind: 'double', digits: 2 });
    expect(text).toMatch(/^-?\d{16,}$/);
  });

  it('reads numbers of every type as doubles', async () => {
    const half = await textOf('DOUBLE', '0.5', { kind: 'double' });
    expect(half).toBe('4602678819172646912');
    for (const native of ['FLOAT', 'DECIMAL(4,2)']) expect(await textOf(native, '0.5', { kind: 'double' })).toBe(half);
    expect(await textOf('DOUBLE', '-0.0', { kind: 'double' })).toBe('0');
    expect(await textOf('INTEGER', '0', { kind: 'double' })).toBe('0');
    expect(await textOf('DOUBLE', 'NaN', { kind: 'double' })).toBe('NaN');
  });

  it('reads wide decimals as the nearest double, which a cast of DuckDB misses', async () => {
    const value = '123456789012345678.0123456789';
    expect(await textOf('DECIMAL(38,10)', value, { kind: 'double' })).toBe(
      await textOf('DOUBLE', value, { kind: 'double' }),
    );
  });

  it.each([
    ['DATE', '1970-01-02', '86400000000'],
    ['DATE', '5000000-01-01', '157722592780800000000'],
    ['DATE', 'infinity', 'Infinity'],
    ['TIMESTAMP', '1969-12-31 23:59:59.999999', '-1'],
    ['TIMESTAMP', '-infinity', '-Infinity'],
    ['TIMESTAMP_S', '1970-01-02 00:00:00', '86400000000'],
    ['TIMESTAMP_NS', '1970-01-01 00:00:00.000001', '1'],
    ['TIMESTAMP_NS', '1970-01-01 00:00:00.000001002', '1.2'],
    ['TIMESTAMP_NS', '1969-12-31 23:59:59.999999999', '-1.999'],
    ['TIMESTAMP WITH TIME ZONE', '1970-01-01 01:00:00+01', '0'],
  ])('counts microseconds since 1970: %s %s is %s', async (native, value, text) => {
    expect(await textOf(native, value, { kind: 'instant' })).toBe(text);
  });

  it('cuts times, also before 1970', async () => {
    const seconds = (value: string) => textOf('TIMESTAMP', value, { kind: 'instant', digits: 0 });
    expect(await seconds('1970-01-01 00:00:01.999999')).toBe('1000000');
    expect(await seconds('1969-12-31 23:59:59.000001')).toBe('-1000000');
    expect(await seconds('1969-12-31 23:59:58')).toBe('-2000000');
  });

  it.each([
    ['TIME', '23:59:59.999999', { kind: 'time' }, '86399999999'],
    ['BOOLEAN', 'false', { kind: 'boolean' }, 'false'],
    ['UUID', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', { kind: 'uuid' }, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
    ['VARCHAR', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', { kind: 'uuid' }, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
    ['BLOB', 'a\\xFF', { kind: 'bytes' }, '61ff'],
    ['VARCHAR', 'Straße', { kind: 'text' }, 'Straße'],
  ] as const)('writes %s %s as other engines do', async (native, value, form, text) => {
    expect(await textOf(native, value, form)).toBe(text);
  });

  it.each([
    ['DECIMAL(4,4)', { kind: 'number' }],
    ['DOUBLE', { kind: 'double', digits: 1 }],
    ['DOUBLE', { kind: 'double' }],
    ['DOUBLE', { kind: 'double', coarse: true }],
    ['TIMESTAMP', { kind: 'instant' }],
    ['TIMESTAMP_NS', { kind: 'instant' }],
    ['BOOLEAN', { kind: 'boolean' }],
    ['UUID', { kind: 'uuid' }],
  ] as const)('leaves NULL as it is: %s', async (native, form) => {
    expect(
      await duckdb.scalar(`SELECT ${duckdbText(native, form)} FROM (SELECT CAST(NULL AS ${native}) AS x)`),
    ).toBeNull();
  });

  it('gives equal doubles one coarse text, which others near them may share', async () => {
    const coarse = (value: string) => textOf('DOUBLE', value, { kind: 'double', coarse: true });
    expect(await coarse('0.5')).toBe(await coarse('0.50000000001'));
    expect(await coarse('-0.0')).toBe(await coarse('0'));
    expect(await coarse('0.5')).not.toBe(await coarse('0.6'));
    expect(await coarse('1e300')).toBe(await coarse('NaN'));
  });
});

describe('a dialect that cannot write a value as others do', () => {
  const float: ColumnType = { kind: 'float', native: 'double' };
  const text = (dialect: unknown, type: ColumnType, form: CanonicalForm) => () =>
    canonicalText(
      { column: { kind: 'column', name: 'x', type }, form },
      dialect as Parameters<typeof canonicalText>[1],
    );

  it.each([bigqueryDialect, databricksDialect])('says so of doubles: $name', (dialect) => {
    expect(text(dialect, float, { kind: 'double' })).toThrow(PlanError);
    expect(text(dialect, float, { kind: 'double', coarse: true })).not.toThrow();
    expect(text(dialect, float, { kind: 'double', digits: 2 })).not.toThrow();
  });

  it('says so of timestamps finer than a microsecond', () => {
    const finer = trinoDialect.columnType('timestamp(9)');
    expect(text(trinoDialect, finer, { kind: 'instant' })).toThrow('trino cannot write a timestamp(9)');
    expect(text(trinoDialect, finer, { kind: 'instant', coarse: true })).not.toThrow();
    expect(text(trinoDialect, trinoDialect.columnType('timestamp(6)'), { kind: 'instant' })).not.toThrow();
  });

  it('is none of those that show bits', () => {
    for (const dialect of [duckdbDialect, postgresDialect, trinoDialect])
      expect(text(dialect, float, { kind: 'double' })).not.toThrow();
  });
});
