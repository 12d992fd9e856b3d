import type { Expression } from '@aegis/spec';
import { literal } from '../build.js';
import { type Golden, type GoldenColumns, unsupported } from './golden.js';

/** What each dialect makes of every type of constant. */
export const literals: readonly {
  readonly title: string;
  readonly of: (c: GoldenColumns) => Expression;
  readonly sql: Golden;
}[] = [
  {
    title: 'an integer',
    of: () => literal('integer', '-42'),
    sql: {
      duckdb: '-42',
      postgres: '-42',
      bigquery: '-42',
      databricks: '-42',
      athena: '-42',
      trino: '-42',
    },
  },
  {
    title: 'an integer with a plus sign',
    of: () => literal('integer', '+42'),
    sql: {
      duckdb: '42',
      postgres: '42',
      bigquery: '42',
      databricks: '42',
      athena: '42',
      trino: '42',
    },
  },
  {
    title: 'the largest 64-bit integer',
    of: () => literal('integer', '9223372036854775807'),
    sql: {
      duckdb: '9223372036854775807',
      postgres: '9223372036854775807',
      bigquery: "NUMERIC '9223372036854775807'",
      databricks: '9223372036854775807',
      athena: "DECIMAL '9223372036854775807'",
      trino: "DECIMAL '9223372036854775807'",
    },
  },
  {
    title: 'an integer of 38 digits',
    of: () => literal('integer', '12345678901234567890123456789012345678'),
    sql: {
      duckdb: '12345678901234567890123456789012345678',
      postgres: '12345678901234567890123456789012345678',
      bigquery: "BIGNUMERIC '12345678901234567890123456789012345678'",
      databricks: '12345678901234567890123456789012345678',
      athena: "DECIMAL '12345678901234567890123456789012345678'",
      trino: "DECIMAL '12345678901234567890123456789012345678'",
    },
  },
  {
    title: 'a decimal',
    of: () => literal('decimal', '-0.10'),
    sql: {
      duckdb: '-0.10',
      postgres: '-0.10',
      bigquery: "NUMERIC '-0.10'",
      databricks: '-0.10',
      athena: "DECIMAL '-0.10'",
      trino: "DECIMAL '-0.10'",
    },
  },
  {
    title: 'a decimal of 38 digits',
    of: () => literal('decimal', '1234567890123456789012345678.0123456789'),
    sql: {
      duckdb: "CAST('1234567890123456789012345678.0123456789' AS DECIMAL(38, 10))",
      postgres: '1234567890123456789012345678.0123456789',
      bigquery: "BIGNUMERIC '1234567890123456789012345678.0123456789'",
      databricks: '1234567890123456789012345678.0123456789',
      athena: "DECIMAL '1234567890123456789012345678.0123456789'",
      trino: "DECIMAL '1234567890123456789012345678.0123456789'",
    },
  },
  {
    title: 'a decimal of 60 digits',
    of: () => literal('decimal', '123456789012345678901234567890.123456789012345678901234567890'),
    sql: {
      duckdb: unsupported('duckdb has no exact number with as many digits as 123456789012345678901234567890.123456789012345678901234567890'),
      postgres: '123456789012345678901234567890.123456789012345678901234567890',
      bigquery: "BIGNUMERIC '123456789012345678901234567890.123456789012345678901234567890'",
      databricks: unsupported('databricks has no exact number with as many digits as 123456789012345678901234567890.123456789012345678901234567890'),
      athena: unsupported('athena has no exact number with as many digits as 123456789012345678901234567890.123456789012345678901234567890'),
      trino: unsupported('trino has no exact number with as many digits as 123456789012345678901234567890.123456789012345678901234567890'),
    },
  },
  {
    title: 'a float',
    of: () => literal('float', '1.5e-7'),
    sql: {
      duckdb: "CAST('1.5e-7' AS DOUBLE)",
      postgres: "CAST('1.5e-7' AS double precision)",
      bigquery: "CAST('1.5e-7' AS FLOAT64)",
      databricks: "CAST('1.5e-7' AS DOUBLE)",
      athena: "CAST('1.5e-7' AS DOUBLE)",
      trino: "CAST('1.5e-7' AS DOUBLE)",
    },
  },
  {
    title: 'NaN',
    of: () => literal('float', 'NaN'),
    sql: {
      duckdb: "CAST('NaN' AS DOUBLE)",
      postgres: "CAST('NaN' AS double precision)",
      bigquery: "CAST('NaN' AS FLOAT64)",
      databricks: "CAST('NaN' AS DOUBLE)",
      athena: "CAST('NaN' AS DOUBLE)",
      trino: "CAST('NaN' AS DOUBLE)",
    },
  },
  {
    title: 'negative infinity',
    of: () => literal('float', '-Infinity'),
    sql: {
      duckdb: "CAST('-Infinity' AS DOUBLE)",
      postgres: "CAST('-Infinity' AS double precision)",
      bigquery: "CAST('-Infinity' AS FLOAT64)",
      databricks: "CAST('-Infinity' AS DOUBLE)",
      athena: "CAST('-Infinity' AS DOUBLE)",
      trino: "CAST('-Infinity' AS DOUBLE)",
    },
  },
  {
    title: 'text',
    of: () => literal('text', 'plain'),
    sql: {
      duckdb: "'plain'",
      postgres: "'plain'",
      bigquery: "'plain'",
      databricks: "'plain'",
      athena: "'plain'",
      trino: "'plain'",
    },
  },
  {
    title: 'empty text',
    of: () => literal('text', ''),
    sql: {
      duckdb: "''",
      postgres: "''",
      bigquery: "''",
      databricks: "''",
      athena: "''",
      trino: "''",
    },
  },
  {
    title: 'text with a quote',
    of: () => literal('text', "it's"),
    sql: {
      duckdb: "'it''s'",
      postgres: "'it''s'",
      bigquery: "'it\\'s'",
      databricks: "'it\\'s'",
      athena: "'it''s'",
      trino: "'it''s'",
    },
  },
  {
    title: 'text with a backslash and a quote',
    of: () => literal('text', '\\\'; --'),
    sql: {
      duckdb: "'\\''; --'",
      postgres: "'\\''; --'",
      bigquery: "'\\\\\\'; --'",
      databricks: "'\\\\\\'; --'",
      athena: "'\\''; --'",
      trino: "'\\''; --'",
    },
  },
  {
    title: 'text with control characters',
    of: () => literal('text', 'a\n\r\tb\u0001'),
    sql: {
      duckdb: "'a\n\r\tb\u0001'",
      postgres: "'a\n\r\tb\u0001'",
      bigquery: "'a\\n\\r\\tb\\u0001'",
      databricks: "'a\\n\\r\\tb\\u0001'",
      athena: "'a\n\r\tb\u0001'",
      trino: "'a\n\r\tb\u0001'",
    },
  },
  {
    title: 'text outside ASCII',
    of: () => literal('text', 'é😀'),
    sql: {
      duckdb: "'é😀'",
      postgres: "'é😀'",
      bigquery: "'é😀'",
      databricks: "'é😀'",
      athena: "'é😀'",
      trino: "'é😀'",
    },
  },
  {
    title: 'text with a variable of Spark',
    of: () => literal('text', '${env:HOME}'),
    sql: {
      duckdb: "'${env:HOME}'",
      postgres: "'${env:HOME}'",
      bigquery: "'${env:HOME}'",
      databricks: "'\\u0024{env:HOME}'",
      athena: "'${env:HOME}'",
      trino: "'${env:HOME}'",
    },
  },
  {
    title: 'a boolean',
    of: () => literal('boolean', 'true'),
    sql: {
      duckdb: 'TRUE',
      postgres: 'TRUE',
      bigquery: 'TRUE',
      databricks: 'TRUE',
      athena: 'TRUE',
      trino: 'TRUE',
    },
  },
  {
    title: 'a date',
    of: () => literal('date', '2024-02-29'),
    sql: {
      duckdb: "DATE '2024-02-29'",
      postgres: "DATE '2024-02-29'",
      bigquery: "DATE '2024-02-29'",
      databricks: "DATE '2024-02-29'",
      athena: "DATE '2024-02-29'",
      trino: "DATE '2024-02-29'",
    },
  },
  {
    title: 'a time',
    of: () => literal('time', '23:59:59.5'),
    sql: {
      duckdb: "TIME '23:59:59.5'",
      postgres: "TIME '23:59:59.5'",
      bigquery: "TIME '23:59:59.5'",
      databricks: unsupported('databricks has no type for a time of day'),
      athena: "TIME '23:59:59.5'",
      trino: "TIME '23:59:59.5'",
    },
  },
  {
    title: 'a timestamp',
    of: () => literal('timestamp', '2024-01-31 10:00:00'),
    sql: {
      duckdb: "TIMESTAMP '2024-01-31 10:00:00'",
      postgres: "TIMESTAMP '2024-01-31 10:00:00'",
      bigquery: "DATETIME '2024-01-31 10:00:00'",
      databricks: "CAST('2024-01-31 10:00:00' AS TIMESTAMP_NTZ)",
      athena: "TIMESTAMP '2024-01-31 10:00:00'",
      trino: "TIMESTAMP '2024-01-31 10:00:00'",
    },
  },
  {
    title: 'a timestamp in nanoseconds',
    of: () => literal('timestamp', '2024-01-31 10:00:00.123456789'),
    sql: {
      duckdb: "TIMESTAMP '2024-01-31 10:00:00.123456'",
      postgres: "TIMESTAMP '2024-01-31 10:00:00.123456'",
      bigquery: "DATETIME '2024-01-31 10:00:00.123456'",
      databricks: "CAST('2024-01-31 10:00:00.123456' AS TIMESTAMP_NTZ)",
      athena: "TIMESTAMP '2024-01-31 10:00:00.123456789'",
      trino: "TIMESTAMP '2024-01-31 10:00:00.123456789'",
    },
  },
  {
    title: 'an instant',
    of: () => literal('timestamptz', '2024-01-31 10:00:00.25Z'),
    sql: {
      duckdb: "TIMESTAMPTZ '2024-01-31 10:00:00.25+00'",
      postgres: "TIMESTAMPTZ '2024-01-31 10:00:00.25+00'",
      bigquery: "TIMESTAMP '2024-01-31 10:00:00.25+00'",
      databricks: "TIMESTAMP '2024-01-31 10:00:00.25Z'",
      athena: "TIMESTAMP '2024-01-31 10:00:00.25 UTC'",
      trino: "TIMESTAMP '2024-01-31 10:00:00.25 UTC'",
    },
  },
  {
    title: 'a UUID',
    of: () => literal('uuid', '6F9619FF-8B86-D011-B42D-00C04FC964FF'),
    sql: {
      duckdb: "CAST('6f9619ff-8b86-d011-b42d-00c04fc964ff' AS UUID)",
      postgres: "CAST('6f9619ff-8b86-d011-b42d-00c04fc964ff' AS UUID)",
      bigquery: "'6f9619ff-8b86-d011-b42d-00c04fc964ff'",
      databricks: "'6f9619ff-8b86-d011-b42d-00c04fc964ff'",
      athena: "CAST('6f9619ff-8b86-d011-b42d-00c04fc964ff' AS UUID)",
      trino: "CAST('6f9619ff-8b86-d011-b42d-00c04fc964ff' AS UUID)",
    },
  },
];
