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
