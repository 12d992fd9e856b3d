import { GraphBuilder } from '../graph/graph-builder.js';
import type { LineageGraph } from '../graph/lineage-graph.js';
import { importDocument } from '../import/import-document.js';

/** The graph of documents, each as one of the source `source.json`. */
export const graphOf = async (...documents: readonly unknown[]): Promise<LineageGraph> => {
  const builder = new GraphBuilder();
  for (const [index, document] of documents.entries())
    await importDocument(document, `source.json:${index + 1}`, {
      builder,
      source: 'source.json',
      parserName: 'duckdb',
    });
  return builder.build();
};

/** One line for each edge between columns. */
export const columnLines = (graph: LineageGraph): readonly string[] =>
  [...graph.columnEdges()].map(
    ({ from, to, type, subtype }) =>
      `${graph.shortName(from.dataset)}.${from.column} > ${graph.shortName(to.dataset)}.${to.column ?? '*'} ${type} ${subtype}`,
  );
