import { seedSql, warehouseConformance } from '@aegis/conformance/warehouse';
import { postgresDialect } from '@aegis/sql';
import { newDatabase, seedDatabase } from './__fixtures__/test-database.js';
import { postgres } from './index.js';

const url = await newDatabase();

warehouseConformance({
  name: 'postgres',
  create: () => postgres({ url }),
  createWritable: () => postgres({ url, access: 'read_write' }),
  change: (sql) => seedDatabase(url, sql),
  seed: async (tables) => {
    const statements = Object.entries(tables).flatMap(([name, table]) =>
      seedSql(postgresDialect, { kind: 'named', parts: [name] }, table),
    );
    await seedDatabase(url, ...statements);
    return Object.fromEntries(Object.keys(tables).map((name) => [name, postgresDialect.quoteIdentifier(name)]));
  },
});
