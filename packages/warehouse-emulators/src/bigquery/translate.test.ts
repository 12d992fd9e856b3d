import { describe, expect, it } from 'vitest';
import { NotCoveredError } from '../engine/not-covered.js';
import { lex } from './lex.js';
import { translate } from './translate.js';

const duckDb = (sql: string) => translate(sql, (path) => `"${path.join('"."')}@then"`).sql;
const typeOf = (sql: string) => translate(sql, () => '').statementType;

describe('tokens', () => {
  it('of names and texts are what they mean, in every form of quotes', () => {
    const values = lex(`\`a\\\`b\` 'it\\'s' "x\\ty" '''a'b''' r'\\d' '\\u00e9\\x41\\101' "é" _n1`).map(
      ({ value }) => value,
    );
    expect(values).toEqual(['a`b', "it's", 'x\ty', "a'b", '\\d', 'éAA', 'é', '_n1']);
  });

  it('leave comments out, and see no comment in a text', () => {
    expect(lex("1 -- x\n/* ' */ 2 # y\n '--'").map(({ value }) => value)).toEqual(['1', '2', '--']);
  });

  it.each(["'open", '`open', "'''open''"])('do not end by themselves: %s', (sql) => {
    expect(() => lex(sql)).toThrow('Unclosed');
  });
});

describe('statements', () => {
  it.each([
    ['SELECT `a b` FROM `d`.`t`', 'SELECT "a b" FROM "d" . "t"'],
    ["SELECT 'it\\'s'", "SELECT 'it''s'"],
    ["SELECT b'a\\x00'", "SELECT from_hex('6100')"],
    ['SELECT CAST(x AS INT64)', 'SELECT CAST( x  AS BIGINT)'],
    ['SELECT SAFE_CAST(x AS STRING)', 'SELECT TRY_CAST( x  AS VARCHAR)'],
    ['SELECT CAST(CAST(x AS STRING) AS BIGNUMERIC)', 'SELECT CAST( bq_string( x )  AS DECIMAL(38, 18))'],
    [
      "SELECT NUMERIC '-0.10', DATETIME '2026-01-15 12:00:00'",
      "SELECT  CAST('-0.10' AS DECIMAL(3, 2)) ,  TIMESTAMP '2026-01-15 12:00:00'",
    ],
    ["SELECT TIMESTAMP '2026-01-15 12:00:00+00'", "SELECT  TIMESTAMPTZ '2026-01-15 12:00:00+00'"],
    ['SELECT countif(x > 1), IF(TRUE, 1, 2)', 'SELECT count_if ( x > 1 ) , if ( TRUE , 1 , 2 )'],
    ['SELECT datetime_diff(a, b, MICROSECOND)', "SELECT bq_date_diff ( a , b , 'microsecond' )"],
    [
      "SELECT x FROM d.t FOR SYSTEM_TIME AS OF TIMESTAMP '2026-01-15 12:00:00+00' WHERE x > 1",
      'SELECT x FROM "d"."t@then" WHERE x > 1',
    ],
    [
      'CREATE TABLE d.t (at STRING(10) NOT NULL, a ARRAY<STRUCT<x INT64>>)',
      'CREATE TABLE d . t ( "at" VARCHAR NOT NULL , "a" STRUCT(x BIGINT)[] )',
    ],
  ])('change their quotes, names and types, and nothing else: %s', (sql, expected) => {
    expect(duckDb(sql)).toBe(expected);
  });

  it.each([
    'SELECT * FROM UNNEST([1])',
    'SELECT foo(1)',
    'SELECT SAFE.substr(a, 1)',
    'SELECT @p',
    'SELECT CAST(x AS RANGE<DATE>)',
    "SELECT BIGNUMERIC '123456789012345678901234567890123456789'",
    'SELECT x FROM t FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP()',
    'CREATE TABLE d.t (x BIGNUMERIC)',
  ])('that would need more are not covered: %s', (sql) => {
    expect(() => duckDb(sql)).toThrow(NotCoveredError);
  });

  it.each([
    ['SELECT 1', 'SELECT'],
    ['WITH a AS (SELECT 1) SELECT * FROM a', 'SELECT'],
    ['(SELECT 1)', 'SELECT'],
    ['SELECT 1;', 'SELECT'],
    ['SELECT 1; SELECT 2', 'SCRIPT'],
    ['DROP TABLE d.t', 'DROP_TABLE'],
    ['CREATE OR REPLACE TABLE d.t (x INT64)', 'CREATE_TABLE'],
    ['INSERT INTO d.t VALUES (1)', 'INSERT'],
    ["EXPORT DATA OPTIONS(uri = 'x') AS SELECT 1", 'EXPORT_DATA'],
  ])('are named as a dry run names them: %s', (sql, type) => {
    expect(typeOf(sql)).toBe(type);
  });
});
