const padded = (text: string, digits: number): string =>
  `split_part(${text}, '.', 1) || '.' || rpad(split_part(${text}, '.', 2), ${digits}, '0')`;

/** Evaluates a value once, however often it is mentioned under its name: macros copy what they are given. */
const once = (value: string, name: string, body: string): string =>
  `list_transform([${value}], lambda ${name}: ${body})[1]`;

/** The shortest text of a double as `d.dddE±n`, which is how Trino writes it. */
const scientific = (text: string): string =>
  once(
    text,
    't',
    once("split_part(ltrim(t, '-'), 'e', 1)", 'm', once("rtrim(ltrim(replace(m, '.', ''), '0'), '0')", 'd', digits)),
  );

/** Of a mantissa `m` with the digits `d` in the text `t`: a zero in front of the point moves the exponent down. */
const fraction = "split_part(m, '.', 2)";
const shift = `CASE WHEN split_part(m, '.', 1) = '0' THEN length(ltrim(${fraction}, '0')) - length(${fraction}) - 1
  ELSE length(split_part(m, '.', 1)) - 1 END`;
const digits = `CASE WHEN d = '' THEN rtrim(t, '.0') || '0.0E0' ELSE
  CASE WHEN starts_with(t, '-') THEN '-' ELSE '' END || left(d, 1) || '.' || CASE WHEN length(d) = 1 THEN '0' ELSE substr(d, 2) END ||
  'E' || CAST(coalesce(TRY_CAST(split_part(t, 'e', 2) AS INTEGER), 0) + ${shift} AS VARCHAR) END`;

/** A value as Trino casts it to text. */
const asText = `CASE
  WHEN typeof(v) IN ('DOUBLE', 'FLOAT') THEN CASE
    WHEN isnan(TRY_CAST(CAST(v AS VARCHAR) AS DOUBLE)) THEN 'NaN'
    WHEN CAST(v AS VARCHAR) = 'inf' THEN 'Infinity'
    WHEN CAST(v AS VARCHAR) = '-inf' THEN '-Infinity'
    ELSE ${scientific('CAST(v AS VARCHAR)')} END
  WHEN typeof(v) IN ('TIME', 'TIMESTAMP') THEN ${padded('CAST(v AS VARCHAR)', 6)}
  WHEN typeof(v) = 'TIMESTAMP_MS' THEN ${padded('CAST(v AS VARCHAR)', 3)}
  WHEN typeof(v) = 'TIMESTAMP_NS' THEN ${padded('CAST(v AS VARCHAR)', 9)}
  WHEN typeof(v) = 'TIMESTAMP WITH TIME ZONE' THEN ${padded("replace(CAST(v AS VARCHAR), '+00', '')", 6)} || ' UTC'
  WHEN regexp_matches(typeof(v), '^(BLOB|STRUCT|MAP)|\\[') THEN error('Cannot cast ' || typeof(v) || ' to varchar')
  ELSE CAST(v AS VARCHAR) END`;

/** Each macro with an overload for each list of parameters. */
const macros: { readonly [name: string]: readonly string[] } = {
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
  trino_sha256: ['(x) AS unhex(sha256(x))'],
  trino_substr: [
    '(x, n) AS CASE WHEN n = 0 OR -n > length(x) THEN left(x, 0) ELSE substr(x, n) END',
    '(x, n, l) AS CASE WHEN n = 0 OR -n > length(x) THEN left(x, 0) ELSE substr(x, n, l) END',
  ],
  trino_to_ieee754_64: ['(x) AS CAST(CAST(CAST(x AS DOUBLE) AS BIT) AS BLOB)'],
  trino_varchar: [`(x) AS ${once('x', 'v', asText)}`],
  // Not Trino's hash: as many different values, but others.
  trino_xxhash64: ["(x) AS unhex(printf('%016x', hash(x)))"],
};

/** Statements that make the macros in a catalogue, for `functions` and casts to call without its name. */
export const macroStatements = (catalogue: string): readonly string[] =>
  Object.entries(macros).map(([name, overloads]) => `CREATE MACRO ${catalogue}.main.${name}${overloads.join(', ')}`);
