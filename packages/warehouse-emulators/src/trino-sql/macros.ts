const padded = (text: string, digits: number): string =>
  `split_part(${text}, '.', 1) || '.' || rpad(split_part(${text}, '.', 2), ${digits}, '0')`;

/** Digits of a double's shortest text as `d.dddE±n`, which is how Trino writes them. */
const scientific = (text: string): string => {
  const unsigned = `ltrim(${text}, '-')`;
  const mantissa = `split_part(${unsigned}, 'e', 1)`;
  const whole = `split_part(${mantissa}, '.', 1)`;
  const fraction = `split_part(${mantissa}, '.', 2)`;
  const digits = `rtrim(ltrim(replace(${mantissa}, '.', ''), '0'), '0')`;
  const leadingZeros = `length(${fraction}) - length(ltrim(${fraction}, '0'))`;
  const shift = `CASE WHEN ${whole} = '0' THEN -1 - (${leadingZeros}) ELSE length(${whole}) - 1 END`;
  const exponent = `coalesce(TRY_CAST(split_part(${unsigned}, 'e', 2) AS INTEGER), 0) + (${shift})`;
  return `CASE WHEN ${digits} = '' THEN rtrim(${text}, '.0') || '0.0E0' ELSE
    CASE WHEN starts_with(${text}, '-') THEN '-' ELSE '' END || left(${digits}, 1) || '.' ||
    CASE WHEN length(${digits}) = 1 THEN '0' ELSE substr(${digits}, 2) END || 'E' || CAST(${exponent} AS VARCHAR) END`;
};

/** Each macro with an overload for each list of parameters, in an order in which each finds those that it calls. `own` is where they are. */
const macrosIn = (own: string): { readonly [name: string]: readonly string[] } => ({
  trino_array_position: ['(a, x) AS coalesce(list_position(a, x), 0)'],
  trino_cardinality: ['(a) AS CASE WHEN a IS NOT NULL THEN len(a) END'],
  trino_concat: [
    '(a, b) AS a || b',
    '(a, b, c) AS a || b || c',
    '(a, b, c, d) AS a || b || c || d',
    '(a, b, c, d, e) AS a || b || c || d || e',
  ],
  trino_date: ['(x) AS CAST(x AS DATE)'],
  trino_date_add: [
    "(part, n, x DATE) AS CAST(x + n * CAST('1 ' || part AS INTERVAL) AS DATE)",
    "(part, n, x TIMESTAMP) AS x + n * CAST('1 ' || part AS INTERVAL)",
    "(part, n, x TIMESTAMPTZ) AS x + n * CAST('1 ' || part AS INTERVAL)",
  ],
  trino_date_diff: ['(part, a, b) AS date_sub(part, a, b)'],
  trino_date_trunc: [
    '(part, x DATE) AS CAST(date_trunc(part, x) AS DATE)',
    '(part, x TIMESTAMP) AS date_trunc(part, x)',
    '(part, x TIMESTAMPTZ) AS date_trunc(part, x)',
    "(part, x TIME) AS CAST(CASE part WHEN 'second' THEN left(CAST(x AS VARCHAR), 8) WHEN 'minute' THEN left(CAST(x AS VARCHAR), 5) || ':00' ELSE left(CAST(x AS VARCHAR), 2) || ':00:00' END AS TIME)",
  ],
  trino_element_at: ['(a, i) AS a[i]'],
  trino_from_base: [
    "(x, radix) AS CASE WHEN radix = 16 THEN CAST('0x' || x AS BIGINT) WHEN radix = 10 THEN CAST(x AS BIGINT) ELSE error('not covered by the emulator: this radix') END",
  ],
  trino_from_big_endian_64: ['(x) AS CAST(CAST(x AS BIT) AS BIGINT)'],
  // Unlike DuckDB's own, these are NULL where any argument is.
  trino_greatest: ['(a, b) AS CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN greatest(a, b) END'],
  trino_infinity: ["() AS CAST('Infinity' AS DOUBLE)"],
  trino_json_format: ['(x) AS CAST(x AS VARCHAR)'],
  trino_json_parse: ['(x) AS CAST(x AS JSON)'],
  trino_least: ['(a, b) AS CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN least(a, b) END'],
  trino_md5: ['(x) AS unhex(md5(x))'],
  trino_nan: ["() AS CAST('NaN' AS DOUBLE)"],
  trino_scientific: [`(x) AS ${scientific('x')}`],
  trino_sha256: ['(x) AS unhex(sha256(x))'],
  trino_substr: [
    '(x, n) AS CASE WHEN n = 0 OR -n > length(x) THEN left(x, 0) ELSE substr(x, n) END',
    '(x, n, l) AS CASE WHEN n = 0 OR -n > length(x) THEN left(x, 0) ELSE substr(x, n, l) END',
  ],
  trino_to_ieee754_64: ['(x) AS CAST(CAST(CAST(x AS DOUBLE) AS BIT) AS BLOB)'],
  trino_varchar: [
    `(x) AS CASE
      WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN CASE
        WHEN lower(CAST(x AS VARCHAR)) IN ('nan', '-nan') THEN 'NaN'
        WHEN CAST(x AS VARCHAR) = 'inf' THEN 'Infinity'
        WHEN CAST(x AS VARCHAR) = '-inf' THEN '-Infinity'
        ELSE ${own}.trino_scientific(CAST(x AS VARCHAR)) END
      WHEN typeof(x) IN ('TIME', 'TIMESTAMP') THEN ${padded('CAST(x AS VARCHAR)', 6)}
      WHEN typeof(x) = 'TIMESTAMP_MS' THEN ${padded('CAST(x AS VARCHAR)', 3)}
      WHEN typeof(x) = 'TIMESTAMP_NS' THEN ${padded('CAST(x AS VARCHAR)', 9)}
      WHEN typeof(x) = 'TIMESTAMP WITH TIME ZONE' THEN ${padded("replace(CAST(x AS VARCHAR), '+00', '')", 6)} || ' UTC'
      WHEN typeof(x) = 'BLOB' OR contains(typeof(x), '[') OR contains(typeof(x), 'STRUCT') OR contains(typeof(x), 'MAP')
        THEN error('Cannot cast ' || typeof(x) || ' to varchar')
      ELSE CAST(x AS VARCHAR) END`,
  ],
  // Not Trino's hash: as many different values, but others.
  trino_xxhash64: ["(x) AS unhex(printf('%016x', hash(x)))"],
});

/** Statements that make the macros in a catalogue, for `functions` and casts to call without its name. */
export const macroStatements = (catalogue: string): readonly string[] =>
  Object.entries(macrosIn(`${catalogue}.main`)).map(
    ([name, overloads]) => `CREATE MACRO ${catalogue}.main.${name}${overloads.join(', ')}`,
  );
