import { numberText, type RuleDocument, uniqueKey } from '@aegis/rules/conversion';
import type { Dialect } from '@aegis/spec';
import { ownValue } from '../../source/values.js';
import { sqlLiteral, sqlName } from '../../words/sql-names.js';
import { type Context, cannot, type Meaning, means } from '../promise.js';
import { columnOf, type Subject } from '../subject.js';
import { allowedCounts, argumentsOf, type Condition, readConditions, upperLimit } from './operators.js';
import { comparedQuery } from './sql-checks.js';

/** A check of the library, ready to be judged. */
interface Measured {
  readonly subject: Subject;
  readonly given: { readonly [name: string]: unknown };
  readonly conditions: readonly Condition[];
  readonly unit: 'rows' | 'percent';
  readonly dialect: Dialect;
}

/** Names that 3.0 used for metrics of 3.1. */
const olderNames: { readonly [name: string]: string } = {
  duplicateCount: 'duplicateValues',
  uniqueCheck: 'duplicateValues',
  nullCheck: 'nullValues',
  nullCount: 'nullValues',
  validValues: 'invalidValues',
  missingCount: 'missingValues',
};

/** The metric that a check measures, by its name of today; `rule` is what it was called before 3.1. */
export const metricOf = ({ metric, rule }: { readonly [key: string]: unknown }): string | undefined => {
  const name = metric ?? rule;
  return typeof name === 'string' ? (ownValue(olderNames, name) ?? name) : undefined;
};

/** What a check of the standard's own library means. */
export const libraryCheck = (
  subject: Subject,
  check: { readonly [key: string]: unknown },
  { dialect }: Context,
): Meaning => {
  const metric = metricOf(check);
  if (metric === undefined) return cannot('it names no metric');
  const meaning = ownValue(metrics, metric);
  if (meaning === undefined) return cannot(`the standard has no metric called ${metric}`);
  const unit = unitOf(check.unit);
  if (unit === undefined) return cannot(`it counts in ${String(check.unit)}: rules count rows or percent`);
  const conditions = readConditions(check);
  // Before 3.1 a list of valid values needed no operator.
  const implied = typeof conditions === 'string' && check.rule === 'validValues' ? never : conditions;
  if (typeof implied === 'string') return cannot(implied);
  return meaning({ subject, given: argumentsOf(check), conditions: implied, unit, dialect });
};

const never: readonly Condition[] = [{ kind: 'compare', operator: '=', value: 0 }];

const unitOf = (unit: unknown): Measured['unit'] | undefined => {
  if (unit === undefined || unit === null || unit === 'rows' || unit === 'row') return 'rows';
  return unit === 'percent' || unit === '%' ? 'percent' : undefined;
};

/** A rule whose violations are counted, with a query of the same figure for conditions that are no upper limit. */
const counted = (measured: Measured, logic: RuleDocument['logic'], figure: Figure): Meaning => {
  const limit = limitOf(measured);
  if (limit === 'impossible') return cannot('no count could be what it must be');
  if (limit !== undefined) return means(limit === 'rows > 0' ? logic : { ...logic, fail_if: limit });
  if (typeof figure === 'string') return cannot(`${figure}, and only an upper limit has words in its rule`);
  const query = comparedQuery(figure[measured.unit], measured.conditions, measured.dialect);
  return means({ type: 'custom_sql', query, expect: true }, 'only an upper limit has words in the rule type');
};

/** Queries for the count and the share; a text is why there are none. */
type Figure = { readonly [unit in Measured['unit']]: string } | string;

const limitOf = ({ conditions, unit }: Measured): string | undefined => {
  if (unit === 'percent') {
    const limit = upperLimit(conditions);
    return limit === undefined ? undefined : `percent ${limit}`.replace('percent > 0', 'rows > 0');
  }
  const counts = allowedCounts(conditions);
  if (counts !== undefined && counts.max < counts.min) return 'impossible';
  return counts === undefined || counts.min > 0 || counts.max === Number.POSITIVE_INFINITY
    ? undefined
    : `rows > ${counts.max}`;
};

/** Rows for which a condition in SQL is true. */
const rowsWhere = (condition: string): Figure => ({
  rows: `select count(*) from {table} where ${condition}`,
  percent: `select 100.0 * sum(case when ${condition} then 1 else 0 end) / nullif(count(*), 0) from {table}`,
});

const surplus = (columns: readonly string[], dialect: Dialect): Figure => {
  const names = columns.map((name) => sqlName(name, dialect));
  const complete = names.map((name) => `${name} is not null`).join(' and ');
  const keys = `select count(*) as occurrences from {table} where ${complete} group by ${names.join(', ')}`;
  return {
    rows: `select coalesce(sum(occurrences - 1), 0) from (${keys}) as counted`,
    percent: `select 100.0 * sum(occurrences - 1) / nullif(sum(occurrences), 0) from (${keys}) as counted`,
  };
};

const onColumn =
  (convert: (measured: Measured, column: string, sql: string) => Meaning) =>
  (measured: Measured): Meaning => {
    const { column } = measured.subject;
    return column === undefined
      ? cannot('it counts values of a property, and stands at an object')
      : convert(measured, column, sqlName(column, measured.dialect));
  };

const nullValues = onColumn((measured, column, sql) =>
  counted(measured, { type: 'not_null', column }, rowsWhere(`${sql} is null`)),
);

type Single = string | number | boolean;

const isSingle = (value: unknown): value is Single => ['string', 'number', 'boolean'].includes(typeof value);

const listSql = (values: readonly Single[], dialect: Dialect): string =>
  values.map((value) => sqlLiteral(value, dialect)).join(', ');

const missingValues = onColumn((measured, column, sql) => {
  const list = measured.given.missingValues;
  if (!Array.isArray(list) || list.length === 0) return cannot('it does not say which values are missing');
  const values = list.filter(isSingle);
  const hasNull = list.includes(null);
  if (values.length + (hasNull ? 1 : 0) < list.length) return cannot('missingValues must be a list of single values');
  if (values.length === 0) return nullValues(measured);
  const listed = `${sql} in (${listSql(values, measured.dialect)})`;
  const logic = { type: 'not_accepted_values', column, values, ...(hasNull && { nulls: 'fail' }) };
  return counted(measured, logic, rowsWhere(hasNull ? `${sql} is null or ${listed}` : listed));
});

const invalidValues = onColumn((measured, column, sql) => {
  const { validValues: values, pattern } = measured.given;
  if (typeof pattern === 'string' && values === undefined)
    return counted(measured, { type: 'regex_match', column, pattern }, 'patterns have no SQL that all engines share');
  if (pattern !== undefined) return cannot('it has valid values and a pattern: write two checks');
  if (!Array.isArray(values) || values.length === 0) return cannot('it says neither validValues nor a pattern');
  const listed = values.filter(isSingle);
  if (listed.length < values.filter((each) => each !== null).length)
    return cannot('validValues must be a list of single values');
  // NULL is no invalid value, listed or not.
  const invalid = `${sql} not in (${listSql(listed, measured.dialect)})`;
  return counted(measured, { type: 'accepted_values', column, values: listed }, rowsWhere(invalid));
});

const duplicateValues = (measured: Measured): Meaning => {
  const columns = keyColumns(measured);
  if (typeof columns === 'string') return cannot(columns);
  return counted(measured, uniqueKey(columns), surplus(columns, measured.dialect));
};

const keyColumns = ({ subject, given }: Measured): readonly string[] | string => {
  if (subject.column !== undefined) return [subject.column];
  const { properties, columns: named } = given;
  if (Array.isArray(named) && named.length > 0) return named.map(String);
  if (!Array.isArray(properties) || properties.length === 0) return 'it names no properties';
  const columns = properties.map((name) => subject.object.properties.find((property) => property.name === name));
  const unknown = properties.find((_name, index) => columns[index] === undefined);
  if (unknown !== undefined) return `${subject.object.name} has no property ${String(unknown)}`;
  return columns.flatMap((property) => (property ? [columnOf(property)] : []));
};

const rowCount = ({ subject, conditions, unit, dialect }: Measured): Meaning => {
  if (subject.column !== undefined) return cannot('it counts rows of an object, and stands at a property');
  if (unit === 'percent') return cannot('a number of rows is no percentage');
  const counts = allowedCounts(conditions);
  if (counts === undefined) return rowCountQuery(conditions, dialect);
  const { min, max } = counts;
  if (max < min) return cannot('no number of rows could be what it must be');
  if (max === Number.POSITIVE_INFINITY) return means({ type: 'row_count', threshold: whole(min) });
  return means({ type: 'row_count_between', ...(min > 0 && { min_value: whole(min) }), max_value: whole(max) });
};

/** As a number where it keeps its digits. */
const whole = (value: number): number | string => (numberText(value) === undefined ? BigInt(value).toString() : value);

const rowCountQuery = (conditions: readonly Condition[], dialect: Dialect): Meaning =>
  means(
    { type: 'custom_sql', query: comparedQuery('select count(*) from {table}', conditions, dialect), expect: true },
    'the allowed numbers are no range',
  );

const metrics: { readonly [name: string]: (measured: Measured) => Meaning } = {
  nullValues,
  missingValues,
  invalidValues,
  duplicateValues,
  rowCount,
};
