import { describe, expect, it } from 'vitest';
import { loadProject } from '../config/project.js';
import { testProject } from '../testing/test-project.js';
import { type WarehouseFlags, type WarehouseNames, warehouseNames } from './warehouse-names.js';

const names = async (config: string, flags: WarehouseFlags = {}): Promise<WarehouseNames> => {
  const effects = await testProject({ 'aegis.yaml': config });
  return warehouseNames(await loadProject({}, effects), flags, '/project');
};

const two = 'warehouses:\n  lake: { type: duckdb, path: lake.db }\n  pg: { type: postgres }\n';

describe('the default warehouse', () => {
  it.each([
    ['DuckDB where nothing is configured', '', {}, 'duckdb'],
    ['the only one', 'warehouses: { pg: { type: postgres } }\n', {}, 'pg'],
    ['DuckDB where several are configured and none is the default', two, {}, 'lake'],
    ['the configured default', `${two}default_warehouse: pg\n`, {}, 'pg'],
    ['the flag before the configuration', `${two}default_warehouse: pg\n`, { warehouse: 'lake' }, 'lake'],
    ['a flag that names a type', `${two}default_warehouse: pg\n`, { warehouse: 'duckdb' }, 'lake'],
    ['DuckDB where a database file is given', `${two}default_warehouse: pg\n`, { db: 'x.db' }, 'lake'],
  ])('is %s', async (_title, config, flags, expected) => {
    expect((await names(config, flags)).defaultName).toBe(expected);
  });

  it('takes the options of the command line, relative to the working directory', async () => {
    const { find } = await names(two, { db: 'shop.db', connection: { threads: '2' } });
    expect(find('lake')).toMatchObject({
      options: { path: 'lake.db' },
      flags: { path: '/project/shop.db', threads: '2' },
    });
    expect(find('pg').flags).toEqual({});
  });

  it('refuses a database file for another kind of warehouse', async () => {
    await expect(names(two, { db: 'x.db', warehouse: 'pg' })).rejects.toMatchObject({ code: 'config/usage' });
  });
});

describe('find', () => {
  it('prefers a name to a type, and takes an unknown word for a type', async () => {
    const { find } = await names('warehouses:\n  duckdb: { type: acme }\n  lake: { type: duckdb }\n');
    expect(find('duckdb').type).toBe('acme');
    expect(find('bigquery')).toMatchObject({ name: 'bigquery', type: 'bigquery', configured: false });
  });

  it('refuses a type that several warehouses have', async () => {
    const { find } = await names('warehouses:\n  a: { type: duckdb }\n  b: { type: duckdb }\ndefault_warehouse: a\n');
    expect(() => find('duckdb')).toThrow('several warehouses have type "duckdb": a, b');
  });
});
