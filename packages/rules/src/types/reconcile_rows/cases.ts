import type { JsonObject } from '@aegis/spec';
import type { CaseColumnType, CaseTable, TypeCase } from '../../type/rule-type.js';

type Cell = string | number | null;
type Rows = readonly (readonly [key: Cell, value: Cell])[];

const table = (type: CaseColumnType, rows: Rows): CaseTable => ({ columns: { id: 'integer', x: type }, rows });

const sides = (type: CaseColumnType, target: Rows, source: Rows) => ({
  t: table(type, target),
  s: table(type, source),
});

const comparing = (...columns: readonly (string | JsonObject)[]): JsonObject => ({
  key_columns: ['id'],
  columns,
  source_table: 's',
});

export const cases: readonly TypeCase[] = [
  {
    title: 'equal rows pass, in whatever order, and NULL is the same as NULL',
    tables: sides(
      'text',
      [
        [1, 'a'],
        [2, null],
      ],
      [
        [2, null],
        [1, 'a'],
      ],
    ),
    logic: comparing('x'),
    expect: { outcome: 'pass', rowsChecked: 2, rowsFailed: 0, observed: { different: 0 } },
  },
  {
    title: 'rows are missing on either side or differ; NULL differs from every value',
    tables: sides(
      'integer',
      [
        [1, 10],
        [2, 20],
        [3, null],
        [4, 40],
      ],
      [
        [1, 10],
        [2, 21],
        [3, 30],
        [5, 50],
        [6, 60],
      ],
    ),
    logic: comparing('x'),
    expect: {
      outcome: 'fail',
      rowsChecked: 4,
      rowsFailed: 5,
      observed: { missing_in_target: 2, missing_in_source: 1, different: 2, different_in_x: 2 },
      sample: [{ difference: 'different', x: { target: 20, source: 21 } }],
    },
  },
  {
    title: 'rows with a NULL key are counted apart',
    tables: sides(
      'integer',
      [
        [1, 1],
        [null, 2],
      ],
      [
        [1, 1],
        [null, 2],
        [null, 3],
      ],
    ),
    logic: comparing('x'),
    expect: { outcome: 'pass', rowsFailed: 0, observed: { null_keys_in_target: 1, null_keys_in_source: 2 } },
  },
  {
    title: 'rows that share a key are paired in the order of their values, and those left over are missing',
    tables: sides(
      'integer',
      [
        [1, 3],
        [1, 1],
        [1, 2],
      ],
      [
        [1, 1],
        [1, 2],
      ],
    ),
    logic: comparing('x'),
    expect: { outcome: 'fail', rowsFailed: 1, observed: { missing_in_source: 1, different: 0 } },
  },
  {
    title: 'numbers may differ by as much as the tolerance',
    tables: sides(
      'decimal(38,10)',
      [
        [1, '1.00'],
        [2, '1.00'],
        [3, null],
      ],
      [
        [1, '1.01'],
        [2, '1.0100000001'],
        [3, '0'],
      ],
    ),
    logic: comparing({ column: 'x', tolerance: 0.01 }),
    expect: { outcome: 'fail', rowsFailed: 2, observed: { different_in_x: 2 } },
  },
  {
    title: 'NaN is the same as NaN, and −0 as 0',
    tables: sides(
      'double',
      [
        [1, 'NaN'],
        [2, '-0.0'],
        [3, 'Infinity'],
      ],
      [
        [1, 'NaN'],
        [2, 0],
        [3, 'NaN'],
      ],
    ),
    logic: comparing('x'),
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'numbers may be rounded first, half away from zero',
    tables: sides(
      'double',
      [
        [1, 0.285],
        [2, -1.5],
        [3, 2.5],
      ],
      [
        [1, 0.29],
        [2, -1.504],
        [3, 2.49],
      ],
    ),
    logic: comparing({ column: 'x', round: 2 }),
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'rounding to more digits than there are takes no room from those before the point',
    tables: sides(
      'decimal(38,10)',
      [
        [1, '1234567890123456789012345678.0000000001'],
        [1, '-1234567890123456789012345678'],
      ],
      [
        [1, '1234567890123456789012345678.0000000002'],
        [1, '-1234567890123456789012345678'],
      ],
    ),
    logic: comparing({ column: 'x', round: 12 }),
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'times may be cut to whole seconds',
    tables: sides(
      'timestamp',
      [
        [1, '2026-01-15 12:00:00.999999'],
        [2, '2026-01-15 12:00:00.999999'],
      ],
      [
        [1, '2026-01-15 12:00:00'],
        [2, '2026-01-15 12:00:01'],
      ],
    ),
    logic: comparing({ column: 'x', round: 0 }),
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'times may differ by as many seconds as the tolerance',
    tables: sides(
      'timestamptz',
      [
        [1, '2026-01-15 12:00:00Z'],
        [2, '2026-01-15 12:00:00Z'],
      ],
      [
        [1, '2026-01-15 12:00:01.5Z'],
        [2, '2026-01-15 12:00:01.500001Z'],
      ],
    ),
    logic: comparing({ column: 'x', tolerance: 1.5 }),
    expect: { outcome: 'fail', rowsFailed: 1 },
  },
  {
    title: 'the source may name its columns otherwise and hold numbers of another type; keys may be composite',
    tables: {
      t: {
        columns: { a: 'text', b: 'integer', x: 'integer' },
        rows: [
          ['1', 23, 5],
          ['y', 1, 6],
        ],
      },
      s: {
        columns: { c: 'text', d: 'bigint', z: 'decimal(38,10)' },
        rows: [
          ['12', 3, '5'],
          ['y', 1, '6.0'],
        ],
      },
    },
    logic: {
      key_columns: ['a', 'b'],
      source_key_columns: ['c', 'd'],
      columns: [{ column: 'x', source_column: 'z' }],
      source_table: 's',
    },
    expect: { outcome: 'fail', rowsFailed: 2, observed: { missing_in_target: 1, missing_in_source: 1, different: 0 } },
  },
  {
    title: 'filters narrow both sides',
    tables: sides(
      'integer',
      [
        [1, 1],
        [2, 2],
      ],
      [
        [1, 1],
        [3, 3],
      ],
    ),
    logic: { ...comparing('x'), source_where: 'id < 2' },
    scope: { where: 'id < 2' },
    expect: { outcome: 'pass', rowsChecked: 1 },
  },
  {
    title: 'two empty sides pass',
    tables: sides('integer', [], []),
    logic: comparing('x'),
    expect: { outcome: 'pass', rowsChecked: 0, rowsFailed: 0 },
  },
  {
    title: 'a tolerance of text is an error',
    tables: sides('text', [[1, 'a']], [[1, 'a']]),
    logic: comparing({ column: 'x', tolerance: 1 }),
    expect: { outcome: 'error', code: 'plan/type-mismatch' },
  },
  {
    title: 'text and a number are an error',
    tables: { t: table('text', [[1, 'a']]), s: table('integer', [[1, 1]]) },
    logic: comparing('x'),
    expect: { outcome: 'error', code: 'plan/type-mismatch' },
  },
];
