import type { TypeCase } from '../../type/rule-type.js';

const tables = { t: { columns: { Amount: 'integer' as const }, rows: [] } };

export const cases: readonly TypeCase[] = [
  {
    title: 'a column that is there passes, even in an empty table',
    tables,
    logic: { column: 'Amount' },
    expect: { outcome: 'pass', rowsChecked: null, rowsFailed: 0 },
  },
  { title: 'case does not matter when it is unique', tables, logic: { column: 'amount' }, expect: { outcome: 'pass' } },
  {
    title: 'a column that is absent fails',
    tables,
    logic: { column: 'total' },
    expect: { outcome: 'fail', rowsFailed: 1, observed: { exists: false } },
  },
  {
    title: 'a missing table is an error',
    tables: {},
    logic: { column: 'total' },
    expect: { outcome: 'error', code: 'plan/missing-table' },
  },
];
