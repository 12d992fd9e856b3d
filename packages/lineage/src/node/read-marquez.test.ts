import { describe, expect, it } from 'vitest';
import { columnLines } from '../testing/graph-of.js';
import { serving } from '../testing/loopback.js';
import { openLineage } from './open-lineage.js';

const dataset = (name: string, more: object = {}) => ({
  ...{ id: { namespace: 'food', name }, type: 'DB_TABLE', name, namespace: 'food', updatedAt: '2026-01-01T00:00:00Z' },
  fields: [{ name: 'id', type: 'INTEGER' }],
  ...more,
});

const job = (name: string, inputs: readonly string[], outputs: readonly string[]) => ({
  ...{ id: { namespace: 'food', name }, type: 'BATCH', name, namespace: 'food' },
  inputs: inputs.map((each) => ({ namespace: 'food', name: each })),
  outputs: outputs.map((each) => ({ namespace: 'food', name: each })),
  latestRun: { id: 'r', state: 'FAILED', endedAt: '2026-01-02T00:00:00Z' },
});

const columnLineage = [
  {
    name: 'id',
    inputFields: [
      { namespace: 'food', dataset: 'raw', field: 'id', transformations: [{ type: 'DIRECT', subtype: 'IDENTITY' }] },
    ],
  },
];

const many = Array.from({ length: 600 }, (_, index) => dataset(`t${index}`));
const datasets = [dataset('raw'), dataset('orders', { columnLineage }), dataset('gone', { deleted: true }), ...many];

/** Answers as Marquez does: pages of `limit` from `offset`. */
const answer = (path: string, query: URLSearchParams): unknown => {
  const page = (all: readonly unknown[]) =>
    all.slice(Number(query.get('offset')), Number(query.get('offset')) + Number(query.get('limit')));
  if (path === '/api/v1/namespaces') return { namespaces: [{ name: 'food' }, { name: 'empty/one' }] };
  if (path === '/api/v1/namespaces/food/datasets') return { datasets: page(datasets), totalCount: datasets.length };
  if (path === '/api/v1/namespaces/food/jobs') return { jobs: page([job('load', ['raw'], ['orders'])]), totalCount: 1 };
  if (path.startsWith('/api/v1/namespaces/empty%2Fone/')) return { datasets: [], jobs: [] };
  return path === '/api/v1/lineage' ? { graph: lineage } : undefined;
};

const lineage = [
  { id: 'dataset:food:raw', type: 'DATASET', data: dataset('raw'), inEdges: [], outEdges: [] },
  {
    ...{ id: 'job:food:load', type: 'JOB', data: { ...job('load', [], []), inputs: undefined, outputs: undefined } },
    inEdges: [{ origin: 'dataset:food:raw', destination: 'job:food:load' }],
    outEdges: [{ origin: 'job:food:load', destination: 'dataset:food:orders' }],
  },
  { id: 'x', type: 'SOMETHING', data: {} },
];

const marquez = (use: (url: string) => Promise<void>): Promise<void> =>
  serving((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const found = answer(url.pathname, url.searchParams);
    response.statusCode = found === undefined ? 404 : 200;
    response.end(JSON.stringify(found ?? {}));
  }, use);

describe('a Marquez server', () => {
  it.each(['', '/', '/api/v1', '/api/v1/namespaces/food'])('is read whole, page by page, from "%s"', async (path) => {
    await marquez(async (url) => {
      const { graph, upstream } = await openLineage([`${url}${path}`]);
      expect(graph.problems).toEqual([]);
      expect(graph.datasets).toHaveLength(603);
      expect(await upstream('orders')).toEqual(['raw']);
      expect(graph.dataset('food/gone')?.isDropped).toBe(true);
      expect(columnLines(graph)).toEqual(['raw.id > orders.id DIRECT IDENTITY']);
      expect(graph.operationsInto('food/orders')).toContainEqual(
        expect.objectContaining({
          id: 'food/load',
          origin: 'marquez',
          status: 'failed',
          ranAt: '2026-01-02T00:00:00.000Z',
        }),
      );
    });
  });

  it('is asked for the lineage of one node', async () => {
    await marquez(async (url) => {
      const { graph, upstream } = await openLineage([`${url}/api/v1/lineage?nodeId=dataset:food:orders&depth=3`]);
      expect(await upstream('orders')).toEqual(['raw']);
      expect(graph.problems).toEqual([
        { place: expect.stringContaining('node 3'), message: 'a node of the type SOMETHING is not known' },
      ]);
    });
  });

  it('that refuses a page says which', async () => {
    await marquez(async (url) => {
      const { graph } = await openLineage([`${url}/api/v1/namespaces/drinks`]);
      expect(graph.problems.map(({ message }) => message)).toEqual([
        'answered 404 Not Found',
        'answered 404 Not Found',
      ]);
    });
  });

  it('that tells of no dataset or no column says where', async () => {
    const halves = [
      { type: 'JOB', data: job('load', ['raw'], ['orders']), inEdges: [{ origin: 'job:food:load' }] },
      { type: 'JOB', data: { ...job('other', [], []), inputs: [{ name: 'raw' }] } },
      { type: 'DATASET', data: dataset('orders', { columnLineage: [{ name: 'id', inputFields: [{ field: 'id' }] }] }) },
      { type: 'DATASET_FIELD', data: { namespace: 'food', dataset: 'orders', inputFields: [] } },
    ];
    await serving(
      (_request, response) => response.end(JSON.stringify({ graph: halves })),
      async (url) => {
        const { graph } = await openLineage([`${url}/api/v1/lineage?nodeId=x`]);
        expect(graph.problems.map(({ place, message }) => `${place.slice(-6)}: ${message}`)).toEqual([
          'node 1: a dataset of the job has no namespace or no name',
          'node 2: a dataset of the job has no namespace or no name',
          'node 3: a column has no dataset or no name',
          'node 4: a column has no dataset or no name',
        ]);
      },
    );
  });

  it('that gives the same page for ever is left, and says so', async () => {
    const page = { datasets: many.slice(0, 500), jobs: [] };
    let asked = 0;
    await serving(
      (_request, response) => {
        asked++;
        response.end(JSON.stringify(asked > 10 ? {} : page));
      },
      async (url) => {
        const { graph } = await openLineage([`${url}/api/v1/namespaces/food`]);
        expect([asked, graph.datasets.length]).toEqual([3, 500]);
        expect(graph.problems.map(({ message }) => message)).toEqual([expect.stringContaining('the page before')]);
      },
    );
  });
});
