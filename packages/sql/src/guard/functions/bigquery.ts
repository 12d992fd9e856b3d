import { functionList, sharedFunctions } from './function-list.js';

/** BigQuery: https://cloud.google.com/bigquery/docs/reference/standard-sql/functions-all */
export const bigqueryFunctions = functionList(sharedFunctions, {
  scalar: `
    struct
    acoth asech acsch cosine_distance coth csc csch div euclidean_distance ieee_divide range_bucket safe_add safe_divide
    safe_multiply safe_negate safe_subtract sec sech bit_count
    byte_length code_points_to_bytes code_points_to_string contains_substr edit_distance from_base32 from_base64
    from_hex normalize_and_casefold safe_convert_bytes_to_string to_base32 to_base64 to_code_points farm_fingerprint
    regexp_contains collate
    date_from_unix_date datetime datetime_add datetime_diff datetime_sub datetime_trunc format_date format_datetime
    format_time format_timestamp generate_date_array generate_timestamp_array justify_days justify_hours justify_interval
    make_interval parse_date parse_datetime parse_time parse_timestamp string time_add time_diff time_sub time_trunc
    timestamp_add timestamp_diff timestamp_micros timestamp_millis timestamp_seconds timestamp_sub timestamp_trunc unix_date
    unix_micros unix_millis unix_seconds
    array_first array_last array_slice generate_array offset ordinal safe_offset safe_ordinal array_includes
    bool float64 int64 json_extract_array json_extract_string_array json_query_array json_value_array json_keys json_set
    json_strip_nulls json_remove json_subscript lax_bool lax_float64 lax_int64 lax_string parse_json to_json_string
    parse_numeric parse_bignumeric
    net.host net.ip_from_string net.ip_net_mask net.ip_to_string net.ip_trunc net.ipv4_from_int64 net.ipv4_to_int64
    net.public_suffix net.reg_domain net.safe_ip_from_string
    st_area st_asgeojson st_astext st_contains st_distance st_dwithin st_equals st_geogfromtext st_geogpoint st_intersects
    st_isempty st_length st_within st_x st_y
    hll_count.extract
  `,
  aggregate: `
    approx_quantiles approx_top_count approx_top_sum array_concat_agg logical_and logical_or hll_count.init hll_count.merge
  `,
  clock: 'current_datetime',
  table: 'unnest',
});
