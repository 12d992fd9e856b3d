import { describe, expect, it } from 'vitest';
import { withoutRows } from './without-rows.js';

describe('SQL without rows', () => {
  it.each([
    ["INSERT INTO t VALUES (1, 'a'), (2, 'b)')", 'INSERT INTO t VALUES (/* 2 rows left out */)'],
    [
      "insert into t (a) values\n ( ('x') )  returning a",
      'insert into t (a) values\n (/* 1 row left out */)  returning a',
    ],
    [
      "SELECT * FROM o JOIN (VALUES ('CH', 1.08)) r(c, f) ON r.c = o.c WHERE o.s = 'paid'",
      "SELECT * FROM o JOIN (VALUES (/* 1 row left out */)) r(c, f) ON r.c = o.c WHERE o.s = 'paid'",
    ],
    ['SELECT "values" FROM t -- VALUES (1)', 'SELECT "values" FROM t -- VALUES (1)'],
  ])('%j leaves %j', (sql, left) => {
    expect(withoutRows(sql, 'duckdb')).toBe(left);
  });

  it('leaves out every constant and comment where told so', () => {
    expect(withoutRows("INSERT INTO t1 SELECT 7, 'ann', $$x$$ -- ann\n", 'postgresql', { constants: true })).toBe(
      'INSERT INTO t1 SELECT ?, ?, ?  \n',
    );
    expect(withoutRows('INSERT INTO t SELECT "ann", `c`', 'bigquery', { constants: true })).toBe(
      'INSERT INTO t SELECT ?, `c`',
    );
    expect(withoutRows("INSERT INTO t VALUES (1, 'a')", 'duckdb', { constants: true })).toBe(
      'INSERT INTO t VALUES (/* 1 row left out */)',
    );
  });
});
