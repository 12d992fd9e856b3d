import { countAll } from '@aegis/sql';
import { z } from 'zod';
import { expectedBounds, isWithin, withBounds } from '../../judge/bounds.js';
import { countOf, exact } from '../../judge/counts.js';
import { judgeTable } from '../../judge/judgement.js';
import { defineRuleType } from '../../type/define.js';
import { integer } from '../../type/scalars.js';
import { cases } from './cases.js';

export const rowCountBetween = defineRuleType({
  name: 'row_count_between',
  category: 'volume',
  summary: 'The number of rows must lie within bounds.',
  edgeCases: 'Bounds are inclusive and 0 is a real bound. An empty table is judged like any other.',
  unit: 'table',
  params: withBounds(
    z.strictObject({
      min_value: integer({ min: 0 }).optional().describe('Smallest allowed number of rows.'),
      max_value: integer({ min: 0 }).optional().describe('Largest allowed number of rows.'),
    }),
  ),
  requires: () => ({ columns: [] }),
  probe: () => ({ kind: 'aggregate', measures: { rows: countAll() } }),
  judge: (measured, { params }) =>
    judgeTable({
      holds: isWithin(exact(measured.rows), params),
      rowsChecked: countOf(measured, 'rows'),
      observed: { row_count: countOf(measured, 'rows') },
      expected: expectedBounds('row_count', params),
    }),
  example: { type: 'row_count_between', min_value: 1, max_value: 100_000 },
  cases,
});
