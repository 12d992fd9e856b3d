import { z } from 'zod';
import { judgeBothSides, pairingColumns } from '../../judge/both-sides.js';
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
    columns: pairingColumns('columns', params.columns, params.source_columns),
  }),
  probe: (context) => ({ kind: 'key_difference', ...keysOf(context) }),
  judge: (measured, context) => judgeBothSides(measured, 'keys', context),
  failingRows: (_measured, context) => ({ kind: 'key_difference', ...keysOf(context) }),
  example: { type: 'reconcile_key_match', column: 'order_id', source_table: 'raw.orders' },
  cases,
});
