import { functionList, sharedFunctions } from './function-list.js';

/** Trino and Athena engine 3: https://trino.io/docs/current/functions/list.html */
export const trinoFunctions = functionList(sharedFunctions, {
  scalar: `
    beta_cdf cosine_distance cosine_similarity e from_base infinity inverse_normal_cdf is_finite is_infinite nan normal_cdf
    to_base bitwise_and bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift bitwise_xor bit_count
    codepoint crc32 from_base32 from_base64 from_big_endian_32 from_big_endian_64 from_hex from_utf8 hamming_distance
    index jaro_winkler_similarity luhn_check regexp_position regexp_split sha256 spooky_hash_v2_64 split_to_map
    split_to_multimap to_base32 to_base64 to_big_endian_64 to_utf8 url_decode url_encode url_extract_fragment
    url_extract_host url_extract_parameter url_extract_path url_extract_port url_extract_protocol url_extract_query
    word_stem xxhash64
    at_timezone date_format date_parse day_of_month day_of_week day_of_year doy dow format_datetime from_iso8601_date
    from_iso8601_timestamp from_unixtime human_readable_seconds last_day_of_month millisecond parse_datetime
    parse_duration timezone_hour timezone_minute to_iso8601 to_milliseconds to_unixtime week_of_year with_timezone
    year_of_week yow
    all_match any_match array_first array_frequency array_histogram array_last arrays_overlap combinations contains_sequence
    filter ngrams none_match reduce repeat sequence slice transform trim_array zip zip_with map_filter
    map_zip_with transform_keys transform_values multimap_from_entries
    is_json_scalar json_array_contains json_array_get json_exists json_format json_parse json_size
    try
  `,
  aggregate: `
    approx_most_frequent approx_set bitwise_and_agg bitwise_or_agg bitwise_xor_agg checksum geometric_mean map_agg map_union
    multimap_agg numeric_histogram reduce_agg stddev
  `,
  table: 'unnest sequence',
});
