import { plainColumn } from '@aegis/rules/conversion';
import { readValidity, type Validity } from '../validity.js';
import { inclusiveBounds, integerBounds, inverse } from '../zone.js';
import { type CheckCase, figureRules, type Meaning, none, rule } from './check-case.js';

const noType = 'no rule type is about this figure';

/** Rows: the rule type where every count that passes is between two. */
export const rowCount = (check: CheckCase): Meaning => {
  const bounds = check.fails && !check.warns ? integerBounds(inverse(check.fails)) : undefined;
  if (bounds === undefined) return figureRules(check, 'count(*)', 'no rule type has this condition');
  const { min, max } = bounds;
  if (max === undefined) return [rule({ type: 'row_count', threshold: min ?? 0 })];
  return [rule({ type: 'row_count_between', ...(min !== undefined && { min_value: min }), max_value: max })];
};

/** What an aggregate of Soda looks at: values that are neither missing nor invalid. */
const looksAt = (sql: string, { missing, parts }: Validity): string | undefined => {
  const conditions = [
    ...(missing.length === 0 ? [] : [`${sql} not in (${missing.join(', ')})`]),
    ...parts.flatMap((part) => (part.sql === undefined ? [] : [`(${part.sql})`])),
  ];
  return conditions.length === 0 ? undefined : conditions.join(' and ');
};

/** An aggregate of a column, as its rule type where there is one for what passes. */
const aggregate =
  (compute: (sql: string) => string, type?: string) =>
  (check: CheckCase): Meaning => {
    const [sql] = check.args;
    if (sql === undefined) return none('it names no column');
    const validity = readValidity(check.config, sql, check.words);
    if (typeof validity === 'string') return none(validity);
    if (validity.parts.some((part) => part.sql === undefined)) return none('no SQL says which values it leaves out');
    const where = looksAt(sql, validity);
    const bounds =
      type !== undefined && check.fails && !check.warns ? inclusiveBounds(inverse(check.fails)) : undefined;
    const column = plainColumn(sql);
    if (type === undefined || bounds === undefined || column === undefined)
      return figureRules(check, compute(sql), noType, { where });
    return [rule({ type, column, ...bounds }, { where })];
  };

/** The metrics of Soda that are an aggregate of a column, by name. */
export const aggregates: { readonly [metric: string]: (check: CheckCase) => Meaning } = {
  avg: aggregate((sql) => `avg(${sql})`, 'mean_between'),
  sum: aggregate((sql) => `sum(${sql})`, 'column_sum_between'),
  min: aggregate((sql) => `min(${sql})`),
  max: aggregate((sql) => `max(${sql})`),
  min_length: aggregate((sql) => `min(length(${sql}))`),
  max_length: aggregate((sql) => `max(length(${sql}))`),
  avg_length: aggregate((sql) => `avg(length(${sql}))`),
  stddev: aggregate((sql) => `stddev(${sql})`),
  stddev_pop: aggregate((sql) => `stddev_pop(${sql})`),
  stddev_samp: aggregate((sql) => `stddev_samp(${sql})`),
  variance: aggregate((sql) => `variance(${sql})`),
  var_pop: aggregate((sql) => `var_pop(${sql})`),
  var_samp: aggregate((sql) => `var_samp(${sql})`),
};

/** A figure that the file itself defines, as `NAME expression` or `NAME query`. */
export const ownFigure = (check: CheckCase, metric: string): Meaning => {
  const { [`${metric} expression`]: expression, [`${metric} query`]: query } = check.config;
  if (typeof expression === 'string') return figureRules(check, expression.trim(), 'it is an expression of its own');
  if (typeof query === 'string')
    return figureRules(check, `(${withoutEnd(query)})`, 'it is a query of its own', { isUnfiltered: true });
  if (check.config[`${metric} sql_file`] !== undefined)
    return none('its SQL is in another file', 'Write it below the check as a query.');
  return none(`no rule type is known to mean what ${metric} means`);
};

const withoutEnd = (sql: string): string => sql.trim().replace(/(\s|;)+$/, '');
