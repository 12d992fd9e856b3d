import type { TypeCase } from '../../type/rule-type.js';

const texts = (...values: readonly (string | null)[]) => ({
  t: { columns: { x: 'text' as const }, rows: values.map((value) => [value]) },
});

export const cases: readonly TypeCase[] = [
  {
    title: 'listed values are violations',
    tables: texts('n/a', 'ok', 'n/a', 'test', null),
    logic: { column: 'x', values: ['n/a', 'test'] },
    expect: { outcome: 'fail', rowsChecked: 5, rowsFailed: 3, failedBy: { rows: 3, values: 2 } },
  },
  {
    title: 'other values pass',
    tables: texts('ok', 'N/A', null),
    logic: { column: 'x', values: ['n/a'] },
    expect: { outcome: 'pass', rowsFailed: 0 },
  },
  {
    title: 'NaN can be forbidden',
    tables: { t: { columns: { x: 'double' }, rows: [['NaN'], [1]] } },
    logic: { column: 'x', values: ['NaN'] },
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'an empty table is not applicable',
    tables: texts(),
    logic: { column: 'x', values: ['a'] },
    expect: { outcome: 'not_applicable' },
  },
];
