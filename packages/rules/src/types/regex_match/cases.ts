import type { TypeCase } from '../../type/rule-type.js';

const texts = (...values: readonly (string | null)[]) => ({
  t: { columns: { x: 'text' as const }, rows: values.map((value) => [value]) },
});

export const cases: readonly TypeCase[] = [
  {
    title: 'a pattern is searched anywhere',
    tables: texts('xabcx', 'abd', null),
    logic: { column: 'x', pattern: 'abc' },
    expect: { outcome: 'fail', rowsChecked: 3, rowsFailed: 1, observed: { non_null: 2 }, sample: [{ x: 'abd' }] },
  },
  {
    title: 'anchors hold the whole text',
    tables: texts('ABC-1234', 'ABC-12345', 'xABC-1234', 'ABC-1234\n'),
    logic: { column: 'x', pattern: '^[A-Z]{3}-\\d{4}$' },
    expect: { outcome: 'fail', rowsFailed: 3 },
  },
  {
    title: 'a digit is an ASCII digit and a word character an ASCII one',
    tables: texts('٣', '3', 'é', 'e'),
    logic: { column: 'x', pattern: '^[\\d\\w]$' },
    expect: { outcome: 'fail', rowsFailed: 2 },
  },
  {
    title: 'alternatives, groups and repetition',
    tables: texts('cat', 'dog', 'cow', 'catdog', 'bird'),
    logic: { column: 'x', pattern: '^(?:cat|dog){1,2}$' },
    expect: { outcome: 'fail', rowsFailed: 2 },
  },
  {
    title: 'case can be ignored',
    tables: texts('HeLLo', 'help'),
    logic: { column: 'x', pattern: '(?i)^hello$' },
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'quotes and backslashes are only characters',
    tables: texts("it's", 'a\\b', 'plain'),
    logic: { column: 'x', pattern: "['\\\\]" },
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'NULL counts when the rule says so',
    tables: texts(null, 'a'),
    logic: { column: 'x', pattern: 'a', nulls: 'fail' },
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'an empty table is not applicable',
    tables: texts(),
    logic: { column: 'x', pattern: 'a' },
    expect: { outcome: 'not_applicable' },
  },
];
