import { seedSql, warehouseConformance } from '@aegis/conformance/warehouse';
import { trinoDialect } from '@aegis/sql';
import { expect, it } from 'vitest';
import { openTestCluster } from './__fixtures__/test-cluster.js';
import { trino } from './index.js';

const cluster = await openTestCluster();

const types = {
  double: 'DOUBLE',
  text: 'VARCHAR',
  timestamp: 'TIMESTAMP(6)',
  timestamptz: 'TIMESTAMP(6) WITH TIME ZONE',
};

type Cell = string | number | boolean | null;

/** Trino casts `2026-01-15 12:00:00 UTC`, and not `2026-01-15T12:00:00Z`. */
const asTrinoWrites = (cell: Cell, type: string | undefined): Cell =>
  type === 'timestamptz'
    ? String(cell ?? '')
        .replace('T', ' ')
        .replace(/Z$/, ' UTC') || null
    : cell;

warehouseConformance({
  name: 'trino',
  create: () => trino(cluster.options),
  allowsName: (name) => name === name.toLowerCase(),
  seed: async (tables) => {
    const statements = Object.entries(tables).flatMap(([name, { columns, rows }]) => {
      const columnTypes = Object.values(columns);
      const written = rows.map((row) => row.map((cell, index) => asTrinoWrites(cell, columnTypes[index])));
      return seedSql(trinoDialect, { kind: 'named', parts: [name] }, { columns, rows: written }, { types });
    });
    await cluster.run(...statements);
    return Object.fromEntries(Object.keys(tables).map((name) => [name, `"${name.replaceAll('"', '""')}"`]));
  },
  change: (sql) => cluster.run(sql),
  destroy: () => cluster.close(),
});

it('runs every statement of the kit, and only parses none', () => {
  expect(cluster.notCovered).toEqual([]);
});
