import type { Warehouse, WarehouseAdapter } from '@aegis/spec';
import manifest from '../package.json' with { type: 'json' };
import {
  type DatabricksOptions,
  databricksOptionsSchema,
  resolveOptions,
  withFilesFrom,
} from './databricks-options.js';
import { DatabricksWarehouse } from './databricks-warehouse.js';

export type { DatabricksOptions } from './databricks-options.js';

export const VERSION: string = manifest.version;

/**
 * A Databricks SQL warehouse or cluster. Opens nothing until it is connected or asked, and reads no environment.
 * @throws ConfigError `invalid` for options that do not fit
 */
export const databricks = (options: DatabricksOptions): Warehouse => new DatabricksWarehouse(resolveOptions(options));

/** What `type: databricks` in aegis.yaml stands for. */
export const adapter: WarehouseAdapter = {
  contract: 'warehouse/v1',
  type: 'databricks',
  optionsSchema: databricksOptionsSchema,
  create(options, { baseDirectory, env }) {
    return new DatabricksWarehouse(withFilesFrom(baseDirectory, resolveOptions(options, env)));
  },
};
