import type { CaseColumnType } from '@aegis/rules';
import type { Cell } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import type { Stage } from '../stage.js';
import type { SeedTables } from '../warehouse-kit.js';

/** A value as it is seeded, and as it has to come back. */
interface Sample {
  readonly seeded: string | number | boolean | null;
  readonly cell: Cell;
}

const same = (...values: readonly (string | number | boolean | null)[]): readonly Sample[] =>
  values.map((value) => ({ seeded: value, cell: value }));

const timestamp = (text: string): Sample => ({ seeded: text, cell: text.replace(' ', 'T') });

const samples: { readonly [type in CaseColumnType]: readonly Sample[] } = {
  integer: same(0, -1, 2_147_483_647, -2_147_483_648, null),
  bigint: same('0', '9007199254740993', '9223372036854775807', '-9223372036854775808', null),
  'decimal(38,10)': same('0.1', '-0.0000000001', '1234567890123456789012345678.0123456789', '100', null),
  double: [
    ...same(0.1, -1.5e300, 5e-324, 9_007_199_254_740_992, 'NaN', null),
    { seeded: 'Infinity', cell: 'Infinity' },
    { seeded: '-Infinity', cell: '-Infinity' },
    { seeded: '-0.0', cell: 0 },
  ],
  text: same(
    '',
    ' ',
    'o\'k "quoted"',
    'back\\slash',
    'two\nlines\tand a tab',
    '漢字 é 🦆',
    'NULL',
    'x'.repeat(20_000),
    null,
  ),
  boolean: same(true, false, null),
  date: same('1970-01-01', '2026-02-28', '0001-01-01', '9999-12-31', null),
  timestamp: [
    timestamp('2026-01-15 12:00:00'),
    timestamp('2026-01-15 12:00:00.123456'),
    timestamp('1969-12-31 23:59:59.999999'),
    ...same(null),
  ],
  timestamptz: [
    { seeded: '2026-01-15T12:00:00Z', cell: '2026-01-15T12:00:00Z' },
    { seeded: '2026-07-15 12:00:00.000001+05:45', cell: '2026-07-15T06:15:00.000001Z' },
    ...same(null),
  ],
};

const types = Object.keys(samples) as readonly CaseColumnType[];
const tableOf = (type: CaseColumnType): string => `values_${type.replace(/\W.*/, '')}`;

export const valueTables: SeedTables = Object.fromEntries(
  types.map((type) => [
    tableOf(type),
    { columns: { n: 'integer', x: type }, rows: samples[type].map(({ seeded }, index) => [index, seeded]) },
  ]),
);

export const valueLaws = (stage: Stage): void => {
  describe('values', () => {
    it.each(types)('come back whole and JSON-safe: %s', async (type) => {
      const cells = await stage.column(tableOf(type), 'x');
      expect(cells.map((cell) => comparable(cell, type))).toEqual(
        samples[type].map(({ cell }) => comparable(cell, type)),
      );
      expect(JSON.parse(JSON.stringify(cells))).toEqual(cells);
    });

    it.each(['bigint', 'decimal(38,10)'] as const)('are strings by type, however small: %s', async (type) => {
      const cells = await stage.column(tableOf(type), 'x');
      expect(cells.filter((cell) => cell !== null).every((cell) => typeof cell === 'string')).toBe(true);
    });

    it('are of one JSON type in a column', async () => {
      const cells = await stage.column(tableOf('integer'), 'x');
      expect(new Set(cells.filter((cell) => cell !== null).map((cell) => typeof cell)).size).toBe(1);
    });

    it('of a count and of a sum are exact strings', async () => {
      const [row] = await stage.rows(
        {
          kind: 'aggregate',
          from: { table: stage.tableOf('large') },
          measures: [
            { alias: 'm0', expression: { kind: 'count_all' } },
            {
              alias: 'm1',
              expression: { kind: 'aggregate', function: 'sum', operand: await columnOf(stage, 'large', 'x') },
            },
          ],
        },
        1,
      );
      expect(row).toEqual({ m0: '3', m1: '27670116110564327421' });
    });

    it('are keyed by column in the order of the statement', async () => {
      const [row = {}] = await stage.warehouse.executeSample(
        `SELECT 2 AS b, 1 AS a, 3 AS c FROM ${stage.sqlOf('one')}`,
        1,
      );
      expect(Object.keys(row)).toEqual(['b', 'a', 'c']);
    });

    it('of the first column of the first row are the scalar', async () => {
      expect(await stage.warehouse.executeScalar(`SELECT 'first', 'second' FROM ${stage.sqlOf('one')}`)).toBe('first');
    });
  });
};

/** How a number is spelled is the engine's business (1.50 or 1.5), as is whether 32 bits are a number or text. */
const comparable = (cell: Cell, type: CaseColumnType): Cell => {
  if (cell === null || (type !== 'integer' && type !== 'decimal(38,10)')) return cell;
  const text = String(cell);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
};

const columnOf = async (stage: Stage, table: string, name: string) => {
  const { dialect } = stage.warehouse;
  const described = await stage.warehouse.describe?.(stage.tableOf(table));
  const type = described?.columns.find((column) => column.name === name)?.type ?? dialect.columnType('bigint');
  return { kind: 'column', name, type } as const;
};
