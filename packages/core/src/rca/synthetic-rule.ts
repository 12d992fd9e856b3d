import { compileRules, formatTableName } from '@aegis/rules';
import type { JsonObject, Rule, TracedDataset } from '@aegis/spec';
import type { Lab } from './lab.js';

/** A check that nobody declared, asked of a dataset to find out more; `undefined` where no table can be meant. */
const syntheticRule = (dataset: TracedDataset, logic: JsonObject, lab: Lab): Rule | undefined => {
  if (dataset.table === null) return undefined;
  const table = formatTableName(dataset.table);
  const document = { metadata: { id: `rca:${String(logic.type)}` }, scope: { table }, logic };
  const [rule] = compileRules([document]).rules;
  return rule && { ...rule, scope: { ...rule.scope, table: dataset.table, warehouse: lab.warehouseNameOf(dataset) } };
};

export const notNull = (dataset: TracedDataset, column: string, lab: Lab): Rule | undefined =>
  syntheticRule(dataset, { type: 'not_null', column }, lab);

export const uniqueKey = (dataset: TracedDataset, columns: readonly string[], lab: Lab): Rule | undefined =>
  syntheticRule(
    dataset,
    columns.length === 1
      ? { type: 'unique', column: columns[0] ?? '' }
      : { type: 'composite_unique', columns: [...columns] },
    lab,
  );

interface KeySide {
  readonly dataset: TracedDataset;
  readonly columns: readonly string[];
}

/** Whether every complete key of the child, or of its rows that `where` names, occurs in the parent. Both have to live in one warehouse. */
export const matchedKey = (
  child: KeySide & { readonly where?: string | undefined },
  parent: KeySide,
  lab: Lab,
): Rule | undefined => {
  if (parent.dataset.table === null) return undefined;
  if (lab.warehouseNameOf(child.dataset) !== lab.warehouseNameOf(parent.dataset)) return undefined;
  const reference = { reference_table: formatTableName(parent.dataset.table), reference_columns: [...parent.columns] };
  const rule = syntheticRule(child.dataset, { type: 'foreign_key', columns: [...child.columns], ...reference }, lab);
  return rule && child.where !== undefined ? { ...rule, scope: { ...rule.scope, where: child.where } } : rule;
};
