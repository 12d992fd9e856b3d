import { type DatasetName, fileName, tableName } from '../../names/dataset-name.js';
import { isFileName, splitParts } from '../../names/parts.js';
import { type JsonRecord, listOf, recordOf, textOf } from '../reading.js';

/** What nodes of every version of the manifest have in common. */
export interface ManifestNode {
  readonly id: string;
  readonly type: string;
  readonly record: JsonRecord;
  /** Unique ids of what it is made from. */
  readonly dependsOn: readonly string[];
}

export const manifestNode = (id: string, value: unknown): ManifestNode => {
  const record = recordOf(value);
  return {
    ...{ id, record, type: textOf(record.resource_type) ?? id.slice(0, id.indexOf('.')) },
    dependsOn: listOf(recordOf(record.depends_on).nodes).flatMap((node) => textOf(node) ?? []),
  };
};

/** The table, view or file of a node, as the warehouse knows it. */
export const relationOf = ({ record }: ManifestNode, adapter: string | undefined): DatasetName | undefined => {
  const relation = textOf(record.relation_name);
  const file = relation === undefined ? undefined : fileIn(relation);
  if (file !== undefined) return fileName(file);
  const parts = relation === undefined || relation.includes('(') ? ownParts(record) : splitParts(relation);
  return parts.length === 0 ? undefined : tableName(parts, adapter);
};

/** dbt on DuckDB may name a file: `'data/orders.parquet'` or `read_csv('…')`. */
const fileIn = (relation: string): string | undefined => {
  const [, quoted] = /^(?:\w+\()?'([^']+)'/.exec(relation.trim()) ?? [];
  return quoted !== undefined && isFileName(quoted) ? quoted : undefined;
};

/** Before version 2 manifests have no name of the relation, and sources call it their identifier. */
const ownParts = (record: JsonRecord): readonly string[] =>
  [record.database, record.schema, record.identifier ?? record.alias ?? record.name].flatMap(
    (part) => textOf(part) ?? [],
  );

export const materialization = ({ record }: ManifestNode): string =>
  textOf(recordOf(record.config).materialized) ?? 'view';

export const isEphemeral = (node: ManifestNode): boolean =>
  node.type === 'model' && materialization(node) === 'ephemeral';
