import { GuardError } from '@aegis/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DialectName, dialectNames, dialects } from './__fixtures__/dialects.js';
import { loadGuard, type SqlGuard } from './index.js';

let guard: SqlGuard;
beforeAll(async () => {
  guard = await loadGuard();
});

const scope = { tables: [['orders'], ['crm', 'customers'], ['Mixed']], rowLimit: 101 };
const read = (sql: string, dialect: DialectName = 'duckdb') => guard.read(sql, dialects[dialect], scope);

const refused = (sql: string, dialect: DialectName = 'duckdb') => {
  try {
    return read(sql, dialect).sql;
  } catch (error) {
    return error instanceof GuardError ? error.reason : error;
  }
};

describe('the limit of a read', () => {
  it.each([
    ['select id from orders', 'SELECT id FROM orders LIMIT 101'],
    ['select id from orders order by id', 'SELECT id FROM orders ORDER BY id LIMIT 101'],
    [
      'select id from orders union all select id from crm.customers order by 1',
      'SELECT id FROM orders UNION ALL SELECT id FROM crm.customers ORDER BY 1 LIMIT 101',
    ],
    ['select id from orders limit 5', 'SELECT * FROM (SELECT id FROM orders LIMIT 5) AS limited LIMIT 101'],
    [
      'select id from orders limit 1000000 offset 3',
      'SELECT * FROM (SELECT id FROM orders LIMIT 1000000 OFFSET 3) AS limited LIMIT 101',
    ],
    ['(select id from orders)', 'SELECT * FROM ((SELECT id FROM orders)) AS limited LIMIT 101'],
  ])('is set for %s', (sql, runs) => {
    expect(read(sql).sql).toBe(runs);
  });

  it('holds whatever the query says, and the answer passes again', () => {
    const once = read('select id from orders order by id desc limit 7').sql;
    expect(read(once).sql).toBe(`SELECT * FROM (${once}) AS limited LIMIT 101`);
  });
});

describe('the scope of a read', () => {
  it('names the tables that are read, each once', () => {
    const { tables } = read(
      'select * from orders o join crm.customers c on o.c = c.id where o.id in (select id from orders)',
    );
    expect(tables).toEqual([['orders'], ['crm', 'customers']]);
  });

  it.each([
    'select * from secrets',
    'select * from main.orders',
    'select * from customers',
    'select * from other.crm.customers',
    'select (select max(x) from secrets) from orders',
    'select * from orders where exists (select 1 from secrets s where s.id = orders.id)',
    'with orders as (select * from secrets) select * from orders',
    'with a as (select * from orders), b as (select * from secrets) select * from a',
    'select * from orders union all select * from secrets',
    'select * from (select * from secrets) as orders',
    'select * from orders, lateral (select * from secrets) s',
  ])('refuses %s', (sql) => {
    expect(refused(sql)).toBe('out-of-scope');
  });

  it('lets a common table expression have any name of its own', () => {
    expect(read('with secrets as (select id from orders) select id from secrets').tables).toEqual([['orders']]);
  });

  it('takes a definition for what the engine takes for one, whatever the case and the quotes', () => {
    expect(refused('with "Recent" as (select id from orders) select * from recent')).toMatch(/LIMIT 101$/);
    expect(refused('with recent as (select id from orders) select * from "recent"', 'postgres')).toMatch(/LIMIT 101$/);
    expect(refused('with recent as (select id from orders) select * from "Recent"', 'postgres')).toBe('out-of-scope');
  });

  it.each(dialectNames)('does not take a Kelvin sign for a k in %s', (dialect) => {
    expect(refused('with to\u212aen as (select 1 as x) select * from token', dialect)).toBe('out-of-scope');
  });

  it('does not take a definition for recursive that joins its parts by name', () => {
    const query = "with recursive s as (select 'x' as v union all by name select v from s) select * from s";
    expect(refused(query)).toBe('out-of-scope');
  });

  it('does not take a name of several parts for a definition', () => {
    expect(refused('with `vault.keys` as (select 1 as v) select * from `vault.keys`', 'bigquery')).toBe('out-of-scope');
  });

  it.each(['duckdb', 'postgres', 'athena'] as const)('lets columns of values have names in quotes in %s', (dialect) => {
    const written = `select v."A b" from (values (1)) as v ("A b")`;
    expect(read(written, dialect).sql).toBe('SELECT v."A b" FROM (VALUES (1)) AS v("A b") LIMIT 101');
  });

  it('says which tables may be read, those of the same name first', () => {
    const attempt = () => read('select * from customers');
    expect(attempt).toThrow(expect.objectContaining({ hint: 'Read crm.customers, written just so.' }));
  });
});

describe('names that differ by case', () => {
  it.each([
    ['duckdb', 'select * from ORDERS', true],
    ['duckdb', 'select * from "mixed"', true],
    ['postgres', 'select * from ORDERS', true],
    ['postgres', 'select * from "ORDERS"', false],
    ['postgres', 'select * from Mixed', false],
    ['postgres', 'select * from "Mixed"', true],
    ['bigquery', 'select * from ORDERS', false],
    ['bigquery', 'select * from `crm.customers`', true],
    ['athena', 'select * from ORDERS', true],
    ['databricks', 'select * from ORDERS', true],
  ] as const)('mean in %s: %s', (dialect, sql, isRead) => {
    expect(refused(sql, dialect)).toEqual(isRead ? expect.stringMatching(/ LIMIT 101$/) : 'out-of-scope');
  });
});

it.each(dialectNames)('refuses in %s what a query may not hold either', (dialect) => {
  expect(refused('select * from orders; select 1', dialect)).toBe('forbidden');
  expect(refused('delete from orders', dialect)).toBe('not-select');
});
