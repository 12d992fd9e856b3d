import { displayTableName, formatTableName, type RuleTypeRegistry } from '@aegis/rules';
import type { Rule } from '@aegis/spec';
import type { RunPlan, TableTask } from '../types.js';

export interface PlanOptions {
  readonly types: RuleTypeRegistry;
  /** The warehouse of rules that name none. */
  readonly defaultWarehouse: string;
  readonly includeDrafts?: boolean | undefined;
}

/** Groups rules by warehouse and table, touching neither. Order within a table is rule-file order. */
export const planRun = (rules: readonly Rule[], options: PlanOptions): RunPlan => {
  const tables = new Map<string, { warehouse: string; table: string; rules: Rule[] }>();
  const reconcile: Rule[] = [];
  const skipped: { ruleId: string; reason: string }[] = [];
  for (const rule of rules) {
    const reason = reasonToSkip(rule, options);
    if (reason) skipped.push({ ruleId: rule.id, reason });
    else if (comparesTwoRelations(rule, options.types)) reconcile.push(rule);
    else groupOf(tables, rule, options.defaultWarehouse).rules.push(rule);
  }
  return { tables: [...tables].map(([id, task]): TableTask => ({ id, ...task })), reconcile, skipped };
};

const reasonToSkip = ({ status }: Rule, { includeDrafts }: PlanOptions): string | undefined => {
  if (status === 'deprecated') return 'deprecated';
  return status === 'draft' && !includeDrafts ? 'draft' : undefined;
};

const comparesTwoRelations = (rule: Rule, types: RuleTypeRegistry): boolean =>
  types.get(rule.type).requires(rule.params).tables?.source !== undefined;

const groupOf = (
  tables: Map<string, { warehouse: string; table: string; rules: Rule[] }>,
  { scope }: Rule,
  defaultWarehouse: string,
) => {
  const warehouse = scope.warehouse ?? defaultWarehouse;
  const id = `${warehouse}:${formatTableName(scope.table)}`;
  const known = tables.get(id);
  if (known) return known;
  const created = { warehouse, table: displayTableName(scope.table), rules: [] as Rule[] };
  tables.set(id, created);
  return created;
};
