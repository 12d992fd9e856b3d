import type { TypeCase } from '../../type/rule-type.js';

const days = (...rows: readonly (readonly [string | null, string | null])[]) => ({
  t: { columns: { a: 'date' as const, b: 'date' as const }, rows },
});
const logic = { column: 'a', column_b: 'b' };

export const cases: readonly TypeCase[] = [
  {
    title: 'the later date first is a violation, equal dates are fine',
    tables: days(['2024-01-02', '2024-01-01'], ['2024-01-01', '2024-01-01'], ['2024-01-01', '2024-01-02']),
    logic,
    expect: { outcome: 'fail', rowsChecked: 3, rowsFailed: 1, sample: [{ a: '2024-01-02', b: '2024-01-01' }] },
  },
  {
    title: 'NULL on either side is ignored',
    tables: days(['2024-01-02', null], [null, '2024-01-01']),
    logic,
    expect: { outcome: 'pass', rowsFailed: 0, observed: { non_null: 0 } },
  },
  {
    title: 'NULL counts when the rule says so',
    tables: days(['2024-01-02', null], [null, '2024-01-01'], ['2024-01-01', '2024-01-01']),
    logic: { ...logic, nulls: 'fail' },
    expect: { outcome: 'fail', rowsFailed: 2 },
  },
  {
    title: 'a zoned and a naive timestamp cannot be compared',
    tables: {
      t: { columns: { a: 'timestamp', b: 'timestamptz' }, rows: [['2024-01-01 00:00:00', '2024-01-01T00:00:00Z']] },
    },
    logic,
    expect: { outcome: 'error', code: 'plan/type-mismatch' },
  },
  { title: 'an empty table is not applicable', tables: days(), logic, expect: { outcome: 'not_applicable' } },
];
