import { compareRunsTool } from './compare-runs.js';
import type { Tool } from './define-tool.js';
import { getSchemaTool } from './get-schema.js';
import { lineageTool } from './lineage.js';
import { listRunsTool } from './list-runs.js';
import { proposeFixTool } from './propose-fix.js';
import { queryTableTool } from './query-table.js';
import { reportTool } from './report.js';
import { runTool } from './run.js';
import { searchTool } from './search.js';
import { trajectoryTool } from './trajectory.js';
import { validateTool } from './validate.js';

/** In the order in which clients list them. */
export const tools: readonly Tool[] = [
  runTool,
  validateTool,
  reportTool,
  listRunsTool,
  compareRunsTool,
  trajectoryTool,
  searchTool,
  proposeFixTool,
];

/** Only where a source of lineage was named. */
export const lineageTools: readonly Tool[] = [lineageTool];

/** Only where `@aegis/lineage-ai` is installed besides. */
export const toolboxTools: readonly Tool[] = [getSchemaTool];

/** Only where rows are shown besides. */
export const rowTools: readonly Tool[] = [queryTableTool];
