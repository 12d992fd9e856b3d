import { expect, it } from 'vitest';
import type { Field, WireValue } from './bigquery-api.js';
import { cellsOf } from './bigquery-values.js';

const cell = (type: string, value: WireValue, more: Partial<Field> = {}) =>
  cellsOf({ f: [{ v: value }] }, [{ name: 'x', type, ...more }])[0];

it.each([
  ['INTEGER', '9223372036854775807', '9223372036854775807'],
  ['INT64', '0', '0'],
  ['NUMERIC', '1.50', '1.50'],
  ['BIGNUMERIC', '0.00000000000000000000000000000000000001', '0.00000000000000000000000000000000000001'],
  ['FLOAT', '1.5E300', 1.5e300],
  ['FLOAT', '-0.0', 0],
  ['FLOAT64', 'NaN', 'NaN'],
  ['FLOAT', 'Infinity', 'Infinity'],
  ['FLOAT', '-Infinity', '-Infinity'],
  ['FLOAT', '-inf', '-Infinity'],
  ['BOOLEAN', 'false', false],
  ['BOOL', 'true', true],
  ['STRING', 'NaN', 'NaN'],
  ['BYTES', 'YWI=', 'YWI='],
  ['DATE', '2026-02-28', '2026-02-28'],
  ['TIME', '12:30:00.500000', '12:30:00.5'],
  ['TIME', '12:30:00', '12:30:00'],
  ['DATETIME', '2026-01-15T12:00:00.123456', '2026-01-15T12:00:00.123456'],
  ['DATETIME', '2026-01-15T12:00:00', '2026-01-15T12:00:00'],
  ['TIMESTAMP', '1768478400000001', '2026-01-15T12:00:00.000001Z'],
  ['TIMESTAMP', '1768478400000000', '2026-01-15T12:00:00Z'],
  ['TIMESTAMP', '-1', '1969-12-31T23:59:59.999999Z'],
  ['TIMESTAMP', '-62135596800000000', '0001-01-01T00:00:00Z'],
  ['TIMESTAMP', '253402300799999999', '9999-12-31T23:59:59.999999Z'],
  ['TIMESTAMP', '2026-01-15T12:00:00.123456789012Z', '2026-01-15T12:00:00.123456789012Z'],
  ['JSON', '{"a":1}', '{"a":1}'],
  ['GEOGRAPHY', 'POINT(1 2)', 'POINT(1 2)'],
  ['INTERVAL', '1-2 3 4:5:6', '1-2 3 4:5:6'],
])('%s %s is %o', (type, text, expected) => {
  expect(cell(type, text)).toBe(expected);
});

it('NULL is null in every type', () => {
  expect(['INTEGER', 'FLOAT', 'TIMESTAMP', 'RECORD'].map((type) => cell(type, null))).toEqual([null, null, null, null]);
});

it('arrays are lists, structs are objects, also inside of each other', () => {
  const fields = [
    { name: 'at', type: 'TIMESTAMP' },
    { name: 'n', type: 'INTEGER', mode: 'REPEATED' },
  ];
  const value = [{ v: { f: [{ v: '0' }, { v: [{ v: '1' }, { v: '2' }] }] } }, { v: { f: [{ v: null }, { v: [] }] } }];
  expect(cell('RECORD', value, { mode: 'REPEATED', fields })).toEqual([
    { at: '1970-01-01T00:00:00Z', n: ['1', '2'] },
    { at: null, n: [] },
  ]);
});
