import { describe, expect, it } from 'vitest';
import { maskSecrets, withoutSecrets } from './mask-secrets.js';

const masked = (sql: string, parserName = 'duckdb'): string => maskSecrets(sql, parserName).sql;

describe('masking secrets in SQL', () => {
  it.each([
    [
      "CREATE SECRET s (TYPE s3, KEY_ID 'AKIA1', SECRET 'abc', REGION 'eu')",
      "CREATE SECRET s (TYPE s3, KEY_ID '***', SECRET '***', REGION '***')",
    ],
    [
      'CREATE OR REPLACE PERSISTENT SECRET s (TYPE s3, KEY_ID AKIA1, SECRET abc)',
      'CREATE OR REPLACE PERSISTENT SECRET s (TYPE s3, KEY_ID ***, SECRET ***)',
    ],
    [
      "ATTACH 'host=h user=u password=p4ss dbname=d' AS x (TYPE postgres)",
      "ATTACH 'host=h user=u password=*** dbname=d' AS x (TYPE postgres)",
    ],
    ["ATTACH 'postgres://u:p4ss@h/d' AS x", "ATTACH 'postgres://u:***@h/d' AS x"],
    ["ATTACH 'x.db' AS y (TYPE mysql, PASSWORD 'p4ss')", "ATTACH 'x.db' AS y (TYPE mysql, PASSWORD '***')"],
    ["SET s3_secret_access_key = 'abc'", "SET s3_secret_access_key = '***'"],
    ["SET s3_secret_access_key='abc'; SELECT 'kept'", "SET s3_secret_access_key='***'; SELECT 'kept'"],
    ["COPY t FROM 'https://h/f.csv?sig=abc123&x=1'", "COPY t FROM 'https://h/f.csv?sig=***&x=1'"],
  ])('turns %s into %s', (sql, expected) => {
    expect(masked(sql)).toBe(expected);
  });

  it.each([
    [
      'postgresql',
      "CREATE USER ana WITH PASSWORD 'p4ss' VALID UNTIL '2030-01-01'",
      "CREATE USER ana WITH PASSWORD '***' VALID UNTIL '2030-01-01'",
    ],
    ['postgresql', 'ALTER ROLE ana PASSWORD $q$p4ss$q$', 'ALTER ROLE ana PASSWORD $q$***$q$'],
    [
      'postgresql',
      "SELECT dblink('host=h password=p4ss', 'SELECT 1')",
      "SELECT dblink('host=h password=***', 'SELECT 1')",
    ],
    [
      'snowflake',
      "COPY INTO t FROM 's3://b' CREDENTIALS = (AWS_KEY_ID = 'k' AWS_SECRET_KEY = 's')",
      "COPY INTO t FROM 's3://b' CREDENTIALS = (AWS_KEY_ID = '***' AWS_SECRET_KEY = '***')",
    ],
    [
      'databricks',
      "COPY INTO t FROM 'x' WITH (CREDENTIAL (AZURE_SAS_TOKEN = 'a'))",
      "COPY INTO t FROM 'x' WITH (CREDENTIAL (AZURE_SAS_TOKEN = '***'))",
    ],
  ])('in %s turns %s into %s', (parserName, sql, expected) => {
    expect(masked(sql, parserName)).toBe(expected);
  });

  it('leaves names, comments and other values as they are', () => {
    const sql = "UPDATE users SET name = 'pass', token_count = 3 WHERE city = 'Oslo' -- the owner's table";
    expect(masked(sql)).toBe(
      "UPDATE users SET name = 'pass', token_count = 3 WHERE city = 'Oslo' -- the owner's table",
    );
    expect(masked('SELECT a FROM t JOIN u ON t.access_token = u.token')).toContain('t.access_token = u.token');
    expect(masked("SELECT password_hash FROM users WHERE id = 'a'")).toBe(
      "SELECT password_hash FROM users WHERE id = 'a'",
    );
  });

  it('takes the same values out of a message', () => {
    const secret = maskSecrets("ATTACH 'x' AS y (PASSWORD 'p4ss,word')", 'duckdb');
    expect(withoutSecrets('cannot log in with "p4ss,word"', secret)).toBe('cannot log in with "***"');
  });
});
