import { type Range, valuesWithin } from '@aegis/rules/conversion';
import { onlyQuery, type TestCase, type TestMeaning } from './test-meaning.js';

/** The test's column within bounds; dbt writes the bounds into its SQL as they are. */
export const withinRange = (
  { column, columnSql }: TestCase,
  range: Range & { readonly where?: string | undefined },
): TestMeaning => {
  if (columnSql === undefined) return onlyQuery('it names no column');
  const logic = valuesWithin({ column, sql: columnSql }, range);
  if (logic === undefined) return onlyQuery('it has no bounds');
  const { type, ...params } = logic;
  return { kind: 'rule', type, logic: params, unit: 'rows', where: range.where };
};
