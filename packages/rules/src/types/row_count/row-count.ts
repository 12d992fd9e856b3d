import { countAll } from '@aegis/sql';
import { z } from 'zod';
import { countOf, exact } from '../../judge/counts.js';
import { judgeTable } from '../../judge/judgement.js';
import { defineRuleType } from '../../type/define.js';
import { integer } from '../../type/scalars.js';
import { cases } from './cases.js';

export const rowCount = defineRuleType({
  name: 'row_count',
  category: 'volume',
  summary: 'A table must have at least a number of rows.',
  edgeCases: 'An empty table is judged like any other: it has 0 rows.',
  unit: 'table',
  params: z.strictObject({ threshold: integer({ min: 0 }).describe('Smallest allowed number of rows.') }),
  requires: () => ({ columns: [] }),
  probe: () => ({ kind: 'aggregate', measures: { rows: countAll() } }),
  judge: (measured, { params }) =>
    judgeTable({
      holds: exact(measured.rows).gte(params.threshold),
      rowsChecked: countOf(measured, 'rows'),
      observed: { row_count: countOf(measured, 'rows') },
      expected: { row_count_min: params.threshold },
    }),
  example: { type: 'row_count', threshold: 1000 },
  cases,
});
