import { and, count, countAll, countIf, isNull, not, or } from '@aegis/sql';
import { z } from 'zod';
import { countOf } from '../../judge/counts.js';
import { judgeViolations, rowCounts } from '../../judge/judgement.js';
import { defineRuleType } from '../../type/define.js';
import type { ProbeContext } from '../../type/rule-type.js';
import { columnNames } from '../../type/scalars.js';
import { cases } from './cases.js';

interface Params {
  readonly columns: readonly string[];
}

const columnsOf = (context: ProbeContext<Params>) => context.params.columns.map((name) => context.column(name));

/** Rows in which every column has a value. One column is a plain count, which rules on the column share. */
const complete = (context: ProbeContext<Params>) => {
  const columns = columnsOf(context);
  const [only] = columns;
  return columns.length === 1 && only ? count(only) : countIf(and(...columns.map((column) => not(isNull(column)))));
};

export const notNull = defineRuleType({
  name: 'not_null',
  category: 'completeness',
  summary: 'A column may not hold NULL.',
  edgeCases: 'Several columns: a row counts once if any of them is NULL. NaN and the empty string are values.',
  unit: 'rows',
  params: z.strictObject({ columns: columnNames().describe('Column or columns that must have a value.') }),
  countedUnits: ['rows', 'percent'],
  requires: ({ columns }) => ({
    columns: columns.map((name, index) => ({ param: `columns.${index}`, name, accepts: 'any' })),
  }),
  probe: (context) => ({ kind: 'aggregate', measures: { rows: countAll(), complete: complete(context) } }),
  judge: (measured, context) => {
    const rows = countOf(measured, 'rows');
    const failed = rows - countOf(measured, 'complete');
    return judgeViolations({ ...rowCounts(rows, failed), observed: { nulls: failed }, expected: {} }, context);
  },
  failingRows: (_measured, context) => ({ kind: 'condition', condition: or(...columnsOf(context).map(isNull)) }),
  example: { type: 'not_null', column: 'customer_id' },
  cases,
});
