import { z } from 'zod';
import { countOf } from '../../judge/counts.js';
import { judgeShare } from '../../judge/judgement.js';
import { defineRuleType } from '../../type/define.js';
import { columnName, percent } from '../../type/scalars.js';
import { cases } from './cases.js';

export const duplicatePercentageBelow = defineRuleType({
  name: 'duplicate_percentage_below',
  category: 'uniqueness',
  summary: 'At most a given share of values may be surplus occurrences of a value seen before.',
  edgeCases: 'NULL is ignored: the share is of non-NULL values. Without any, the rule is not applicable.',
  unit: 'rows',
  params: z.strictObject({
    column: columnName().describe('Column to inspect.'),
    threshold: percent().describe('Largest allowed share of surplus values, in percent of non-NULL values.'),
  }),
  requires: ({ column }) => ({ columns: [{ param: 'column', name: column, accepts: 'key' }] }),
  probe: (context) => ({ kind: 'frequency', keys: [context.column(context.params.column)] }),
  judge: (measured, { params }) => {
    const complete = countOf(measured, 'complete');
    const surplus = complete - countOf(measured, 'distinct_keys');
    return judgeShare({
      rowsChecked: countOf(measured, 'rows'),
      failed: surplus,
      outOf: complete,
      threshold: params.threshold,
      figure: 'duplicate',
      failedBy: { rows: surplus, keys: countOf(measured, 'duplicate_keys'), values: null },
    });
  },
  failingRows: (_measured, context) => ({ kind: 'duplicates', keys: [context.column(context.params.column)] }),
  example: { type: 'duplicate_percentage_below', column: 'email', threshold: 1 },
  cases,
});
