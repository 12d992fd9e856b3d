import { GuardError } from '@aegis/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadGuard, type SqlGuard } from './index.js';

const duckdb = { name: 'duckdb', parserName: 'duckdb' };
const bigquery = { name: 'bigquery', parserName: 'bigquery' };

let guard: SqlGuard;
beforeAll(async () => {
  guard = await loadGuard();
});

const refusalOf = (sql: string, dialect = duckdb): GuardError => {
  try {
    guard.fix(sql, dialect);
  } catch (error) {
    if (error instanceof GuardError) return error;
    throw error;
  }
  throw new Error(`passed: ${sql}`);
};

describe('a fix', () => {
  it.each([
    ['UPDATE orders SET amount = amount / 100 WHERE amount > 10000', 'update', ['orders'], []],
    [
      "DELETE FROM shop.orders WHERE status = 'update' AND id IN (SELECT id FROM dead)",
      'delete',
      ['shop', 'orders'],
      [['dead']],
    ],
    [
      'INSERT INTO orders (id, amount) SELECT id, amount FROM late WHERE amount IS NOT NULL',
      'insert',
      ['orders'],
      [['late']],
    ],
    [
      `MERGE INTO shop.orders AS t USING (SELECT id, a FROM late WHERE a > 0) AS s ON t.id = s.id
       WHEN MATCHED AND s.a IS NOT NULL THEN UPDATE SET a = s.a + 1, b = 2
       WHEN NOT MATCHED THEN INSERT (id, a) VALUES (s.id, s.a)`,
      'merge',
      ['shop', 'orders'],
      [['late']],
    ],
    ['MERGE INTO orders USING dead ON orders.id = dead.id WHEN MATCHED THEN DELETE', 'merge', ['orders'], [['dead']]],
    ['UPDATE orders SET a = u.a FROM u WHERE orders.id = u.id;', 'update', ['orders'], [['u']]],
    ['DELETE FROM orders USING dead WHERE orders.id = dead.id', 'delete', ['orders'], [['dead']]],
    [
      'WITH d AS (SELECT id FROM dead) DELETE FROM orders WHERE id IN (SELECT id FROM d)',
      'delete',
      ['orders'],
      [['dead']],
    ],
  ])('may be %s', (sql, change, target, tables) => {
    expect(guard.fix(sql, duckdb)).toEqual({ sql, change, target, tables });
  });

  it.each([
    ["DELETE FROM orders WHERE COLLATE(note, '') < 'b'", bigquery],
    [
      "DELETE FROM orders WHERE trim(BOTH U&'\\0009\\000A\\000B\\000C\\000D\\0020\\00A0' FROM note) = ''",
      { name: 'athena', parserName: 'trino' },
    ],
  ])('may hold what our own dialects print: %s', (sql, dialect) => {
    expect(guard.fix(sql, dialect)).toMatchObject({ sql, change: 'delete' });
  });

  it('keeps all its lines', () => {
    const sql = "UPDATE orders -- in cents\nSET amount = amount / 100\nWHERE note = 'a\nb'";
    expect(guard.fix(`\n${sql}\n`, duckdb).sql).toBe(sql);
  });

  it.each([
    ['UPDATE orders SET amount = 0', 'no WHERE'],
    ['DELETE FROM orders WHERE 1 = 1', 'leaves nothing out'],
    ['DELETE FROM orders WHERE TRUE', 'leaves nothing out'],
    ['DELETE FROM orders WHERE (id > 3 OR TRUE)', 'leaves nothing out'],
    ['DELETE FROM orders WHERE id = id', 'leaves nothing out'],
    ['DELETE FROM orders WHERE id IS NULL OR id IS NOT NULL', 'leaves nothing out'],
    ['INSERT INTO orders SELECT * FROM late', 'no WHERE'],
    ['INSERT INTO orders (id) VALUES (1)', 'VALUES|values'],
    ['MERGE INTO orders USING late ON TRUE WHEN MATCHED THEN DELETE', 'leaves nothing out'],
    ['MERGE INTO orders t USING late s ON t.id = s.id WHEN NOT MATCHED BY SOURCE THEN DELETE', 'source|not'],
    ['MERGE INTO orders t USING late s ON t.id = s.id WHEN NOT MATCHED THEN INSERT ROW', 'ROW'],
    [
      "MERGE INTO orders t USING late s ON t.id = s.id WHEN MATCHED THEN UPDATE SET a = (SELECT content FROM read_text('x'))",
      'read_text',
    ],
    ["MERGE INTO orders t USING read_csv('x') s ON t.id = s.id WHEN MATCHED THEN DELETE", 'read_csv|not expected'],
    ["MERGE INTO orders t USING late s ON t.id = s.id WHEN MATCHED THEN UPDATE SET a = getenv('HOME')", 'getenv'],
    ['DROP TABLE orders', 'starts with UPDATE'],
    ['SELECT 1', 'starts with UPDATE'],
    ['WITH d AS (SELECT 1 AS x) SELECT x FROM d', 'no change'],
    ['DELETE FROM orders WHERE id = 1; DROP TABLE orders', 'one statement'],
    ["UPDATE orders SET a = (SELECT content FROM read_text('/etc/passwd')) WHERE id = 1", 'read_text'],
    ["DELETE FROM orders WHERE id IN (SELECT id FROM 'x.csv')", 'string'],
    ['DELETE FROM orders WHERE id IN (SELECT oid FROM pg_catalog.pg_class)', 'system'],
    ['DELETE FROM orders WHERE id = 1 RETURNING *', 'RETURNING|returning|not'],
    ["COPY orders TO 'x.csv'", 'starts with UPDATE'],
    ['DELETE FROM orders WHERE id = 1 -- \u202e', 'invisible'],
    ['', 'starts with UPDATE'],
  ])('may not be %s', (sql, message) => {
    expect(refusalOf(sql).message).toMatch(new RegExp(message, 'i'));
  });
});

describe('masked values of a fix', () => {
  const restoring = (value: string) => (text: string, encode: (value: string) => string) =>
    text.replaceAll('<name:1>', () => encode(value));

  it.each([
    ["O'Brien", duckdb, "DELETE FROM people WHERE name = 'O''Brien'"],
    ["x' OR 1=1 --", duckdb, "DELETE FROM people WHERE name = 'x'' OR 1=1 --'"],
    ["\\' OR 1=1 --", bigquery, "DELETE FROM people WHERE name = '\\\\\\' OR 1=1 --'"],
    ['a\nb', bigquery, "DELETE FROM people WHERE name = 'a\\nb'"],
  ])('come back inside the literal: %j', (value, dialect, sql) => {
    expect(guard.fix("DELETE FROM people WHERE name = '<name:1>'", dialect, restoring(value)).sql).toBe(sql);
  });

  it('are not put back where they would be SQL', () => {
    const sql = 'DELETE FROM people WHERE "<name:1>" = 1';
    expect(guard.fix(sql, duckdb, restoring('id" = 1 OR "id')).sql).toBe(sql);
  });
});
