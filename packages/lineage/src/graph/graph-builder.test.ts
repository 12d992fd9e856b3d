import { describe, expect, it } from 'vitest';
import { locatedName, parseDatasetName, tableName } from '../names/dataset-name.js';
import { GraphBuilder } from './graph-builder.js';
import type { LineageGraph } from './lineage-graph.js';

const idOf = (graph: LineageGraph, name: string): string => {
  const found = graph.resolve(name);
  return found.kind === 'found' ? found.dataset.id : found.kind;
};

/** One table per name, each name in the context it is given with. */
const graphOf = (names: readonly (readonly [name: string, context: string])[], options = {}): LineageGraph => {
  const builder = new GraphBuilder(options);
  for (const [name, context] of names) builder.dataset(parseDatasetName(name), context);
  return builder.build();
};

describe('names of one dataset', () => {
  it('are one node: with and without place, with fewer parts, by dbt id, alias and file', () => {
    const builder = new GraphBuilder();
    const orders = locatedName('postgres://db.example.com', 'shop.public.orders');
    builder.dataset(orders, 'events', { aliases: [locatedName('file', '/data/orders')] });
    builder.dataset(tableName(['shop', 'public', 'orders'], 'postgres'), 'dbt', { label: 'model.shop.orders' });
    builder.dataset(tableName(['public', 'orders'], 'postgresql'), 'sql');
    builder.dataset(tableName(['orders'], 'postgresql'), 'more sql');
    const graph = builder.build();
    expect(graph.datasets).toHaveLength(1);
    const names = ['orders', 'Orders', '"shop"."public"."orders"', 'model.shop.orders', '/data/orders'];
    for (const name of [...names, 'postgresql://DB.example.com:5432/shop.public.orders'])
      expect(idOf(graph, name)).toBe('postgres://db.example.com:5432/shop.public.orders');
  });

  it('are two where one source uses both: raw.orders is not orders', () => {
    const graph = graphOf([
      ['raw.orders', 'sql'],
      ['orders', 'sql'],
    ]);
    expect(graph.datasets.map(({ id }) => id)).toEqual(['raw.orders', 'orders']);
    expect(idOf(graph, 'orders')).toBe('orders');
  });

  it('are one where the schema is what the engine puts in front', () => {
    const builder = new GraphBuilder();
    builder.dataset(tableName(['main', 'orders'], 'duckdb'), 'sql');
    builder.dataset(tableName(['raw', 'orders'], 'duckdb'), 'sql');
    builder.dataset(tableName(['orders'], 'duckdb'), 'sql');
    expect(builder.build().datasets.map(({ id }) => id)).toEqual(['main.orders', 'raw.orders']);
  });

  it('are reported, not guessed, where several could be meant', () => {
    const graph = graphOf([
      ['a.x.orders', 'dbt'],
      ['b.y.orders', 'dbt'],
      ['orders', 'sql'],
    ]);
    expect(graph.datasets).toHaveLength(3);
    expect(graph.problems).toEqual([
      { place: 'orders', message: expect.stringContaining('"orders" could be any of a.x.orders, b.y.orders') },
    ]);
    expect(graph.resolve('y.orders')).toMatchObject({ kind: 'found', dataset: { id: 'b.y.orders' } });
  });

  it('are ambiguous when asked for, with the candidates', () => {
    const graph = graphOf([
      ['a.x.orders', 'dbt'],
      ['b.y.orders', 'dbt'],
    ]);
    expect(graph.resolve('orders')).toMatchObject({
      kind: 'ambiguous',
      candidates: [{ id: 'a.x.orders' }, { id: 'b.y.orders' }],
    });
    expect(graph.resolve('customers')).toEqual({ kind: 'unknown' });
  });

  it('match exactly, else by a unique match without case', () => {
    const graph = graphOf([
      ['postgres://h/d.s.Orders', 'events'],
      ['postgres://h/d.s.orders', 'events'],
      ['postgres://h/d.s.Items', 'events'],
    ]);
    expect(idOf(graph, 'Orders')).toBe('postgres://h:5432/d.s.Orders');
    expect(idOf(graph, 'ITEMS')).toBe('postgres://h:5432/d.s.Items');
    expect(idOf(graph, 'ORDERS')).toBe('ambiguous');
  });

  it('of topics and files are found where they mean one thing, and are told with their place where not', () => {
    const names = ['kafka://h:9092/orders.v1', 'kafka://h:9092/items', 'kafka://h:9092/raw', 'kafka://i:9092/raw'];
    const more = ['postgres://h/d.s.items', 's3://a/raw/orders', 's3://b/raw/orders'];
    const graph = graphOf([...names, ...more].map((name) => [name, 'events'] as const));
    expect(idOf(graph, 'orders.v1')).toBe('kafka://h:9092/orders.v1');
    expect(idOf(graph, 'items')).toBe('postgres://h:5432/d.s.items');
    expect([idOf(graph, 'raw'), idOf(graph, 'raw/orders')]).toEqual(['ambiguous', 'ambiguous']);
    expect(graph.datasets.map(({ id }) => graph.shortName(id))).toEqual([
      ...['orders.v1', 'kafka://h:9092/items', 'kafka://h:9092/raw', 'kafka://i:9092/raw'],
      ...['items', 's3://a/raw/orders', 's3://b/raw/orders'],
    ]);
  });

  it('that hold no part, or a line break in one, are no other name', () => {
    const names = ['duckdb://h/...', 'duckdb://h/""', 'duckdb://h/"a\nb"', 'duckdb://h/a.b'];
    expect(graphOf(names.map((name) => [name, 'events'] as const)).datasets.map(({ name }) => name)).toEqual([
      ...['...', '""', '"a\nb"', 'a.b'],
    ]);
  });

  it('stay two in one place when only their case differs, and a note says so', () => {
    const graph = graphOf([
      ['postgres://h/d.s.Orders', 'events'],
      ['postgres://h/d.s.orders', 'events'],
      ['postgres://other/d.s.ORDERS', 'events'],
    ]);
    expect(graph.datasets).toHaveLength(3);
    expect(graph.problems).toEqual([
      { place: 'd.s.Orders', message: expect.stringContaining('"d.s.orders" differ by case alone'), isNote: true },
    ]);
  });

  it('are one in one place where aegis.yaml says so of names that differ by case', () => {
    const names = [
      ['postgres://h/d.s.Orders', 'events'],
      ['postgres://h/d.s.orders', 'events'],
    ] as const;
    const graph = graphOf(names, { names: { 'postgres://h/d.s.Orders': 'postgres://h/d.s.orders' } });
    expect([graph.datasets.length, graph.problems]).toEqual([1, []]);
  });

  it('are one without a place when only their case differs, and a note says so', () => {
    const graph = graphOf([
      ['Orders', 'sql'],
      ['orders', 'sql'],
    ]);
    expect(graph.datasets).toHaveLength(1);
    expect(graph.problems).toEqual([{ place: 'Orders', message: expect.stringContaining('"orders"'), isNote: true }]);
  });

  it('follow aegis.yaml before anything else', () => {
    const names = [
      ['postgres://a/shop.public.orders', 'events'],
      ['postgres://b/shop.public.orders', 'events'],
      ['orders', 'sql'],
    ] as const;
    const graph = graphOf(names, { names: { orders: 'postgres://b:5432/shop.public.orders' } });
    expect(graph.problems).toEqual([]);
    expect(graph.datasets).toHaveLength(2);
    expect(idOf(graph, 'orders')).toBe('postgres://b:5432/shop.public.orders');
  });

  it('are one in namespaces that aegis.yaml gives to one warehouse', () => {
    const names = [
      ['postgres://db/shop.public.orders', 'events'],
      ['postgres://10.0.0.1:5432/shop.public.orders', 'events'],
      ['postgres://elsewhere/shop.public.orders', 'events'],
    ] as const;
    const graph = graphOf(names, { warehouses: { 'postgres://db': 'main', 'postgres://10.0.0.1': 'main' } });
    expect(graph.datasets.map(({ id, warehouse }) => [id, warehouse])).toEqual([
      ['postgres://db:5432/shop.public.orders', 'main'],
      ['postgres://elsewhere:5432/shop.public.orders', undefined],
    ]);
  });

  it('in aegis.yaml that no source knows are a problem', () => {
    const graph = graphOf([['orders', 'sql']], { names: { o: 'shop.ordrs' } });
    expect(graph.problems).toEqual([{ place: 'aegis.yaml', message: expect.stringContaining('shop.ordrs') }]);
  });

  it('may have more parts than any source knows', () => {
    const graph = graphOf([['orders', 'sql']]);
    expect(idOf(graph, 'shop.main.orders')).toBe('orders');
    expect(graph.shortName('orders')).toBe('orders');
  });

  it('are files by their path, also by its end', () => {
    const graph = graphOf([['/srv/data/orders.csv', 'events']]);
    expect(idOf(graph, 'data/orders.csv')).toBe('/srv/data/orders.csv');
    expect(idOf(graph, '../data/orders.csv')).toBe('/srv/data/orders.csv');
    expect(idOf(graph, 'other/orders.csv')).toBe('unknown');
    expect(idOf(graphOf([['data/orders.csv', 'sql']]), '/srv/data/orders.csv')).toBe('data/orders.csv');
  });
});

describe('a dataset', () => {
  it('is dropped until it is written again', () => {
    const builder = new GraphBuilder();
    const orders = builder.dataset(tableName(['orders']), 'sql');
    builder.dropped(orders, '2026-01-02T00:00:00Z');
    const write = (at: string) =>
      builder.operation({
        ...{ namespace: '', name: 'load', kind: 'insert', origin: 'sql', inputs: [], outputs: [orders] },
        run: { runId: at, at, status: 'completed' },
      });
    write('2026-01-01T00:00:00Z');
    expect(builder.build().datasets[0]?.isDropped).toBe(true);
    write('2026-01-03T00:00:00Z');
    expect(builder.build().datasets[0]?.isDropped).toBe(false);
  });
});

describe('runs of a job', () => {
  const job = (events: readonly (readonly [run: string, at: string, status: 'running' | 'completed' | 'failed'])[]) => {
    const builder = new GraphBuilder();
    for (const [runId, at, status] of events)
      builder.operation({
        ...{ namespace: 'n', name: 'j', kind: 'job', origin: 'openlineage', inputs: [], outputs: [] },
        run: { runId, at, status },
      });
    return [...builder.build().operations()];
  };

  it('are one operation with the newest run, in whatever order events come and however often', () => {
    const events = [
      ['b', '2026-01-02T00:05:00Z', 'completed'],
      ['a', '2026-01-01T00:00:00Z', 'running'],
      ['b', '2026-01-02T00:00:00Z', 'running'],
      ['b', '2026-01-02T00:05:00Z', 'completed'],
    ] as const;
    expect(job(events)).toMatchObject([{ id: 'n/j', runId: 'b', ranAt: '2026-01-02T00:05:00Z', status: 'completed' }]);
  });

  it('are running without an end, and failed after a failure', () => {
    expect(job([['a', '2026-01-01T00:00:00Z', 'running']])).toMatchObject([{ status: 'running' }]);
    const failed = [
      ['a', '2026-01-01T00:00:00Z', 'failed'],
      ['a', '2026-01-01T00:00:00Z', 'running'],
    ] as const;
    expect(job(failed)).toMatchObject([{ status: 'failed' }]);
  });
});
