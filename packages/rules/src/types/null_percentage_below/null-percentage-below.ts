import { count, countAll, isNull } from '@aegis/sql';
import { z } from 'zod';
import { countOf } from '../../judge/counts.js';
import { judgeShare } from '../../judge/judgement.js';
import { defineRuleType } from '../../type/define.js';
import { columnName, percent } from '../../type/scalars.js';
import { cases } from './cases.js';

export const nullPercentageBelow = defineRuleType({
  name: 'null_percentage_below',
  category: 'completeness',
  summary: 'At most a given share of rows may be NULL in a column.',
  edgeCases: 'The share is compared exactly: 7 of 100 with threshold 7 passes. An empty table is not applicable.',
  unit: 'rows',
  params: z.strictObject({
    column: columnName().describe('Column to inspect.'),
    threshold: percent().describe('Largest allowed share of NULLs, in percent.'),
  }),
  requires: ({ column }) => ({ columns: [{ param: 'column', name: column, accepts: 'any' }] }),
  probe: (context) => ({
    kind: 'aggregate',
    measures: { rows: countAll(), non_null: count(context.column(context.params.column)) },
  }),
  judge: (measured, { params }) => {
    const rows = countOf(measured, 'rows');
    const nulls = rows - countOf(measured, 'non_null');
    return judgeShare({ rowsChecked: rows, failed: nulls, outOf: rows, threshold: params.threshold, figure: 'null' });
  },
  failingRows: (_measured, context) => ({
    kind: 'condition',
    condition: isNull(context.column(context.params.column)),
  }),
  example: { type: 'null_percentage_below', column: 'email', threshold: 5 },
  cases,
});
