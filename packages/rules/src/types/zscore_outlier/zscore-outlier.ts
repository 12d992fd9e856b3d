import type { Expression } from '@aegis/spec';
import {
  abs,
  aggregate,
  and,
  compare,
  count,
  countAll,
  countIf,
  divide,
  isFiniteValue,
  isNull,
  literal,
  minus,
  not,
  or,
  toDouble,
} from '@aegis/sql';
import { z } from 'zod';
import { countOf } from '../../judge/counts.js';
import { judgeViolations, notApplicable, rowCounts } from '../../judge/judgement.js';
import { defineRuleType } from '../../type/define.js';
import type { Measurements, ProbeContext } from '../../type/rule-type.js';
import { columnName, decimal } from '../../type/scalars.js';
import { cases } from './cases.js';

interface Params {
  readonly column: string;
  readonly zscore_threshold: string;
}

const double = (value: string) => literal('float', value);
const columnOf = (context: ProbeContext<Params>) => context.column(context.params.column);

/** NaN and the infinities: outliers by definition, and kept out of mean and deviation. */
const nonFinite = (column: Expression) => and(not(isNull(column)), not(isFiniteValue(column)));

/** `abs((x − mean)/σ) > threshold` among finite values; nothing when σ is 0 or there are fewer than two values. */
const outlier = (measured: Measurements, context: ProbeContext<Params>): Expression => {
  const column = columnOf(context);
  const { mean, deviation } = measured;
  if (countOf(measured, 'finite') < 2 || deviation === null || Number(deviation) === 0) return nonFinite(column);
  const score = divide(minus(toDouble(column), double(String(mean))), double(String(deviation)));
  const far = compare(abs(score), '>', double(context.params.zscore_threshold));
  return or(nonFinite(column), and(isFiniteValue(column), far));
};

export const zscoreOutlier = defineRuleType({
  name: 'zscore_outlier',
  category: 'statistics',
  summary: 'No value may lie further from the mean than a number of population standard deviations.',
  edgeCases:
    'NULL is ignored. NaN and infinities count as outliers and are kept out of mean and σ. With σ = 0 or fewer than two values nothing is an outlier.',
  unit: 'rows',
  params: z.strictObject({
    column: columnName().describe('Numeric column.'),
    zscore_threshold: decimal({ min: 0 }).default('3').describe('Largest allowed distance in standard deviations.'),
  }),
  countedUnits: ['rows', 'percent'],
  requires: ({ column }) => ({ columns: [{ param: 'column', name: column, accepts: 'numeric' }] }),
  probe: (context) => {
    const column = columnOf(context);
    const finite = isFiniteValue(column);
    return {
      kind: 'aggregate',
      measures: {
        rows: countAll(),
        non_null: count(column),
        finite: countIf(finite),
        mean: aggregate('mean', toDouble(column), finite),
        deviation: aggregate('stddev_population', toDouble(column), finite),
      },
    };
  },
  refine: (first, context) =>
    countOf(first, 'non_null') === 0
      ? undefined
      : { kind: 'aggregate', measures: { failed: countIf(outlier(first, context)) } },
  judge: (measured, context) => {
    const failed = countOf(measured, 'failed');
    const nonNull = countOf(measured, 'non_null');
    const rows = countOf(measured, 'rows');
    const observed = {
      outliers: failed,
      mean: measured.mean ?? null,
      stddev: measured.deviation ?? null,
      non_null: nonNull,
      non_finite: nonNull - countOf(measured, 'finite'),
    };
    const expected = { zscore_max: context.params.zscore_threshold };
    return nonNull === 0
      ? notApplicable('no value to judge', { rowsChecked: rows, unit: 'rows', observed, expected })
      : judgeViolations({ ...rowCounts(rows, failed), observed, expected }, context);
  },
  failingRows: (measured, context) => ({ kind: 'condition', condition: outlier(measured, context) }),
  example: { type: 'zscore_outlier', column: 'amount', zscore_threshold: 3 },
  cases,
});
