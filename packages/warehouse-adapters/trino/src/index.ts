import type { Warehouse, WarehouseAdapter } from '@aegis/spec';
import manifest from '../package.json' with { type: 'json' };
import { resolveOptions, type TrinoOptions, trinoOptionsSchema, withFilesFrom } from './trino-options.js';
import { TrinoWarehouse } from './trino-warehouse.js';

export type { TrinoOptions } from './trino-options.js';

export const VERSION: string = manifest.version;

/**
 * A Trino warehouse. Opens nothing until it is connected or asked.
 * @throws ConfigError `invalid` for options that do not fit
 */
export const trino = (options: TrinoOptions = {}): Warehouse => new TrinoWarehouse(resolveOptions(options));

/** What `type: trino` in aegis.yaml stands for. */
export const adapter: WarehouseAdapter = {
  contract: 'warehouse/v1',
  type: 'trino',
  optionsSchema: trinoOptionsSchema,
  create(options, { baseDirectory, env }) {
    return new TrinoWarehouse(withFilesFrom(baseDirectory, resolveOptions(options, env)));
  },
};
