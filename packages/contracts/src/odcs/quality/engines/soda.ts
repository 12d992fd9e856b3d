import { convertCheck, readCheck } from '../../../soda/convert-check.js';
import { readSections } from '../../../soda/sections.js';
import { isMapping, ownValue } from '../../../source/values.js';
import { sqlWords } from '../../../words/sql-words.js';
import { type Context, cannot, type Meaning } from '../../promise.js';
import type { Subject } from '../../subject.js';
import { libraryCheck } from '../library-checks.js';
import { meaningsOf } from './drafted-meanings.js';

interface SodaMetric {
  readonly metric: string;
  readonly unit: 'rows' | 'percent';
  /** No value may be counted, where the check says no limit. */
  readonly isNever?: boolean;
}

/** Checks of Soda's own contracts, which say what the standard's library says. */
const metrics: { readonly [type: string]: SodaMetric } = {
  missing_count: { metric: 'missingValues', unit: 'rows' },
  missing_percent: { metric: 'missingValues', unit: 'percent' },
  no_missing_values: { metric: 'missingValues', unit: 'rows', isNever: true },
  invalid_count: { metric: 'invalidValues', unit: 'rows' },
  invalid_percent: { metric: 'invalidValues', unit: 'percent' },
  no_invalid_values: { metric: 'invalidValues', unit: 'rows', isNever: true },
  duplicate_percent: { metric: 'duplicateValues', unit: 'percent' },
  no_duplicate_values: { metric: 'duplicateValues', unit: 'rows', isNever: true },
  row_count: { metric: 'rowCount', unit: 'rows' },
  rows_exist: { metric: 'rowCount', unit: 'rows' },
};

const operators: { readonly [name: string]: string } = {
  must_be: 'mustBe',
  must_not_be: 'mustNotBe',
  must_be_greater_than: 'mustBeGreaterThan',
  must_be_greater_than_or_equal_to: 'mustBeGreaterOrEqualTo',
  must_be_greater_than_or_equal: 'mustBeGreaterOrEqualTo',
  must_be_less_than: 'mustBeLessThan',
  must_be_less_than_or_equal_to: 'mustBeLessOrEqualTo',
  must_be_less_than_or_equal: 'mustBeLessOrEqualTo',
};

/** Checks in SodaCL as a list, else one in the form of Soda's contracts: `type`, `columns` and `must_be…`. */
export const sodaCheck = (implementation: unknown, subject: Subject, context: Context): readonly Meaning[] => {
  if (Array.isArray(implementation)) return implementation.flatMap((entry) => sodaLine(entry, subject, context));
  if (!isMapping(implementation) || typeof implementation.type !== 'string')
    return [cannot('it is no check in the form of Soda contracts')];
  const { type, columns, ...given } = implementation;
  const metric = typeof type === 'string' ? ownValue(metrics, type) : undefined;
  if (metric === undefined) return [cannot(`no rule means the same as ${String(type)} of Soda`)];
  const left = Object.keys(given).filter((key) => !Object.hasOwn(operators, key) && !known.has(key));
  if (left.length > 0) return [cannot(`it says ${left.join(', ')}, which has no counterpart`)];
  return [libraryCheck(subjectOf(subject, columns, metric), libraryForm(metric, columns, given), context)];
};

/** A line of SodaCL, about the table of the contract. */
const sodaLine = (entry: unknown, { table }: Subject, { dialect }: Context): readonly Meaning[] => {
  const check = readCheck(entry);
  if (check === undefined) return [cannot('it is no check of SodaCL')];
  const written = { ...check, source: 'contract', table, filter: undefined, words: sqlWords(dialect) };
  return meaningsOf(convertCheck(written, readSections({})));
};

const known = new Set(['name', 'valid_values', 'valid_regex', 'missing_values']);

/** A check that names its columns, or counts rows, is about the object. */
const subjectOf = (subject: Subject, columns: unknown, { metric }: SodaMetric): Subject =>
  Array.isArray(columns) || metric === 'rowCount' ? { ...subject, property: undefined, column: undefined } : subject;

const libraryForm = (
  { metric, unit, isNever }: SodaMetric,
  columns: unknown,
  given: { readonly [key: string]: unknown },
): { readonly [key: string]: unknown } => ({
  metric,
  unit,
  ...limits(given, isNever === true ? { mustBe: 0 } : { mustBeGreaterThan: 0 }),
  arguments: {
    ...(Array.isArray(columns) && { columns }),
    ...(given.valid_values !== undefined && { validValues: given.valid_values }),
    ...(given.valid_regex !== undefined && { pattern: given.valid_regex }),
    missingValues: [null, ...(Array.isArray(given.missing_values) ? given.missing_values : [])],
  },
});

const limits = (given: { readonly [key: string]: unknown }, otherwise: object): object => {
  const said = Object.entries(given).flatMap(([key, value]) => {
    const operator = ownValue(operators, key);
    return operator === undefined ? [] : [[operator, value] as const];
  });
  return said.length === 0 ? otherwise : Object.fromEntries(said);
};
