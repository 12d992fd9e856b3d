import { describe, expect, it } from 'vitest';
import { openLineage } from '../../node/open-lineage.js';
import { folderOf } from '../../testing/folder-of.js';
import { columnLines } from '../../testing/graph-of.js';

const node = (id: string, more: object = {}) => {
  const [type, , name] = id.split('.');
  return { resource_type: type, package_name: 'shop', name, alias: name, schema: 'main', database: 'shop', ...more };
};

const model = (name: string, dependsOn: readonly string[], more: object = {}) =>
  node(`model.shop.${name}`, {
    ...{ depends_on: { nodes: dependsOn }, config: { materialized: 'table' }, language: 'sql' },
    relation_name: `"shop"."main"."${name}"`,
    ...more,
  });

const manifest = (nodes: { readonly [name: string]: object }, more: object = {}) => ({
  metadata: { dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json', adapter_type: 'duckdb' },
  nodes,
  sources: {
    'source.shop.ecom.raw': {
      ...node('source.shop.raw', {
        resource_type: 'source',
        source_name: 'ecom',
        identifier: 'raw_orders',
        schema: 'raw',
      }),
      relation_name: '"shop"."raw"."raw_orders"',
    },
  },
  macros: {},
  ...more,
});

const opened = async (value: object, more: { readonly [path: string]: unknown } = {}) => {
  const folder = await folderOf({ 'manifest.json': value, ...more });
  return (await openLineage(['.'], { cwd: folder })).graph;
};

const catalog = {
  nodes: {},
  sources: {
    'source.shop.ecom.raw': {
      columns: { AMOUNT: { name: 'amount', index: 2, type: 'INT' }, id: { name: 'id', index: 1 } },
    },
  },
};

describe('a dbt manifest', () => {
  it('gives tables, operations and, with its catalog, columns', async () => {
    const graph = await opened(
      manifest({
        'model.shop.stg': model('stg', ['source.shop.ecom.raw'], {
          compiled_code: 'select * from "shop"."raw"."raw_orders"',
          config: { materialized: 'view' },
        }),
        'model.shop.daily': model('daily', ['model.shop.stg'], {
          compiled_code: 'select sum(amount) as total from "shop"."main"."stg"',
        }),
      }),
      { 'catalog.json': catalog },
    );
    expect(graph.datasets.map(({ id, kind, columns }) => [id, kind, columns.map(({ name }) => name)])).toEqual([
      ['shop.main.stg', 'view', ['id', 'amount']],
      ['shop.main.daily', 'table', ['total']],
      ['shop.raw.raw_orders', 'table', ['id', 'amount']],
    ]);
    expect(columnLines(graph)).toEqual([
      'raw_orders.id > stg.id DIRECT IDENTITY',
      'raw_orders.amount > stg.amount DIRECT IDENTITY',
      'stg.amount > daily.total DIRECT AGGREGATION',
    ]);
    expect(graph.resolve('model.shop.daily')).toMatchObject({ dataset: { id: 'shop.main.daily' } });
    expect(graph.problems).toEqual([]);
  });

  it('that is not compiled is read as far as its references are plain, and says so', async () => {
    const graph = await opened(
      manifest({
        'model.shop.stg': model('stg', ['source.shop.ecom.raw'], {
          raw_code:
            "{{ config(materialized='table', meta={'a': 1}) }} {# old #} select id from {{ source('ecom', 'raw') }}",
        }),
        'model.shop.mart': model('mart', ['model.shop.stg'], { raw_code: "select id from {{ ref('shop', 'stg') }}" }),
        'model.shop.loop': model('loop', ['model.shop.stg'], {
          raw_code: '{% for x in [1] %}select {{ x }}{% endfor %}',
        }),
      }),
    );
    expect(columnLines(graph)).toEqual(['raw_orders.id > stg.id DIRECT IDENTITY', 'stg.id > mart.id DIRECT IDENTITY']);
    expect(graph.problems).toMatchObject([
      { message: expect.stringContaining('no catalog.json'), isNote: true },
      { message: expect.stringContaining('filled in from raw SQL'), isNote: true },
      { place: 'manifest.json model.shop.loop', message: expect.stringContaining('run dbt compile') },
    ]);
  });

  it('sees through what is no table: ephemeral models and metrics', async () => {
    const graph = await opened(
      manifest(
        {
          'model.shop.eph': model('eph', ['source.shop.ecom.raw'], { config: { materialized: 'ephemeral' } }),
          'model.shop.mart': model('mart', ['model.shop.eph'], { compiled_code: 'select 1 as one' }),
        },
        {
          metrics: { 'metric.shop.revenue': { depends_on: { nodes: ['model.shop.mart'] } } },
          exposures: { 'exposure.shop.board': { name: 'board', depends_on: { nodes: ['metric.shop.revenue'] } } },
        },
      ),
    );
    const below = graph.downstream('shop.raw.raw_orders').map(({ dataset }) => `${dataset.id} ${dataset.kind}`);
    expect(below).toEqual(['shop.main.mart table', 'dbt/board exposure']);
  });

  it('notes every node that lineage has no place for, and reports what is missing from it', async () => {
    const graph = await opened(
      manifest(
        {
          'model.shop.mart': model('mart', ['model.shop.gone'], { compiled_code: 'select 1 as one' }),
          'test.shop.t': node('test.shop.t'),
          'analysis.shop.a': node('analysis.shop.a'),
        },
        { disabled: { 'model.shop.off': [{}] }, unit_tests: { 'unit_test.shop.u': {} } },
      ),
    );
    expect(graph.problems.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        'is depended on and is not in the manifest',
        ...['test', 'analysis', 'disabled', 'unit test'].map(
          (type) => `1 ${type} node has no table, and no place in lineage`,
        ),
      ]),
    );
  });

  it('stands for the whole project that it is found in', async () => {
    const nodes = { 'model.shop.stg': model('stg', [], { compiled_code: 'select 1 as a' }) };
    const folder = await folderOf({
      ...{
        'shop/dbt_project.yml': 'name: shop',
        'shop/models/stg.sql': "select {{ var('x') }}",
        '.git/x.sql': 'create',
      },
      ...{ 'shop/target/manifest.json': manifest(nodes), 'shop/target/run/stg.sql': 'create table other as select 1' },
      'extra.sql': 'create table mart as select a from stg',
    });
    const { graph } = await openLineage(['.'], { cwd: folder });
    expect(graph.datasets.map(({ name }) => name)).toEqual(['mart', 'shop.main.stg', 'shop.raw.raw_orders']);
    expect(graph.problems).toMatchObject([
      { message: expect.stringContaining('3 files'), isNote: true },
      { isNote: true },
    ]);
  });

  it('has Python models and versions of models', async () => {
    const graph = await opened(
      manifest({
        'model.shop.py': model('py', ['source.shop.ecom.raw'], { language: 'python' }),
        'model.shop.m.v1': model('m_v1', [], {
          name: 'm',
          version: 1,
          latest_version: 2,
          compiled_code: 'select 1 as a',
        }),
        'model.shop.m.v2': model('m_v2', [], {
          name: 'm',
          version: 2,
          latest_version: 2,
          compiled_code: 'select 1 as a',
        }),
        'model.shop.mart': model('mart', ['model.shop.m.v2', 'model.shop.m.v1'], {
          raw_code: "select a from {{ ref('m') }} union all select a from {{ ref('m', v=1) }}",
        }),
      }),
    );
    expect(columnLines(graph)).toEqual(['m_v2.a > mart.a DIRECT IDENTITY', 'm_v1.a > mart.a DIRECT IDENTITY']);
    expect(graph.problems).toContainEqual({
      place: 'manifest.json model.shop.py',
      message: 'the columns of the model are not known: it is written in Python',
    });
  });
});
