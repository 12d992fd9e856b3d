import { isAegisError, type LineageTrace } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { openLineage } from '../node/open-lineage.js';
import { folderOf } from '../testing/folder-of.js';

const opened = async (files: { readonly [path: string]: unknown }, options = {}) =>
  openLineage(Object.keys(files), { cwd: await folderOf(files), ...options });

const event = (name: string, inputs: readonly string[], output: string, more: object = {}) => ({
  ...{
    eventType: 'COMPLETE',
    eventTime: '2026-01-01T00:00:00Z',
    run: { runId: name },
    job: { namespace: 'etl', name },
  },
  inputs: inputs.map((input) => ({ namespace: 'postgres://db', name: input })),
  outputs: [{ namespace: 'postgres://db', name: output }],
  ...more,
});

const tables = ({ datasets }: LineageTrace) =>
  datasets.map(({ table }) => (table?.kind === 'named' ? table.parts.join('.') : table));

describe('the port', () => {
  it('answers with the shortest names, nearest first, and with nothing about what it does not know', async () => {
    const { upstream, downstream, exposures, trace } = await opened({
      'e.json': [
        event('a', ['shop.raw.orders'], 'shop.public.stage'),
        event('b', ['shop.public.stage'], 'shop.public.orders'),
      ],
    });
    expect(await upstream('public.orders')).toEqual(['stage', 'raw.orders']);
    expect(await downstream('raw.orders')).toEqual(['stage', 'orders']);
    expect(await upstream('orders')).toEqual(['stage', 'raw.orders']);
    expect([await upstream('nowhere'), await exposures('orders'), await trace('nowhere')]).toEqual([[], [], undefined]);
  });

  it('refuses a name that several datasets could mean, and says what to do', async () => {
    const port = await opened({ 'e.json': [event('a', ['shop.x.t'], 'shop.y.t')] });
    for (const ask of [port.upstream, port.downstream, port.exposures, port.trace]) {
      const error = await ask('t').catch((reason: unknown) => reason);
      expect(isAegisError(error) && error.code).toBe('lineage/ambiguous-name');
      expect(isAegisError(error) && error.display).toContain(
        'postgres://db:5432/shop.x.t, postgres://db:5432/shop.y.t',
      );
      expect(isAegisError(error) && error.hint).toContain('lineage.names in aegis.yaml');
    }
  });
});

describe('a trace', () => {
  it('has datasets, operations in the order they ran, columns and gaps', async () => {
    const { trace } = await opened({
      'x.sql':
        'create table stage as select id, v from raw; create view mart as select id, v from stage where v > 0; insert into mart select id, v from late;',
    });
    expect(await trace('mart')).toMatchObject({
      target: 'mart',
      datasets: [
        { id: 'mart', kind: 'view', distance: 0, columns: ['id', 'v'], table: { kind: 'named', parts: ['mart'] } },
        { id: 'stage', distance: 1 },
        { id: 'late', distance: 1 },
        { id: 'raw', distance: 2, columns: [] },
      ],
      operations: [
        { kind: 'create_view', output: 'mart', inputs: ['stage'], parserName: 'duckdb' },
        { kind: 'insert', output: 'mart', inputs: ['late'] },
        { kind: 'create_table_as', output: 'stage', sql: expect.stringContaining('select id, v from raw') },
      ],
      gaps: [],
    });
    const columns = (await trace('mart'))?.columns.map(
      ({ from, to }) => `${from.dataset}.${from.column} ${to.dataset}.${to.column}`,
    );
    expect(columns).toEqual(expect.arrayContaining(['raw.v stage.v', 'stage.v mart.null', 'late.id mart.id']));
  });

  it('says what it left out, and what is not known', async () => {
    const { trace } = await opened({
      'e.json': [event('a', ['d.s.raw'], 'd.s.stage'), event('b', ['d.s.stage'], 'd.s.mart')],
    });
    expect((await trace('mart', { maxDistance: 1 }))?.gaps).toEqual([
      'the SQL of b is not known',
      'the columns that b moves are not known',
      'the SQL of a is not known',
      'the columns that a moves are not known',
      'datasets more than 1 operations away were left out',
    ]);
  });

  it('asks for tables as the rule asks for its own: without the catalog of its connection', async () => {
    const { trace } = await opened({
      'e.json': [event('a', ['shop.raw.orders', 'other.raw.rates'], 'shop.public.orders')],
    });
    expect(tables((await trace('public.orders')) as LineageTrace)).toEqual([
      'public.orders',
      'raw.orders',
      'other.raw.rates',
    ]);
    expect(tables((await trace('shop.public.orders')) as LineageTrace)).toEqual([
      'shop.public.orders',
      'shop.raw.orders',
      'other.raw.rates',
    ]);
  });

  it('finds files where they are, and no table in streams and dashboards', async () => {
    const files = { 'x.sql': "create table t as select * from 'data/in.csv'" };
    const cwd = await folderOf(files);
    const { trace } = await openLineage(['x.sql'], { cwd });
    expect(tables((await trace('t')) as LineageTrace)[1]).toEqual({
      ...{ kind: 'file', path: `${cwd}/data/in.csv`, format: 'csv', written: 'data/in.csv' },
    });
    const topic = event('a', [], 'd.s.t', { inputs: [{ namespace: 'kafka://broker:9092', name: 'orders' }] });
    const streamed = await opened({ 'e.json': [topic] });
    expect(tables((await streamed.trace('t')) as LineageTrace)).toEqual(['s.t', null]);
  });

  it('names the warehouse of a namespace, however it is spelled', async () => {
    const warehouses = { 'postgresql://DB/': 'main' };
    const { trace } = await opened({ 'e.json': [event('a', ['d.s.raw'], 'd.s.t')] }, { warehouses });
    expect((await trace('t'))?.datasets).toMatchObject([{ warehouse: 'main' }, { warehouse: 'main' }]);
  });
});
