import { describe, expect, it } from 'vitest';
import { strangersInText } from './cloud-relations.js';

describe('what a text for a cloud engine reads out of scope', () => {
  it.each([
    ['a table', 'SELECT * FROM secret.v', ['secret.v']],
    ['a table in quotes', 'SELECT * FROM `secret`.`v`', ['secret.v']],
    ['a table that is joined', 'SELECT 1 FROM orders JOIN vault.keys ON true', ['vault.keys']],
    [
      'a table of a sub-query in a function',
      'SELECT trim((SELECT v FROM secret.v) FROM note) FROM orders',
      ['secret.v'],
    ],
    [
      'a table of a sub-query as operand',
      'SELECT extract(year FROM (SELECT at FROM secret.v)) FROM orders',
      ['secret.v'],
    ],
    ['a table behind a function', 'SELECT extract(year FROM at) FROM secret.v', ['secret.v']],
  ])('is %s', (_, sql, expected) => {
    expect(strangersInText(sql, 'databricks')).toEqual(expected);
  });

  it.each([
    ['a column in EXTRACT', 'SELECT EXTRACT(year FROM vault.keys), 1 FROM orders'],
    ['a column in TRIM', "SELECT TRIM(BOTH 'x' FROM secret.v) FROM orders"],
    ['a column behind a call', "SELECT trim(concat('x', 'y') FROM secret.v) FROM orders"],
    ['a comparison', 'SELECT note IS DISTINCT FROM secret.v FROM orders'],
    ['a name that is defined', 'WITH secret AS (SELECT 1) SELECT * FROM secret'],
    ['a text', "SELECT ' from secret.v' FROM orders"],
  ])('is not %s', (_, sql) => {
    expect(strangersInText(sql, 'databricks')).toEqual([]);
  });
});
