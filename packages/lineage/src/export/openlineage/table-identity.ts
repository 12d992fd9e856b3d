import type { RuleResult } from '@aegis/spec';
import type { JoinedDataset } from '../../graph/join-datasets.js';
import type { LineageGraph } from '../../graph/lineage-graph.js';
import type { QualifiedName } from '../../graph/types.js';
import { parseDatasetName } from '../../names/dataset-name.js';

/**
 * What a rule's table is called in events: as the graph's sources call it where they say where it lives; else its name in
 * the namespace of its warehouse, which without a configured one is the warehouse's own name.
 */
export const tableIdentity = (
  { table, warehouse }: RuleResult,
  graph: LineageGraph | undefined,
  namespaces: { readonly [warehouse: string]: string },
): QualifiedName & { readonly dataset: JoinedDataset | undefined } => {
  const found = graph?.resolve(table);
  const dataset = found?.kind === 'found' ? found.dataset : undefined;
  if (dataset && dataset.namespace !== '') return { namespace: dataset.namespace, name: dataset.name, dataset };
  const written = parseDatasetName(table);
  if (written.namespace !== '') return { namespace: written.namespace, name: written.name, dataset };
  return { namespace: namespaces[warehouse] ?? warehouse, name: dataset?.name ?? written.name, dataset };
};
