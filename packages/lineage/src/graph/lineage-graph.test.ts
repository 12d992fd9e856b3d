import { describe, expect, it } from 'vitest';
import { tableName } from '../names/dataset-name.js';
import { mergeNames } from '../names/merge-names.js';
import { GraphBuilder } from './graph-builder.js';
import { columnImpact } from './impact.js';
import type { LineageGraph } from './lineage-graph.js';

const builderOf = (edges: readonly (readonly [from: string, to: string])[]): GraphBuilder => {
  const builder = new GraphBuilder();
  const dataset = (name: string): number => builder.dataset(tableName([name]), 'test');
  for (const [from, to] of edges)
    builder.operation({
      ...{ namespace: '', name: `${from}>${to}`, kind: 'insert', origin: 'sql' },
      ...{ inputs: [dataset(from)], outputs: [dataset(to)] },
    });
  return builder;
};

const names = (reached: ReturnType<LineageGraph['upstream']>) =>
  reached.map(({ dataset, distance }) => `${dataset.id} ${distance}`);

describe('a walk', () => {
  const graph = builderOf([
    ['raw', 'stage'],
    ['stage', 'mart'],
    ['other', 'mart'],
    ['mart', 'raw'],
  ]).build();

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

describe('the impact of a column', () => {
  const builder = builderOf([
    ['orders', 'daily'],
    ['daily', 'report'],
    ['orders', 'unknown'],
  ]);
  const dataset = (name: string): number => builder.dataset(tableName([name]), 'test');
  const edge = (from: string, column: string, to: string, target: string | null, operation: number) =>
    builder.columnEdge({
      ...{ from: { dataset: dataset(from), column }, to: { dataset: dataset(to), column: target } },
      ...{ type: target === null ? 'INDIRECT' : 'DIRECT', subtype: target === null ? 'FILTER' : 'AGGREGATION' },
      ...{ expression: null, operation },
    });
  edge('orders', 'amount', 'daily', 'total', 0);
  edge('orders', 'status', 'daily', null, 0);
  edge('daily', 'total', 'report', 'total', 1);
  const graph = builder.build();
  const impact = (column: string) =>
    columnImpact(graph, { dataset: 'orders', column }).map(
      ({ dataset: { id }, reach, columns }) => `${id} ${reach} ${columns.join(',')}`,
    );

  it('follows it from column to column, and says what may be reached where columns are not known', () => {
    expect(impact('AMOUNT')).toEqual(['daily columns total', 'unknown possible ', 'report columns total']);
  });

  it('is all rows of what it decides about', () => {
    expect(impact('status')).toEqual(['daily rows ', 'unknown possible ', 'report rows ']);
  });

  it('is only what may be where no columns are known of it', () => {
    expect(impact('note')).toEqual(['unknown possible ']);
  });
});
