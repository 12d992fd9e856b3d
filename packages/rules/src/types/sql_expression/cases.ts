import type { TypeCase } from '../../type/rule-type.js';

const amounts = (...values: readonly (number | null)[]) => ({
  t: { columns: { x: 'integer' as const, y: 'text' as const }, rows: values.map((value) => [value, 'update']) },
});

export const cases: readonly TypeCase[] = [
  {
    title: 'rows for which the expression is false are violations',
    tables: amounts(1, -1, 0, null),
    logic: { expression: 'x >= 0' },
    expect: { outcome: 'fail', rowsChecked: 4, rowsFailed: 1, observed: { non_null: 3 }, sample: [{ x: -1 }] },
  },
  {
    title: 'NULL counts when the rule says so',
    tables: amounts(1, null),
    logic: { expression: 'x >= 0', nulls: 'fail' },
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'or does not escape the expression',
    tables: amounts(1, -1),
    logic: { expression: 'x > 0 or x < -5' },
    scope: { where: 'x = 1 or x = 2' },
    expect: { outcome: 'pass', rowsChecked: 1 },
  },
  {
    title: 'words that look like statements are only text',
    tables: amounts(1),
    logic: { expression: "y <> 'delete; --' and y not like 'A--%'" },
    expect: { outcome: 'pass', rowsFailed: 0 },
  },
  {
    title: 'a sub-query is refused',
    tables: amounts(1),
    logic: { expression: 'x in (select 1)' },
    expect: { outcome: 'error', code: 'guard/forbidden' },
  },
  {
    title: 'an expression that closes its parenthesis is refused',
    tables: amounts(1),
    logic: { expression: '1=1) or (1=1' },
    expect: { outcome: 'error', code: 'guard/syntax' },
  },
  {
    title: 'a column that does not exist is an error',
    tables: amounts(1),
    logic: { expression: 'z > 0' },
    expect: { outcome: 'error', code: 'plan/missing-column' },
  },
  {
    title: 'an empty table is not applicable',
    tables: amounts(),
    logic: { expression: 'x > 0' },
    expect: { outcome: 'not_applicable' },
  },
];
