import type { SqlGuard } from '@aegis/engine';
import { builtinTypes, createRegistry, type RuleTypeRegistry, ruleTypes } from '@aegis/rules';
import { loadRuleFiles } from '@aegis/rules/node';
import type { Rule } from '@aegis/spec';
import { loadProject, type Project } from '../config/project.js';
import type { Effects } from '../effects.js';
import { narrowScope } from '../rules/narrow-scope.js';
import { selectRules } from '../rules/select-rules.js';
import { type OpenWarehouses, openWarehouses, warehousesOf } from '../warehouses/open-warehouses.js';
import { assignWarehouses, type WarehouseNames, warehouseNames } from '../warehouses/warehouse-names.js';
import type { RuleSetOptions } from './run-options.js';

/** The rules of one command, with the warehouses that they run in. */
export interface RuleSet {
  readonly project: Project;
  readonly rules: readonly Rule[];
  /** The files they were read from, as messages name them. */
  readonly files: readonly string[];
  /** The types that the rules are of; the built-in ones where absent. */
  readonly types?: RuleTypeRegistry | undefined;
  readonly names: WarehouseNames;
  readonly warehouses: OpenWarehouses;
}

/**
 * Loads, selects and narrows the rules, and makes their warehouses. Nothing connects yet.
 * @throws RuleFileError, ConfigError, GuardError
 */
export const openRuleSet = async (options: RuleSetOptions, effects: Effects): Promise<RuleSet> => {
  const project = await loadProject(options, effects);
  const loaded = options.given ?? (await loadRuleFiles(options.rules, { workingDirectory: effects.cwd }));
  const names = warehouseNames(project, options, effects.cwd);
  const selected = selectRules(assignWarehouses(loaded.rules, names), options.select ?? []);
  const warehouses = await openWarehouses(warehousesOf(selected, names), selected, names, project, effects);
  const rules = await narrowed(selected, options.where, names, warehouses);
  return { project, rules, files: loaded.files, types: typesOf(options), names, warehouses };
};

const typesOf = ({ given }: RuleSetOptions): RuleTypeRegistry | undefined =>
  given && createRegistry([...ruleTypes, ...given.types]);

const narrowed = async (
  rules: readonly Rule[],
  where: string | undefined,
  { defaultName }: WarehouseNames,
  { byName }: OpenWarehouses,
): Promise<readonly Rule[]> => {
  if (where === undefined) return rules;
  const guard = await loadGuard();
  return rules.map((rule) => {
    const dialect = byName[rule.scope.warehouse ?? defaultName]?.dialect;
    return dialect ? narrowScope(rule, where, guard, dialect) : rule;
  });
};

/** The guard for SQL that people write. Heavy: imported only when there is any. */
export const loadGuard = async (): Promise<SqlGuard> => (await import('@aegis/sql/guard')).loadGuard();

/** Rules that `--where` narrows on one side only. */
export const comparesTables = (rule: Rule): boolean =>
  builtinTypes.find(rule.type)?.requires(rule.params).tables?.source !== undefined;
