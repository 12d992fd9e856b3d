import type { LineageGraph } from '@aegis/lineage';
import type { Redactor } from '@aegis/llm/redaction';
import type { Warehouse } from '@aegis/spec';
import { loadProject } from '../config/project.js';
import type { Effects } from '../effects.js';
import { runMasking } from '../redaction/run-masking.js';
import { closeInTime } from '../warehouses/close-in-time.js';
import { openWarehouses } from '../warehouses/open-warehouses.js';
import { type WarehouseFlags, warehouseNames } from '../warehouses/warehouse-names.js';
import { type ExploreOptions, exploreLineage } from './explore-lineage.js';
import { noValues, readOnly } from './shown-values.js';

/** A lineage graph, and the warehouse that its tables can be read in: what `LineageToolbox` of `@aegis/lineage-ai` takes. */
export interface LineageTables {
  readonly graph: LineageGraph;
  /** Cannot be written to. */
  readonly warehouse: Warehouse;
  readonly warehouseName: string;
  /** For every value that is shown. */
  readonly redactor: Redactor;
}

export interface LineageTablesOptions extends ExploreOptions, WarehouseFlags {
  /** Whether values are to be shown, which redaction may not allow. */
  readonly showsValues: boolean;
}

/**
 * Opens the default warehouse for a look at tables of the lineage graph, and closes it again.
 * @throws ConfigError `usage` where no source of lineage is named, the warehouse could be written to, or no values may be shown
 */
export const withLineageTables = async <Result>(
  options: LineageTablesOptions,
  effects: Effects,
  look: (tables: LineageTables) => Promise<Result>,
): Promise<Result> => {
  const project = await loadProject(options, effects);
  const names = warehouseNames(project, options, effects.cwd);
  const { redactor, stored } = runMasking(project.config, undefined, effects.secrets);
  if (options.showsValues && stored === 'none') throw noValues();
  const { graph } = await exploreLineage(options, effects);
  const { defaultName: warehouseName } = names;
  const warehouses = await openWarehouses([warehouseName], [], names, project, effects, { isUntrusted: true });
  try {
    const warehouse = readOnly(warehouses.byName[warehouseName], warehouseName);
    return await look({ graph, warehouse, warehouseName, redactor });
  } finally {
    await closeInTime(warehouses);
  }
};
