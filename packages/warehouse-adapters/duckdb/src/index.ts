import type { Warehouse, WarehouseAdapter } from '@aegis/spec';
import manifest from '../package.json' with { type: 'json' };
import {
  absolute,
  type DuckDbOptions,
  duckDbOptionsSchema,
  type ResolvedDuckDbOptions,
  resolveOptions,
} from './duckdb-options.js';
import { DuckDbWarehouse } from './duckdb-warehouse.js';
import { IsolatedWarehouse } from './isolated/isolated-warehouse.js';

export type { DuckDbOptions } from './duckdb-options.js';

export const VERSION: string = manifest.version;

/**
 * A DuckDB warehouse. Opens nothing until it is connected or asked; relative paths start from the working directory.
 * @throws ConfigError `invalid` for options that do not fit
 */
export const duckdb = (options: DuckDbOptions = {}): Warehouse =>
  opened(absolute(resolveOptions(options), process.cwd()), false);

const opened = (options: ResolvedDuckDbOptions, isUntrusted: boolean): Warehouse => {
  const isolated = options.isolated ?? (isUntrusted && options.access === 'read_only');
  return isolated ? new IsolatedWarehouse(options) : new DuckDbWarehouse(options);
};

/** What `type: duckdb` in aegis.yaml stands for. */
export const adapter: WarehouseAdapter = {
  contract: 'warehouse/v1',
  type: 'duckdb',
  optionsSchema: duckDbOptionsSchema,
  create(options, { baseDirectory, files, isUntrusted = false }) {
    const resolved = absolute(resolveOptions(options), baseDirectory);
    return opened({ ...resolved, files: [...resolved.files, ...files] }, isUntrusted);
  },
};
