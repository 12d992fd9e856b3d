import type { ColumnExpression } from '@aegis/spec';
import { z } from 'zod';
import { countOf, exact } from '../../judge/counts.js';
import { judgeTable } from '../../judge/judgement.js';
import { countsOfNumbers, nonFiniteOf, statisticOf } from '../../judge/numbers.js';
import { sourceParams, sourceRequirements } from '../../judge/source.js';
import { differencePercent, isWithinTolerance, toleranceParam } from '../../judge/tolerance.js';
import { defineRuleType } from '../../type/define.js';
import type { AggregateProbe, Measurements } from '../../type/rule-type.js';
import { columnName } from '../../type/scalars.js';
import { cases } from './cases.js';

interface Params {
  readonly column: string;
  readonly source_column?: string | undefined;
  readonly source_table: string;
  readonly source_where?: string | undefined;
  readonly tolerance_pct: string;
}

const sourceColumn = ({ column, source_column }: Params) => source_column ?? column;

const sumProbe = (column: ColumnExpression): AggregateProbe => ({
  kind: 'aggregate',
  measures: { ...countsOfNumbers(column), sum: statisticOf('sum', column) },
});

/** The measurements of one side under their plain names. */
const side = (measured: Measurements, name: 'source' | 'target'): Measurements =>
  Object.fromEntries(
    Object.entries(measured)
      .filter(([key]) => key.startsWith(`${name}.`))
      .map(([key, value]) => [key.slice(name.length + 1), value]),
  );

export const reconcileColumnSum = defineRuleType({
  name: 'reconcile_column_sum',
  category: 'reconciliation',
  summary: 'A column must add up to the same in source and target, within a tolerance.',
  edgeCases:
    'The sum of no value is 0. The tolerance is in percent of the source and compared exactly. Any NaN or infinity fails.',
  unit: 'table',
  params: z.strictObject({
    column: columnName().describe('Numeric column of the target.'),
    source_column: columnName().optional().describe('Its name in the source; the same by default.'),
    ...sourceParams,
    ...toleranceParam,
  }),
  requires: (params) => ({
    ...sourceRequirements(params),
    columns: [
      { param: 'column', name: params.column, accepts: 'numeric' },
      {
        param: params.source_column === undefined ? 'column' : 'source_column',
        name: sourceColumn(params),
        relation: 'source',
        accepts: 'numeric',
      },
    ],
  }),
  probe: ({ params, column }) => ({
    kind: 'compare',
    target: sumProbe(column(params.column)),
    source: sumProbe(column(sourceColumn(params), 'source')),
  }),
  judge: (measured, { params }) => {
    const [ofSource, ofTarget] = [side(measured, 'source'), side(measured, 'target')];
    const [source, target] = [exact(ofSource.sum), exact(ofTarget.sum)];
    const nonFinite = nonFiniteOf(ofSource) + nonFiniteOf(ofTarget);
    return judgeTable({
      holds: nonFinite === 0 && isWithinTolerance(source, target, params.tolerance_pct),
      rowsChecked: countOf(ofTarget, 'rows'),
      observed: {
        difference_percent: differencePercent(source, target),
        source_sum: source.toFixed(),
        target_sum: target.toFixed(),
        ...(nonFinite > 0 && { non_finite: nonFinite }),
      },
      expected: { difference_percent_max: params.tolerance_pct },
    });
  },
  example: { type: 'reconcile_column_sum', column: 'amount', source_table: 'raw.orders', tolerance_pct: 0.01 },
  cases,
});
