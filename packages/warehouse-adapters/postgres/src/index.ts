import type { Warehouse, WarehouseAdapter } from '@aegis/spec';
import manifest from '../package.json' with { type: 'json' };
import { type PostgresOptions, postgresOptionsSchema, resolveOptions, withFilesFrom } from './postgres-options.js';
import { PostgresWarehouse } from './postgres-warehouse.js';

export type { PostgresOptions } from './postgres-options.js';

export const VERSION: string = manifest.version;

/**
 * A PostgreSQL warehouse. Opens nothing until it is connected or asked; what the options leave open the driver takes
 * from `PG…` variables when it connects.
 * @throws ConfigError `invalid` for options that do not fit
 */
export const postgres = (options: PostgresOptions = {}): Warehouse => new PostgresWarehouse(resolveOptions(options));

/** What `type: postgres` in aegis.yaml stands for. */
export const adapter: WarehouseAdapter = {
  contract: 'warehouse/v1',
  type: 'postgres',
  optionsSchema: postgresOptionsSchema,
  create(options, { baseDirectory, env }) {
    return new PostgresWarehouse(withFilesFrom(baseDirectory, resolveOptions(options, env)));
  },
};
