import { warehouseConformance } from '@aegis/conformance/warehouse';
import { expect, it } from 'vitest';
import { openTestDatabase } from './__fixtures__/test-database.js';
import { athena } from './index.js';

const database = await openTestDatabase();

/**
 * Names are held in lower case, and have no special characters but the underscore.
 * @see https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html
 */
const name = /^[a-z0-9_]+$/;

warehouseConformance({
  name: 'athena',
  create: () => athena({ ...database.options, pollMs: 2 }),
  allowsName: (text) => name.test(text),
  seed: async (tables) => {
    await database.seed(tables);
    return Object.fromEntries(Object.keys(tables).map((table) => [table, `"${table}"`]));
  },
  change: (sql) => database.run(sql),
  destroy: () => database.close(),
});

it('runs every statement of the kit, and only parses none', () => {
  expect(database.notCovered).toEqual([]);
});
