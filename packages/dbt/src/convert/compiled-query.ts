import { parenthesized, withoutEnd } from '@aegis/rules/conversion';
import type { ManifestNode } from '../manifest/node-schema.js';
import type { FailureUnit } from './conversion.js';

import { type FailureHandling, failureHandling, type Thresholds, thresholdsOf } from './thresholds.js';

const countRows = 'count(*)';

/** The SQL of a test as dbt compiled it; `undefined` where it was only parsed. */
export const compiledSql = ({ compiled_code: code, compiled_sql: older }: ManifestNode): string | undefined => {
  const sql = code ?? older;
  return sql === undefined || sql.trim() === '' ? undefined : withoutEnd(sql);
};

/** How dbt makes one number of the rows that a test finds. */
export const failCalc = ({ config }: ManifestNode): string => config.fail_calc?.trim() || countRows;

/** A test's query as the `logic` of a rule, which fails and warns when dbt does. */
export interface QueryLogic {
  readonly logic: Thresholds & { readonly query: string; readonly expect?: true };
  readonly unit: FailureUnit;
}

/** The compiled query as a rule: its rows where dbt counts rows, else what dbt calculates of them. */
export const queryLogic = (test: ManifestNode, sql: string): QueryLogic => {
  if (countsInQuery(test)) return { logic: { query: `select ${parenthesized(sql)} = 0`, expect: true }, unit: 'table' };
  const handling = failureHandling(test.config);
  const thresholds = failCalc(test) === countRows ? thresholdsOf(handling, 'rows') : undefined;
  if (thresholds) return { logic: { query: sql, ...thresholds }, unit: 'rows' };
  return { logic: calculated(sql, failCalc(test), handling), unit: 'calculated' };
};

/** Before dbt 0.20 a generic test selected the number of its failures. */
const countsInQuery = ({
  config,
  compiled_code: code,
  compiled_sql: older,
  test_metadata: metadata,
}: ManifestNode): boolean =>
  config.fail_calc === undefined &&
  code === undefined &&
  older !== undefined &&
  metadata !== undefined &&
  /^\s*select count\(\*\) as validation_errors\b/i.test(older);

/** One row where dbt would warn, two or three where it would fail; each holds the number of failures. */
const calculated = (sql: string, calculation: string, { severity, warnIf, errorIf, limit }: FailureHandling) => {
  const rows = limit === undefined ? sql : `select * from ${parenthesized(sql)} as found limit ${limit}`;
  const failures = `select ${calculation} as failures from ${parenthesized(rows)} as tested`;
  const of = (judged: string): string => `select failures from (${failures}) as counted where failures ${judged}`;
  if (severity === 'warn') return { query: of(warnIf), warn_if: 'rows > 0' };
  if (warnIf === errorIf) return { query: of(errorIf) };
  return { query: [warnIf, errorIf, errorIf].map(of).join(' union all '), fail_if: 'rows > 1', warn_if: 'rows > 0' };
};
