import { type AggregateExpression, type Expression, PlanError, type Statement } from '@aegis/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aggregates } from './__golden__/aggregates.js';
import { comparisons } from './__golden__/comparisons.js';
import { expressions } from './__golden__/expressions.js';
import { type Golden, type GoldenColumns, goldenColumns, goldenTable } from './__golden__/golden.js';
import { literals } from './__golden__/literals.js';
import { segments } from './__golden__/segments.js';
import { statements } from './__golden__/statements.js';
import { builtInDialects, type DialectName } from './dialects/index.js';
import { openDuckDb, type TestDuckDb } from './testing/duckdb.js';

interface Case<Subject> {
  readonly title: string;
  readonly of: (columns: GoldenColumns) => Subject;
  readonly sql: Golden;
}

const names = Object.keys(builtInDialects) as DialectName[];

/** Every row of a table in every dialect. */
const expectGolden = <Subject>(
  cases: readonly Case<Subject>[],
  render: (name: DialectName, subject: Subject) => string,
) => {
  for (const name of names)
    it.each(cases.map((row) => [row.title, row] as const))(`${name} renders %s`, (_, { of, sql }) => {
      const expected = sql[name];
      const rendered = () => render(name, of(goldenColumns(name)));
      if (typeof expected === 'string') expect(rendered()).toBe(expected);
      else expect(rendered).toThrow(new PlanError('unsupported', expected.unsupported));
    });
};

/** DuckDB's column of a table, row by row, as it stands there. */
const duckdbColumn = (cases: readonly Case<unknown>[]): [string, string][] =>
  cases.flatMap(({ title, sql }) => (typeof sql.duckdb === 'string' ? [[title, sql.duckdb]] : []));

const expression = (name: DialectName, subject: Expression | AggregateExpression) =>
  builtInDialects[name].expression(subject);
const statement = (name: DialectName, subject: Statement) => builtInDialects[name].statement(subject);

describe('golden SQL', () => {
  describe('of expressions', () => expectGolden(expressions, expression));
  describe('of aggregates', () => expectGolden(aggregates, expression));
  describe('of literals', () => expectGolden(literals, expression));
  describe('of statements', () => expectGolden(statements, statement));
  describe('of comparisons', () => expectGolden(comparisons, statement));
  describe('of segments', () => expectGolden(segments, statement));
});

describe('golden SQL on DuckDB', () => {
  let duckdb: TestDuckDb;

  beforeAll(async () => {
    duckdb = await openDuckDb(
      goldenTable,
      'CREATE SCHEMA crm',
      goldenTable.replace('orders', 'crm.customers'),
      `INSERT INTO orders VALUES (1, 1, 1.5, 'NaN', 0.1, 'a', '2024-01-31', '2024-01-31 10:00:00', '2024-01-31 10:00:00Z', NULL)`,
    );
  });
  afterAll(() => duckdb.close());

  it.each([...duckdbColumn(expressions), ...duckdbColumn(aggregates), ...duckdbColumn(literals)])(
    'runs %s',
    async (_, sql) => {
      expect(await duckdb.rows(`SELECT ${sql} FROM orders`)).toHaveLength(1);
    },
  );

  it.each([...duckdbColumn(statements), ...duckdbColumn(comparisons), ...duckdbColumn(segments)])(
    'runs %s',
    async (_, sql) => {
      expect(Array.isArray(await duckdb.rows(sql))).toBe(true);
    },
  );
});
