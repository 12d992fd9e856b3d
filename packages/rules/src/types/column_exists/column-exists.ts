import { z } from 'zod';
import { judgeTable } from '../../judge/judgement.js';
import { defineRuleType } from '../../type/define.js';
import { columnName } from '../../type/scalars.js';
import { cases } from './cases.js';

export const columnExists = defineRuleType({
  name: 'column_exists',
  category: 'validity',
  summary: 'The table must have a column.',
  edgeCases:
    'Names match without case when that is unique. A missing table is an error, not a failure. No rows are read.',
  unit: 'table',
  params: z.strictObject({ column: columnName().describe('Name of the column.') }),
  requires: ({ column }) => ({
    columns: [{ param: 'column', name: column, accepts: 'any' }],
    columnsMayBeMissing: true,
  }),
  probe: () => ({ kind: 'metadata' }),
  judge: ({ exists }) =>
    judgeTable({
      holds: exists === true,
      rowsChecked: null,
      observed: { exists: exists === true },
      expected: { exists: true },
    }),
  example: { type: 'column_exists', column: 'updated_at' },
  cases,
});
