import type { Problem } from '@aegis/rules';
import { type Dialect, isAegisError, type Rule } from '@aegis/spec';
import { builtInDialects } from '@aegis/sql';
import type { Project } from '../config/project.js';
import type { Effects } from '../effects.js';
import { openWarehouses } from '../warehouses/open-warehouses.js';
import type { WarehouseNames } from '../warehouses/warehouse-names.js';

const builtin: readonly Dialect[] = Object.values(builtInDialects);

export interface KnownDialects {
  readonly byWarehouse: ReadonlyMap<string, Dialect>;
  /** Warehouses whose SQL cannot be checked here, and why. */
  readonly warnings: readonly Problem[];
}

/** The dialects of the warehouses that rules use. Ours are known by type; another one's only to its adapter. */
export const dialectsOf = async (
  rules: readonly Rule[],
  names: WarehouseNames,
  project: Project,
  effects: Effects,
): Promise<KnownDialects> => {
  const byWarehouse = new Map<string, Dialect>();
  const warnings: Problem[] = [];
  for (const name of new Set(rules.flatMap(({ scope }) => [scope.warehouse, scope.sourceWarehouse]))) {
    if (name === undefined) continue;
    const { type } = names.find(name);
    const known =
      builtin.find((dialect) => dialect.name === type) ?? (await adapterDialect(name, names, project, effects));
    if ('code' in known) warnings.push(known);
    else byWarehouse.set(name, known);
  }
  return { byWarehouse, warnings };
};

const adapterDialect = async (
  name: string,
  names: WarehouseNames,
  project: Project,
  effects: Effects,
): Promise<Dialect | Problem> => {
  try {
    const [warehouse] = Object.values((await openWarehouses([name], [], names, project, effects)).byName);
    if (warehouse) return warehouse.dialect;
  } catch (error) {
    if (!isAegisError(error)) throw error;
    return {
      code: error.code,
      message: `SQL for warehouse "${name}" is not checked: ${error.message}`,
      hint: error.hint,
    };
  }
  return { code: 'config/missing-adapter', message: `SQL for warehouse "${name}" is not checked` };
};
