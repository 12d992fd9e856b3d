import type { TypeCase } from '../../type/rule-type.js';

const texts = (...values: readonly (string | null)[]) => ({
  t: { columns: { x: 'text' as const }, rows: values.map((value) => [value]) },
});

export const cases: readonly TypeCase[] = [
  {
    title: 'NULL, empty and blank text are violations',
    tables: texts('a', null, '', '   ', '\t\n\v\f\r', '\u00a0'),
    logic: { column: 'x' },
    expect: { outcome: 'fail', rowsChecked: 6, rowsFailed: 5 },
  },
  {
    title: 'text between blanks passes, and other Unicode spaces are text',
    tables: texts(' a ', '\u2003', '0', '\u200b'),
    logic: { column: 'x' },
    expect: { outcome: 'pass', rowsFailed: 0 },
  },
  {
    title: 'an empty table is not applicable',
    tables: texts(),
    logic: { column: 'x' },
    expect: { outcome: 'not_applicable' },
  },
  {
    title: 'a number column is an error',
    tables: { t: { columns: { x: 'integer' }, rows: [[1]] } },
    logic: { column: 'x' },
    expect: { outcome: 'error', code: 'plan/type-mismatch' },
  },
];
