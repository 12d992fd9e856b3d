import { functionList, sharedFunctions } from './function-list.js';

/** PostgreSQL 15: https://www.postgresql.org/docs/15/functions.html, built-in and immutable or stable ones only. */
export const postgresFunctions = functionList(sharedFunctions, {
  scalar: `
    acosd asind atan2d atand cosd cotd div erf erfc min_scale scale sind tand trim_scale num_nonnulls num_nulls
    convert_from convert_to decode encode get_bit get_byte set_bit set_byte bit_count parse_ident quote_ident quote_literal
    quote_nullable regexp_match regexp_split_to_array sha224 sha384 string_to_array to_ascii unistr
    casefold similarity starts_with text_concat
    age date_bin isfinite justify_days justify_hours justify_interval make_interval make_time make_timestamptz timezone
    array_dims array_fill array_lower array_ndims array_positions array_replace array_upper array_cat array_larger
    trim_array jsonb_array_length jsonb_build_array jsonb_build_object jsonb_contains jsonb_exists jsonb_exists_all
    jsonb_exists_any jsonb_extract_path jsonb_extract_path_text jsonb_object jsonb_path_exists jsonb_path_match
    jsonb_path_query_array jsonb_path_query_first jsonb_pretty jsonb_set jsonb_strip_nulls jsonb_typeof to_jsonb
    json_build_array json_build_object json_extract_path json_extract_path_text json_strip_nulls json_typeof row_to_json
    array_to_json isempty lower_inc lower_inf upper_inc upper_inf range_merge int4range int8range numrange tsrange
    tstzrange daterange host hostmask netmask network masklen family inet_same_family broadcast abbrev
    to_tsquery to_tsvector plainto_tsquery phraseto_tsquery websearch_to_tsquery ts_rank
    pg_typeof hashtext hashtextextended
  `,
  aggregate: `
    json_agg json_object_agg jsonb_agg jsonb_object_agg range_agg range_intersect_agg
  `,
  clock: 'transaction_timestamp statement_timestamp',
  table: `
    unnest generate_series generate_subscripts json_array_elements json_array_elements_text json_each json_each_text
    json_object_keys jsonb_array_elements jsonb_array_elements_text jsonb_each jsonb_each_text jsonb_object_keys
    jsonb_path_query regexp_matches regexp_split_to_table string_to_table
  `,
});
