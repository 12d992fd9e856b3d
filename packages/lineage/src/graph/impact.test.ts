import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableName } from '../names/dataset-name.js';
import { GraphBuilder } from './graph-builder.js';
import { columnImpact, type Reach } from './impact.js';
import type { LineageGraph } from './lineage-graph.js';

interface ColumnStep {
  readonly from: string;
  /** Without one the rows. */
  readonly to?: string | undefined;
}

interface Job {
  readonly from: string;
  readonly to: string;
  /** Tables beside them. */
  readonly more?: { readonly inputs: readonly string[]; readonly outputs: readonly string[] } | undefined;
  readonly columns: readonly ColumnStep[];
}

const graphOf = (jobs: readonly Job[]): LineageGraph => {
  const builder = new GraphBuilder();
  const dataset = (name: string): number => builder.dataset(tableName([name]), 'test');
  for (const [nth, { from, to, more, columns }] of jobs.entries()) {
    const [input, output] = [dataset(from), dataset(to)];
    const operation = builder.operation({
      ...{ namespace: '', name: `${nth} ${from}>${to}`, kind: 'insert', origin: 'sql' },
      inputs: [input, ...(more?.inputs.map(dataset) ?? [])],
      outputs: [output, ...(more?.outputs.map(dataset) ?? [])],
    });
    for (const column of columns)
      builder.columnEdge({
        ...{ from: { dataset: input, column: column.from }, to: { dataset: output, column: column.to ?? null } },
        ...{ type: column.to ? 'DIRECT' : 'INDIRECT', subtype: column.to ? 'IDENTITY' : 'FILTER' },
        ...{ expression: null, operation },
      });
  }
  return builder.build();
};

const job = (from: string, to: string, ...columns: readonly ColumnStep[]): Job => ({ from, to, columns });

const impact = (graph: LineageGraph, column: string, dataset = 'orders') =>
  columnImpact(graph, { dataset, column }).map(
    ({ dataset: { id }, distance, reach, columns }) => `${id} ${distance} ${reach} ${columns.join(',')}`,
  );

describe('the impact of a column', () => {
  const graph = graphOf([
    job('orders', 'daily', { from: 'amount', to: 'total' }, { from: 'status' }),
    job('daily', 'report', { from: 'total', to: 'total' }),
    job('orders', 'unknown'),
  ]);

  it('follows it from column to column, and says what may be reached where columns are not known', () => {
    expect(impact(graph, 'AMOUNT')).toEqual(['daily 1 columns total', 'unknown 1 possible ', 'report 2 columns total']);
  });

  it('is all rows of what it decides about', () => {
    expect(impact(graph, 'status')).toEqual(['daily 1 rows ', 'unknown 1 possible ', 'report 2 rows ']);
  });

  it('is only what may be where no columns are known of it', () => {
    expect(impact(graph, 'note')).toEqual(['unknown 1 possible ']);
  });

  it('is nothing where there is no such dataset', () => {
    expect(impact(graph, 'amount', 'nowhere')).toEqual([]);
  });

  it('takes names that differ by case for one column', () => {
    const mixed = graphOf([
      job('orders', 'daily', { from: 'Amount', to: 'Total' }),
      job('daily', 'report', { from: 'total', to: 'sum' }),
      job('daily', 'other', { from: 'TOTAL', to: 'sum' }),
    ]);
    expect(impact(mixed, 'amount')).toEqual(['daily 1 columns Total', 'report 2 columns sum', 'other 2 columns sum']);
  });

  it('is certain where a longer way is, also of what lies behind', () => {
    const twoWays = graphOf([
      job('orders', 'mart'),
      job('orders', 'stage', { from: 'status', to: 'status' }),
      job('stage', 'mart', { from: 'status' }),
      job('mart', 'report', { from: 'id', to: 'id' }),
    ]);
    expect(impact(twoWays, 'status')).toEqual(['stage 1 columns status', 'mart 1 rows ', 'report 2 rows ']);
  });
});

/** A slow walk over what the graph says of itself: each way to a column or to rows with a certainty is taken once. */
const slowImpact = (graph: LineageGraph, dataset: string, column: string, most: number): ReadonlySet<string> => {
  const seen = new Map<string, number>();
  const visit = (at: string, name: string | null, reach: Reach, distance: number): void => {
    const key = `${at} ${name?.toLowerCase() ?? '*'} ${reach}`;
    if ((seen.get(key) ?? Number.POSITIVE_INFINITY) <= distance) return;
    seen.set(key, distance);
    if (distance === most) return;
    if (name === null) {
      for (const output of graph.outputsFrom(at)) visit(output, null, reach, distance + 1);
      return;
    }
    for (const { to } of graph.columnEdgesFrom(at, name))
      visit(to.dataset, to.column, to.column === null ? 'rows' : 'columns', distance + 1);
    for (const output of graph.unknownOutputsFrom(at)) visit(output, null, 'possible', distance + 1);
  };
  visit(dataset, column, 'columns', 0);
  return new Set(best(seen, dataset));
};

const certainties: readonly Reach[] = ['possible', 'rows', 'columns'];

const best = (seen: ReadonlyMap<string, number>, start: string): readonly string[] => {
  const ways = [...seen].map(([key, distance]) => ({ parts: key.split(' '), distance }));
  const byDataset = Map.groupBy(ways, ({ parts }) => parts[0] ?? '');
  byDataset.delete(start);
  return [...byDataset].map(([dataset, found]) => {
    const reach = Math.max(...found.map(({ parts }) => certainties.indexOf(parts[2] as Reach)));
    const columns = found.flatMap(({ parts }) => (parts[1] === '*' ? [] : (parts[1] ?? [])));
    return told(dataset, Math.min(...found.map(({ distance }) => distance)), certainties[reach] ?? 'possible', columns);
  });
};

const told = (dataset: string, distance: number, reach: Reach, columns: readonly string[]): string =>
  `${dataset} ${distance} ${reach} ${columns.map((column) => column.toLowerCase()).sort()}`;

const table = fc.constantFrom('t0', 't1', 't2', 't3', 't4', 't5');
const column = fc.constantFrom('a', 'A', 'b', 'c');
const step = fc.record({ from: column, to: fc.option(column, { nil: undefined }) });
const jobs = fc.array(fc.record({ from: table, to: table, columns: fc.array(step, { maxLength: 4 }) }), {
  minLength: 1,
  maxLength: 12,
});

describe('the impact of any column', () => {
  it('is what a walk over every edge finds, the nearest first', () => {
    const distance = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(jobs, table, column, distance, (some, dataset, name, maxDistance) => {
        const graph = graphOf(some);
        const found = columnImpact(graph, { dataset, column: name }, { maxDistance });
        const distances = found.map((each) => each.distance);
        expect(distances).toEqual([...distances].sort((left, right) => left - right));
        expect(new Set(found.map((each) => told(each.dataset.id, each.distance, each.reach, each.columns)))).toEqual(
          slowImpact(graph, dataset, name, maxDistance),
        );
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});

describe('work', () => {
  /** One table that all others are made from, each of which feeds the next. */
  const hub = (tables: number): LineageGraph =>
    graphOf(
      Array.from({ length: tables }, (_, nth) => [
        job('hub', `t${nth}`, { from: 'id', to: 'id' }, { from: 'day' }),
        job(`t${nth}`, `t${(nth + 1) % tables}`, { from: 'id', to: 'id' }),
      ]).flat(),
    );

  const edgesSeen = (graph: LineageGraph, of: string): number =>
    graph.walkColumns({ dataset: 'hub', column: of }).edgesSeen;

  it('of the impact of a column is one look at each edge of columns and of tables', () => {
    const graph = hub(500);
    expect(columnImpact(graph, { dataset: 'hub', column: 'id' })).toHaveLength(500);
    expect(edgesSeen(graph, 'id')).toBe(1000 + 1000);
    expect(edgesSeen(graph, 'day')).toBe(500 + 500 + 2 * 500);
    expect(edgesSeen(graph, 'note')).toBe(500);
  });

  it('goes over what a job writes once, however many of its inputs are reached', () => {
    const named = (letter: string) => Array.from({ length: 10 }, (_, nth) => `${letter}${nth}`);
    const graph = graphOf([
      ...named('t').map((table) => job('hub', table, { from: 'day' })),
      { ...job('t0', 'u0'), more: { inputs: named('t'), outputs: named('u') } },
    ]);
    expect(edgesSeen(graph, 'day')).toBe(10 + 10 + 10 + 10);
  });

  it('does not grow with the columns of a table that are reached, where steps have no known columns', () => {
    const wide = (columns: number): LineageGraph => {
      const names = Array.from({ length: columns }, (_, nth) => ({ from: 'id', to: `c${nth}` }));
      return graphOf([
        job('hub', 'wide', ...names),
        ...Array.from({ length: 50 }, (_, nth) => job('wide', `unknown${nth}`)),
      ]);
    };
    expect(edgesSeen(wide(40), 'id') - edgesSeen(wide(20), 'id')).toBe(20);
  });
});
