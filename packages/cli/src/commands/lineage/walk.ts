import { exploreLineage, findDataset, type LineageTreeNode } from '@aegis/project';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { type LineageCommandOptions, warnOfGaps, writeAnswer } from './lineage-output.js';
import { renderTree } from './render-tree.js';

export interface WalkOptions extends LineageCommandOptions {
  readonly table: string;
  readonly direction: 'upstream' | 'downstream';
  readonly depth?: number | undefined;
}

export const runWalk: RunCommand<WalkOptions> = async (options, effects) => {
  const { table, direction, depth } = options;
  const explored = await exploreLineage(options, effects);
  const { graph } = explored;
  const { id } = findDataset(graph, table);
  const reached = graph[direction](id, { maxDistance: depth });
  const text = (): string => {
    const tree = explored.tree(id, direction, { maxDistance: depth });
    return tree ? withNothing(tree, direction) : '';
  };
  const data = {
    ...{ table: id, direction },
    datasets: reached.map(({ dataset, distance }) => ({
      ...{ id: dataset.id, name: graph.shortName(dataset.id), kind: dataset.kind, distance },
      is_dropped: dataset.isDropped,
    })),
  };
  const part = new Set([id, ...reached.map(({ dataset }) => dataset.id)]);
  writeAnswer({ data, text, part }, explored, options, effects);
  warnOfGaps(explored, options, effects);
  return exitCodes.passed;
};

const withNothing = (tree: LineageTreeNode, direction: WalkOptions['direction']): string => {
  if (tree.children.length > 0) return renderTree(tree);
  const nothing =
    direction === 'upstream'
      ? 'Nothing that lineage knows goes into it.'
      : 'Nothing that lineage knows is made from it.';
  return `${renderTree(tree)}${nothing}\n`;
};
