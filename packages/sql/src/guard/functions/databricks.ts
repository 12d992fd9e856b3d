import { functionList, sharedFunctions } from './function-list.js';

/** Databricks SQL: https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-functions-builtin-alpha */
export const databricksFunctions = functionList(sharedFunctions, {
  scalar: `
    struct
    bigint binary bool boolean bround conv csc decimal double e expm1 float getbit hypot int log1p negative pmod positive
    rint sec shiftleft shiftright shiftrightunsigned signum smallint tinyint try_add try_divide try_multiply try_subtract
    try_mod bit_count bit_get equal_null nullifzero zeroifnull nanvl decode
    base64 bin btrim charindex crc32 endswith find_in_set format_number format_string hash hex isnotnull locate luhn_check
    mask md5 parse_url sentences sha sha2 space startswith string substring_index to_binary try_to_binary
    try_to_number unbase64 url_decode url_encode xxhash64 elt encode
    add_months convert_timezone date_format date_from_unix_date dateadd datediff datepart day_of_week from_unixtime
    from_utc_timestamp make_dt_interval make_interval make_ym_interval months_between next_day timestamp_micros
    timestamp_millis timestamp_seconds timestampadd timestampdiff to_unix_timestamp to_utc_timestamp try_to_date
    try_to_timestamp unix_date unix_micros unix_millis unix_seconds unix_timestamp
    aggregate array_compact array_insert array_repeat arrays_overlap arrays_zip exists filter forall named_struct reduce
    sequence size slice sort_array transform transform_keys transform_values map_contains_key map_filter map_from_arrays
    map_zip_with zip_with str_to_map try_element_at
    from_json get_json_object json_object_keys json_tuple parse_json schema_of_json try_parse_json try_variant_get
    variant_get is_variant_null get
  `,
  aggregate: `
    approx_top_k array_agg bool_or collect_list collect_set count_min_sketch histogram_numeric percentile
    percentile_approx std try_avg try_sum
  `,
  clock: 'curdate getdate',
  table: 'explode explode_outer posexplode posexplode_outer inline inline_outer stack range',
});
