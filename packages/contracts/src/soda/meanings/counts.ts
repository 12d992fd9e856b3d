import { plainColumn } from '@aegis/rules/conversion';
import { readValidity, type Validity, validityKeys } from '../validity.js';
import { countCondition } from '../zone.js';
import {
  type CheckCase,
  figureRules,
  isAny,
  type Meaning,
  none,
  rule,
  type SameRule,
  thresholds,
} from './check-case.js';

/** `rows` for a count, `percent` for a share of all rows. */
type Unit = 'rows' | 'percent';

const otherForm = 'its condition is no upper limit of failures';

/** The one column that a check is about: as a name, and as SQL. */
const oneColumn = ({ args: [sql] }: CheckCase) => (sql === undefined ? undefined : { sql, column: plainColumn(sql) });

const hasKeys = ({ config }: CheckCase): boolean => validityKeys.some((key) => config[key] !== undefined);

const share = (count: string, unit: Unit): string =>
  unit === 'rows' ? count : `${count} * 100.0 / nullif(count(*), 0)`;

/** Rows for which a condition holds, counted by a query where no threshold of a rule says the same. */
const failingRows = (
  check: CheckCase,
  unit: Unit,
  rules: readonly SameRule[],
  failing: string | undefined,
): Meaning => {
  const limits = thresholds(check, unit);
  if (limits !== undefined && (rules.length === 1 || isStrict(check, unit)))
    return rules.map((each) => ({ ...each, logic: { ...each.logic, ...limits } }));
  if (failing === undefined)
    return none(limits === undefined ? otherForm : 'no rule counts rows that miss one of several things');
  return figureRules(check, share(`count(case when ${failing} then 1 end)`, unit), otherForm);
};

/** Whether one failure is too many: then several rules say what one would. */
const isStrict = ({ fails, warns }: CheckCase, unit: Unit): boolean =>
  warns === undefined && isAny(fails && countCondition(fails), unit);

/** missing_count and missing_percent: NULL, and the values that are said to be missing. */
export const missing =
  (unit: Unit) =>
  (check: CheckCase): Meaning => {
    const about = oneColumn(check);
    if (about === undefined) return none('it names no column');
    const validity = readValidity(check.config, about.sql, check.words);
    if (typeof validity === 'string') return none(validity);
    const failing = missingSql(about.sql, validity);
    const isNull = validity.missing.length === 0 && about.column !== undefined;
    const same = isNull
      ? rule({ type: 'not_null', column: about.column })
      : rule({ type: 'sql_expression', expression: `not (${failing})` });
    return failingRows(check, unit, [same], failing);
  };

const missingSql = (sql: string, { missing: values }: Validity): string =>
  values.length === 0 ? `${sql} is null` : `${sql} is null or ${sql} in (${values.join(', ')})`;

/** invalid_count and invalid_percent: values that are not missing and not valid. */
export const invalid =
  (unit: Unit) =>
  (check: CheckCase): Meaning => {
    const about = oneColumn(check);
    if (about === undefined) return none('it names no column');
    const validity = readValidity(check.config, about.sql, check.words);
    if (typeof validity === 'string') return none(validity);
    if (validity.parts.length === 0) return none('it does not say what is valid');
    const sql = validSql(validity);
    const failing = sql === undefined ? undefined : `not (${missingSql(about.sql, validity)}) and not (${sql})`;
    return failingRows(check, unit, invalidRules(about, validity, sql), failing);
  };

const invalidRules = (
  { sql: name, column }: { readonly sql: string; readonly column: string | undefined },
  { missing: values, parts }: Validity,
  valid: string | undefined,
): readonly SameRule[] => {
  const isMissing = values.length === 0 ? undefined : `${name} in (${values.join(', ')})`;
  if (valid !== undefined && (isMissing !== undefined || parts.length > 1 || parts[0]?.logic === undefined))
    return [
      rule({ type: 'sql_expression', expression: isMissing === undefined ? valid : `${isMissing} or (${valid})` }),
    ];
  const where = isMissing && `not (${isMissing})`;
  return parts.map(({ logic, sql }, index) => {
    const own = logic && column !== undefined ? { ...logic, column } : { type: 'sql_expression', expression: sql };
    return rule(own, { where, ...(parts.length > 1 && { part: `part ${index + 1}` }) });
  });
};

const validSql = ({ parts }: Validity): string | undefined => {
  const conditions = parts.map(({ sql }) => sql);
  return conditions.every((sql) => sql !== undefined) ? conditions.join(' and ') : undefined;
};

/** valid_count: values that are neither missing nor invalid. */
export const validCount = (check: CheckCase): Meaning => {
  const about = oneColumn(check);
  if (about === undefined) return none('it names no column');
  const validity = readValidity(check.config, about.sql, check.words);
  if (typeof validity === 'string') return none(validity);
  const sql = validity.parts.length === 0 ? 'true' : validSql(validity);
  if (sql === undefined) return none('no query can count what matches a pattern everywhere');
  const valid = `not (${missingSql(about.sql, validity)}) and ${sql}`;
  return figureRules(check, `count(case when ${valid} then 1 end)`, 'no rule counts what is valid');
};

/** duplicate_count: keys that several rows have. A row with a NULL in the key has none. */
export const duplicates =
  (unit: Unit) =>
  (check: CheckCase): Meaning => {
    const columns = check.args.map((sql) => plainColumn(sql));
    if (columns.length === 0) return none('it names no column');
    if (hasKeys(check)) return none('it leaves out values, which no rule about keys does');
    const limits = unit === 'rows' || isStrict(check, unit) ? thresholds(check, 'keys') : undefined;
    if (limits === undefined || !columns.every((column) => column !== undefined))
      return figureRules(check, duplicateFigure(check.args, unit), 'no rule divides repeated keys by rows');
    const key = columns.length === 1 ? { type: 'unique', column: columns[0] } : { type: 'composite_unique', columns };
    return [rule({ ...key, ...limits })];
  };

const duplicateFigure = (args: readonly string[], unit: Unit): string => {
  const present = args.map((sql) => `${sql} is not null`).join(' and ');
  const list = args.join(', ');
  const keys = `(select count(*) from (select ${list} from {table} where ${present} group by ${list} having count(*) > 1) as repeated)`;
  return unit === 'rows' ? `max(${keys})` : `max(${keys}) * 100.0 / nullif(count(*), 0)`;
};
