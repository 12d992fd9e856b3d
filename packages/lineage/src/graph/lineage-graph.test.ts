import { describe, expect, it } from 'vitest';
import { tableName } from '../names/dataset-name.js';
import { mergeNames } from '../names/merge-names.js';
import { GraphBuilder } from './graph-builder.js';
import type { LineageGraph } from './lineage-graph.js';

const graphOf = (edges: readonly (readonly [from: string, to: string])[]): LineageGraph => {
  const builder = new GraphBuilder();
  const dataset = (name: string): number => builder.dataset(tableName([name]), 'test');
  for (const [from, to] of edges)
    builder.operation({
      ...{ namespace: '', name: `${from}>${to}`, kind: 'insert', origin: 'sql' },
      ...{ inputs: [dataset(from)], outputs: [dataset(to)] },
    });
  return builder.build();
};

const names = (reached: ReturnType<LineageGraph['upstream']>) =>
  reached.map(({ dataset, distance }) => `${dataset.id} ${distance}`);

describe('a walk', () => {
  const graph = graphOf([
    ['raw', 'stage'],
    ['stage', 'mart'],
    ['other', 'mart'],
    ['mart', 'raw'],
  ]);

  it('goes up and down, the nearest first, and ends although there is a cycle', () => {
    expect(names(graph.upstream('mart'))).toEqual(['stage 1', 'other 1', 'raw 2']);
    expect(names(graph.downstream('raw'))).toEqual(['stage 1', 'mart 2']);
  });

  it('stops where it is told to, and says that there is more', () => {
    expect(names(graph.upstream('mart', { maxDistance: 1 }))).toEqual(['stage 1', 'other 1']);
    expect(graph.walkUp('mart', { maxDistance: 1 }).wasCut).toBe(true);
    expect(graph.walkUp('mart').wasCut).toBe(false);
  });

  it('finds nothing from a dataset that is not there', () => {
    expect(graph.upstream('nowhere')).toEqual([]);
  });
});

/** Layers of tables, each made from ten of the layer before: a tenth as many nodes as edges. */
const layered = (nodes: number): LineageGraph => {
  const builder = new GraphBuilder();
  const width = Math.sqrt(nodes);
  const id = (layer: number, index: number) => builder.dataset(tableName([`t${layer}_${index % width}`]), 'test');
  for (let layer = 1; layer < width; layer++)
    for (let index = 0; index < width; index++)
      builder.operation({
        ...{ namespace: '', name: `make ${layer} ${index}`, kind: 'create_table_as', origin: 'sql' },
        inputs: Array.from({ length: 10 }, (_, offset) => id(layer - 1, index + offset)),
        outputs: [id(layer, index)],
      });
  return builder.build();
};

describe('work', () => {
  it('of a walk is at most one look at each edge', () => {
    const graph = layered(2500);
    const walked = graph.walkUp('t49_0');
    const edges = [...graph.operations()].reduce((sum, { inputs, outputs }) => sum + inputs.length + outputs.length, 0);
    expect(walked.nodes.length).toBeGreaterThan(2000);
    expect(walked.edgesSeen).toBeLessThanOrEqual(edges);
    expect(graph.walkUp('t1_0').edgesSeen).toBe(11);
  });

  it('of naming grows with the names, not with their square', () => {
    const probes = (count: number): number => {
      const used = Array.from({ length: count }, (_, index) => ({
        name: tableName(index % 2 === 0 ? ['db', 's', `t${index}`] : [`t${index - 1}`]),
        contexts: new Set([index % 2]),
      }));
      const merged = mergeNames(used, { aliases: [], overrides: [] });
      expect(merged.datasetOf(1)).toBe(0);
      return merged.probes;
    };
    expect(probes(20_000) / probes(10_000)).toBeLessThan(2.1);
  });
});
