import { ConfigError, type Dialect } from '@aegis/spec';
import { type LoadProjectOptions, loadProject } from '../config/project.js';
import type { Effects } from '../effects.js';
import { openWarehouses } from './open-warehouses.js';
import { type WarehouseFlags, warehouseNames } from './warehouse-names.js';

/**
 * The SQL of the warehouse that rules run in where they name none. Nothing connects.
 * @throws ConfigError for adapters, options and secrets that are missing or wrong
 */
export const defaultDialect = async (
  options: WarehouseFlags & LoadProjectOptions,
  effects: Effects,
): Promise<Dialect> => {
  const project = await loadProject(options, effects);
  const names = warehouseNames(project, options, effects.cwd);
  const { byName, close } = await openWarehouses([names.defaultName], [], names, project, effects);
  await close();
  const warehouse = byName[names.defaultName];
  if (warehouse) return warehouse.dialect;
  throw new ConfigError('unknown-warehouse', `no warehouse is called "${names.defaultName}"`);
};
