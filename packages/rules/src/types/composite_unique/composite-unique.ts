import { z } from 'zod';
import { duplicateRows, judgeUniqueness } from '../../judge/keys.js';
import { defineRuleType } from '../../type/define.js';
import type { ProbeContext } from '../../type/rule-type.js';
import { columnNames } from '../../type/scalars.js';
import { cases } from './cases.js';

interface Params {
  readonly columns: readonly string[];
}

const keysOf = (context: ProbeContext<Params>) => context.params.columns.map((name) => context.column(name));

export const compositeUnique = defineRuleType({
  name: 'composite_unique',
  category: 'uniqueness',
  summary: 'A combination of values may occur only once.',
  edgeCases: 'Combinations with any NULL are ignored; `nulls: fail` counts each such row as a violation.',
  unit: 'rows',
  params: z.strictObject({ columns: columnNames().describe('Columns whose combination must differ.') }),
  countedUnits: ['rows', 'keys', 'percent'],
  acceptsNulls: true,
  requires: ({ columns }) => ({
    columns: columns.map((name, index) => ({ param: `columns.${index}`, name, accepts: 'key' })),
  }),
  probe: (context) => ({ kind: 'frequency', keys: keysOf(context) }),
  judge: judgeUniqueness,
  failingRows: (measured, context) => duplicateRows(measured, context, keysOf(context)),
  example: { type: 'composite_unique', columns: ['order_id', 'line_number'] },
  cases,
});
