/** What the functions of GoogleSQL are called in DuckDB, where they mean the same; macros begin with `bq_`. */
export const functions: { readonly [name: string]: string } = {
  ...own('abs', 'avg', 'ceil', 'ceiling', 'coalesce', 'concat', 'count', 'exp', 'floor', 'greatest', 'least', 'length'),
  ...own('ln', 'lower', 'ltrim', 'max', 'min', 'mod', 'nullif', 'pow', 'power', 'replace', 'reverse', 'round', 'rtrim'),
  ...own(
    'grouping',
    'sqrt',
    'starts_with',
    'stddev_pop',
    'stddev_samp',
    'strpos',
    'substr',
    'sum',
    'trim',
    'trunc',
    'upper',
  ),
  ...own('row_number', 'rank', 'dense_rank', 'lag', 'lead', 'first_value', 'last_value', 'variance', 'var_samp'),
  approx_count_distinct: 'approx_count_distinct',
  char_length: 'length',
  collate: 'bq_collate',
  countif: 'count_if',
  current_date: 'current_date',
  current_timestamp: 'now',
  date_diff: 'bq_date_diff',
  datetime_diff: 'bq_date_diff',
  ends_with: 'ends_with',
  extract: 'extract',
  farm_fingerprint: 'bq_farm_fingerprint',
  generate_array: 'bq_generate_array',
  ieee_divide: 'bq_ieee_divide',
  if: 'if',
  ifnull: 'ifnull',
  is_inf: 'isinf',
  is_nan: 'isnan',
  logical_and: 'bool_and',
  logical_or: 'bool_or',
  md5: 'bq_md5',
  regexp_contains: 'regexp_matches',
  safe_divide: 'bq_safe_divide',
  sign: 'sign',
  stddev: 'stddev_samp',
  struct: 'row',
  substring: 'substr',
  time_diff: 'bq_date_diff',
  timestamp_diff: 'bq_date_diff',
  timestamp_micros: 'bq_timestamp_micros',
  timestamp_millis: 'bq_timestamp_millis',
  timestamp_seconds: 'bq_timestamp_seconds',
  to_hex: 'bq_to_hex',
  to_json_string: 'bq_to_json_string',
  unix_date: 'bq_unix_date',
  unix_micros: 'epoch_us',
  unix_millis: 'epoch_ms',
  unix_seconds: 'bq_unix_seconds',
};

function own(...names: readonly string[]): { readonly [name: string]: string } {
  return Object.fromEntries(names.map((name) => [name, name]));
}

/** Functions whose arguments name a part of a time, such as `MICROSECOND`. */
export const takesTimePart: ReadonlySet<string> = new Set([
  'date_diff',
  'datetime_diff',
  'time_diff',
  'timestamp_diff',
]);

const macros: { readonly [signature: string]: string } = {
  // The text of decimals ends where their digits do, and NaN, infinities and −0 are spelled as GoogleSQL spells them.
  'bq_string(x)': `CASE
    WHEN starts_with(typeof(x), 'DECIMAL') AND contains(CAST(x AS VARCHAR), '.')
      THEN rtrim(rtrim(CAST(x AS VARCHAR), '0'), '.')
    WHEN typeof(x) = 'DOUBLE' AND CAST(x AS VARCHAR) IN ('nan', '-nan') THEN 'NaN'
    WHEN typeof(x) = 'DOUBLE' AND CAST(x AS VARCHAR) = '-0.0' THEN '0.0'
    ELSE CAST(x AS VARCHAR) END`,
  'bq_collate(x, collation)': 'x',
  'bq_date_diff(a, b, part)': 'date_diff(part, b, a)',
  // Not Google's fingerprint: as many different values, but others.
  'bq_farm_fingerprint(x)': 'CAST(hash(x) >> 1 AS BIGINT)',
  'bq_generate_array(a, b)': 'generate_series(a, b)',
  'bq_ieee_divide(a, b)': 'CAST(a AS DOUBLE) / CAST(b AS DOUBLE)',
  'bq_md5(x)': 'unhex(md5(x))',
  'bq_safe_divide(a, b)': 'CASE WHEN b <> 0 THEN CAST(a AS DOUBLE) / CAST(b AS DOUBLE) END',
  'bq_timestamp_micros(x)': 'make_timestamptz(x)',
  'bq_timestamp_millis(x)': 'make_timestamptz(x * 1000)',
  'bq_timestamp_seconds(x)': 'make_timestamptz(x * 1000000)',
  'bq_to_hex(x)': 'lower(hex(x))',
  'bq_to_json_string(x)': 'CAST(to_json(x) AS VARCHAR)',
  'bq_unix_date(x)': "date_diff('day', DATE '1970-01-01', x)",
  'bq_unix_seconds(x)': 'epoch_us(x) // 1000000',
};

/** Statements that make the macros. */
export const macroStatements = (catalogue: string): readonly string[] =>
  Object.entries(macros).map(([signature, body]) => `CREATE MACRO ${catalogue}.main.${signature} AS (${body})`);
