import type { ColumnExpression, ColumnKind } from '@aegis/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { duckdbDialect } from '../dialects/duckdb.js';
import { openDuckDb, type TestDuckDb } from '../testing/duckdb.js';
import { aboveBound, belowBound, outsideRange } from './bounds.js';

const column = (kind: ColumnKind, native: string): ColumnExpression => ({
  kind: 'column',
  name: 'x',
  type: { kind, native },
});
const integer = column('integer', 'BIGINT');
const decimal = column('decimal', 'DECIMAL(38,2)');
const date = column('date', 'DATE');
const timestamp = column('timestamp', 'TIMESTAMP');
const timestamptz = column('timestamptz', 'TIMESTAMP WITH TIME ZONE');

const below = (of: ColumnExpression, text: string, timezone = 'UTC') =>
  duckdbDialect.expression(belowBound(of, text, timezone));
const above = (of: ColumnExpression, text: string, timezone = 'UTC') =>
  duckdbDialect.expression(aboveBound(of, text, timezone));

describe('bounds on numbers', () => {
  it('are brought to digits that the column can hold', () => {
    expect(below(integer, '5.5')).toBe('("x" < 6)');
    expect(above(integer, '5.5')).toBe('("x" > 5)');
    expect(below(integer, '-5.5')).toBe('("x" < -5)');
    expect(above(integer, '-5.5')).toBe('("x" > -6)');
    expect(below(decimal, '0.001')).toBe('("x" < 0.01)');
    expect(above(decimal, '0.019')).toBe('("x" > 0.01)');
  });

  it('beyond what the column can hold leave all values on one side', () => {
    const largest = `CAST('${'9'.repeat(36)}.99' AS DECIMAL(38, 2))`;
    expect(above(decimal, '1e40')).toBe(`("x" > ${largest})`);
    expect(below(decimal, '1e40')).toBe(`("x" <= ${largest})`);
    expect(above(decimal, '-1e40')).toBe(`("x" >= ${largest.replace("'", "'-")})`);
    expect(below(decimal, '-1e40')).toBe(`("x" < ${largest.replace("'", "'-")})`);
  });

  it('cannot be NaN', () => {
    expect(() => below(column('float', 'DOUBLE'), '.nan')).toThrow('is not a bound');
  });
});

describe('bounds on times', () => {
  it('that are dates cover the whole day', () => {
    expect(below(timestamp, '2024-01-31')).toBe(`("x" < TIMESTAMP '2024-01-31 00:00:00')`);
    expect(above(timestamp, '2024-01-31')).toBe(`("x" >= TIMESTAMP '2024-02-01 00:00:00')`);
  });

  it('that are dates cover the day of the zone of the rule, however long it is', () => {
    expect(below(timestamptz, '2024-03-31', 'Europe/Berlin')).toBe(`("x" < TIMESTAMPTZ '2024-03-30 23:00:00+00')`);
    expect(above(timestamptz, '2024-03-31', 'Europe/Berlin')).toBe(`("x" >= TIMESTAMPTZ '2024-03-31 22:00:00+00')`);
  });

  it('at the end of the calendar still cover the day', () => {
    expect(above(timestamp, '9999-12-31')).toBe(`("x" > TIMESTAMP '9999-12-31 23:59:59.999999')`);
  });

  it('that are times are themselves', () => {
    expect(above(timestamp, '2024-01-31T10:00')).toBe(`("x" > TIMESTAMP '2024-01-31 10:00:00')`);
  });

  it('that are times beside dates compare with the first instant of each day', () => {
    expect(below(date, '2024-01-31T10:00')).toBe(`("x" <= DATE '2024-01-31')`);
    expect(above(date, '2024-01-31T10:00')).toBe(`("x" > DATE '2024-01-31')`);
    expect(below(date, '2024-01-31')).toBe(`("x" < DATE '2024-01-31')`);
  });
});

describe('a range on DuckDB', () => {
  let duckdb: TestDuckDb;
  beforeAll(async () => {
    duckdb = await openDuckDb();
  });
  afterAll(() => duckdb.close());

  const outside = async (
    of: ColumnExpression,
    values: readonly string[],
    min?: string,
    max?: string,
    timezone = 'UTC',
  ) => {
    const list = values.map((value) => `CAST('${value}' AS ${of.type.native})`).join(', ');
    const condition = duckdbDialect.expression(outsideRange(of, { min, max }, timezone));
    const rows = await duckdb.rows(
      `SELECT CAST(x AS VARCHAR) AS v FROM (SELECT unnest([${list}]) AS x) WHERE ${condition}`,
    );
    return rows.map(({ v }) => v);
  };

  it('has NaN outside, whichever bounds there are', async () => {
    const double = column('float', 'DOUBLE');
    const values = ['1', '5', 'nan', 'inf', '-inf'];
    expect(await outside(double, values, '2')).toEqual(['1.0', 'nan', '-inf']);
    expect(await outside(double, values, undefined, '2')).toEqual(['5.0', 'nan', 'inf']);
    expect(await outside(double, values, '-.inf', '.inf')).toEqual(['nan']);
  });

  it('compares 4-byte floats in their own precision', async () => {
    const single = column('float', 'FLOAT');
    expect(await outside(single, ['0.1', '0.2'], '0.1', '0.1')).toEqual(['0.2']);
    expect(await outside(single, ['0.1', '3e38'], '-1e300', '1e300')).toEqual([]);
  });

  it('never casts a value into a type that is too small for it', async () => {
    const huge = column('integer', 'HUGEINT');
    const values = ['170141183460469231731687303715884105727', '5', '6'];
    expect(await outside(huge, values, '5.5')).toEqual(['5']);
    expect(await outside(decimal, [`${'9'.repeat(36)}.99`, '0.5'], '0.505')).toEqual(['0.50']);
  });

  it('has both ends of a day inside', async () => {
    const values = [
      '2024-01-30 23:59:59.999999',
      '2024-01-31 00:00:00',
      '2024-01-31 23:59:59.999999',
      '2024-02-01 00:00:00',
    ];
    expect(await outside(timestamp, values, '2024-01-31', '2024-01-31')).toEqual([values[0], values[3]]);
  });

  it('is true or false for nanoseconds, whatever the bound', async () => {
    const nanoseconds = column('timestamp', 'TIMESTAMP_NS');
    const values = ['2024-01-31 10:00:00.123456789'];
    expect(await outside(nanoseconds, values, '0001-01-01', '9999-12-31')).toEqual([]);
    expect(
      await outside(nanoseconds, values, '2024-01-31T10:00:00.123456789', '2024-01-31T10:00:00.123456789'),
    ).toEqual([]);
  });
});
