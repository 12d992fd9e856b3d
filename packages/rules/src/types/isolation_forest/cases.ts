import type { TypeCase } from '../../type/rule-type.js';

const even = Array.from({ length: 100 }, (_, index) => index);
const doubles = (values: readonly (number | string | null)[]) => ({
  t: { columns: { x: 'double' as const }, rows: values.map((value) => [value]) },
});

export const cases: readonly TypeCase[] = [
  {
    title: '100 evenly spaced values have no anomaly',
    tables: doubles(even),
    logic: { column: 'x' },
    expect: { outcome: 'pass', rowsChecked: 100, rowsFailed: 0 },
  },
  {
    title: 'a value far from all others is one',
    tables: doubles([...even, 100_000]),
    logic: { column: 'x' },
    expect: { outcome: 'fail', rowsFailed: 1, sample: [{ x: 100_000 }] },
  },
  {
    title: 'two columns are looked at together',
    tables: {
      t: {
        columns: { x: 'integer', y: 'integer' },
        rows: [...even.map((value) => [value, value]), [500, -500]],
      },
    },
    logic: { columns: ['x', 'y'] },
    expect: { outcome: 'fail', rowsFailed: 1, sample: [{ x: 500, y: -500 }] },
  },
  {
    title: 'contamination asks for a share',
    tables: doubles(even),
    logic: { column: 'x', contamination: 0.02 },
    expect: { outcome: 'fail', rowsFailed: 2 },
  },
  {
    title: 'values that are not finite are anomalies, NULL is left out',
    tables: doubles([...even, 'NaN', 'Infinity', null]),
    logic: { column: 'x' },
    expect: { outcome: 'fail', rowsChecked: 103, rowsFailed: 2, observed: { rows_sampled: 102 } },
  },
  {
    title: 'equal values have no anomaly',
    tables: doubles(even.map(() => 1)),
    logic: { column: 'x' },
    expect: { outcome: 'pass' },
  },
  {
    title: 'an empty table is not applicable',
    tables: doubles([]),
    logic: { column: 'x' },
    expect: { outcome: 'not_applicable', rowsChecked: 0 },
  },
];
