import { otherTable } from '@aegis/engine';
import { displayTableName, type RuleTypeRegistry } from '@aegis/rules';
import type { Rule, TableName, TracedDataset } from '@aegis/spec';

/** A table that a rule judges as a whole. */
export interface WholeTable {
  readonly dataset: TracedDataset;
  readonly relation: 'target' | 'source';
}

/** Whether a rule judges whole tables, and not single rows. */
export const judgesTables = ({ type, params }: Rule, types: RuleTypeRegistry): boolean => {
  const judged = types.get(type);
  return judged.unit === 'table' || judged.requires(params).tables?.source !== undefined;
};

/**
 * The tables that such a rule judges: its own, and the one that it is compared with.
 * @param warehouse the configured name of the rule's own
 * @throws PlanError `missing-table` for what is no name
 */
export const wholeTablesOf = (rule: Rule, warehouse: string, types: RuleTypeRegistry): readonly WholeTable[] => {
  if (!judgesTables(rule, types)) return [];
  const { type, params, scope } = rule;
  const { source } = types.get(type).requires(params).tables ?? {};
  const own: WholeTable = { dataset: datasetOf(scope.table, warehouse), relation: 'target' };
  if (source === undefined) return [own];
  const other = datasetOf(otherTable(source, rule, 'source'), scope.sourceWarehouse ?? warehouse);
  return [own, { dataset: other, relation: 'source' }];
};

/** Whether judging it reads rows; what a catalogue answers is no reason to read a table. */
export const readsRows = ({ type, params }: Rule, types: RuleTypeRegistry): boolean => {
  const { modifiedAt, columnsMayBeMissing } = types.get(type).requires(params);
  return !modifiedAt && !columnsMayBeMissing;
};

const datasetOf = (table: TableName, warehouse: string): TracedDataset => {
  const name = displayTableName(table);
  return { id: name, name, table, warehouse, kind: 'table', columns: [], distance: 0, isDropped: false };
};
