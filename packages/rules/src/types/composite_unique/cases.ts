import type { TypeCase } from '../../type/rule-type.js';

const pairs = (...rows: readonly (readonly [number | null, number | null])[]) => ({
  t: { columns: { a: 'integer' as const, b: 'integer' as const }, rows },
});
const logic = { columns: ['a', 'b'] };

export const cases: readonly TypeCase[] = [
  {
    title: 'one combination occurs twice',
    tables: pairs([1, 1], [1, 2], [1, 1], [2, 2]),
    logic,
    expect: {
      outcome: 'fail',
      rowsFailed: 1,
      failedBy: { rows: 1, keys: 1 },
      sample: [{ a: 1, b: 1, occurrences: '2' }],
    },
  },
  {
    title: 'combinations with a NULL are ignored',
    tables: pairs([1, null], [1, null], [null, null], [1, 1]),
    logic,
    expect: { outcome: 'pass', rowsChecked: 4, rowsFailed: 0 },
  },
  {
    title: 'combinations with a NULL count when the rule says so',
    tables: pairs([1, null], [null, null], [1, 1], [1, 1]),
    logic: { ...logic, nulls: 'fail' },
    expect: { outcome: 'fail', rowsFailed: 3, failedBy: { keys: 1 } },
  },
  {
    title: 'texts do not run together',
    tables: {
      t: {
        columns: { a: 'text', b: 'text' },
        rows: [
          ['1', '23'],
          ['12', '3'],
          ['', '123'],
        ],
      },
    },
    logic,
    expect: { outcome: 'pass', rowsFailed: 0 },
  },
  {
    title: 'an empty table is not applicable',
    tables: pairs(),
    logic,
    expect: { outcome: 'not_applicable' },
  },
];
