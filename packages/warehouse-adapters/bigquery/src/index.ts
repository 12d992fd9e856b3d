import { resolve } from 'node:path';
import type { Warehouse, WarehouseAdapter } from '@aegis/spec';
import manifest from '../package.json' with { type: 'json' };
import { type BigQueryOptions, bigqueryOptionsSchema, resolveOptions } from './bigquery-options.js';
import { BigQueryWarehouse } from './bigquery-warehouse.js';

export type { BigQueryOptions } from './bigquery-options.js';

export const VERSION: string = manifest.version;

/**
 * A BigQuery warehouse. Opens nothing until it is connected or asked; credentials that the options leave open are
 * Google's application default credentials.
 * @throws ConfigError `invalid` for options that do not fit
 */
export const bigquery = (options: BigQueryOptions = {}): Warehouse => new BigQueryWarehouse(resolveOptions(options));

/** What `type: bigquery` in aegis.yaml stands for. */
export const adapter: WarehouseAdapter = {
  contract: 'warehouse/v1',
  type: 'bigquery',
  optionsSchema: bigqueryOptionsSchema,
  create(options, { baseDirectory, env }) {
    const { keyFilename, ...resolved } = resolveOptions(options, env);
    const file = keyFilename === undefined ? {} : { keyFilename: resolve(baseDirectory, keyFilename) };
    return new BigQueryWarehouse({ ...resolved, ...file });
  },
};
