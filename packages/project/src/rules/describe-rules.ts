import { Catalog } from '@aegis/engine';
import { displayTableName } from '@aegis/rules';
import type { Dialect, Rule, TableDescription, TableName } from '@aegis/spec';
import type { Effects } from '../effects.js';
import { openRuleSet } from '../runs/rule-set.js';
import type { RuleSetOptions } from '../runs/run-options.js';

/** A table that rules are about, as its warehouse describes it. */
export interface DescribedTable {
  /** As rules write it. */
  readonly table: TableName;
  readonly description: TableDescription;
  readonly dialect: Dialect;
  /** Type of the warehouse, e.g. `duckdb`. */
  readonly warehouse: string;
}

export interface DescribedRules {
  readonly rules: readonly Rule[];
  /** The files that were read, as messages name them. */
  readonly files: readonly string[];
  /** One for each table of the rules; empty where no warehouse was named. */
  readonly tables: readonly DescribedTable[];
}

/**
 * Loads rules, and with a warehouse named (`db`, `warehouse` or `connection`) describes their tables.
 * @throws ConfigError, RuleFileError, PlanError `missing-table`, WarehouseError
 */
export const describeRules = async (options: RuleSetOptions, effects: Effects): Promise<DescribedRules> => {
  const ruleSet = await openRuleSet(options, effects);
  const { rules, files, names, warehouses } = ruleSet;
  try {
    const written = rules.map((rule) => asWritten(rule, names.defaultName));
    if (!isConnected(options)) return { rules: written, files, tables: [] };
    const tables: DescribedTable[] = [];
    const catalogs = new Map<string, Catalog>();
    for (const { warehouse = names.defaultName, table } of tablesOf(rules)) {
      const opened = warehouses.byName[warehouse];
      if (!opened) continue;
      const catalog = catalogs.get(warehouse) ?? new Catalog(opened);
      catalogs.set(warehouse, catalog);
      const description = await catalog.describe(table, { signal: effects.signal });
      tables.push({ table, description, dialect: opened.dialect, warehouse: names.find(warehouse).type });
    }
    return { rules: written, files, tables };
  } finally {
    await warehouses.close();
  }
};

/** The warehouse that every rule runs in goes without saying. */
const asWritten = (rule: Rule, defaultName: string): Rule =>
  rule.scope.warehouse === defaultName ? { ...rule, scope: { ...rule.scope, warehouse: undefined } } : rule;

const isConnected = ({ db, warehouse, connection }: RuleSetOptions): boolean =>
  db !== undefined || warehouse !== undefined || connection !== undefined;

const tablesOf = (rules: readonly Rule[]): readonly Rule['scope'][] => [
  ...new Map(
    rules.map(({ scope }) => [JSON.stringify([scope.warehouse, displayTableName(scope.table)]), scope]),
  ).values(),
];
