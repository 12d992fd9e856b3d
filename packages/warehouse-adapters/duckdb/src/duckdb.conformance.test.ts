import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedSql, warehouseConformance } from '@aegis/conformance/warehouse';
import { duckdbDialect } from '@aegis/sql';
import { seedDatabase } from './__fixtures__/seed-database.js';
import { duckdb } from './index.js';

const folder = await mkdtemp(join(tmpdir(), 'aegis-duckdb-conformance-'));
const path = join(folder, 'kit.duckdb');

warehouseConformance({
  name: 'duckdb',
  create: () => duckdb({ path }),
  createWritable: () => duckdb({ path: join(folder, 'writable.duckdb'), access: 'read_write' }),
  seed: async (tables) => {
    const statements = Object.entries(tables).flatMap(([name, table]) =>
      seedSql(duckdbDialect, { kind: 'named', parts: [name] }, table),
    );
    await seedDatabase(path, ...statements);
    return Object.fromEntries(Object.keys(tables).map((name) => [name, duckdbDialect.quoteIdentifier(name)]));
  },
  destroy: () => rm(folder, { recursive: true }),
});
