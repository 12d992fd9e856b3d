import type { Warehouse, WarehouseAdapter } from '@aegis/spec';
import manifest from '../package.json' with { type: 'json' };
import { type AthenaOptions, athenaOptionsSchema, resolveOptions } from './athena-options.js';
import { AthenaWarehouse } from './athena-warehouse.js';

export type { AthenaOptions } from './athena-options.js';

export const VERSION: string = manifest.version;

/**
 * An Athena warehouse. Opens nothing until it is connected or asked; credentials that the options leave open are those
 * of AWS's own chain.
 * @throws ConfigError `invalid` for options that do not fit
 */
export const athena = (options: AthenaOptions = {}): Warehouse => new AthenaWarehouse(resolveOptions(options));

/** What `type: athena` in aegis.yaml stands for. */
export const adapter: WarehouseAdapter = {
  contract: 'warehouse/v1',
  type: 'athena',
  optionsSchema: athenaOptionsSchema,
  create: (options, { env }) => new AthenaWarehouse(resolveOptions(options, env)),
};
