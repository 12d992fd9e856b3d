import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aegis, type CommandResult, memoryEffects } from '../../testing/memory-effects.js';

const sql = `create table raw.orders (id int, amount int, status text);
create table stage as select id, amount, status from raw.orders;
create view mart as select id, sum(amount) as total from stage where status = 'paid' group by id;
create table report as select m.total, s.amount from mart m join stage s on s.id = m.id;
insert into raw.orders (id, amount) select 1, amount from report;
`;

/** Runs a lineage command over the SQL. */
const lineage = async (
  args: readonly string[],
  files: { readonly [name: string]: string } = {},
): Promise<CommandResult> => {
  const { cwd } = await memoryEffects();
  for (const [name, text] of Object.entries({ 'etl.sql': sql, ...files })) await writeFile(join(cwd, name), text);
  return aegis(['lineage', ...args], { cwd });
};

const ofSql = ['--lineage', 'etl.sql'];

describe('aegis lineage upstream and downstream', () => {
  it('draw a tree, each dataset unfolded once', async () => {
    const { code, stdout, stderr } = await lineage(['upstream', 'report', ...ofSql]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(
      [
        'report  table',
        '├── mart  view  by create_table_as report',
        '│   └── stage  table  by create_view mart',
        '│       └── orders  table  by create_table_as stage',
        '│           └── report  table  by insert raw.orders  (cycle: it is above)',
        '└── stage  table  by create_table_as report  (shown before)',
        '',
      ].join('\n'),
    );
  });

  it('go as deep as is asked', async () => {
    const { stdout } = await lineage(['downstream', 'ORDERS', '--depth', '1', ...ofSql]);
    expect(stdout).toBe('orders  table\n└── stage  table  by create_table_as stage  (more below)\n');
  });

  it('answer as data and as diagrams of what was reached', async () => {
    const { stdout } = await lineage(['downstream', 'mart', '--json', '--depth', '1', ...ofSql]);
    expect(JSON.parse(stdout)).toEqual({
      ...{ table: 'mart', direction: 'downstream' },
      datasets: [{ id: 'report', name: 'report', kind: 'table', distance: 1, is_dropped: false }],
    });
    const only = ['downstream', 'mart', '--depth', '1', ...ofSql];
    expect((await lineage([...only, '--format', 'mermaid'])).stdout).toBe(
      'flowchart LR\n  n0(["mart"])\n  n1["report"]\n  n0 --> n1\n',
    );
    expect((await lineage([...only, '--format', 'dot'])).stdout).toContain('"mart" -> "report";');
    const graph = (await lineage([...only, '--format', 'json'])).stdout;
    const again = await lineage(['upstream', 'report', '--lineage', 'graph.json'], { 'graph.json': graph });
    expect(again.stdout).toBe('report  table\n└── mart  view  by create_table_as report\n');
  });

  it('say so where there is nothing', async () => {
    const { stdout } = await lineage(['upstream', 'a', '--lineage', 'a.sql'], { 'a.sql': 'create table a (id int)' });
    expect(stdout).toBe('a  table\nNothing that lineage knows goes into it.\n');
  });
});

describe('aegis lineage impact', () => {
  it('lists what a column reaches, and how', async () => {
    const { stdout } = await lineage(['impact', 'stage.amount', ...ofSql]);
    expect(stdout).toBe(
      [
        'A change of stage.amount reaches 3 datasets.',
        '',
        'DISTANCE  DATASET  KIND   HOW',
        '1         mart     view   columns total',
        '1         report   table  columns amount, total',
        '2         orders   table  columns amount',
        '',
      ].join('\n'),
    );
    expect((await lineage(['impact', 'STAGE.STATUS', '--depth', '1', ...ofSql])).stdout).toContain(
      'which rows there are',
    );
  });

  it('takes any column of a table whose columns nobody tells, and those that only an edge tells of', async () => {
    const dataset = (name: string, facets: object = {}) => ({ namespace: 'n', name, facets });
    const columnLineage = { fields: { total: { inputFields: [{ ...dataset('a'), field: 'x' }] } } };
    const job = (name: string, inputs: readonly object[], outputs: readonly object[]) =>
      JSON.stringify({ eventTime: '2026-01-01T00:00:00Z', job: { namespace: 'etl', name }, inputs, outputs });
    const events = [
      job('one', [dataset('a')], [dataset('b', { columnLineage })]),
      job('two', [dataset('b')], [dataset('c')]),
      job('three', [dataset('c')], [dataset('d')]),
    ].join('\n');
    const asked = (target: string) =>
      lineage(['impact', target, '--lineage', 'e.ndjson'], { 'e.ndjson': events }).then(({ stdout }) => stdout);
    expect(await asked('c.anything')).toContain('d        table  perhaps');
    expect(await asked('b.TOTAL')).toContain('A change of b.total reaches 2 datasets.');
  });

  it('lists what a table reaches', async () => {
    const { stdout } = await lineage(['impact', 'mart', '--json', ...ofSql]);
    expect(JSON.parse(stdout)).toMatchObject({
      table: 'mart',
      column: null,
      reached: [{ id: 'report', reach: 'table' }, {}, {}],
    });
  });
});

describe('aegis lineage show', () => {
  it('lists every dataset, with problems and notes of the sources', async () => {
    const { stdout } = await lineage(['show', '--lineage', 'x.sql', '--lineage', 'y.json'], {
      'x.sql': 'create table a as select 1 as id',
      'y.json': '{}',
    });
    expect(stdout).toBe(
      [
        '1 dataset, 1 operation, 0 column edges',
        '',
        'DATASET  KIND   MADE FROM  FEEDS  COLUMNS',
        'a        table  –          –      1',
        '',
        'Problems',
        '  y.json: no lineage that is known: no event, manifest or graph',
        '',
      ].join('\n'),
    );
  });

  it('describes one table', async () => {
    const { stdout } = await lineage(['show', 'mart', ...ofSql]);
    expect(stdout).toBe(
      [
        'mart',
        '  id         mart',
        '  kind       view',
        '  made by    create_view mart (create view)',
        '  made from  stage',
        '  feeds      report',
        '',
        '  COLUMN      TYPE  FROM',
        '  id                stage.id',
        '  total             stage.amount (aggregation)',
        '  which rows        stage.status (filter), stage.id (group by)',
        '',
      ].join('\n'),
    );
  });
});

describe('aegis lineage', () => {
  it.each([
    [['show', 'ordrs', ...ofSql], 'lineage knows no table "ordrs"\n  Did you mean "orders"?'],
    [['impact', 'stage.amont', ...ofSql], 'lineage knows no column "amont" of stage\n  Did you mean "amount"?'],
    [['upstream', 'mrt', ...ofSql], 'Did you mean "mart"?'],
    [['show'], 'no source of lineage was named\n  Add --lineage'],
    [['show', '--lineage', 'etl.sq'], 'the source of lineage etl.sq does not exist\n  Did you mean "etl.sql"?'],
    [['upstream', 'a', ...ofSql, '--depth', '0'], 'It must be a whole number of at least 1.'],
  ])('refuses %j with what to do', async (args, message) => {
    const { code, stdout, stderr } = await lineage(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('says which names a table could have meant', async () => {
    const both = { 'b.sql': 'create table x.t (id int); create table y.t (id int);' };
    const { code, stderr } = await lineage(['show', 't', '--lineage', 'b.sql'], both);
    expect([code, stderr]).toEqual([2, 'error: "t" could be any of several datasets\n  Name one of them: x.t, y.t.\n']);
  });

  it('answers without a source that cannot be read, and says so', async () => {
    const args = ['upstream', 'stage', ...ofSql, '--lineage', 'http://127.0.0.1:9/x'];
    const { code, stdout, stderr } = await lineage(args);
    expect([code, stdout.split('\n')[1]]).toEqual([0, '└── orders  table  by create_table_as stage']);
    expect(stderr).toMatch(/^Note: lineage is missing a source: http:\/\/127\.0\.0\.1:9\/x /);
    expect((await lineage([...args, '--quiet'])).stderr).toBe('');
  });

  it('shows names of hostile files as text', async () => {
    const event = { eventTime: '2026-01-01T00:00:00Z', dataset: { namespace: 'n', name: 'a\u001b[31m\u202eb' } };
    const { stdout } = await lineage(['show', '--lineage', 'e.json'], { 'e.json': JSON.stringify(event) });
    expect(stdout).toContain('a\\u{1b}[31m\\u{202e}b');
  });
});
