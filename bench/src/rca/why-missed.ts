/** What makes a fault hard to tell, by its kind and place; shown where some of its kind are missed. */
export const whyMissed: { readonly [fault: string]: string } = {
  'null_segment@source':
    'a filter or a daily load that reads the column drops the rows, and what is left satisfies every row-level rule',
  'null_segment@transformation': 'only a sum fails, which has no failing rows to find a segment in',
  'wrong_unit@source':
    'where all rows are wrong, no segment differs from another; that a mean is a hundred times what it was is all there is',
  'duplicate_load@source':
    'where the doubled table is joined or summed up, its rows multiply others and are not seen twice',
  'duplicate_load@transformation': 'only a count of rows fails, which has no failing rows to find a day in',
  'dropped_partition@source':
    'rows that are missing leave nothing to look at; another table lacks the same keys for good reasons',
  'dropped_partition@transformation':
    'the keys that are missing are named; a table that other rows with those keys come from is taken for the wrong one',
  'changed_join_key@source':
    'the unmatched keys are found, and what their rows have in common is looked for among columns that a join left behind',
  'filter_inverted@source':
    'nothing upstream of a source tells that it has too few rows; only its own past could, and sources have no rules that measured it',
  'type_truncation@source':
    'the cut value takes the rows out of a join or a filter, and other columns come under suspicion',
  'default_value@source': 'a default in the column that places a row on a day looks like rows that are not loaded',
  'timezone_shift@source': 'rows move to a day for which another input has no row, and that input looks late',
  'timezone_shift@transformation': 'the segment is of a column that no failing table has',
  'fanout_join@source': 'the versions differ, so that they are no repeated rows; what multiplies is the join',
  'swapped_columns@source': 'the segment is of a column that no failing table has, or one of two columns is as likely',
};
