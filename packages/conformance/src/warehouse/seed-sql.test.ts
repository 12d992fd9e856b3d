import { duckdbDialect, postgresDialect } from '@aegis/sql';
import { expect, it } from 'vitest';
import { seedSql } from './seed-sql.js';

const table = { kind: 'named', parts: ['s', 'o"dd'] } as const;

it('makes a table with quoted names and the standard types', () => {
  const [create] = seedSql(postgresDialect, table, {
    columns: { n: 'integer', 'a"b': 'decimal(38,10)', d: 'double', t: 'text', z: 'timestamptz' },
    rows: [],
  });
  expect(create).toBe(
    'CREATE TABLE "s"."o""dd" ("n" INTEGER, "a""b" DECIMAL(38,10), "d" DOUBLE PRECISION, "t" TEXT, "z" TIMESTAMP WITH TIME ZONE)',
  );
});

it('writes every value as text of its type, and NULL as NULL', () => {
  const [, insert] = seedSql(duckdbDialect, table, {
    columns: { t: 'text', b: 'boolean' },
    rows: [
      ["it's", true],
      [null, null],
    ],
  });
  expect(insert).toBe(`INSERT INTO "s"."o""dd" VALUES (CAST('it''s' AS TEXT), CAST('true' AS BOOLEAN)), (NULL, NULL)`);
});

it('takes the engine’s own type names', () => {
  const [create, insert] = seedSql(
    duckdbDialect,
    table,
    { columns: { t: 'text' }, rows: [['x']] },
    { types: { text: 'STRING' } },
  );
  expect(create).toContain('"t" STRING');
  expect(insert).toContain("CAST('x' AS STRING)");
});

it('splits many rows into batches and leaves none out', () => {
  const rows = Array.from({ length: 7 }, (_, index) => [index]);
  const [, ...inserts] = seedSql(duckdbDialect, table, { columns: { n: 'integer' }, rows }, { batchSize: 3 });
  expect(inserts.map((sql) => sql.match(/CAST/g)?.length)).toEqual([3, 3, 1]);
});
