import { z } from 'zod';
import { countOf } from '../../judge/counts.js';
import { judgeViolations } from '../../judge/judgement.js';
import { sourceParams, sourceRequirements } from '../../judge/source.js';
import { defineRuleType } from '../../type/define.js';
import type { ProbeContext } from '../../type/rule-type.js';
import { columnNames } from '../../type/scalars.js';
import { cases } from './cases.js';

interface Params {
  readonly columns: readonly string[];
  readonly source_columns?: readonly string[] | undefined;
  readonly source_table: string;
  readonly source_where?: string | undefined;
}

const sourceColumns = ({ columns, source_columns }: Params) => source_columns ?? columns;

const keysOf = (context: ProbeContext<Params>) => ({
  targetKeys: context.params.columns.map((name) => context.column(name)),
  sourceKeys: sourceColumns(context.params).map((name) => context.column(name, 'source')),
});

export const reconcileKeyMatch = defineRuleType({
  name: 'reconcile_key_match',
  category: 'reconciliation',
  summary: 'The source and the target must hold the same keys.',
  edgeCases:
    'Distinct keys are compared, text by code point, in the Unicode form in which it is stored. A key with any NULL matches nothing and is ' +
    'counted apart. Two empty sides pass.',
  unit: 'keys',
  params: z
    .strictObject({
      columns: columnNames().describe('Key column or columns of the target.'),
      source_columns: columnNames().optional().describe('Their names in the source, in order; the same by default.'),
      ...sourceParams,
    })
    .refine(({ columns, source_columns }) => !source_columns || columns.length === source_columns.length, {
      error: 'as many source columns as columns',
      path: ['source_columns'],
    }),
  countedUnits: ['keys', 'percent'],
  requires: (params) => ({
    ...sourceRequirements(params),
    columns: [
      ...params.columns.map((name, index) => ({ param: `columns.${index}`, name, accepts: 'key' as const })),
      ...sourceColumns(params).map((name, index) => ({
        param: params.source_columns ? `source_columns.${index}` : `columns.${index}`,
        name,
        relation: 'source' as const,
        accepts: 'key' as const,
      })),
    ],
  }),
  probe: (context) => ({ kind: 'key_difference', ...keysOf(context) }),
  judge: (measured, context) => {
    const inTarget = countOf(measured, 'missing_in_target');
    const inSource = countOf(measured, 'missing_in_source');
    const failed = inTarget + inSource;
    const rows = countOf(measured, 'rows_in_target');
    return judgeViolations(
      {
        unit: 'keys',
        rowsChecked: rows,
        failed,
        rows: failed,
        keys: failed,
        values: null,
        outOf: Math.max(rows, countOf(measured, 'rows_in_source')),
        judgesEmptyScope: true,
        observed: {
          missing_in_target: inTarget,
          missing_in_source: inSource,
          null_keys_in_target: countOf(measured, 'null_in_target'),
          null_keys_in_source: countOf(measured, 'null_in_source'),
          rows_in_source: countOf(measured, 'rows_in_source'),
        },
        expected: { missing_in_target_max: 0, missing_in_source_max: 0 },
      },
      context,
    );
  },
  failingRows: (_measured, context) => ({ kind: 'key_difference', ...keysOf(context) }),
  example: { type: 'reconcile_key_match', column: 'order_id', source_table: 'raw.orders' },
  cases,
});
