import type { ColumnExpression, Expression } from '@aegis/spec';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { and, compare, countIf, isFiniteValue, isNan, isNull, literal, not, or } from './build.js';
import { condition } from './condition.js';
import { duckdbDialect } from './dialects/duckdb.js';
import { openDuckDb, type TestDuckDb } from './testing/duckdb.js';

const double: ColumnExpression = { kind: 'column', name: 'd', type: { kind: 'float', native: 'DOUBLE' } };
const integer: ColumnExpression = { kind: 'column', name: 'i', type: { kind: 'integer', native: 'INTEGER' } };
const types = {
  holdsNan: ({ kind }: ColumnExpression['type']) => kind === 'float',
  holdsInfinity: ({ kind }: ColumnExpression['type']) => kind === 'float',
};

describe('a condition', () => {
  it('drops NaN tests that the type decides', () => {
    const isLow = compare(integer, '<', literal('integer', '0'));
    expect(condition(or(isLow, isNan(integer)), types)).toBe(isLow);
    expect(condition(and(isLow, isFiniteValue(integer)), types)).toEqual(and(isLow, not(isNull(integer))));
  });

  it('keeps NaN tests that the data decides', () => {
    expect(condition(isNan(double), types)).toEqual(isNan(double));
  });

  it('knows what is true of every row or of none', () => {
    expect(condition(and(), types)).toBe(true);
    expect(condition(not(isFiniteValue(integer)), types)).toBe(false);
  });
});

const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, depthSize: 'large' },
    fc.constantFrom<Expression>(
      isNan(double),
      isNan(integer),
      isFiniteValue(double),
      isFiniteValue(integer),
      isNull(double),
      isNull(integer),
      compare(double, '>', literal('float', '0')),
      compare(integer, '<=', literal('integer', '1')),
    ),
    tie('expression').map(not),
    fc.array(tie('expression'), { maxLength: 3 }).map((operands) => and(...operands)),
    fc.array(tie('expression'), { maxLength: 3 }).map((operands) => or(...operands)),
  ),
}));

describe('a condition on DuckDB', () => {
  let duckdb: TestDuckDb;
  beforeAll(async () => {
    duckdb = await openDuckDb(
      `CREATE TABLE t AS SELECT * FROM
        (SELECT unnest([NULL, 'nan'::DOUBLE, 'inf', '-inf', 0, -1, 1]) AS d),
        (SELECT unnest([NULL, 0, 1, 2]) AS i)`,
    );
  });
  afterAll(() => duckdb.close());

  it('counts the rows for which the whole expression is true', async () => {
    await fc.assert(
      fc.asyncProperty(expression, async (tested) => {
        const whole = `count(*) FILTER (WHERE ${duckdbDialect.expression(tested)})`;
        const [row] = await duckdb.rows(
          `SELECT ${whole} AS whole, ${duckdbDialect.expression(countIf(tested))} AS short FROM t`,
        );
        expect(row?.short).toBe(row?.whole);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});
