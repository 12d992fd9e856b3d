import type { TypeCase } from '../../type/rule-type.js';

const childAndParent = (child: readonly (number | null)[], parent: readonly (number | null)[]) => ({
  t: { columns: { x: 'integer' as const }, rows: child.map((value) => [value]) },
  p: { columns: { id: 'bigint' as const }, rows: parent.map((value) => [value]) },
});
const logic = { column: 'x', reference_table: 'p', reference_column: 'id' };

const pairs = {
  t: {
    columns: { a: 'integer', b: 'text' },
    rows: [
      [1, 'x'],
      [1, 'y'],
      [null, 'x'],
      [2, null],
    ],
  },
  p: {
    columns: { a: 'integer', b: 'text' },
    rows: [
      [1, 'x'],
      [null, 'y'],
    ],
  },
} as const;

export const cases: readonly TypeCase[] = [
  {
    title: 'a NULL in the parent hides nothing',
    tables: childAndParent([1, 99, 100], [1, null]),
    logic,
    expect: {
      outcome: 'fail',
      rowsChecked: 3,
      rowsFailed: 2,
      failedBy: { rows: 2, keys: 2 },
      sample: [{ x: 99 }, { x: 100 }],
    },
  },
  {
    title: 'NULL in the child is ignored',
    tables: childAndParent([1, null], [1]),
    logic,
    expect: { outcome: 'pass', rowsFailed: 0, observed: { incomplete_keys: 1 } },
  },
  {
    title: 'NULL in the child counts when the rule says so',
    tables: childAndParent([1, null], [1]),
    logic: { ...logic, nulls: 'fail' },
    expect: { outcome: 'fail', rowsFailed: 1, sample: [{ x: null }] },
  },
  {
    title: 'an empty parent leaves every value without a match',
    tables: childAndParent([1, 1, null], []),
    logic,
    expect: { outcome: 'fail', rowsFailed: 2, failedBy: { keys: 1 } },
  },
  {
    title: 'a composite key with any NULL is ignored on both sides',
    tables: pairs,
    logic: { columns: ['a', 'b'], reference_table: 'p', reference_columns: ['a', 'b'] },
    expect: { outcome: 'fail', rowsFailed: 1, sample: [{ a: 1, b: 'y' }] },
  },
  {
    title: 'NaN equals NaN and −0 equals 0',
    tables: {
      t: { columns: { x: 'double' }, rows: [['NaN'], ['-0'], [1]] },
      p: { columns: { id: 'double' }, rows: [['NaN'], [0]] },
    },
    logic,
    expect: { outcome: 'fail', rowsFailed: 1, sample: [{ x: 1 }] },
  },
  {
    title: 'text is compared by code point',
    tables: {
      t: { columns: { x: 'text' }, rows: [['a'], ['A'], ['a '], ['e\u0301']] },
      p: { columns: { id: 'text' }, rows: [['a'], ['\u00e9']] },
    },
    logic,
    expect: { outcome: 'fail', rowsFailed: 3, failedBy: { keys: 3 } },
  },
  {
    title: 'an empty child is not applicable',
    tables: childAndParent([], [1]),
    logic,
    expect: { outcome: 'not_applicable', rowsChecked: 0 },
  },
  {
    title: 'a parent that does not exist is an error',
    tables: { t: { columns: { x: 'integer' }, rows: [[1]] } },
    logic: { ...logic, reference_table: 'nowhere' },
    expect: { outcome: 'error', code: 'plan/missing-table' },
  },
  {
    title: 'keys of different kinds are an error',
    tables: {
      t: { columns: { x: 'text' }, rows: [['1']] },
      p: { columns: { id: 'integer' }, rows: [[1]] },
    },
    logic,
    expect: { outcome: 'error', code: 'plan/type-mismatch' },
  },
];
