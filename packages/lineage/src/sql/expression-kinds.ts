/** Words of a space-separated list. */
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Kinds of the tree that fold many rows into one value. */
export const aggregateKinds = words(`
  aggregate_function count sum avg min max group_concat string_agg list_agg array_agg count_if sum_if stddev stddev_pop
  stddev_samp variance var_pop var_samp median mode first last any_value approx_distinct approx_count_distinct
  approx_percentile percentile percentile_cont percentile_disc logical_and logical_or skewness array_concat_agg
  array_unique_agg bool_xor_agg bitwise_and_agg bitwise_or_agg bitwise_xor_agg json_array_agg json_object_agg
  covar_pop covar_samp corr regr_slope regr_intercept quantile approx_quantile arg_max arg_min object_agg
`);

/** Aggregates that the parser takes for plain functions. */
export const aggregateFunctions = words(`
  approx_count_distinct approx_distinct approx_percentile approx_quantile approx_set approx_top_count approx_top_k approx_top_sum
  arbitrary arg_max arg_min argmax argmin array_agg array_concat_agg array_union_agg array_unique_agg avg bit_and bit_or bit_xor
  bit_and_agg bit_or_agg bit_xor_agg bitand_agg bitor_agg bitxor_agg bitmap_construct_agg bool_and bool_or booland_agg boolor_agg
  boolxor_agg checksum collect_list collect_set corr count count_if countif covar_pop covar_samp entropy every favg fsum
  geometric_mean group_concat hash_agg histogram hll hll_accumulate hll_combine json_agg json_arrayagg json_group_array
  json_group_object json_object_agg json_objectagg jsonb_agg jsonb_object_agg kurtosis kurtosis_pop kurtosis_samp list listagg
  logical_and logical_or mad make_set map_agg map_from_entries_agg map_union map_union_sum max max_by mean median min min_by
  minhash mode multimap_agg numeric_histogram object_agg percentile percentile_approx percentile_cont percentile_disc product
  qdigest_agg quantile quantile_cont quantile_disc reduce_agg regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope
  regr_sxx regr_sxy regr_syy reservoir_quantile sem set_agg set_union skewness some stddev stddev_pop stddev_samp string_agg sum
  sum_if sum_no_overflow sumkahan tdigest_agg try_avg try_sum union_agg var_pop var_samp variance variance_pop variance_samp
  xmlagg bitstring_agg max_n min_n weighted_avg range_agg range_intersect_agg first last any_value
`);

/** What a function such as `date_diff(a, b, DAY)` takes for a word, and the parser for a column. */
const dateWords = words(`
  nanosecond microsecond millisecond second minute hour day week isoweek month quarter year isoyear decade century dayofweek
  dayofyear nanoseconds microseconds milliseconds seconds minutes hours days weeks months quarters years
`);

const takesDateWord = /date|time|trunc|diff|extract|bucket|last_day|next_day|add_months/;

/** Functions and their words that need no brackets, unless a table has such a column. */
const bareFunctions = words(`
  current_date current_time current_timestamp current_user current_role current_schema current_catalog session_user localtime
  localtimestamp sysdate systimestamp getdate
`);

export const takesWords = (functionName: string): boolean => takesDateWord.test(functionName.toLowerCase());

export const isDateWord = (word: string): boolean => dateWords.has(word.toLowerCase());

export const isBareFunction = (word: string): boolean => bareFunctions.has(word.toLowerCase());

export const queryKinds = words('select union intersect except values pivot');

/** Functions that make several rows of one. */
export const rowMakers = words(`
  unnest explode explode_outer posexplode posexplode_outer inline inline_outer stack flatten json_each json_tree
  jsonb_array_elements jsonb_array_elements_text json_array_elements json_array_elements_text jsonb_each jsonb_each_text
  json_each_text jsonb_object_keys json_object_keys regexp_split_to_table regexp_matches string_to_table generate_series
  json_to_recordset jsonb_to_recordset json_to_record jsonb_to_record xmltable json_table split_to_table strtok_split_to_table json_tuple parse_url_tuple variant_explode variant_explode_outer
`);
