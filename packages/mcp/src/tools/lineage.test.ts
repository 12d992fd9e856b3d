import { join } from 'node:path';
import { duckdb } from '@aegis/warehouse-duckdb';
import { describe, expect, it } from 'vitest';
import { connect, dataOf, textOf } from '../testing/connect.js';
import { testProject } from '../testing/test-project.js';

const etl = `CREATE TABLE stage AS SELECT id, amount * 100 AS cents FROM raw_orders;
CREATE VIEW orders AS SELECT id, cents FROM stage WHERE id >= 0;
CREATE VIEW ids AS SELECT id FROM orders;
`;

const project = () => testProject({ 'etl.sql': etl, 'aegis.yaml': 'lineage: [etl.sql]\n' });

const names = (data: { readonly [key: string]: unknown }): readonly string[] =>
  (data.datasets as readonly { readonly name: string }[]).map(({ name }) => name);

describe('aegis_lineage', () => {
  it('is offered only where a source of lineage is named', async () => {
    const offered = async (options: Parameters<typeof connect>[0]) =>
      (await (await connect(options)).client.listTools()).tools.map(({ name }) => name);
    expect(await offered({})).not.toContain('aegis_lineage');
    expect(await offered({ effects: await project() })).toContain('aegis_lineage');
    expect(await offered({ effects: await testProject({ 'e.sql': etl }), options: { lineage: ['e.sql'] } })).toContain(
      'aegis_lineage',
    );
  });

  it('follows a table upstream and downstream, in pages', async () => {
    const { call } = await connect({ effects: await project() });
    const up = dataOf(await call('aegis_lineage', { direction: 'upstream', table: 'orders' }));
    expect(names(up)).toEqual(['stage', 'raw_orders']);
    const near = await call('aegis_lineage', { direction: 'downstream', table: 'raw_orders', depth: 1 });
    expect(names(dataOf(near))).toEqual(['stage']);
    const all = { direction: 'downstream', table: 'raw_orders', limit: 2 };
    const first = dataOf(await call('aegis_lineage', all));
    const second = dataOf(await call('aegis_lineage', { ...all, cursor: first.next_cursor }));
    expect([...names(first), ...names(second)]).toEqual(['stage', 'orders', 'ids']);
    expect(second.next_cursor).toBeNull();
  });

  it('says what a change of a column reaches', async () => {
    const { call } = await connect({ effects: await project() });
    const impact = dataOf(await call('aegis_lineage', { direction: 'impact', table: 'raw_orders.amount' }));
    expect(impact).toMatchObject({
      column: 'amount',
      datasets: [
        { name: 'stage', reach: 'columns', columns: ['cents'] },
        { name: 'orders', reach: 'columns', columns: ['cents'] },
      ],
    });
  });

  it('suggests a name for one that it does not know', async () => {
    const { call } = await connect({ effects: await project() });
    const result = await call('aegis_lineage', { direction: 'upstream', table: 'order' });
    expect(textOf(result)).toMatch(
      /^error lineage\/not-found: lineage knows no table "order"\n {2}Did you mean "orders"\?/,
    );
  });
});

/** The same as tables, so that they can be read. */
const filled = async () => {
  const effects = await testProject({
    'etl.sql': etl,
    'aegis.yaml': 'lineage: [etl.sql]\nwarehouses: { local: { type: duckdb, path: shop.duckdb } }\n',
  });
  const warehouse = duckdb({ path: join(effects.cwd, 'shop.duckdb'), access: 'read_write' });
  await warehouse.executeScalar(
    "CREATE TABLE raw_orders AS SELECT range AS id, 'p' || range || '@example.com' AS email, range AS amount FROM range(500)",
  );
  await warehouse.executeScalar('CREATE TABLE secrets AS SELECT 42 AS pin');
  for (const statement of etl.split(';').slice(0, 3)) await warehouse.executeScalar(statement);
  await warehouse.close?.();
  return effects;
};

describe('tools that look at tables', () => {
  it('are offered only where their package is installed, and rows may be shown', async () => {
    const offered = async (options: Parameters<typeof connect>[0]) =>
      (await (await connect(options)).client.listTools()).tools.map(({ name }) => name).slice(8);
    const effects = await project();
    expect(await offered({ effects })).toEqual(['aegis_lineage', 'aegis_get_schema']);
    expect(await offered({ effects, options: { samples: 'redacted' } })).toContain('aegis_query_table');
    const importFrom = async () => undefined;
    const without = { effects: { ...effects, importFrom }, options: { samples: 'redacted' as const } };
    expect(await offered(without)).toEqual(['aegis_lineage']);
  });

  it('describe a table, as the warehouse and lineage know it', async () => {
    const { call } = await connect({ effects: await filled() });
    const schema = dataOf(await call('aegis_get_schema', { table: 'orders' }));
    expect(schema).toMatchObject({
      source: 'warehouse',
      columns: [{ name: 'id' }, { name: 'cents', made_from: ['stage.cents'] }],
      next_cursor: null,
    });
    expect((await call('aegis_get_schema', { table: 'secrets' })).isError).toBe(true);
  });

  it('query tables of the graph, with values masked and rows bounded', async () => {
    const { call } = await connect({ effects: await filled(), options: { samples: 'redacted' } });
    const some = dataOf(await call('aegis_query_table', { sql: 'SELECT id, email FROM raw_orders ORDER BY id' }));
    expect(some).toMatchObject({ truncated: 'rows', columns: ['id', 'email'] });
    expect(some.rows).toHaveLength(50);
    expect(JSON.stringify(some.rows)).toContain('<email:1>');
    expect(JSON.stringify(some)).not.toContain('example.com');
    const all = await call('aegis_query_table', { sql: 'SELECT * FROM raw_orders', row_limit: 1000 });
    expect(JSON.stringify(dataOf(all)).length).toBeLessThan(40_000);
  });

  it.each([
    ['SELECT pin FROM secrets', /^error guard\/out-of-scope: /],
    ['DROP TABLE raw_orders', /^error guard\/not-select: /],
    ['SELECT 1; DELETE FROM raw_orders', /^error guard\/not-select: /],
    ["SELECT * FROM read_csv('/etc/passwd')", /^error guard\//],
    ['SELECT nosuch FROM raw_orders', /^error (guard|lineage|warehouse)\//],
    ['SELECT', /^error guard\/not-select: /],
  ])('refuse %s', async (sql, message) => {
    const { call } = await connect({ effects: await filled(), options: { samples: 'redacted' } });
    const result = await call('aegis_query_table', { sql });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toMatch(message);
  });

  it('show no values where aegis.yaml says that none are shown', async () => {
    const effects = await testProject({
      'etl.sql': etl,
      'aegis.yaml': 'lineage: [etl.sql]\nredaction: { samples: none }\n',
    });
    const { call } = await connect({ effects, options: { samples: 'redacted' } });
    expect(textOf(await call('aegis_query_table', { sql: 'SELECT 1 FROM raw_orders' }))).toMatch(
      /^error config\/usage: redaction\.samples is none/,
    );
  });
});
