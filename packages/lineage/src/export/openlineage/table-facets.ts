import type { JsonObject } from '@aegis/spec';
import type { JoinedDataset } from '../../graph/join-datasets.js';
import type { LineageGraph } from '../../graph/lineage-graph.js';
import type { ColumnEdge } from '../../graph/types.js';
import { facetOf } from './event.js';

export const schemaFacet = ({ columns }: JoinedDataset): JsonObject =>
  columns.length === 0
    ? {}
    : {
        schema: facetOf('1-1-1/SchemaDatasetFacet', {
          fields: columns.map(({ name, type }) => ({ name, ...(type !== undefined && { type }) })),
        }),
      };

/** What the columns of a dataset are made from, as far as the graph knows. */
export const columnLineageFacet = (dataset: JoinedDataset, graph: LineageGraph): JsonObject => {
  const edges = graph.columnEdgesInto(dataset.id);
  if (edges.length === 0) return {};
  const columns = Map.groupBy(
    edges.filter(({ to }) => to.column !== null),
    ({ to }) => to.column ?? '',
  );
  const fields = [...columns].map(([column, into]) => [column, { inputFields: inputFields(into, graph) }] as const);
  const rows = edges.filter(({ to }) => to.column === null);
  return {
    columnLineage: facetOf('1-2-0/ColumnLineageDatasetFacet', {
      fields: Object.fromEntries(fields),
      ...(rows.length > 0 && { dataset: inputFields(rows, graph) }),
    }),
  };
};

const inputFields = (edges: readonly ColumnEdge[], graph: LineageGraph): readonly JsonObject[] => {
  const inputs = Map.groupBy(edges, ({ from }) => `${from.dataset}\n${from.column}`);
  return [...inputs.values()].flatMap(([first, ...others]) => (first ? [inputField([first, ...others], graph)] : []));
};

const inputField = (edges: readonly [ColumnEdge, ...ColumnEdge[]], graph: LineageGraph): JsonObject => {
  const { dataset, column } = edges[0].from;
  const { namespace, name } = graph.dataset(dataset) ?? { namespace: '', name: dataset };
  return {
    ...{ namespace: namespace === '' ? 'unknown' : namespace, name, field: column },
    transformations: edges.map(({ type, subtype }) => ({ type, subtype })),
  };
};
