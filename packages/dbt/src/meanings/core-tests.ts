import { listedValues } from './listed-values.js';
import { onColumn, onlyQuery, type TestCase, type TestMeaning, type TestMeanings } from './test-meaning.js';

const relationships = (test: TestCase): TestMeaning => {
  const parent = test.table(test.params.to);
  if (parent.kind === 'impossible') return parent;
  const field = test.plain(test.params.field);
  if (field === undefined) return onlyQuery('the referenced column is an expression');
  return onColumn(test, 'foreign_key', 'rows', { reference_table: parent.name, reference_column: field });
};

/** The four tests of dbt itself. */
export const coreTests: TestMeanings = {
  not_null: (test) => onColumn(test, 'not_null', 'rows'),
  unique: (test) => onColumn(test, 'unique', 'keys'),
  accepted_values: (test) => {
    const values = listedValues(test.params.values, test.params.quote);
    return values.kind === 'query' ? values : onColumn(test, 'accepted_values', 'values', { values: values.values });
  },
  relationships,
};
