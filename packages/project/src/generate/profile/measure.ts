import { type Catalog, type ExecuteOptions, executeTable } from '@aegis/engine';
import { displayTableName } from '@aegis/rules';
import {
  AegisError,
  type JsonObject,
  type Rule,
  type RuleResult,
  type TableName,
  type Warehouse,
  WarehouseError,
} from '@aegis/spec';
import { profileTypes } from './profile-types.js';

/** A table in its warehouse, and how statements are sent there. */
export interface TableSource {
  readonly table: TableName;
  readonly warehouse: Warehouse;
  /** Its configured name. */
  readonly warehouseName: string;
  readonly catalog: Catalog;
  readonly execution: Omit<ExecuteOptions, 'types' | 'sampleRows' | 'catalogs'>;
}

/** One thing to measure: a type of the profile, and what it is about. */
export interface Wanted {
  readonly id: string;
  readonly type: string;
  readonly params: JsonObject;
}

export interface Measured {
  readonly results: ReadonlyMap<string, RuleResult>;
  readonly statements: number;
  readonly bytesScanned: number | null;
}

/** Measures in as few statements as the engine needs. @throws WarehouseError `cancelled` */
export const measure = async (
  source: TableSource,
  wanted: readonly Wanted[],
  sampleRows: number,
): Promise<Measured> => {
  const { table, warehouse, warehouseName, catalog, execution } = source;
  const rules = wanted.map((each) => measuringRule(each, source));
  const task = { id: 'profile', warehouse: warehouseName, table: displayTableName(table), rules };
  const options = { ...execution, types: profileTypes, sampleRows, catalogs: () => catalog };
  const { results, statements, bytesScanned } = await executeTable(task, warehouse, options);
  throwIfCancelled(source);
  return { results: new Map(results.map((result) => [result.rule_id, result])), statements, bytesScanned };
};

/** What a rule type needs to be told about a rule that nobody wrote. */
export const measuringRule = (
  { id, type, params }: Wanted,
  { table, warehouseName }: Pick<TableSource, 'table' | 'warehouseName'>,
): Rule => ({
  ...{ id, type, params, severity: 'info', status: 'active', tags: [], nulls: 'ignore' },
  ...{ commonCauses: [], upstreamTables: [], proposalStrategy: 'none', definitionHash: '' },
  scope: { table, warehouse: warehouseName },
});

/** @throws WarehouseError `cancelled` */
export const throwIfCancelled = ({ execution }: TableSource): void => {
  if (execution.signal?.aborted) throw new WarehouseError('cancelled', 'stopped before all rules were drafted');
};

/** What was measured. @throws AegisError why it could not be */
export const observedOf = (result: RuleResult | undefined): JsonObject => {
  if (result === undefined) throw new AegisError('plan/internal', 'a measurement is missing');
  if (result.error === null) return result.observed;
  const { code, message, hint } = result.error;
  throw new AegisError(code, message, { hint: hint ?? undefined });
};
