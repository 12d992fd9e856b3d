import { functionList, sharedFunctions } from './function-list.js';

/** DuckDB 1.5: https://duckdb.org/docs/stable/sql/functions/overview */
export const duckdbFunctions = functionList(sharedFunctions, {
  scalar: `
    add divide multiply subtract even fdiv fmod gamma lgamma nextafter round_even roundbankers signbit xor bit_count get_bit
    set_bit bit_position bitstring greatest_common_divisor least_common_multiple
    bar base64 bin formatreadablesize formatreadabledecimalsize format_bytes parse_formatted_bytes from_base64 from_binary
    from_hex to_base to_base64 to_binary hex unbin encode decode hash md5_number
    md5_number_lower md5_number_upper array_extract damerau_levenshtein editdist3 hamming jaccard jaro_similarity
    jaro_winkler_similarity mismatches left_grapheme right_grapheme length_grapheme substring_grapheme nfc_normalize ord
    parse_dirname parse_dirpath parse_filename parse_path prefix suffix regexp_escape regexp_full_match
    regexp_split_to_array str_split str_split_regex string_split string_split_regex string_to_array strip_accents strlen
    url_decode url_encode like_escape not_like_escape ilike_escape not_ilike_escape
    age ago century datepart datesub datetrunc days_in_month decade epoch epoch_ms epoch_ns epoch_us era isodow isoyear
    julian make_time make_timestamp_ms make_timestamp_ns make_timestamptz microsecond millennium millisecond nanosecond
    normalized_interval strftime strptime time_bucket timezone timezone_hour timezone_minute to_centuries to_days to_decades
    to_hours to_microseconds to_millennia to_milliseconds to_minutes to_months to_quarters to_seconds to_weeks to_years
    try_strptime yearweek
    aggregate apply array_aggr array_aggregate array_apply array_cat array_cosine_distance array_cosine_similarity
    array_cross_product array_distance array_dot_product array_filter array_grade_up array_has array_has_all array_has_any
    array_indexof array_inner_product array_negative_dot_product array_negative_inner_product array_pop_back
    array_pop_front array_push_back array_push_front array_reduce array_resize array_reverse_sort array_select array_slice
    array_transform array_unique array_value array_where array_zip filter generate_series grade_up list_aggr list_aggregate
    list_any_value list_append list_apply list_approx_count_distinct list_avg list_bit_and list_bit_or list_bit_xor
    list_bool_and list_bool_or list_cat list_concat list_contains list_cosine_distance list_cosine_similarity list_count
    list_distance list_distinct list_dot_product list_element list_entropy list_extract list_filter list_first
    list_grade_up list_has list_has_all list_has_any list_histogram list_indexof list_inner_product list_intersect
    list_kurtosis list_kurtosis_pop list_last list_mad list_max list_median list_min list_mode list_pack list_position
    list_prepend list_product list_reduce list_resize list_reverse list_reverse_sort list_select list_sem list_skewness
    list_slice list_sort list_stddev_pop list_stddev_samp list_string_agg list_sum list_transform list_unique list_value
    list_var_pop list_var_samp list_where list_zip range reduce
    map_contains map_contains_entry map_contains_value map_extract map_extract_value
    struct_concat struct_contains struct_extract struct_extract_at struct_has struct_indexof struct_insert struct_keys
    struct_pack struct_position struct_update struct_values union_extract union_tag union_value
    array_to_json from_json from_json_strict json json_contains json_exists json_extract_path json_extract_path_text
    json_extract_string json_keys json_merge_patch json_pretty json_quote json_structure json_transform
    json_transform_strict json_valid row_to_json uuid_extract_timestamp uuid_extract_version
    enum_code enum_first enum_last enum_range enum_range_boundary equi_width_bins
  `,
  aggregate: `
    approx_quantile approx_top_k arg_max arg_max_null arg_min arg_min_null argmax argmin bitstring_agg count_star entropy favg
    fsum geomean geometric_mean histogram_exact json_group_array json_group_object kahan_sum kurtosis_pop list mad product
    quantile quantile_cont quantile_disc sem sumkahan wavg weighted_avg
  `,
  window: 'fill',
  clock: 'today transaction_timestamp get_current_time get_current_timestamp current_localtime current_localtimestamp',
  table: 'unnest generate_series range json_each json_tree regexp_split_to_table',
});
