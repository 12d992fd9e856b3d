import { z } from 'zod';
import { countOf } from '../../judge/counts.js';
import { judgeTable, judgeViolations, rowCounts } from '../../judge/judgement.js';
import { defineRuleType } from '../../type/define.js';
import type { JudgeContext, Measurements } from '../../type/rule-type.js';
import { cases } from './cases.js';

interface Params {
  readonly query: string;
  readonly expect: 'no_rows' | true;
}

const judgeRows = (measured: Measurements, context: JudgeContext<Params>) => {
  const returned = countOf(measured, 'returned');
  const rows = countOf(measured, 'rows');
  return judgeViolations(
    {
      ...rowCounts(rows, returned),
      observed: { returned_rows: returned },
      expected: { returned_rows_max: 0 },
      judgesEmptyScope: returned > 0,
    },
    context,
  );
};

/** True in the forms that engines without a boolean type give it, too. */
const isTrue = (value: unknown): boolean => value === true || value === 1 || value === '1';

export const customSql = defineRuleType({
  name: 'custom_sql',
  category: 'custom',
  summary: 'A query of your own must return no rows, or must return true.',
  edgeCases:
    '`{table}` is the table with `where` applied. With `expect: true`, NULL fails, anything but exactly one row is an error, and no threshold applies. An empty table is not applicable to `no_rows`, unless rows come back.',
  unit: 'rows',
  params: z.strictObject({
    query: z.string().min(1).describe('One SELECT in the SQL of the warehouse; `{table}` stands for the scoped table.'),
    expect: z
      .union([z.literal('no_rows'), z.literal(true)])
      .default('no_rows')
      .describe('`no_rows`: each row that comes back is a violation. `true`: the only value must be true.'),
  }),
  countedUnits: ['rows', 'percent'],
  countsNothing: (params) => params.expect === true,
  requires: ({ query }) => ({ columns: [], query: { param: 'query', sql: query } }),
  probe: ({ params, query }) => ({
    kind: 'query',
    sql: query('query'),
    expect: params.expect === true ? 'scalar' : 'no_rows',
  }),
  judge: (measured, context) =>
    context.params.expect === 'no_rows'
      ? judgeRows(measured, context)
      : judgeTable({
          holds: isTrue(measured.value),
          rowsChecked: countOf(measured, 'rows'),
          observed: { value: measured.value ?? null },
          expected: { value: true },
        }),
  failingRows: (_measured, { params, query }) =>
    params.expect === 'no_rows' ? { kind: 'query', sql: query('query') } : undefined,
  example: { type: 'custom_sql', query: 'select * from {table} where shipped_at < ordered_at' },
  cases,
});
