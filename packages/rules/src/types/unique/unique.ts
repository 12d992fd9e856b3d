import { z } from 'zod';
import { duplicateRows, judgeUniqueness } from '../../judge/keys.js';
import { defineRuleType } from '../../type/define.js';
import { columnName } from '../../type/scalars.js';
import { cases } from './cases.js';

export const unique = defineRuleType({
  name: 'unique',
  category: 'uniqueness',
  summary: 'A value may occur only once in a column.',
  edgeCases:
    'NULL is ignored, so any number of NULLs passes; `nulls: fail` counts each as a violation. NaN equals NaN and −0 equals 0.',
  unit: 'rows',
  params: z.strictObject({ column: columnName().describe('Column whose values must differ.') }),
  countedUnits: ['rows', 'keys', 'percent'],
  acceptsNulls: true,
  requires: ({ column }) => ({ columns: [{ param: 'column', name: column, accepts: 'key' }] }),
  probe: (context) => ({ kind: 'frequency', keys: [context.column(context.params.column)] }),
  judge: judgeUniqueness,
  failingRows: (measured, context) => duplicateRows(measured, context, [context.column(context.params.column)]),
  example: { type: 'unique', column: 'order_id' },
  cases,
});
