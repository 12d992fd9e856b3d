import { describe, expect, it } from 'vitest';
import { columnLines, graphOf } from '../../testing/graph-of.js';

const namespace = 'postgres://db:5432';
const table = (name: string, facets: object = {}, more: object = {}) => ({
  namespace,
  name: `shop.public.${name}`,
  facets,
  ...more,
});

const event = (more: object = {}, job: object = {}) => ({
  eventType: 'COMPLETE',
  eventTime: '2026-01-02T03:04:05Z',
  run: { runId: '0190c0de-0000-7000-8000-000000000001' },
  job: { namespace: 'etl', name: 'load', ...job },
  inputs: [table('raw')],
  outputs: [table('orders')],
  producer: 'https://example.com/etl',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  ...more,
});

describe('an event', () => {
  it('of a run is an operation with inputs, outputs, SQL, rows and parent', async () => {
    const parent = { run: { runId: 'p' }, job: { namespace: 'airflow', name: 'nightly' } };
    const outputFacets = { outputStatistics: { rowCount: 12 } };
    const graph = await graphOf(
      event(
        { run: { runId: 'r', facets: { parent } }, outputs: [table('orders', {}, { outputFacets })] },
        { facets: { sql: { query: 'INSERT INTO orders SELECT * FROM raw' } } },
      ),
    );
    expect([...graph.operations()]).toEqual([
      {
        ...{ id: 'etl/load', namespace: 'etl', name: 'load', kind: 'job', origin: 'openlineage' },
        inputs: ['postgres://db:5432/shop.public.raw'],
        outputs: ['postgres://db:5432/shop.public.orders'],
        ...{ sql: 'INSERT INTO orders SELECT * FROM raw', parserName: 'postgresql' },
        ...{ runId: 'r', ranAt: '2026-01-02T03:04:05.000Z', status: 'completed', rowsWritten: '12' },
        parent: { namespace: 'airflow', name: 'nightly' },
      },
    ]);
    expect(graph.problems).toEqual([]);
  });

  it('of a job or of a dataset is taken in too', async () => {
    const { run: _run, eventType: _type, ...job } = event();
    const schema = { fields: [{ name: 'id', type: 'int' }, { name: 'total' }] };
    const graph = await graphOf(job, { eventTime: job.eventTime, dataset: table('orders', { schema }) });
    expect(graph.upstream(`${namespace}/shop.public.orders`)).toHaveLength(1);
    expect(graph.dataset(`${namespace}/shop.public.orders`)?.columns).toEqual([
      { name: 'id', type: 'int' },
      { name: 'total' },
    ]);
  });

  it.each([
    ['COMPLETE', 'completed'],
    ['FAIL', 'failed'],
    ['ABORT', 'failed'],
    ['START', 'running'],
    ['PAUSED', 'unknown'],
  ])('of type %s makes the run %s', async (eventType, status) => {
    const graph = await graphOf(event({ eventType }));
    expect([...graph.operations()]).toMatchObject([{ status }]);
    expect(graph.problems.length).toBe(eventType === 'PAUSED' ? 1 : 0);
  });

  it.each([
    ['no job', { run: { runId: 'r' }, eventTime: '2026-01-01T00:00:00Z' }, 'the event names no job'],
    ['a job without a name', event({}, { name: '' }), 'the job of the event has no name'],
    ['a dataset without a name', event({ inputs: [{ namespace }] }), 'a dataset of the event has no name'],
    ['a dataset without a namespace', event({ inputs: [{ name: 'x' }] }), 'a dataset of the event has no namespace'],
    [
      'a time that is none',
      event({ eventTime: '{{NOW}}' }),
      'the event has no time, but "{{NOW}}"; its order is not known',
    ],
    ['nothing of lineage', { hello: 'world' }, 'no lineage that is known: no event, manifest or graph'],
    ['not even an object', [1, 2], 'no lineage that is known: no event, manifest or graph'],
  ])('with %s is a problem with its place', async (_name, document, message) => {
    expect((await graphOf(document)).problems).toEqual([{ place: 'source.json:1', message }]);
  });

  it.each<readonly [name: string, document: object, message: string]>([
    ['inputs that are no list', event({ inputs: table('raw') }), 'the inputs are no list of datasets'],
    [
      'a schema with a field without a name',
      event({ outputs: [table('orders', { schema: { fields: [{ name: 'id' }, { type: 'int' }] } })] }),
      'shop.public.orders: a field of its schema has no name',
    ],
    [
      'a schema whose fields are no list',
      event({ outputs: [table('orders', { schema: { fields: { id: 'int' } } })] }),
      'shop.public.orders: the fields of its schema are no list',
    ],
    [
      'a symlink without a namespace',
      event({ inputs: [table('raw', { symlinks: { identifiers: [{ name: 'x' }] } })] }),
      'shop.public.raw: a symlink has no namespace or no name',
    ],
    [
      'a column from no column',
      event({
        outputs: [
          table('orders', {
            columnLineage: { fields: { id: { inputFields: [{ namespace, name: 'shop.public.raw' }] } } },
          }),
        ],
      }),
      'shop.public.orders: an input of its column lineage has no namespace, no name or no field',
    ],
    [
      'rows that depend on no dataset',
      event({ outputs: [table('orders', { columnLineage: { dataset: [{ name: 'x', field: 'id' }] } })] }),
      'shop.public.orders: an input of its column lineage has no namespace, no name or no field',
    ],
    [
      'explicit lineage into no dataset',
      event({}, { facets: { lineage: { entries: [{ namespace, type: 'DATASET', inputs: [] }] } } }),
      'a dataset of its explicit lineage has no namespace or no name',
    ],
    [
      'explicit lineage from no dataset',
      event(
        {},
        { facets: { lineage: { entries: [{ ...table('orders'), type: 'DATASET', inputs: [{ name: 'x' }] }] } } },
      ),
      'a dataset of its explicit lineage has no namespace or no name',
    ],
  ])('with %s is read, and the half is a problem with its place', async (_name, document, message) => {
    const graph = await graphOf(document);
    expect(graph.problems).toEqual([{ place: 'source.json:1', message }]);
    expect(graph.operationCount).toBe(1);
  });

  it('keeps what it has beside what is wrong with it', async () => {
    const graph = await graphOf(event({ inputs: [{ namespace }, table('raw')] }));
    expect(graph.upstream(`${namespace}/shop.public.orders`).map(({ dataset }) => dataset.name)).toEqual([
      'shop.public.raw',
    ]);
  });

  it('of a later specification, or with facets of its own, is read and noted once', async () => {
    const facets = { acme_quality: { score: 1 } };
    const future = event({
      schemaURL: 'https://openlineage.io/spec/3-1-0/OpenLineage.json',
      outputs: [table('orders', facets)],
    });
    const graph = await graphOf(future, future);
    expect(graph.problems.map(({ message, isNote }) => [message, isNote])).toEqual([
      ['events of version 3 of the specification: what is new in it is not read', true],
      ['the facet "acme_quality" of datasets is not read', true],
    ]);
    expect(graph.operationCount).toBe(1);
  });
});

describe('datasets of events', () => {
  it('are found by their symlinks', async () => {
    const symlinks = { identifiers: [{ namespace: 'file', name: '/warehouse/orders', type: 'LOCATION' }] };
    const graph = await graphOf(event({ outputs: [table('orders', { symlinks })] }));
    expect(graph.resolve('/warehouse/orders')).toMatchObject({ dataset: { name: 'shop.public.orders' } });
  });

  it('are dropped, and made from what they were renamed from', async () => {
    const renamed = {
      lifecycleStateChange: 'RENAME',
      previousIdentifier: { namespace, name: 'shop.public.orders_new' },
    };
    const graph = await graphOf(
      event({ inputs: [], outputs: [table('orders', { lifecycleStateChange: renamed })] }),
      event({ outputs: [table('gone', { lifecycleStateChange: { lifecycleStateChange: 'DROP' } })] }, { name: 'drop' }),
    );
    expect(graph.upstream(`${namespace}/shop.public.orders`)).toMatchObject([
      { dataset: { name: 'shop.public.orders_new', isDropped: true } },
    ]);
    expect(graph.datasets.filter(({ isDropped }) => isDropped).map(({ name }) => name)).toEqual([
      'shop.public.orders_new',
      'shop.public.gone',
    ]);
  });

  it('that tests write to are no part of lineage', async () => {
    const graph = await graphOf(event({}, { facets: { jobType: { jobType: 'TEST' } } }));
    expect(graph.datasets.map(({ name }) => name)).toEqual(['shop.public.raw']);
    expect(graph.problems).toMatchObject([{ isNote: true }]);
  });
});

const from = (field: string, transformations?: readonly object[]) => ({
  ...{ namespace, name: 'shop.public.raw', field },
  ...(transformations && { transformations }),
});

describe('columns of events', () => {
  it('come with their transformations, for fields and for whole rows', async () => {
    const columnLineage = {
      fields: {
        total: {
          inputFields: [from('amount', [{ type: 'DIRECT', subtype: 'AGGREGATION', description: 'sum(amount)' }])],
        },
      },
      dataset: [
        from('status', [
          { type: 'INDIRECT', subtype: 'FILTER' },
          { type: 'INDIRECT', subtype: 'JOIN' },
        ]),
      ],
    };
    const graph = await graphOf(event({ inputs: [], outputs: [table('orders', { columnLineage })] }));
    expect(columnLines(graph)).toEqual([
      'raw.amount > orders.total DIRECT AGGREGATION',
      'raw.status > orders.* INDIRECT FILTER',
      'raw.status > orders.* INDIRECT JOIN',
    ]);
    expect([...graph.columnEdges()][0]?.expression).toBe('sum(amount)');
    expect(graph.upstream(`${namespace}/shop.public.orders`)).toHaveLength(1);
  });

  it('come in the old form', async () => {
    const fields = {
      id: { inputFields: [from('id')], transformationType: 'IDENTITY', transformationDescription: 'copied' },
      name: { inputFields: [from('name')], transformationType: 'MASKED' },
    };
    const graph = await graphOf(event({ outputs: [table('orders', { columnLineage: { fields } })] }));
    expect(columnLines(graph)).toEqual([
      'raw.id > orders.id DIRECT IDENTITY',
      'raw.name > orders.name DIRECT TRANSFORMATION',
    ]);
  });

  it('come from explicit lineage first, which also tells which input feeds which output', async () => {
    const entry = (target: string, source: string) => ({
      ...{ namespace, name: `shop.public.${target}`, type: 'DATASET' },
      inputs: [{ namespace, name: `shop.public.${source}`, type: 'DATASET' }],
      fields: { id: { inputs: [{ namespace, name: `shop.public.${source}`, type: 'DATASET', field: 'id' }] } },
    });
    const facets = { lineage: { entries: [entry('a', 'x'), entry('b', 'y')] } };
    const graph = await graphOf(
      event({ inputs: [table('x'), table('y')], outputs: [table('a'), table('b')] }, { facets }),
    );
    expect(graph.upstream(`${namespace}/shop.public.b`).map(({ dataset }) => dataset.name)).toEqual(['shop.public.y']);
    expect(columnLines(graph)).toEqual(['x.id > a.id DIRECT TRANSFORMATION', 'y.id > b.id DIRECT TRANSFORMATION']);
  });

  it('are kept once, however often the event comes', async () => {
    const columnLineage = { fields: { id: { inputFields: [from('id')] } } };
    const same = event({ outputs: [table('orders', { columnLineage })] });
    expect((await graphOf(same, same, same)).columnEdgeCount).toBe(1);
  });
});
