import { words } from '../text/words.js';

/** What a function does: it reads one row, many rows, a window or the clock, or it makes rows. */
export type FunctionKind = 'scalar' | 'aggregate' | 'window' | 'clock' | 'table';

/** Function names in lower case, by what they do, as space-separated text. */
export type FunctionNames = Readonly<Partial<Record<FunctionKind, string>>>;

/** The functions of one dialect that rules may call. */
export interface FunctionList {
  readonly kinds: ReadonlyMap<string, FunctionKind>;
  /** Those that may stand in FROM; some of them are scalar functions too. */
  readonly tables: ReadonlySet<string>;
}

/** One list of several; where they differ about a name, the later one is right. */
export const functionList = (...lists: readonly FunctionNames[]): FunctionList => {
  const tables = new Set(lists.flatMap(({ table }) => [...words(table ?? '')]));
  const kinds = new Map([...tables].map((name): [string, FunctionKind] => [name, 'table']));
  for (const { table: _, ...others } of lists) {
    for (const [kind, names] of Object.entries(others) as [FunctionKind, string][]) {
      for (const name of words(names)) kinds.set(name, kind);
    }
  }
  return { kinds, tables };
};

/**
 * Names that are free of side effects wherever they exist; an engine refuses those that it does not have. Left out
 * everywhere: files, network, settings, sessions, sequences, locks, sleeping, catalogue look-ups, running SQL from text,
 * and whatever answers differently when asked again.
 */
export const sharedFunctions: FunctionNames = {
  scalar: `
    abs acos acosh asin asinh atan atan2 atanh cbrt ceil ceiling cos cosh cot degrees exp floor gcd lcm ln log log10 log2 mod
    pi pow power radians round sign sin sinh sqrt tan tanh trunc truncate width_bucket factorial greatest least
    coalesce nullif ifnull nvl nvl2 if iff isnull
    ascii bit_length char char_length character_length chr concat concat_ws contains ends_with format initcap instr lcase
    left len length levenshtein lower lpad ltrim md5 normalize octet_length overlay position printf repeat replace reverse
    right rpad rtrim sha1 sha256 sha512 soundex split split_part starts_with strpos substr substring to_hex translate trim
    ucase unhex unicode upper btrim
    regexp_count regexp_extract regexp_extract_all regexp_instr regexp_like regexp_matches regexp_replace regexp_substr
    date date_add date_diff date_part date_sub date_trunc datediff day dayname dayofmonth dayofweek dayofyear extract hour
    last_day make_date make_timestamp minute month monthname quarter second time timestamp to_char to_date to_number
    to_timestamp week weekday weekofyear year
    array array_append array_concat array_contains array_distinct array_except array_intersect array_join array_length
    array_max array_min array_position array_prepend array_remove array_reverse array_size array_sort array_to_string
    array_union cardinality element_at flatten map map_keys map_values map_entries map_from_entries map_concat row
    json_array json_array_length json_extract json_extract_scalar json_object json_query json_type json_value to_json
    isfinite isinf isnan is_nan is_inf typeof
  `,
  aggregate: `
    any_value approx_count_distinct approx_distinct approx_percentile arbitrary array_agg avg bit_and bit_or bit_xor bool_and
    bool_or corr count count_if countif covar_pop covar_samp every first group_concat grouping histogram kurtosis last
    listagg max max_by mean median min min_by mode percentile_cont percentile_disc regr_avgx regr_avgy regr_count
    regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy skewness stddev stddev_pop stddev_samp string_agg sum
    var_pop var_samp variance
  `,
  window: 'cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number',
  clock: 'current_date current_time current_timestamp localtime localtimestamp now',
};
