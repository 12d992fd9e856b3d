import type { TypeCase } from '../../type/rule-type.js';

const orders = (...rows: readonly (readonly [string | null, string | null])[]) => ({
  t: { columns: { x: 'text' as const, status: 'text' as const }, rows },
});
const logic = { column: 'x', condition: "status = 'shipped'" };

export const cases: readonly TypeCase[] = [
  {
    title: 'NULL is a violation only where the condition is true',
    tables: orders([null, 'shipped'], [null, 'placed'], ['a', 'shipped'], [null, null]),
    logic,
    expect: { outcome: 'fail', rowsChecked: 4, rowsFailed: 1, sample: [{ x: null, status: 'shipped' }] },
  },
  {
    title: 'a condition that is never true passes',
    tables: orders([null, 'placed']),
    logic,
    expect: { outcome: 'pass' },
  },
  {
    title: 'a condition that is no expression is an error',
    tables: orders(['a', 'b']),
    logic: { column: 'x', condition: 'status = ' },
    expect: { outcome: 'error', code: 'guard/syntax' },
  },
  { title: 'an empty table is not applicable', tables: orders(), logic, expect: { outcome: 'not_applicable' } },
];
