import type { PlannedTable } from '@aegis/engine';
import type { Problem } from '@aegis/rules';
import { readRuleFiles } from '@aegis/rules/node';
import type { Rule } from '@aegis/spec';
import { loadProject, type Project } from '../config/project.js';
import type { Effects } from '../effects.js';
import { pipelineOptions } from '../runs/pipeline-options.js';
import type { RuleSetOptions } from '../runs/run-options.js';
import { openWarehouses, warehousesOf } from '../warehouses/open-warehouses.js';
import { assignWarehouses, type WarehouseNames, warehouseNames } from '../warehouses/warehouse-names.js';
import { checkUserSql } from './check-sql.js';
import { dialectsOf } from './dialects.js';
import { dryRun, type Replan } from './dry-run.js';

export interface ValidateOptions extends Omit<RuleSetOptions, 'select' | 'where'> {
  /** Also has the engine prepare every statement, without running any. */
  readonly checkSql?: boolean | undefined;
}

export interface Validation {
  /** The files that were read. */
  readonly files: readonly string[];
  /** Rules without a problem. */
  readonly rules: readonly Rule[];
  readonly problems: readonly Problem[];
  /** What does not stop a run. */
  readonly warnings: readonly Problem[];
  /** How far the check went: the files alone, tables and columns too, or every statement. */
  readonly depth: 'offline' | 'columns' | 'statements';
}

/**
 * Checks rules files, and with a warehouse named (`db`, `warehouse` or `checkSql`) their tables and columns too.
 * @throws ConfigError, RuleError `not-found`; what is wrong within the files is among `problems`
 */
export const validateRules = async (options: ValidateOptions, effects: Effects): Promise<Validation> => {
  const project = await loadProject(options, effects);
  const reading = await readRuleFiles(options.rules, { workingDirectory: effects.cwd });
  const names = warehouseNames(project, options, effects.cwd);
  const rules = assignWarehouses(reading.rules, names);
  const dialects = await dialectsOf(rules, names, project, effects);
  const refused = await checkUserSql(rules, dialects.byWarehouse);
  const sound = without(rules, refused);
  const depth = depthOf(options);
  const found = depth === 'offline' ? [] : await checkInWarehouse(sound, { depth, project, names, effects });
  return {
    files: reading.files,
    rules: without(sound, found),
    problems: [...reading.problems, ...refused, ...found],
    warnings: [...reading.warnings, ...dialects.warnings],
    depth,
  };
};

const depthOf = ({ db, warehouse, connection, checkSql }: ValidateOptions): Validation['depth'] => {
  if (checkSql) return 'statements';
  return db !== undefined || warehouse !== undefined || connection !== undefined ? 'columns' : 'offline';
};

const without = (rules: readonly Rule[], problems: readonly Problem[]): readonly Rule[] => {
  const refused = new Set(problems.map(({ rule }) => rule));
  return rules.filter(({ id }) => !refused.has(id));
};

interface WarehouseCheck {
  readonly depth: Validation['depth'];
  readonly project: Project;
  readonly names: WarehouseNames;
  readonly effects: Effects;
}

const checkInWarehouse = async (rules: readonly Rule[], check: WarehouseCheck): Promise<readonly Problem[]> => {
  const { project, names, effects } = check;
  const warehouses = await openWarehouses(warehousesOf(rules, names), rules, names, project, effects);
  try {
    const { createPipeline } = await import('@aegis/core');
    const replan: Replan = (some) => {
      const ruleSet = { project, rules: some, files: [], names, warehouses };
      return createPipeline(pipelineOptions(ruleSet, { rules: [], includeDrafts: true }, effects)).plan();
    };
    const tables = await replan(rules);
    const refused = plannedProblems(tables, rules);
    if (check.depth !== 'statements') return refused;
    return [...refused, ...(await dryRun(tables, rules, (name) => warehouses.byName[name], replan))];
  } finally {
    await warehouses.close();
  }
};

/** Rules that the plan knows to end in an error. */
export const plannedProblems = (tables: readonly PlannedTable[], rules: readonly Rule[]): readonly Problem[] => {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return tables.flatMap(({ errors }) =>
    errors.map(({ ruleId, code, message, hint }) => ({
      code,
      message,
      hint: hint ?? undefined,
      location: byId.get(ruleId)?.location,
      rule: ruleId,
    })),
  );
};
