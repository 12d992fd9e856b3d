import { beforeAll, describe, expect, it } from 'vitest';
import { acceptedEverywhere, acceptedExpressions } from './__fixtures__/accepted-expressions.js';
import { dialectNames, dialects } from './__fixtures__/dialects.js';
import { refusalOf } from './__fixtures__/refusal.js';
import { loadGuard, type SqlGuard } from './index.js';

let guard: SqlGuard;
beforeAll(async () => {
  guard = await loadGuard();
});

describe.each(dialectNames)('an expression in %s', (dialect) => {
  const accepted = [...acceptedEverywhere, ...acceptedExpressions[dialect]];

  it.each(accepted)('%j runs as %j', (written, runs, columns) => {
    expect(guard.expression(written, dialects[dialect])).toMatchObject({ kind: 'user_sql', sql: runs, columns });
  });

  it.each(accepted)('%j passes again as it runs', (_, runs, columns) => {
    expect(guard.expression(runs, dialects[dialect])).toMatchObject({ sql: runs, columns });
  });
});

describe('an expression', () => {
  const read = (sql: string) => guard.expression(sql, dialects.duckdb);

  it('says whether it asks for the date or time of the engine', () => {
    expect(read('a < current_date').readsClock).toBe(true);
    expect(read('a < now() - interval 1 day').readsClock).toBe(true);
    expect(read("a < date '2026-01-01'").readsClock).toBe(false);
  });

  it('lists each column once, in the order of the text, without quotes', () => {
    expect(read('b > a and "A b" = b and a = 1').columns).toEqual(['b', 'a', 'A b']);
  });

  it('does not take parameters of a lambda for columns', () => {
    expect(read('len(list_filter(l, x -> x > y and X < 9)) > z').columns).toEqual(['l', 'y', 'z']);
  });

  it('does not take names of lambda parameters for parameters elsewhere', () => {
    expect(read('len(list_filter(l, x -> x > 1)) > x').columns).toEqual(['l', 'x']);
  });

  it('reads the column of a field, and refuses a table in front of a column where there are no such fields', () => {
    expect(read('address.city is null').columns).toEqual(['address']);
    expect(refusalOf(guard, 'expression', 'orders.city is null', 'postgres')).toMatchObject({ reason: 'forbidden' });
  });

  it('keeps the words that a comment stands between apart', () => {
    expect(read('a/**/is/**/null').sql).toBe('a IS NULL');
  });

  it('ends a line comment where engines end it, at a carriage return too', () => {
    expect(read('a --\r= 1').sql).toBe('a = 1');
  });

  it('writes out what `::` casts, beside casts that were written out', () => {
    expect(read('a + cast(b + 1 as int)::text::int > -c::int').sql).toBe(
      'a + CAST(CAST(CAST(b + 1 AS int) AS text) AS int) > -CAST(c AS int)',
    );
  });

  it('is the same object when asked again', () => {
    expect(read('a = 41')).toBe(read('a = 41'));
  });
});

describe('a refused expression', () => {
  const refusal = (sql: string) => refusalOf(guard, 'expression', sql, 'duckdb');

  it.each([
    ['1=1) OR (1=1', 'syntax', 4],
    ['x; drop table y', 'forbidden', 2],
    ['a = (select 1)', 'not-expression', 5],
    ['a > 1 and pg_sleep(1)', 'forbidden', 11],
    ['a = 1 and count(*) > 1', 'forbidden', 11],
    ['a = \u0001', 'control-character', 5],
    ['a + 1', 'not-expression', 1],
    ['a = 1 union select 1', 'syntax', 7],
    ['a = {table}', 'not-expression', 5],
    ["a = 'open", 'syntax', 5],
  ])('%j is %s, at column %i', (sql, reason, column) => {
    expect(refusal(sql)).toMatchObject({ reason, code: `guard/${reason}`, at: { line: 1, column } });
  });

  it('names the line in a text of several', () => {
    expect(refusal('a = 1\n  and b = 2\n  and sleep_ms(5) is null')).toMatchObject({ at: { line: 3, column: 7 } });
  });

  it('quotes the offending piece as it was written, and says what to do', () => {
    expect(refusal('a > 1 AND Pg_Sleep( 10 ) IS NULL')).toMatchObject({
      message:
        'line 1, column 11: `Pg_Sleep( 10 )` calls pg_sleep, which is not among the functions that rules may call.',
      hint: expect.stringContaining('built-in functions'),
    });
  });

  it('tells functions that cannot be repeated from those that reach too far', () => {
    expect(refusal('random() > a')?.message).toContain('answers differently each time');
  });

  it('is refused in a dialect that the guard does not know', () => {
    expect(() => guard.expression('a = 1', { name: 'mine', parserName: 'mysql' })).toThrow(
      /cannot be checked for mine/,
    );
  });
});
